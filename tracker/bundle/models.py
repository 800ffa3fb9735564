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
    CANCELLED = "cancelled", _("Cancelled")


class Edition(models.TextChoices):
    """For whom a bundle is made."""

    BOARD = "board", _("Board")
    HEARING = "hearing", _("Hearing")
    RESPONDENT = "respondent", _("Respondent disclosure")
    PUBLIC = "public", _("Public record")
    COURT = "court", _("Court record")


class Format(models.TextChoices):
    """What file a bundle is handed out as."""

    PDF = "pdf", _("PDF")
    ZIP = "zip", _("ZIP (BagIt)")


UNFINISHED = (ExportStatus.REQUESTED, ExportStatus.BUILDING)


class BundleExportQuerySet(models.QuerySet["BundleExport"]):
    """Exports."""

    def unfinished(self) -> Self:
        """Waiting or being built."""
        return self.filter(status__in=UNFINISHED)


class BundleExport(models.Model):
    """One edition of one freeze of a case. `plan` is the frozen plan as canonical JSON; `freeze` counts the freezes.

    Several editions may be made of one freeze. `attempt` rises with every claim and is compared when a worker
    finishes, so that a worker thought lost cannot overwrite its successor; `stage` is the last stage begun, `detail`
    the exhibit or volume it is at, `done` of `steps` how far. `cancel_asked_at` stops a build at its next sign of
    life. `stored_file` is what is handed out: the PDF, or the ZIP that also holds every volume. Digests are SHA-256 in
    hex.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="bundles")
    freeze = models.PositiveIntegerField()
    edition = models.CharField(max_length=20, choices=Edition.choices)
    format = models.CharField(max_length=5, choices=Format.choices, default=Format.PDF)
    volume_mb = models.PositiveIntegerField(null=True)
    volume_pages = models.PositiveIntegerField(null=True)
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
    detail = models.CharField(max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    cancel_asked_at = models.DateTimeField(null=True)
    cancel_asked_by = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    page_count = models.PositiveIntegerField(null=True)

    objects = BundleExportQuerySet.as_manager()

    class Meta:
        app_label = "tracker"
        ordering = ["-freeze"]
        indexes = [
            models.Index(fields=["board", "requested_at"], name="bundle_board_requested"),
            models.Index(fields=["heartbeat_at"], name="bundle_unfinished", condition=Q(status__in=UNFINISHED)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "freeze", "edition"], name="bundle_freeze_once"),
            models.CheckConstraint(condition=Q(edition__in=Edition.values), name="bundle_edition_known"),
            models.CheckConstraint(condition=Q(format__in=Format.values), name="bundle_format_known"),
            models.CheckConstraint(condition=Q(status__in=ExportStatus.values), name="bundle_status_known"),
            models.CheckConstraint(
                condition=Q(status=ExportStatus.SEALED, stored_file__isnull=False, page_count__gt=0)
                | (~Q(status=ExportStatus.SEALED) & Q(stored_file__isnull=True)),
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


class BundleFile(models.Model):
    """One sealed PDF of an export: the whole of it, or a volume.

    `core_bytes` is the length of what the seal covers, `seal_sha256` the digest that stands in its trailer;
    `certificate_sha256` is the fingerprint of the certificate it was signed with, "" where it is not signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    export = models.ForeignKey(BundleExport, on_delete=models.PROTECT, related_name="files")
    volume = models.PositiveIntegerField()
    stored_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    seal_sha256 = models.CharField(max_length=64)
    core_bytes = models.PositiveBigIntegerField()
    certificate_sha256 = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField()

    class Meta:
        app_label = "tracker"
        ordering = ["volume"]
        indexes = [models.Index(fields=["seal_sha256"], name="bundlefile_seal")]
        constraints = [
            models.UniqueConstraint(fields=["export", "volume"], name="bundlefile_volume_once"),
            models.CheckConstraint(condition=Q(volume__gte=1, page_count__gte=1), name="bundlefile_has_pages"),
        ]

    def __str__(self) -> str:
        return f"volume {self.volume} of {self.export_id}"


class BatesRange(models.Model):
    """Numbers of one exhibit: reserved at a freeze, never changed, never given to anything else.

    Ranges of a case follow each other without gaps: each begins where the one before ended, which the unique first
    and last numbers and the lock on the case keep true. An exhibit has one range in use; when its number of pages
    changed, a new one is reserved at the end and this one is retired: its numbers stay as an explained gap.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="bates_ranges")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="bates_ranges")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    reserved_by = models.ForeignKey(BundleExport, on_delete=models.PROTECT, related_name="reserved")
    reserved_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["case", "first"]
        constraints = [
            models.UniqueConstraint(fields=["case", "first"], name="bates_first_once"),
            models.UniqueConstraint(fields=["case", "last"], name="bates_last_once"),
            models.UniqueConstraint(fields=["exhibit"], condition=Q(retired_at__isnull=True), name="bates_one_in_use"),
            models.CheckConstraint(condition=Q(first__gte=1, last__gte=F("first")), name="bates_range_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
