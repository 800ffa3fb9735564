"""Forms of the desk's own pages: the queue's filters, and a complaint entered by staff."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries as board_queries
from tracker.cases import attestation
from tracker.cases.filingdata import AllegationData, ComplainantData, FilingData, RespondentData
from tracker.cases.kinds import Channel, Relation, Source
from tracker.cases.queries.queue import SHOWN, VIEWS, Wanted
from tracker.cases.states import Priority, Stage
from tracker.web.forms.dates import DAY_BOUNDS

STAFF_CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.PORTAL]


class QueueForm(forms.Form):
    """What the address of the queue holds. Whatever cannot be read is left out, so that no address is an error."""

    view = forms.ChoiceField(choices=[(view, view) for view in VIEWS], required=False)
    q = forms.CharField(max_length=100, required=False)
    board = forms.MultipleChoiceField(required=False)
    stage = forms.MultipleChoiceField(choices=Stage.choices, required=False)
    priority = forms.MultipleChoiceField(choices=Priority.choices, required=False)
    assigned = forms.UUIDField(required=False)
    shown = forms.ChoiceField(choices=[(shown, shown) for shown in SHOWN], required=False)
    sort = forms.ChoiceField(choices=[("due", "due"), ("age", "age")], required=False)
    after = forms.CharField(max_length=80, required=False)
    before = forms.CharField(max_length=80, required=False)

    def __init__(self, *args: object, boards: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].choices = [(code, code) for code in boards]

    def wanted(self) -> Wanted:
        """What is asked for. A search looks through closed cases too, unless the address says otherwise."""
        self.is_valid()
        known = self.cleaned_data
        words = known.get("q", "")
        sort = known.get("sort") or "due"
        return Wanted(
            view=known.get("view") or "due",
            words=words,
            boards=tuple(known.get("board", ())),
            stages=tuple(known.get("stage", ())),
            priorities=tuple(known.get("priority", ())),
            assigned=known.get("assigned"),
            shown=known.get("shown") or ("all" if words else "open"),
            sort=sort,
            after=_edge(known.get("after", ""), sort),
            before=_edge(known.get("before", ""), sort),
        )


def _edge(text: str, sort: str) -> tuple[str, UUID] | None:
    value, _sign, pk = text.partition("~")
    try:
        if value and sort == "age":
            # A moment without its zone, or one that no zone can tell, is no edge.
            value = datetime.fromisoformat(value).astimezone(UTC).isoformat()
        elif value:
            value = date.fromisoformat(value).isoformat()
        return value, UUID(pk)
    except (ValueError, OverflowError):
        return None


class ComplaintForm(forms.Form):
    """A complaint that came on paper, by telephone or over the counter, as an analyst types it in."""

    draft_id = forms.UUIDField(widget=forms.HiddenInput)
    board = forms.ChoiceField(label=gettext_lazy("Board"))
    channel = forms.ChoiceField(
        label=gettext_lazy("How it reached the board"), choices=STAFF_CHANNELS, initial=Channel.MAIL
    )
    source = forms.ChoiceField(label=gettext_lazy("Who complains"), choices=Source.choices)
    received_on = forms.DateField(
        label=gettext_lazy("Day it reached the board"),
        help_text=gettext_lazy("The clocks start on this day."),
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=DAY_BOUNDS,
    )
    respondent_name = forms.CharField(label=gettext_lazy("Name of the licensee"), max_length=200)
    license_number = forms.CharField(label=gettext_lazy("License number"), max_length=60, required=False)
    profession = forms.ChoiceField(label=gettext_lazy("Profession"), required=False)
    practice = forms.CharField(label=gettext_lazy("Practice"), max_length=200, required=False)
    respondent_address = forms.CharField(label=gettext_lazy("Address of the licensee"), max_length=500, required=False)
    anonymous = forms.BooleanField(label=gettext_lazy("The complainant gave no name"), required=False)
    name = forms.CharField(label=gettext_lazy("Name of the complainant"), max_length=200, required=False)
    relation = forms.ChoiceField(
        label=gettext_lazy("The complainant is"), choices=Relation.choices, initial=Relation.OTHER
    )
    email = forms.EmailField(label=gettext_lazy("E-mail of the complainant"), required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone of the complainant"), max_length=60, required=False)
    address = forms.CharField(label=gettext_lazy("Address of the complainant"), max_length=500, required=False)
    safe_contact = forms.CharField(
        label=gettext_lazy("Safe way to reach the complainant"), max_length=300, required=False
    )
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("Grounds"), widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("At least one.")
    )
    occurred_from = forms.DateField(
        label=gettext_lazy("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=DAY_BOUNDS,
    )
    occurred_to = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=DAY_BOUNDS,
    )
    narrative = forms.CharField(
        label=gettext_lazy("What happened, in the complainant's words"), widget=forms.Textarea, max_length=50_000
    )
    signed_by = forms.CharField(
        label=gettext_lazy("Signed by"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The name under the statement, as it stands on the paper."),
    )

    def __init__(self, *args: object, boards: list, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.boards = {str(board.pk): board for board in boards}
        today = timezone.localdate()
        self.fields["board"].choices = [(pk, board.name) for pk, board in self.boards.items()]
        self.fields["grounds"].choices = [(g.key, g.label) for g in board_queries.grounds_offered(today)]
        professions = [(p.key, p.label) for p in board_queries.professions_offered(today)]
        self.fields["profession"].choices = [("", _("Not known")), *professions]
        self.fields["draft_id"].initial = uuid4
        self.fields["name"].asked = True  # unless there was none, so it must not read "optional"

    def clean(self) -> dict:
        """A name or none, never both."""
        known = super().clean()
        if known.get("source") != Source.BOARD_MOTION and not known.get("anonymous") and not known.get("name"):
            self.add_error("name", _("Give the name, or say that the complainant gave none"))
        return known

    def filing(self, *, at: datetime) -> FilingData:
        """The filing as the act takes it. Received today means received now."""
        known = self.cleaned_data
        board = self.boards[known["board"]]
        today = at.astimezone(board.zone).date()
        words = attestation.text_for(board_queries.rules_in_force(board, today), "en")
        return FilingData(
            board_id=board.pk,
            draft_id=known["draft_id"],
            source=known["source"],
            channel=known["channel"],
            received_at=self._received_at(at),
            complainant=self._complainant(),
            respondent=RespondentData(
                name=known["respondent_name"],
                license_number=known["license_number"],
                profession=known["profession"],
                practice=known["practice"],
                address=known["respondent_address"],
            ),
            allegations=tuple(
                AllegationData(ground, known["narrative"], known["occurred_from"], known["occurred_to"])
                for ground in known["grounds"]
            ),
            attestation_version=words.version,
            attestation_text=words.text,
            attested_by=known["signed_by"],
            verbatim={name: value for name, value in self.data.items() if name in self.fields} | self._lists(),
            gives_code=known["source"] != Source.BOARD_MOTION,
        )

    def _lists(self) -> dict[str, list[str]]:
        return {"grounds": list(self.cleaned_data["grounds"])}

    def _received_at(self, at: datetime) -> datetime:
        zone = self.boards[self.cleaned_data["board"]].zone
        local, day = at.astimezone(zone), self.cleaned_data["received_on"]
        if day == local.date():
            return at
        # Noon is the same day everywhere in the country.
        return local.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0, second=0, microsecond=0)

    def _complainant(self) -> ComplainantData | None:
        known = self.cleaned_data
        if known["source"] == Source.BOARD_MOTION and not known["name"]:
            return None
        if known["anonymous"]:
            return ComplainantData(is_anonymous=True, relation=known["relation"])
        contacts = {name: known[name] for name in ("name", "email", "phone", "address", "safe_contact")}
        return ComplainantData(**contacts, relation=known["relation"])
