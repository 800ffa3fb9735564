"""The forms of steps from charges to compliance, shared by the desk and the `advance` command."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries as board_queries
from tracker.access.policy import Role
from tracker.access.queries import staff_of
from tracker.cases import kinds, pathkinds
from tracker.cases.models import Case
from tracker.cases.states import DISPOSITIONS, SANCTIONS
from tracker.hearings import queries
from tracker.web.forms.case import StepForm, choice, day, words
from tracker.web.forms.lists import PerRowField

# Which of the optional parts a sanction needs depends on its kind.
DAYS_HELP = gettext_lazy("For probation, a suspension, and whatever is stayed.")
AMOUNT_HELP = gettext_lazy("For a fine.")
TERMS_HELP = gettext_lazy("What must be done or left, such as the reports of a probation.")


class DraftCountForm(StepForm):
    allegations = forms.MultipleChoiceField(
        label=gettext_lazy("Allegations it rests on"), widget=forms.CheckboxSelectMultiple
    )
    citation = forms.CharField(label=gettext_lazy("Statute or rule"), max_length=200)
    text = words(gettext_lazy("The charge in words"))

    def prepare(self) -> None:
        rows = self.case.allegations.select_related("ground")
        self.fields["allegations"].choices = [(row.key, f"{row.key} {row.ground.label}") for row in rows]


class IssueChargesForm(StepForm):
    memo = words(gettext_lazy("Probable cause memo"), rows=8)


class RecordServiceForm(StepForm):
    method = choice(gettext_lazy("How it was served"), kinds.ServiceMethod.choices)
    served_on = day(gettext_lazy("Day of service"), starts_today=True)
    proof = words(gettext_lazy("Proof of service"), help_text=gettext_lazy("Who served whom where, tracking number."))


class RecordAnswerForm(StepForm):
    received_on = day(gettext_lazy("Day it came"), starts_today=True)
    answers = PerRowField(label=gettext_lazy("Answer to each count"))
    text = words(gettext_lazy("What the answer says"))
    election = choice(
        gettext_lazy("Election of rights"),
        pathkinds.Election.choices,
        required=False,
        help_text=gettext_lazy("How the respondent wants the charges decided."),
    )
    good_cause = words(gettext_lazy("Good cause, if it is late"), required=False, rows=2)

    def prepare(self) -> None:
        rule = board_queries.rule_in_force(self.case.board, "election_of_rights", self.today())
        self.fields["election"].required = bool(rule.value)
        if not rule.value:
            del self.fields["election"]
        rows = [(str(count.number), _count_line(count)) for count in issued_counts(self.case)]
        self.fields["answers"].set_rows(rows, kinds.AnswerValue.choices)


def issued_counts(case: Case) -> list[Any]:
    """The counts of the charges in force."""
    charges = case.charging_documents.filter(issued_at__isnull=False).order_by("id").last()
    return list(charges.counts.all()) if charges else []


def _count_line(count: Any) -> str:
    return _("Count %(number)d, %(citation)s") % {"number": count.number, "citation": count.citation}


def numbers(label: Any) -> forms.TypedChoiceField:
    """A field for one of several numbered things of the case."""
    return forms.TypedChoiceField(label=label, coerce=int, choices=())


class ResetHearingForm(StepForm):
    held_on = day(gettext_lazy("Day of the hearing"))
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=gettext_lazy("At the board."),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=300)

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        zone = board_queries.board_zone(self.case.board)
        starts_at = datetime.combine(data.pop("held_on"), data.pop("time"), tzinfo=zone)
        return {"starts_at": starts_at, **data}


class ScheduleHearingForm(ResetHearingForm):
    prehearing_order = words(
        gettext_lazy("Prehearing order"), help_text=gettext_lazy("Dates for exhibits, witness lists and motions.")
    )


class ContinueHearingForm(StepForm):
    moved_by = choice(gettext_lazy("Who asked for another date"), pathkinds.Side.choices)
    reason = words(gettext_lazy("Reason"), rows=2)
    text = words(gettext_lazy("Order of continuance"), help_text=gettext_lazy("Both sides get a letter."), rows=6)


def board_members(case: Case, on: date) -> list[tuple[str, str]]:
    """The members of the case's board on a day: e-mail address and name."""
    return [(one.email, one.name) for one in staff_of(case.board_id, on) if Role.BOARD_MEMBER in one.roles]


