"""What is claimed, what is charged, and what somebody concluded. Findings are rows, never overwritten."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from tracker.cases.kinds import AnswerValue, Burden, FindingBy, FindingValue
from tracker.cases.pathkinds import Election


class Allegation(models.Model):
    """One claimed violation: A1, A2 … per case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="allegations")
    number = models.PositiveIntegerField()
    ground = models.ForeignKey("boards.Ground", on_delete=models.PROTECT, related_name="+")
    narrative = models.TextField()
    occurred_from = models.DateField(null=True)
    occurred_to = models.DateField(null=True)
    citation = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="allegation_number_once"),
            models.CheckConstraint(
                condition=Q(occurred_from__isnull=True)
                | Q(occurred_to__isnull=True)
                | Q(occurred_to__gte=F("occurred_from")),
                name="allegation_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The name on screens, such as A1."""
        return f"A{self.number}"


class ChargingDocument(models.Model):
    """Accusation, administrative complaint or statement of charges: one model, a draft until it is issued."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="charging_documents")
    issued_at = models.DateTimeField(null=True)
    served_on = models.DateField(null=True)
    hearing_requested_on = models.DateField(null=True)
    election = models.CharField(max_length=20, choices=Election.choices, blank=True)
    defaulted_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(issued_at__isnull=True), name="charges_one_draft"),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(issued_at__isnull=False),
                name="charges_issued_before_served",
            ),
        ]

    def __str__(self) -> str:
        return f"charges in {self.case_id}"


class Count(models.Model):
    """One charge. The rule row that the citation was taken from is kept, as in force when the conduct happened."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    charges = models.ForeignKey(ChargingDocument, on_delete=models.PROTECT, related_name="counts")
    number = models.PositiveIntegerField()
    citation = models.CharField(max_length=200)
    text = models.TextField()
    rule_id = models.UUIDField(null=True)
    allegations = models.ManyToManyField(Allegation, related_name="counts")
    answer = models.CharField(max_length=20, choices=AnswerValue.choices, blank=True)

    class Meta:
        app_label = "tracker"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["charges", "number"], name="count_number_once"),
            models.CheckConstraint(condition=~Q(citation=""), name="count_cites_statute"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answer__in=AnswerValue.values), name="count_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Count {self.number}"


class Finding(models.Model):
    """A conclusion on an allegation or a count. The latest row of the same author kind counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="findings")
    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, null=True, related_name="findings")
    count = models.ForeignKey(Count, on_delete=models.PROTECT, null=True, related_name="findings")
    by = models.CharField(max_length=20, choices=FindingBy.choices)
    value = models.CharField(max_length=20, choices=FindingValue.choices)
    reasons = models.TextField()
    burden = models.CharField(max_length=30, choices=Burden.choices, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        app_label = "tracker"
        ordering = ["found_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(allegation__isnull=False, count__isnull=True)
                | Q(allegation__isnull=True, count__isnull=False),
                name="finding_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="finding_has_reasons"),
            models.CheckConstraint(condition=Q(count__isnull=True) | ~Q(burden=""), name="finding_on_count_has_burden"),
        ]
        indexes = [models.Index(fields=["case", "by"], name="finding_case_by")]

    def __str__(self) -> str:
        return f"{self.by}: {self.value}"
