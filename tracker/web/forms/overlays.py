"""The forms of overlays, pauses, expert review and withdrawal, shared by the desk and the `advance` command."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cases import kinds, pathkinds
from tracker.cases.actions.experts import Engagement
from tracker.cases.clocks import PAUSABLE, DeadlineKind
from tracker.cases.queries import overlays
from tracker.cases.states import DISPOSITIONS, EMERGENCY_ACTIONS
from tracker.web.forms.case import StepForm, choice, day, words

_REASON = gettext_lazy("Reason")


class TakeEmergencyActionForm(StepForm):
    code = choice(gettext_lazy("Emergency action"), [(code, DISPOSITIONS[code].label) for code in EMERGENCY_ACTIONS])
    finding = words(
        gettext_lazy("Written finding of immediate danger"),
        rows=8,
        help_text=gettext_lazy(
            "The facts that show the danger, and why it cannot wait for a hearing. For an agreement: its words, and "
            "when the respondent signed it. The respondent and the public record get these words."
        ),
    )
    effective_on = day(gettext_lazy("Takes effect on"), starts_today=True)


class ServeEmergencyActionForm(StepForm):
    method = choice(gettext_lazy("How it was served"), kinds.ServiceMethod.choices)
    served_on = day(gettext_lazy("Day of service"), starts_today=True)
    proof = words(gettext_lazy("Proof of service"), help_text=gettext_lazy("Who served whom where, tracking number."))


class HearEmergencyActionForm(StepForm):
    heard_on = day(gettext_lazy("Day of the hearing"), starts_today=True)
    outcome = choice(gettext_lazy("What it led to"), pathkinds.EmergencyHearing.choices)
    note = words(
        gettext_lazy("What was decided, and why"), help_text=gettext_lazy("Where it goes on changed: the new terms.")
    )


class EndEmergencyActionForm(StepForm):
    end = choice(
        gettext_lazy("How it ends"),
        [(end.value, end.label) for end in (pathkinds.EmergencyEnd.VACATED, pathkinds.EmergencyEnd.EXPIRED)],
    )
    reason = words(_REASON)


class ReasonForm(StepForm):
    reason = words(_REASON)


class BeginAbeyanceForm(StepForm):
    reason = words(
        _REASON,
        help_text=gettext_lazy("Such as a criminal case. The targets stand still, the age of the case goes on."),
    )
    ends_on = day(gettext_lazy("Thought to end on"), required=False)


class PlaceHoldForm(StepForm):
    reason = words(_REASON, help_text=gettext_lazy("What must be kept, and for whom."))
    review_on = day(
        gettext_lazy("Review on"), required=False, help_text=gettext_lazy("A hold has an end, a review, or both.")
    )
    ends_on = day(gettext_lazy("Ends on"), required=False)


class ReviewHoldForm(StepForm):
    review_on = day(gettext_lazy("Next review on"))
    reason = words(gettext_lazy("Why it is still needed"))


class SealForm(StepForm):
    reason = words(
        _REASON,
        help_text=gettext_lazy("A sealed case is seen only by its own people and by those who keep sealed cases."),
    )


def _clock_choices(kinds_found: list[str]) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *((kind, DeadlineKind(kind).label) for kind in kinds_found)]


class TollClockForm(StepForm):
    kind = choice(gettext_lazy("Clock"), ())
    from_on = day(gettext_lazy("First day that does not count"), starts_today=True)
    reason = words(_REASON, help_text=gettext_lazy("Whoever may know this date can read it."))

    def prepare(self) -> None:
        running = [kind for kind in overlays.running_clocks(self.case) if kind in PAUSABLE]
        self.fields["kind"].choices = _clock_choices(running)


class ResumeClockForm(StepForm):
    kind = choice(gettext_lazy("Clock"), ())
    on = day(gettext_lazy("Last day that does not count"), starts_today=True)

    def prepare(self) -> None:
        self.fields["kind"].choices = _clock_choices(overlays.paused_clocks(self.case))


class LiftRecusalForm(StepForm):
    email = choice(gettext_lazy("Person"), ())
    reason = words(_REASON, help_text=gettext_lazy("Why there is no conflict, or none any more."))

    def prepare(self) -> None:
        people = [(one.email, one.name) for one in overlays.recused(self.case)]
        self.fields["email"].choices = [("", _("Choose")), *people]


class ReferToExpertForm(StepForm):
    name = forms.CharField(label=gettext_lazy("Name of the expert"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    address = words(gettext_lazy("Mailing address"), required=False, rows=3)
    conflict_check = words(
        gettext_lazy("Answer to the conflict check"),
        help_text=gettext_lazy("What the expert said about ties to either side."),
        rows=2,
    )
    questions = words(gettext_lazy("Questions"), help_text=gettext_lazy("One a line."))
    letter = words(gettext_lazy("Engagement letter"), rows=8)

    def values(self) -> dict[str, Any]:
        return {"engagement": Engagement(**self.cleaned_data)}


class ReceiveOpinionForm(StepForm):
    received_on = day(gettext_lazy("Day it came"), starts_today=True)
    text = words(gettext_lazy("The opinion"), required=False, rows=8)
    why_none = words(gettext_lazy("Why none came, if so"), required=False, rows=2)


class RecordWithdrawalForm(StepForm):
    asked_on = day(gettext_lazy("Day it reached the board"), starts_today=True)
    text = words(gettext_lazy("What the complainant said"))


class AnswerWithdrawalForm(StepForm):
    text = words(
        gettext_lazy("Answer to the complainant"),
        help_text=gettext_lazy("The letter adds by itself whether the board's rule lets the case end."),
    )
