"""What is: hearings, orders and sanctions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from tracker.cases.states import DISPOSITIONS, SANCTIONS
from tracker.hearings.rules import Decision


class Hearing(models.Model):
    """A hearing set for a day, in the board's zone, before a presiding officer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="hearings")
    presiding = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300)
    noticed_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    appearances = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at__isnull=True), name="hearing_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="hearing_opened_before_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"hearing in {self.case_id}"


class Order(models.Model):
    """The board's decision: a draft while its sanctions are being written, then issued and never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="orders")
    vote = models.ForeignKey("tracker.Vote", on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    reasons = models.TextField(blank=True)
    issued_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    npdb_due = models.BooleanField(default=False)
    npdb_reported_on = models.DateField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(issued_at__isnull=True), name="order_one_draft"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True)
                | Q(vote__isnull=False, effective_on__isnull=False, decision__in=Decision.values),
                name="order_issued_on_a_vote",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.MODIFY) | ~Q(reasons=""), name="order_modified_with_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"order in {self.case_id}"


class Sanction(models.Model):
    """One part of an order. `amount_cents` in US cents; `days` in calendar days. A term is met when `met_on` is set."""

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
