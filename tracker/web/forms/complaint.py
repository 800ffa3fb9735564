"""The seven steps of a complaint, in plain words. Every door that takes a complaint uses these forms.

What a draft keeps, by step (texts unless said otherwise; this is what `cases` reads when the complaint is filed):

* `start`: `read` (true)
* `board`: `state`, `profession` (key), `board` (slug)
* `who`: `name`, `license_number`, `practice`, `address`
* `what`: `grounds` (list of keys), `occurred_from` and `occurred_to` (`YYYY-MM` or `YYYY-MM-DD`, or empty), `ongoing`
  (bool), `narrative`, `raised` (yes, no, unsafe)
* `you`: `relation` (client, close_person, colleague, duty, other), `anonymous` (bool), `name`, `email`, `phone`,
  `address`, `safe_contact` (any, email, phone, mail, none), `safe_note`
* `documents`: `more_later` (bool); the files themselves are staged uploads
* `review`: `name` (the signature typed), `attested` (bool), `attestation_version`
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries
from tracker.cases.kinds import Relation
from tracker.web.forms.dates import PartialDateField, first_day, future_words, last_day
from tracker.web.forms.setting import PlaceForm, Setting, StepForm

NARRATIVE_MAX = 20_000
NAME_MAX = 200
MAIN_GROUNDS = 11  # shown at once, in the order of the code table; the rest folded, "Something else" always last
OTHER_GROUND = "other"


@dataclass(frozen=True)
class Step:
    """One step of the wizard: key in the address and in the draft, title, form."""

    key: str
    title: Promise
    short: Promise
    form: type[forms.Form]


class StartForm(StepForm):
    """What a board can and cannot do was shown."""

    board = forms.SlugField(required=False, widget=forms.HiddenInput, max_length=200)
    profession = forms.SlugField(required=False, widget=forms.HiddenInput, max_length=200)

    def answers(self) -> dict:
        """That the page was read."""
        return {"read": True}


class BoardForm(StepForm, PlaceForm):
    """Step 2: state, profession, and then one of the boards that take such complaints."""

    board = forms.SlugField(required=False, max_length=200, widget=forms.RadioSelect, label=gettext_lazy("Board"))

    def __init__(self, *args: object, setting: Setting, **kwargs: object) -> None:
        super().__init__(*args, setting=setting, today=setting.today, **kwargs)
        state, profession = self["state"].value(), self["profession"].value()
        self.found = list(queries.boards_accepting(profession, state)) if state and profession else []
        self.fields["board"].widget.choices = [(row.slug, row.name) for row in self.found]

    def clean(self) -> dict:
        """A board of the chosen state and profession; only hosted ones can be filed with here."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if not self.found:
            self.add_error(
                None, _("We know no board for this state and profession. Choose another, or see who else can help")
            )
            return cleaned
        by_slug = {row.slug: row for row in self.found}
        only = self.found[0] if len(self.found) == 1 else None
        chosen = by_slug.get(cleaned.get("board"), only)
        if chosen is None:
            self.add_error("board", _("Choose the board that should get your complaint"))
        else:
            cleaned["board"] = chosen.slug
        return cleaned


class WhoForm(StepForm):
    """Step 3: the person the complaint is about."""

    name = forms.CharField(
        label=gettext_lazy("Name of the person"),
        help_text=gettext_lazy("First and last name, as you know it."),
        max_length=NAME_MAX,
        error_messages={"required": gettext_lazy("Give the name of the person, as you know it")},
    )
    license_number = forms.CharField(
        label=gettext_lazy("License number, if you know it"),
        help_text=gettext_lazy("It is often on a business card, a bill or the office wall."),
        max_length=60,
        required=False,
    )
    practice = forms.CharField(label=gettext_lazy("Practice, clinic or company"), max_length=NAME_MAX, required=False)
    address = forms.CharField(
        label=gettext_lazy("Address or town"),
        help_text=gettext_lazy("Whatever helps the board to find the right person."),
        max_length=300,
        required=False,
    )


