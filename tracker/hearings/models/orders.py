"""The board's decision: orders, their sanctions, and changes to a proposal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.cases.decisions import Decision
from tracker.cases.pathkinds import ChangedPart
from tracker.cases.states import DISPOSITIONS, PETITION_OUTCOMES, SANCTIONS


class Order(models.Model):
    """The board's decision: a draft while its sanctions are being written, then issued and never changed.

    `outcome` is the code of a decided petition. `reconsidered_at` and `remanded_at` are set when the board took the
    order up again, itself or sent back by a court; `vacated_on` when it was set aside, with `reversed_on` where a court
    did so for good, so that a report to the NPDB is void; a stay suspends it. `ended_by` is the order on a petition
    that ended its discipline. `proposed` holds the sanctions that the proposal recommends (`cases.proposed`), as they
    stood when it was filed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="orders")
    vote = models.ForeignKey("tracker.Vote", on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    reasons = models.TextField(blank=True)
    issued_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    npdb_due = models.BooleanField(default=False)
    npdb_reported_on = models.DateField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    reconsidered_at = models.DateTimeField(null=True)
    remanded_at = models.DateTimeField(null=True)
    vacated_on = models.DateField(null=True)
    reversed_on = models.DateField(null=True)
    npdb_voided_on = models.DateField(null=True)
    stayed_on = models.DateField(null=True)
    stay_lifted_on = models.DateField(null=True)
    ended_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    proposed = models.JSONField(default=list)

    class Meta:
        app_label = "tracker"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(issued_at__isnull=True), name="order_one_draft"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True)
                | Q(vote__isnull=False, effective_on__isnull=False, decision__in=Decision.values)
                | Q(vote__isnull=True, effective_on__isnull=False, decision=Decision.DEEMED),
                name="order_issued_on_a_vote",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=[Decision.MODIFY, Decision.REJECT]) | ~Q(reasons=""),
                name="order_modified_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=list(PETITION_OUTCOMES)), name="order_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(reversed_on__isnull=True) | Q(vacated_on__isnull=False), name="order_reversed_is_vacated"
            ),
        ]

    def __str__(self) -> str:
        return f"order in {self.case_id}"


class Sanction(models.Model):
    """One part of an order. `amount_cents` in US cents; `days` in calendar days.

    A term is met when `met_on` is set. `ended_by` is the order on a petition that ended it before it was met.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="sanctions")
    number = models.PositiveIntegerField()
    code = models.CharField(
        max_length=40, choices=[(code, row.label) for code, row in DISPOSITIONS.items() if row.sanction]
    )
    terms = models.TextField(blank=True)
    days = models.PositiveIntegerField(null=True)
    amount_cents = models.PositiveBigIntegerField(null=True)
    is_stayed = models.BooleanField(default=False)
    is_term = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    proof = models.ForeignKey("tracker.CaseDocument", on_delete=models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "tracker"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="sanction_number_once"),
            models.CheckConstraint(condition=Q(code__in=list(SANCTIONS)), name="sanction_code_known"),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(is_term=True, proof__isnull=False),
                name="sanction_met_with_proof",
            ),
        ]
        verbose_name = _("sanction")

    def __str__(self) -> str:
        return self.code


class DecisionChange(models.Model):
    """One change that the board makes to a proposed decision, with its reasons. `part` names what is changed.

    One that was taken back before the order keeps its number and its row: `withdrawn_at` and `withdrawn_why` say so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="decision_changes")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=20, choices=ChangedPart.choices)
    text = models.TextField()
    reasons = models.TextField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        app_label = "tracker"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="decision_change_once"),
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(text=""), name="decision_change_has_reasons"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""), name="decision_change_withdrawn_why"
            ),
        ]

    def __str__(self) -> str:
        return f"change {self.number} in {self.case_id}"
