"""What follows or precedes an order outside the main road: emergency action, court, violations, petitions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from tracker.cases.pathkinds import CourtOutcome, EmergencyEnd
from tracker.cases.states import EMERGENCY_ACTIONS, Status


class EmergencyAction(models.Model):
    """Action before a hearing, on a written finding of immediate danger, by vote or by delegation under a rule."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="emergency_actions")
    code = models.CharField(max_length=40)
    finding = models.ForeignKey("tracker.CaseDocument", on_delete=models.PROTECT, related_name="+")
    vote = models.ForeignKey("tracker.Vote", on_delete=models.PROTECT, null=True, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    effective_on = models.DateField()
    served_on = models.DateField(null=True)
    heard_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    npdb_reported_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=EmergencyEnd.choices, blank=True)
    merged_into = models.ForeignKey("tracker.Order", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "tracker"
        ordering = ["taken_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="emergency_one_in_force"),
            models.CheckConstraint(condition=Q(code__in=list(EMERGENCY_ACTIONS)), name="emergency_code_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | (Q(ended_at__isnull=False) & ~Q(end="")),
                name="emergency_end_named",
            ),
            models.CheckConstraint(
                condition=~Q(end=EmergencyEnd.MERGED) | Q(merged_into__isnull=False), name="emergency_merged_into_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} in {self.case_id}"


class JudicialReview(models.Model):
    """A petition to a court on an order. `from_status` is where the case stood and goes back to when it is affirmed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="judicial_reviews")
    order = models.ForeignKey("tracker.Order", on_delete=models.PROTECT, related_name="+")
    court = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    filed_on = models.DateField()
    from_status = models.CharField(max_length=30, choices=Status.choices)
    certified_on = models.DateField(null=True)
    certified_pages = models.PositiveIntegerField(null=True)
    decided_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=CourtOutcome.choices, blank=True)

    class Meta:
        app_label = "tracker"
        ordering = ["filed_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(outcome=""), name="judicial_review_one_pending"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True) | (~Q(outcome="") & Q(decided_on__isnull=False)),
                name="judicial_review_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.order_id}"


class Reconsideration(models.Model):
    """A party's petition that the board look at its order again. `from_status` is where the case goes back to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="reconsiderations")
    order = models.ForeignKey("tracker.Order", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10)
    filed_on = models.DateField()
    from_status = models.CharField(max_length=30, choices=Status.choices)
    decided_on = models.DateField(null=True)
    granted = models.BooleanField(null=True)
    by_time = models.BooleanField(default=False)

    class Meta:
        app_label = "tracker"
        ordering = ["filed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(decided_on__isnull=True), name="reconsideration_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, granted__isnull=True)
                | Q(decided_on__isnull=False, granted__isnull=False),
                name="reconsideration_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"reconsideration of {self.order_id}"


class ViolationReport(models.Model):
    """A monitor's report that the order was not kept, and the docket of the petition that followed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="violation_reports")
    order = models.ForeignKey("tracker.Order", on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField()
    reported_on = models.DateField()
    paper = models.ForeignKey("tracker.CaseDocument", on_delete=models.PROTECT, related_name="+")
    petition = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "tracker"
        ordering = ["reported_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(reported_on__gte=F("occurred_on")), name="violation_reported_after"),
        ]

    def __str__(self) -> str:
        return f"violation in {self.case_id}"
