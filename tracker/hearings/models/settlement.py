"""Settlement talks and what both sides signed."""

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from tracker.cases.pathkinds import OfferState, Side
from tracker.cases.states import SANCTIONS, Status


class Settlement(models.Model):
    """One offer, by the board's counsel or the respondent; a counter-offer is the next row.

    `from_status` is where the case stood when both sides signed, `deviation` why the terms lie below the board's
    guideline, `paper` the stipulation as signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("tracker.Case", on_delete=models.PROTECT, related_name="settlements")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=10, choices=Side.choices)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    offered_on = models.DateField()
    offered_at = models.DateTimeField()
    respondent_signed_on = models.DateField(null=True)
    counsel_signed_on = models.DateField(null=True)
    deviation = models.TextField(blank=True)
    from_status = models.CharField(max_length=30, choices=Status.choices, blank=True)
    paper = models.ForeignKey("tracker.CaseDocument", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "tracker"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="settlement_number_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=OfferState.OPEN), name="settlement_one_open_offer"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OfferState.SIGNED, OfferState.ACCEPTED, OfferState.REJECTED])
                | Q(respondent_signed_on__isnull=False, counsel_signed_on__isnull=False, paper__isnull=False),
                name="settlement_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.number} in {self.case_id}"


class SettlementTerm(models.Model):
    """One sanction that an offer names. `amount_cents` in US cents, `days` in calendar days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    terms = models.TextField(blank=True)
    days = models.PositiveIntegerField(null=True)
    amount_cents = models.PositiveBigIntegerField(null=True)
    is_stayed = models.BooleanField(default=False)
    due_on = models.DateField(null=True)

    class Meta:
        app_label = "tracker"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "number"], name="settlement_term_once"),
            models.CheckConstraint(condition=Q(code__in=list(SANCTIONS)), name="settlement_term_known"),
        ]

    def __str__(self) -> str:
        return self.code