class WhatForm(StepForm):
    """Step 4: what happened, in the person's own words first."""

    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("What is your complaint about?"),
        help_text=gettext_lazy("Choose all that apply."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one reason, or “Something else”")},
    )
    occurred_from = PartialDateField(label=gettext_lazy("First time"), required=False)
    occurred_to = PartialDateField(label=gettext_lazy("Last time"), required=False)
    ongoing = forms.BooleanField(label=gettext_lazy("It is still going on"), required=False)
    narrative = forms.CharField(
        label=gettext_lazy("Tell it in your own words"),
        help_text=gettext_lazy("What happened, in order. Names of people who saw it. Leave out other patients’ names."),
        widget=forms.Textarea,
        max_length=NARRATIVE_MAX,
        error_messages={"required": gettext_lazy("Tell us what happened in your own words")},
    )
    raised = forms.ChoiceField(
        label=gettext_lazy("Did you raise this with them?"),
        help_text=gettext_lazy("You do not have to. It is never a condition for filing."),
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No")),
            ("unsafe", gettext_lazy("It did not feel safe")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        rows = list(queries.grounds_offered(self.setting.today))
        rows.sort(key=lambda row: row.key == OTHER_GROUND)  # stable: the table's order stays
        self.grounds_by_key = {row.key: row for row in rows}
        self.fields["grounds"].choices = [(row.key, row.label) for row in rows]

    @cached_property
    def folded_open(self) -> bool:
        """Whether a reason of the folded part is chosen, so that nothing chosen is out of sight."""
        return any(row["checked"] and not row["first"] for row in self.ground_rows)

    @cached_property
    def ground_rows(self) -> list[dict]:
        """Each ground with its check-box, its help and whether it is among the first."""
        rows = []
        for number, option in enumerate(self["grounds"]):
            ground = self.grounds_by_key[option.data["value"]]
            first = number < MAIN_GROUNDS or ground.key == OTHER_GROUND
            rows.append({"option": option, "ground": ground, "first": first, "checked": option.data["selected"]})
        return rows

    def clean(self) -> dict:
        """Days in order, none in the future."""
        cleaned = super().clean()
        today = self.setting.today
        start, end = cleaned.get("occurred_from") or "", cleaned.get("occurred_to") or ""
        for name, label, value in (
            ("occurred_from", _("The first day"), start),
            ("occurred_to", _("The last day"), end),
        ):
            if value and first_day(value) > today:
                self.add_error(name, future_words(label, today))
        if not self.errors and start and end and last_day(end, today) < first_day(start):
            self.add_error("occurred_to", _("The last day cannot be before the first day"))
        return cleaned


SAFE_WAYS = [
    ("any", gettext_lazy("Any of these ways is safe")),
    ("email", gettext_lazy("Only by e-mail")),
    ("phone", gettext_lazy("Only by telephone")),
    ("mail", gettext_lazy("Only by mail")),
    ("none", gettext_lazy("Do not contact me. I will look at the tracking page")),
]


class YouForm(StepForm):
    """Step 5: who files, and how to reach them safely."""

    relation = forms.ChoiceField(
        label=gettext_lazy("Who are you in this matter?"),
        choices=[
            (Relation.CLIENT, gettext_lazy("I am the client or patient")),
            (Relation.CLOSE_PERSON, gettext_lazy("I am close to the client: family, partner, friend")),
            (Relation.COLLEAGUE, gettext_lazy("I work in the same field")),
            (Relation.DUTY, gettext_lazy("I report because the law says I must")),
            (Relation.OTHER, gettext_lazy("Someone else")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who you are in this matter")},
    )
    anonymous = forms.BooleanField(label=gettext_lazy("File without my name"), required=False)
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=NAME_MAX, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We send short notes only. They hold no details and no code."),
        max_length=254,
        required=False,
        error_messages={"invalid": gettext_lazy("This e-mail address is not complete. It looks like name@example.com")},
    )
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=60, required=False)
    address = forms.CharField(
        label=gettext_lazy("Mailing address"),
        widget=forms.Textarea({"rows": 3, "class": "short"}),
        max_length=400,
        required=False,
    )
    safe_contact = forms.ChoiceField(
        label=gettext_lazy("What is a safe way to reach you?"),
        help_text=gettext_lazy("Think of who else sees your mail, phone or screen."),
        choices=SAFE_WAYS,
        widget=forms.RadioSelect,
        required=False,
        initial="any",
    )
    safe_note = forms.CharField(
        label=gettext_lazy("Anything we must know before we write or call"),
        help_text=gettext_lazy("For example: call only on weekdays before noon."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].asked = True  # unless anonymous, so it must not read "optional"
        if not self.setting.allows_anonymous():
            self.fields["anonymous"].disabled = True
            self.initial["anonymous"] = False

    def clean(self) -> dict:
        """A name and one way to answer, unless the complaint is anonymous."""
        cleaned = super().clean()
        if cleaned.get("anonymous"):
            return cleaned
        if not cleaned.get("name"):
            self.add_error("name", self._name_words())
        way = cleaned.get("safe_contact")
        needed = {"email": "email", "phone": "phone", "mail": "address"}.get(way)
        if needed and not cleaned.get(needed) and needed not in self.errors:
            words = {
                "email": _("Give the e-mail address that is safe"),
                "phone": _("Give the telephone number that is safe"),
                "mail": _("Give the mailing address that is safe"),
            }
            self.add_error(needed, words[way])
        return cleaned

    def _name_words(self) -> str:
        if self.setting.allows_anonymous():
            return _("Give your name, or choose “File without my name”")
        return _("Give your name. This board cannot take a complaint without one")


class DocumentsForm(StepForm):
    """Step 6: whether more will follow; the files are staged one form at a time."""

    more_later = forms.BooleanField(label=gettext_lazy("I have more and will send it later"), required=False)


class ReviewForm(StepForm):
    """Step 7: the statement, and the name under it."""

    attested = forms.BooleanField(
        label=gettext_lazy("I have read this statement and it is true"),
        error_messages={"required": gettext_lazy("Read the statement and tick the box under it")},
    )
    name = forms.CharField(
        label=gettext_lazy("Type your full name as your signature"),
        max_length=NAME_MAX,
        required=False,
    )
    attestation_version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].asked = True
        if self.is_anonymous:
            del self.fields["name"]

    @property
    def is_anonymous(self) -> bool:
        """Whether the person files without a name."""
        return bool(self.setting.answers.get("you", {}).get("anonymous"))

    def clean(self) -> dict:
        """A signature, unless the complaint is anonymous."""
        cleaned = super().clean()
        if not self.is_anonymous and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Type your full name as your signature"))
        return cleaned


STEPS: tuple[Step, ...] = (
    Step("start", gettext_lazy("Before you start"), gettext_lazy("Before you start"), StartForm),
    Step("board", gettext_lazy("State and board"), gettext_lazy("Board"), BoardForm),
    Step("who", gettext_lazy("Who is it about?"), gettext_lazy("Who"), WhoForm),
    Step("what", gettext_lazy("What happened"), gettext_lazy("What happened"), WhatForm),
    Step("you", gettext_lazy("About you"), gettext_lazy("About you"), YouForm),
    Step("documents", gettext_lazy("Documents"), gettext_lazy("Documents"), DocumentsForm),
    Step("review", gettext_lazy("Review and file"), gettext_lazy("Review"), ReviewForm),
)
STEP_KEYS = tuple(step.key for step in STEPS)
BY_KEY = {step.key: step for step in STEPS}
REQUIRED = ("board", "who", "what", "you")


def first_open(answers: Mapping[str, Mapping]) -> str:
    """The first step that still needs an answer; the review when all have one."""
    return next((key for key in STEP_KEYS if key not in answers), "review")


def missing(answers: Mapping[str, Mapping]) -> list[str]:
    """Steps without which nothing can be filed and that are not complete yet."""
    return [key for key in REQUIRED if not answers.get(key) or answers[key].get("unfinished")]
