"""What is: exports of bundles, and the numbers that exhibits hold for ever."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.evidence.models import Exhibit
from tracker.files.models import StoredFile


class ExportStatus(models.TextChoices):
    """Where an export stands."""

    REQUESTED = "requested", _("Waiting")
    BUILDING = "building", _("Being built")
    SEALED = "sealed", _("Sealed")
    FAILED = "failed", _("Failed")


UNFINISHED = (ExportStatus.REQUESTED, ExportStatus.BUILDING)


class BundleExportQuerySet(models.QuerySet["BundleExport"]):
    """Exports."""

    def unfinished(self) -> Self:
        """Waiting or being built."""
        return self.filter(status__in=UNFINISHED)


class BundleExport(models.Model):
    """One export of a case. `plan` is the frozen plan as canonical JSON; `freeze` counts the exports of the case.

    `attempt` rises with every claim and is compared when a worker finishes, so that a worker thought lost cannot
    overwrite its successor; `stage` is the last stage begun. Digests are SHA-256 in hex.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="bundles")
    freeze = models.PositiveIntegerField()
    edition = models.CharField(max_length=20)
    plan = models.TextField()
    exhibit_count = models.PositiveIntegerField()
    withheld_count = models.PositiveIntegerField()
    manifest_sha256 = models.CharField(max_length=64)
    requested_by = models.CharField(max_length=80)
    requested_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=ExportStatus.choices, default=ExportStatus.REQUESTED)
    attempt = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    seal_sha256 = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField(null=True)

    objects = BundleExportQuerySet.as_manager()

    class Meta:
        app_label = "tracker"
        ordering = ["-freeze"]
        indexes = [
            models.Index(fields=["board", "requested_at"], name="bundle_board_requested"),
            models.Index(fields=["heartbeat_at"], name="bundle_unfinished", condition=Q(status__in=UNFINISHED)),
            models.Index(fields=["seal_sha256"], name="bundle_seal"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "freeze"], name="bundle_freeze_once"),
            models.CheckConstraint(condition=Q(status__in=ExportStatus.values), name="bundle_status_known"),
            models.CheckConstraint(
                condition=(
                    Q(status=ExportStatus.SEALED, stored_file__isnull=False, page_count__gt=0) & ~Q(seal_sha256="")
                )
                | (~Q(status=ExportStatus.SEALED) & Q(stored_file__isnull=True, seal_sha256="")),
                name="bundle_sealed_has_file",
            ),
            models.CheckConstraint(
                condition=(Q(status=ExportStatus.FAILED) & ~Q(reason=""))
                | (~Q(status=ExportStatus.FAILED) & Q(reason="")),
                name="bundle_failed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=ExportStatus.BUILDING) | Q(heartbeat_at__isnull=False, attempt__gt=0),
                name="bundle_building_has_heartbeat",
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNFINISHED, ended_at__isnull=True)
                | (~Q(status__in=UNFINISHED) & Q(ended_at__isnull=False)),
                name="bundle_ended_at_with_end",
            ),
        ]

    def __str__(self) -> str:
        return f"bundle {self.freeze} of {self.case_id}"

    @property
    def is_unfinished(self) -> bool:
        """Whether a worker still has to do something."""
        return self.status in UNFINISHED


class BatesRange(models.Model):
    """The numbers of one exhibit, reserved at its first freeze and never changed.

    Ranges of a case follow each other without gaps: each begins where the one before ended, which the unique first
    and last numbers and the lock on the case keep true.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="bates_ranges")
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="bates_range")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    reserved_by = models.ForeignKey(BundleExport, on_delete=models.PROTECT, related_name="reserved")
    reserved_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["case", "first"]
        constraints = [
            models.UniqueConstraint(fields=["case", "first"], name="bates_first_once"),
            models.UniqueConstraint(fields=["case", "last"], name="bates_last_once"),
            models.CheckConstraint(condition=Q(first__gte=1, last__gte=F("first")), name="bates_range_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
