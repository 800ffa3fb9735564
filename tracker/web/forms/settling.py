"""The forms of settlement, default and undisputed charges, and the field for the terms of an offer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries as board_queries
from tracker.cases import pathkinds
from tracker.cases.states import DISPOSITIONS, SANCTIONS
from tracker.hearings.actions import negotiating
from tracker.hearings.actions.negotiating import TermData
from tracker.web.forms.case import StepForm, choice, day, words
from tracker.web.forms.groups import GroupsField, GroupsWidget
from tracker.web.forms.hearing import AMOUNT_HELP, DAYS_HELP, TERMS_HELP
from tracker.web.forms.plain import PlainForm


class TermForm(PlainForm):
    """One term of an offer."""

    code = choice(gettext_lazy("Sanction"), [(code, DISPOSITIONS[code].label) for code in SANCTIONS])
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
    terms = words(gettext_lazy("Its terms in words"), required=False, help_text=TERMS_HELP, rows=2)
    is_stayed = forms.BooleanField(label=gettext_lazy("Stayed"), required=False)
    due_on = day(gettext_lazy("Due on"), required=False)

    def term(self) -> TermData:
        """What was said of a valid term."""
        data = dict(self.cleaned_data)
        amount = data.pop("amount")
        return TermData(**data, amount_cents=int(amount * 100) if amount is not None else None)


class TermsWidget(GroupsWidget):
    """A group of fields for each term."""

    row_form = TermForm
    row_label = gettext_lazy("Term %(n)d")


class TermsField(GroupsField):
    """The cleaned value is a list of terms."""

    widget = TermsWidget
    empty = gettext_lazy("Fill in at least one term.")
    too_many = gettext_lazy("An offer has at most %(n)d terms.")
    unknown = gettext_lazy("%(key)s is no key of a term.")

    def made(self, form: Any) -> TermData:
        """The term."""
        return form.term()


class OfferSettlementForm(StepForm):
    side = choice(gettext_lazy("Who makes the offer"), pathkinds.Side.choices)
    offered_on = day(gettext_lazy("Day of the offer"), starts_today=True)
    text = words(
        gettext_lazy("The offer in words"),
        rows=6,
        help_text=gettext_lazy("Who hears or decides the case never sees it."),
    )
    terms = TermsField(label=gettext_lazy("What the order will impose"))


class EndTalksForm(StepForm):
    reason = words(gettext_lazy("How the talks ended"), help_text=gettext_lazy("Who refused or took back, and why."))


class SignSettlementForm(StepForm):
    respondent_signed_on = day(gettext_lazy("Signed by the respondent on"))
    counsel_signed_on = day(gettext_lazy("Signed by the board's counsel on"), starts_today=True)
    text = words(
        gettext_lazy("The stipulation"),
        rows=10,
        help_text=gettext_lazy("As both sides signed it. The terms of the open offer are added below it."),
    )
    deviation = words(
        gettext_lazy("Why the terms lie below the board's guideline"),
        required=False,
        help_text=gettext_lazy("Leave empty if they do not."),
    )

    def prepare(self) -> None:
        """Say which terms are signed."""
        offer = negotiating.open_offer(self.case)
        if offer:
            terms = "; ".join(line.rstrip(".") for line in negotiating.lines(offer))
            self.fields["text"].help_text = _(
                "As both sides signed it. The terms of open offer %(number)d are added below it: %(terms)s."
            ) % {"number": offer.number, "terms": terms}


class RejectSettlementForm(StepForm):
    reasons = words(gettext_lazy("The board's reasons"), help_text=gettext_lazy("The respondent reads them."))


class EnterDefaultForm(StepForm):
    packet = words(
        gettext_lazy("Default packet"),
        rows=8,
        help_text=gettext_lazy("How the charges were served, when the time to answer ended, what the board is asked."),
    )
    military_affidavit = words(
        gettext_lazy("Statement on military service"),
        required=False,
        help_text=gettext_lazy("How it was found out whether the respondent is in military service, and when."),
    )

    def prepare(self) -> None:
        rule = board_queries.rule_in_force(self.case.board, "military_affidavit_required", self.today())
        self.fields["military_affidavit"].required = bool(rule.value)
