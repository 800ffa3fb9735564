"""What is known about kept bytes. The bytes themselves are behind `storage`."""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

if TYPE_CHECKING:
    from tracker.files.kinds import Kind
    from tracker.files.storage import Stored

DIGEST_LENGTH = 64


class ScanState(models.TextChoices):
    """What the virus scanner said about the bytes."""

    PENDING = "pending", _("Waiting for the scan")
    CLEAN = "clean", _("Clean")
    INFECTED = "infected", _("Infected")
    NOT_SCANNED = "not_scanned", _("Not scanned")


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Rows of kept bytes."""

    def record(
        self, stored: "Stored", *, board_id: UUID, case_id: UUID | None, kind: "Kind", at: datetime
    ) -> "StoredFile":
        """The row for bytes already in storage; the same bytes in the same case give the same row.

        Call it inside the transaction of the act that brought the bytes.
        """
        row = StoredFile(
            board_id=board_id,
            case_id=case_id,
            key=stored.key,
            digest=stored.digest,
            size=stored.size,
            kind=kind.code,
            media_type=kind.media_type,
            received_at=at,
        )
        self.bulk_create([row], ignore_conflicts=True)
        return self.get(key=stored.key)


class StoredFile(models.Model):
    """A run of bytes in the vault. Board and case are soft references: disposal never meets a foreign key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    key = models.CharField(max_length=255, unique=True)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    size = models.PositiveBigIntegerField(help_text=_("Bytes"))
    kind = models.CharField(max_length=30)
    media_type = models.CharField(max_length=100)
    received_at = models.DateTimeField()
    scan_state = models.CharField(max_length=20, choices=ScanState.choices, default=ScanState.PENDING)
    scan_engine = models.CharField(max_length=100, blank=True)
    scan_signature = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        app_label = "tracker"
        indexes = [models.Index(fields=["board_id", "case_id"], name="storedfile_board_case")]
        constraints = [
            # The same bytes received twice are two exhibits on one stored file.
            models.UniqueConstraint(fields=["case_id", "digest"], name="storedfile_once_per_case"),
            models.CheckConstraint(
                condition=Q(scan_state="pending", scanned_at__isnull=True)
                | (~Q(scan_state="pending") & Q(scanned_at__isnull=False)),
                name="storedfile_scanned_at_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:8]}…{self.digest[-8:]}"


class StagedQuerySet(models.QuerySet["StagedUpload"]):
    """Uploads of drafts."""

    def waiting(self) -> Self:
        """Staged and neither removed by the person nor taken over by a complaint."""
        return self.filter(state=StagedUpload.State.STAGED)


class StagedUpload(models.Model):
    """A file that came with a draft, before there is a case. `draft_id` is a soft reference to the filing
    draft.
    """

    class State(models.TextChoices):
        STAGED = "staged", _("Received")
        TAKEN = "taken", _("Part of the complaint")
        REMOVED = "removed", _("Removed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft_id = models.UUIDField()
    original_name = models.CharField(max_length=255)
    key = models.CharField(max_length=255)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    size = models.PositiveBigIntegerField(help_text=_("Bytes"))
    kind = models.CharField(max_length=30)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.STAGED)

    objects = StagedQuerySet.as_manager()

    class Meta:
        app_label = "tracker"
        indexes = [models.Index(fields=["draft_id", "state"], name="stagedupload_draft_state")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.digest[:8]}"
