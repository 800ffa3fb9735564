"""The docketed matter."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.cases.states import DISPOSITION_CHOICES, DISPOSITIONS, STATUSES_OF, CaseKind, Priority, Stage, Status


def _stage_fits_status() -> Q:
    """Generated from `states.py`, so that table and constraint cannot part."""
    fits = Q()
    for stage, statuses in STATUSES_OF.items():
        fits |= Q(stage=stage, status__in=list(statuses))
    return fits


class Counter(models.Model):
    """The last number given out under a key. Raised inside the act's own transaction, so there are no gaps."""

    key = models.CharField(primary_key=True, max_length=120)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        app_label = "tracker"

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class Case(models.Model):
    """A docketed complaint. It is never deleted.

    `version` is posted with every form and compared in the update. `received_at` is where age is counted from;
    `next_due_on` copies the nearest running deadline for the queue. `charged_at` is set when charges were issued:
    from then on there is a record. `stipulated_at` is set while a settlement signed by both sides is before the board
    or accepted; `sealed_at` while a seal is in force, copied from its overlay for the gate.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="cases")
    docket = models.CharField(_("docket"), max_length=40, unique=True)
    complaints = models.ManyToManyField("tracker.Complaint", through="tracker.CaseComplaint", related_name="cases")
    profession = models.ForeignKey("boards.Profession", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=CaseKind.choices, default=CaseKind.COMPLAINT)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.FILED)
    status = models.CharField(max_length=30, choices=Status.choices, default=Status.RECEIVED)
    status_since = models.DateTimeField()
    priority = models.CharField(max_length=20, choices=Priority.choices, blank=True)
    priority_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    disposition = models.CharField(max_length=40, choices=DISPOSITION_CHOICES, null=True)  # noqa: DJ001 - null when open
    version = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    charged_at = models.DateTimeField(null=True)
    stipulated_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField()
    next_due_on = models.DateField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["-received_at", "id"]
        constraints = [
            models.CheckConstraint(condition=_stage_fits_status(), name="case_stage_fits_status"),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, disposition__isnull=False, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(disposition__isnull=True, closed_at__isnull=True)),
                name="case_disposition_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(disposition__isnull=True) | Q(disposition__in=list(DISPOSITIONS)),
                name="case_disposition_known",
            ),
            models.CheckConstraint(
                condition=Q(priority="") | Q(priority__in=Priority.values), name="case_priority_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.HEARING) | Q(charged_at__isnull=False) | Q(stipulated_at__isnull=False),
                name="case_hearing_needs_charges",
            ),
            # No discipline without charges issued (a petition counts as its own) or a stipulation signed by both sides.
            models.CheckConstraint(
                condition=Q(disposition__isnull=True)
                | ~Q(disposition__in=[code for code, row in DISPOSITIONS.items() if row.discipline])
                | Q(charged_at__isnull=False)
                | Q(stipulated_at__isnull=False),
                name="case_discipline_needs_charges",
            ),
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="case_kind_known"),
            models.CheckConstraint(condition=Q(moved_at__gte=F("received_at")), name="case_moved_after_receipt"),
        ]
        indexes = [
            models.Index(fields=["board", "next_due_on", "id"], name="case_board_due"),
            models.Index(fields=["board", "stage", "next_due_on", "id"], name="case_board_stage_due"),
            models.Index(
                fields=["board", "next_due_on", "id"],
                name="case_open_due",
                condition=~Q(status=Status.CLOSED),
            ),
            models.Index(fields=["next_due_on", "id"], name="case_due"),
            models.Index(fields=["board", "received_at", "id"], name="case_board_received"),
        ]

    def __str__(self) -> str:
        return self.docket

    @property
    def is_closed(self) -> bool:
        """Whether the case is closed."""
        return self.status == Status.CLOSED

    @property
    def is_emergency(self) -> bool:
        """Whether danger was found, which puts a banner on every page of the case."""
        return self.priority == Priority.EMERGENCY

    def age_days(self, today: date) -> int:
        """Calendar days from receipt to closing, or to `today`. The age clock never stops."""
        end = self.closed_at.date() if self.closed_at else today
        return (end - self.received_at.date()).days


class CaseComplaint(models.Model):
    """Which complaints a case rests on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_complaints")
    complaint = models.ForeignKey("tracker.Complaint", on_delete=models.PROTECT, related_name="case_complaints")

    class Meta:
        app_label = "tracker"
        constraints = [models.UniqueConstraint(fields=["case", "complaint"], name="case_complaint_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.complaint_id}"


class Triage(models.Model):
    """The danger screen and the priority somebody set, with reasons, and who verified it. The latest row counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="triages")
    danger_found = models.BooleanField()
    priority = models.CharField(max_length=20, choices=Priority.choices)
    reasons = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["set_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("set_by")),
                name="triage_second_person",
            ),
            models.CheckConstraint(
                condition=Q(danger_found=False) | Q(priority=Priority.EMERGENCY),
                name="triage_danger_is_emergency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.priority}"


class Disposition(models.Model):
    """A dated ending. Reopening ends the current row; rows are never removed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dispositions")
    code = models.CharField(max_length=40, choices=DISPOSITION_CHOICES)
    other_docket = models.CharField(max_length=40, blank=True)
    referred_to = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ends_at__isnull=True), name="disposition_one_current"),
            models.CheckConstraint(
                condition=~Q(code="DUPLICATE") | ~Q(other_docket=""),
                name="disposition_duplicate_names_docket",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CaseNote(models.Model):
    """A note in the investigation file. Never part of the hearing record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["-written_at", "id"]

    def __str__(self) -> str:
        return f"note on {self.case_id}"
