"""Custody: every handling of an item."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from tracker.evidence.states import (
    CustodyAct,
)


class CustodyQuerySet(models.QuerySet["CustodyEvent"]):
    """Custody, oldest first."""

    def of_exhibits(self, exhibit_ids: list[UUID]) -> Self:
        """The custody of these exhibits, one after the other."""
        return self.filter(exhibit_id__in=exhibit_ids).order_by("exhibit_id", "seq")


class CustodyEvent(models.Model):
    """One handling of an item. References are soft; the database refuses change and removal.

    `digest` is the SHA-256 of the bytes at that moment; `ledger_seq` numbers the entry of the same act.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board_id = models.UUIDField()
    case_id = models.UUIDField()
    exhibit_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=CustodyAct.choices)
    actor = models.CharField(max_length=80)
    released_by = models.CharField(max_length=200, blank=True)
    received_by = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    location = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    ledger_seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    objects = CustodyQuerySet.as_manager()

    class Meta:
        app_label = "tracker"
        ordering = ["exhibit_id", "seq"]
        indexes = [models.Index(fields=["board_id", "at"], name="custody_board_at")]
        constraints = [
            models.UniqueConstraint(fields=["exhibit_id", "seq"], name="custody_seq_once"),
            models.CheckConstraint(condition=Q(act__in=CustodyAct.values), name="custody_act_known"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"
