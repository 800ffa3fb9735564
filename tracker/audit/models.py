"""What the ledger keeps. Every column beside `body` is a copy for queries; `body` is what counts."""

from django.db import models
from uuid_utils.compat import uuid7


class Chain(models.Model):
    """The head of one chain: locked while an entry is appended."""

    id = models.UUIDField(primary_key=True)
    board_id = models.UUIDField(null=True)
    head_seq = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        app_label = "tracker"

    def __str__(self) -> str:
        return f"{self.id} at {self.head_seq}"


class LedgerEntry(models.Model):
    """One act. Written by `audit.ledger.record` only; the database refuses change, removal and gaps."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board_id = models.UUIDField(null=True)
    chain = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    event = models.CharField(max_length=60)
    body = models.TextField()
    hash = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    private_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        app_label = "tracker"
        verbose_name_plural = "ledger entries"
        ordering = ["chain", "seq"]
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="ledger_seq_once")]
        indexes = [
            models.Index(fields=["board_id", "event", "at"], name="ledger_board_event"),
            models.Index(fields=["event", "at"], name="ledger_event"),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {self.event}"


class LedgerPrivate(models.Model):
    """Names, reasons and free text of an entry, bound to it by a salted digest. May be deleted, never changed."""

    entry = models.UUIDField(primary_key=True)
    salt = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        app_label = "tracker"

    def __str__(self) -> str:
        return f"private part of {self.entry}"


class Anchor(models.Model):
    """The Merkle root over every chain that moved since the anchor before, linked to that one."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.CharField(max_length=64)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    leaf_count = models.PositiveIntegerField()

    class Meta:
        app_label = "tracker"

    def __str__(self) -> str:
        return f"anchor {self.number}"


class AnchorLeaf(models.Model):
    """The head of one chain at an anchor."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    anchor = models.ForeignKey(Anchor, on_delete=models.PROTECT, related_name="leaves")
    chain = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        app_label = "tracker"
        constraints = [models.UniqueConstraint(fields=["anchor", "chain"], name="anchor_leaf_once")]

    def __str__(self) -> str:
        return f"{self.chain} at {self.seq}"
