"""The forms of steps, shared by the desk and the `advance` command. Each knows its case and gives clean values."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries as board_queries
from tracker.access.policy import CAPACITY_ROLES, Capacity, Role
from tracker.access.queries import StaffMember, staff_of
from tracker.cases import kinds
from tracker.cases.actions.closing import Closure
from tracker.cases.models import Case
from tracker.cases.states import DISPOSITIONS, INTAKE_CLOSURES, REVIEW_CLOSURES, Priority, Status
from tracker.web.forms.dates import DAY_BOUNDS
from tracker.web.forms.plain import PlainForm

LONG = 20_000


class StepForm(PlainForm):
    """A form that knows its case and who fills it in."""

    def __init__(self, *args: Any, case: Case, actor: Any = None, **kwargs: Any) -> None:
        self.case, self.actor = case, actor
        super().__init__(*args, **kwargs)
        self.prepare()
        for field in self.fields.values():
            if getattr(field, "starts_today", False):
                field.initial = self.today()

    def prepare(self) -> None:
        """Fill choices that depend on the case."""

    def today(self) -> date:
        """Today at the board."""
        return board_queries.local_day(self.case.board, datetime.now(UTC))

    def values(self) -> dict[str, Any]:
        """The arguments of the act."""
        return dict(self.cleaned_data)


def words(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 4) -> forms.CharField:
    """A field for several lines of words."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=LONG, widget=widget)