class OpenHearingForm(StepForm):
    appearances = words(gettext_lazy("Who appeared"))
    heard_by = forms.MultipleChoiceField(
        label=gettext_lazy("Members who hear the case"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Only where the board hears the case itself: then nobody else votes on the proposal. Leave all of them "
            "unchecked where the presiding officer hears it alone."
        ),
    )

    def prepare(self) -> None:
        self.fields["heard_by"].choices = board_members(self.case, self.today())


class CloseRecordForm(StepForm):
    note = words(
        gettext_lazy("What was received last"),
        required=False,
        rows=2,
        help_text=gettext_lazy("From now on no exhibit is offered or ruled on. The time for the proposal begins."),
    )


class ReopenRecordForm(StepForm):
    reason = words(gettext_lazy("Reason"), rows=2)


class CountFindingForm(StepForm):
    count = numbers(gettext_lazy("Count"))
    value = choice(gettext_lazy("Finding"), [(v.value, v.label) for v in kinds.COUNT_VALUES])
    reasons = words(gettext_lazy("Reasons"))

    def prepare(self) -> None:
        rows = [(count.number, _count_line(count)) for count in issued_counts(self.case)]
        self.fields["count"].choices = [("", _("Choose")), *rows]


class ProposedDecisionForm(StepForm):
    text = words(gettext_lazy("Proposed decision"), rows=12)


class DraftSanctionForm(StepForm):
    code = choice(gettext_lazy("Sanction"), [(code, DISPOSITIONS[code].label) for code in SANCTIONS])
    terms = words(gettext_lazy("Terms in words"), required=False, help_text=TERMS_HELP)
    days = forms.IntegerField(
        label=gettext_lazy("Length in days"), required=False, min_value=1, max_value=36500, help_text=DAYS_HELP
    )
    amount = forms.DecimalField(
        label=gettext_lazy("Amount in dollars"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=AMOUNT_HELP,
    )
    is_stayed = forms.BooleanField(label=gettext_lazy("Stayed"), required=False)
    due_on = day(gettext_lazy("Due on"), required=False)

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        amount = data.pop("amount")
        return {**data, "amount_cents": int(amount * 100) if amount is not None else None}


class RemoveSanctionForm(StepForm):
    number = numbers(gettext_lazy("Sanction"))
    reason = words(gettext_lazy("Reason"), rows=2)

    def prepare(self) -> None:
        """The drafted ones, for who drafts: while the board decides, nobody else reads what it thinks of."""
        drafts = self.actor is not None and queries.drafts(self.case, self.actor, at=datetime.now(UTC))
        draft = self.case.orders.filter(issued_at__isnull=True).first() if drafts else None
        rows = [(row.number, row.get_code_display()) for row in draft.sanctions.all()] if draft else []
        self.fields["number"].choices = [("", _("Choose")), *rows]


class NpdbReportForm(StepForm):
    reported_on = day(gettext_lazy("Day of the report"), starts_today=True)
    reference = forms.CharField(label=gettext_lazy("Number of the report"), max_length=60)


class CompliancePlanForm(StepForm):
    plan = words(gettext_lazy("Monitoring plan"))


class FirstContactForm(StepForm):
    contacted_on = day(gettext_lazy("Day of the contact"), starts_today=True)
    text = words(gettext_lazy("How the licensee was reached, and what was said"))


class SatisfyTermForm(StepForm):
    number = numbers(gettext_lazy("Term"))
    proof = words(gettext_lazy("Proof"))

    def prepare(self) -> None:
        order = self.case.orders.filter(issued_at__isnull=False).order_by("issued_at").last()
        rows = order.sanctions.filter(is_term=True, met_on=None) if order else []
        self.fields["number"].choices = [("", _("Choose")), *((row.number, row.get_code_display()) for row in rows)]