def choice(label: Any, choices: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """A field for one of several codes."""
    listed = [(value, text) for value, text in choices]
    return forms.ChoiceField(
        label=label, choices=[("", gettext_lazy("Choose")), *listed], required=required, help_text=help_text
    )


def day(label: Any, *, required: bool = True, help_text: Any = "", starts_today: bool = False) -> forms.DateField:
    """A field for one date; with `starts_today` the page offers today at the board."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    field = forms.DateField(label=label, required=required, help_text=help_text, widget=widget, validators=DAY_BOUNDS)
    field.starts_today = starts_today
    return field


def lines(text: str) -> list[str]:
    """The non-empty lines of a text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _named(one: StaffMember) -> str:
    return f"{one.name}, {', '.join(str(Role(role).label) for role in one.roles)}"


def _closures(codes: Any) -> list[tuple[str, Any]]:
    return [(code, DISPOSITIONS[code].label) for code in codes]


class BeginReviewForm(StepForm):
    danger_found = forms.BooleanField(
        label=gettext_lazy("Somebody may be in imminent danger"),
        help_text=gettext_lazy("This makes the case an emergency, whatever priority is chosen below."),
        required=False,
    )
    priority = choice(gettext_lazy("Priority"), Priority.choices, required=False)
    reasons = words(gettext_lazy("Reasons for the priority"))

    def prepare(self) -> None:
        """The priority may be empty in an emergency only, so it must not read "optional"."""
        self.fields["priority"].asked = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("danger_found") and not cleaned.get("priority"):
            self.add_error("priority", _("Choose a priority."))
        return cleaned


class VerifyPriorityForm(StepForm):
    priority = choice(
        gettext_lazy("Another priority"),
        Priority.choices,
        required=False,
        help_text=gettext_lazy("Leave empty to confirm the present one."),
    )
    reasons = words(gettext_lazy("Reasons, if you change it"), required=False)

    def prepare(self) -> None:
        if self.case.priority:
            now = Priority(self.case.priority).label
            self.fields["priority"].help_text = _("Now: %(priority)s. Leave empty to confirm it.") % {"priority": now}


class RequestInformationForm(StepForm):
    missing = words(gettext_lazy("What is missing"), help_text=gettext_lazy("One item a line. The letter lists them."))

    def values(self) -> dict[str, Any]:
        return {"missing": lines(self.cleaned_data["missing"])}


class NoteForm(StepForm):
    note = words(gettext_lazy("Note"), required=False)


class ClosureForm(StepForm):
    codes: Any = ()
    disposition = choice(gettext_lazy("Disposition"), ())
    reason = words(
        gettext_lazy("Reason"), help_text=gettext_lazy("In plain words. Both sides read it in the closing letter.")
    )
    referred_to = forms.CharField(
        label=gettext_lazy("Referred to"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only for a referral."),
    )
    other_docket = forms.CharField(
        label=gettext_lazy("Other docket"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Only for a duplicate."),
    )
    avenues = words(
        gettext_lazy("Who else can help"), required=False, help_text=gettext_lazy("One a line. The letter lists them.")
    )

    def prepare(self) -> None:
        self.fields["disposition"].choices = [("", _("Choose")), *_closures(self.codes)]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "closure": Closure(
                disposition=data["disposition"],
                reason=data["reason"],
                referred_to=data["referred_to"],
                other_docket=data["other_docket"],
                avenues=tuple(lines(data["avenues"])),
            )
        }


class CloseAtIntakeForm(ClosureForm):
    codes = INTAKE_CLOSURES


class CloseWithoutDisciplineForm(ClosureForm):
    codes = REVIEW_CLOSURES


class ApproveClosureForm(StepForm):
    disposition = choice(gettext_lazy("Disposition"), ())
    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[("yes", gettext_lazy("I agree")), ("no", gettext_lazy("I do not agree"))],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    reasons = words(gettext_lazy("Reasons"), required=False)

    def prepare(self) -> None:
        intake = self.case.status == Status.INTAKE_REVIEW
        codes = INTAKE_CLOSURES if intake else REVIEW_CLOSURES
        self.fields["disposition"].choices = [("", _("Choose")), *_closures(codes)]


class AcceptCaseForm(StepForm):
    has_jurisdiction = forms.BooleanField(label=gettext_lazy("The board has jurisdiction"), required=False)
    states_violation = forms.BooleanField(
        label=gettext_lazy("It would be a violation if true (legal sufficiency)"), required=False
    )
    reasons = words(gettext_lazy("Reasons"))
    schedule = words(gettext_lazy("Schedule of the phases"), help_text=gettext_lazy("Which phase ends when."))


class AssignForm(StepForm):
    capacity = choice(gettext_lazy("Place on the case"), Capacity.choices)
    email = choice(gettext_lazy("Person"), ())

    def prepare(self) -> None:
        wanted = {str(role) for roles in CAPACITY_ROLES.values() for role in roles}
        staff = [one for one in staff_of(self.case.board_id, self.today()) if wanted & set(one.roles)]
        self.fields["email"].choices = [("", _("Choose")), *((one.email, _named(one)) for one in staff)]


class EndAssignmentForm(StepForm):
    capacity = choice(gettext_lazy("Place on the case"), Capacity.choices)
    email = choice(gettext_lazy("Person"), ())
    reason = words(gettext_lazy("Reason"))

    def prepare(self) -> None:
        rows = self.case.assignments.filter(ended_at=None).select_related("user")
        people = {row.user.email: f"{row.user.full_name}, {row.get_capacity_display()}" for row in rows}
        self.fields["email"].choices = [("", _("Choose")), *people.items()]


class DeclareConflictForm(StepForm):
    has_conflict = forms.TypedChoiceField(
        label=gettext_lazy("Do you have a conflict of interest on this case?"),
        # Nothing is chosen beforehand: the answer is a person's word.
        choices=[
            ("", gettext_lazy("Choose")),
            ("no", gettext_lazy("No, I know neither side")),
            ("yes", gettext_lazy("Yes")),
        ],
        coerce=lambda value: value == "yes",
    )
    reason = words(gettext_lazy("What it is, if yes"), required=False)


class AddAllegationForm(StepForm):
    ground = choice(gettext_lazy("Ground"), ())
    narrative = words(gettext_lazy("What happened"))
    occurred_from = day(gettext_lazy("First day"), required=False)
    occurred_to = day(gettext_lazy("Last day"), required=False)
    citation = forms.CharField(label=gettext_lazy("Statute or rule"), required=False, max_length=200)

    def prepare(self) -> None:
        offered = board_queries.grounds_offered(self.today())
        self.fields["ground"].choices = [("", _("Choose")), *((row.key, row.label) for row in offered)]


class NotifyLicenseeForm(StepForm):
    withheld_reason = words(
        gettext_lazy("Reason for holding the notice back"),
        required=False,
        help_text=gettext_lazy("Leave empty to send it now. With a reason, nothing is sent and no response is due."),
    )


class RecordResponseForm(StepForm):
    text = words(gettext_lazy("The licensee's response"), required=False, rows=8)
    memo = words(
        gettext_lazy("Memo, if none came"),
        required=False,
        help_text=gettext_lazy("Only once the time is over. It adds the ground “ignored the board”."),
    )


class RecordFindingForm(StepForm):
    allegation = choice(gettext_lazy("Allegation"), ())
    value = choice(gettext_lazy("Finding"), [(v.value, v.label) for v in kinds.INVESTIGATOR_VALUES])
    reasons = words(gettext_lazy("Reasons"), help_text=gettext_lazy("Name the evidence: E-2, page 3."))

    def prepare(self) -> None:
        rows = self.case.allegations.select_related("ground")
        self.fields["allegation"].choices = [("", _("Choose")), *((r.key, f"{r.key} {r.ground.label}") for r in rows)]


class SubmitReportForm(StepForm):
    report = words(gettext_lazy("Report of investigation"), rows=12)


class LegalReviewForm(StepForm):
    memo = words(gettext_lazy("Legal memo"), rows=8)


class QuestionsForm(StepForm):
    questions = words(gettext_lazy("Questions for the investigator"), help_text=gettext_lazy("One a line."))


class CloseCaseForm(StepForm):
    note = words(gettext_lazy("Closing memo"), help_text=gettext_lazy("In plain words. Both sides read it."))


class AppearCounselForm(StepForm):
    name = forms.CharField(label=gettext_lazy("Name of counsel"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail for service"), required=False)
    address = words(gettext_lazy("Mailing address for service"), required=False, rows=3)


class DecideEmergencyForm(StepForm):
    outcome = choice(gettext_lazy("Decision"), kinds.EmergencyOutcome.choices)
    reasons = words(gettext_lazy("Reasons"))


class UpdateComplainantForm(StepForm):
    method = choice(gettext_lazy("How"), kinds.ContactMethod.choices)
    text = words(gettext_lazy("What was said"))


class AddNoteForm(StepForm):
    text = words(gettext_lazy("Note"))
