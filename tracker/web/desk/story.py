"""The ledger of a case as a story for people: when, what, who, with the number and hash of each entry."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access.policy import Capacity
from tracker.audit import events
from tracker.audit.queries import TimelineEntry
from tracker.bundle.models import Edition
from tracker.cases import decisions, waivers
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DocumentKind, FindingValue, Period, VoteKind
from tracker.cases.pathkinds import ChangedPart, CourtOutcome, CourtStay, EmergencyEnd, EmergencyHearing, LinkKind, Side
from tracker.cases.queries import people
from tracker.cases.queries.casefile import Seen
from tracker.cases.states import DISPOSITIONS, CaseKind, Priority, Status
from tracker.evidence.states import Confidentiality, MarkState
from tracker.hearings.actions import petitions
from tracker.hearings.actions.reconsidering import BY_TIME, BY_VOTE
from tracker.notices.kinds import KINDS, Method

ICONS = {
    "step": "arrow_forward",
    "letter": "mail",
    "evidence": "attach_file",
    "finding": "check",
    "document": "file_present",
    "waiver": "file_present",
    "vote": "groups",
    "people": "person",
    "note": "comment",
    "bundle": "folder",
    "settlement": "forum",
    "overlay": "flag",
}
GROUPS = {
    "step": gettext_lazy("Steps"),
    "letter": gettext_lazy("Letters"),
    "evidence": gettext_lazy("Evidence"),
    "settlement": gettext_lazy("Settlement talks"),
}
# Private parts that say in words why something was done; names and contacts stand elsewhere on the page.
WORDS = (
    *("reason", "reasons", "note", "summary", "memo", "missing", "questions", "title", "subject", "text"),
    *("findings", "proof", "opinion", "grounds"),
)


@dataclass(frozen=True)
class Line:
    """One entry of the story."""

    seq: int
    at: datetime
    icon: str
    sentence: str
    moved: str
    who: str
    words: str
    hash: str
    is_step: bool
    is_demo: bool


def lines(seen: Seen, entries: list[TimelineEntry], group: str) -> list[Line]:
    """The entries of a group (of all, where the group is not one of ours), newest first."""
    known = names({code for entry in entries for code in (entry.actor, entry.on_behalf_of) if code})
    chosen = [entry for entry in entries if group not in GROUPS or entry.group == group]
    return [_line(seen, entry, known) for entry in chosen]


def names(actors: Iterable[str]) -> dict[str, str]:
    """What each actor of the ledger is called on a page: staff by name, everybody else by their part."""
    asked = set(actors)
    return {actor: _who(actor) for actor in asked} | people.names_of(asked)


def groups(entries: Iterable[TimelineEntry], group: str) -> list[dict[str, object]]:
    """The ways to narrow the story."""
    here = {entry.group for entry in entries}
    rows = [{"key": "", "label": _("All"), "is_current": group not in GROUPS}]
    rows += [{"key": key, "label": label, "is_current": key == group} for key, label in GROUPS.items() if key in here]
    return rows


def _line(seen: Seen, entry: TimelineEntry, known: Mapping[str, str]) -> Line:
    source, target = entry.facts.get("from"), entry.facts.get("to")
    moved = ""
    if source in Status.values and target in Status.values:
        moved = _("%(from)s to %(to)s") % {"from": Status(source).label, "to": Status(target).label}
    return Line(
        seq=entry.seq,
        at=entry.at.astimezone(seen.case.board.zone),
        icon=ICONS.get(entry.group, "radio_button_unchecked"),
        sentence=sentence(entry),
        moved=moved,
        who=_acting(entry, known),
        words=_words(entry),
        hash=entry.hash[:8],
        is_step=entry.group == "step",
        is_demo=entry.origin == "demo",
    )


def _acting(entry: TimelineEntry, known: Mapping[str, str]) -> str:
    """Who acted; a deputy with the name of the absent person."""
    if not entry.on_behalf_of.startswith("staff:"):
        return known[entry.actor]
    return _("%(deputy)s for %(name)s") % {"deputy": known[entry.actor], "name": known[entry.on_behalf_of]}


def sentence(entry: TimelineEntry) -> str:
    """The entry's sentence, with the codes and dates among its facts put into words."""
    return told(entry.event, entry.facts)


def told(event: str, facts: Mapping[str, object]) -> str:
    """The sentence of an event, with the codes and dates among its facts put into words."""
    known = events.EVENTS.get(event)
    labels = _OF_GROUP.get(known.group, _LABELS) if known else _LABELS
    return events.sentence(event, {name: _in_words(value, labels) for name, value in facts.items()})


def _in_words(value: object, labels: Mapping[str, object]) -> object:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(_in_words(one, labels)) for one in value)
    if not isinstance(value, str):
        return value
    if value in labels:
        return str(labels[value])
    return date_format(date.fromisoformat(value), "M j, Y") if DAY.fullmatch(value) else value


DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CODES = (DocumentKind, FindingValue, Period, VoteKind, Priority, Status, Capacity, MarkState)
_LABELS: dict[str, object] = {value: label for kind in reversed(_CODES) for value, label in kind.choices}
_SCANS: dict[str, object] = {
    "clean": gettext_lazy("clean"),
    "not_scanned": gettext_lazy("not scanned"),
    "infected": gettext_lazy("infected"),
}
# Why reconsideration was denied, and which part of a proposal was changed.
_DECIDED: dict[str, object] = {BY_VOTE: gettext_lazy("by vote"), BY_TIME: gettext_lazy("no decision in time")}
# What a court ruled, and what a petition asks for or led to.
_DECIDED |= dict(CourtOutcome.choices) | dict(CourtStay.choices) | dict(CaseKind.choices)
_DECIDED |= {petitions.SET_ASIDE: gettext_lazy("its order was set aside")}
_DECIDED |= dict(ChangedPart.choices) | dict(Side.choices) | dict(decisions.LABELS)
_LABELS = _DECIDED | _LABELS | _SCANS | {code: row.label for code, row in DISPOSITIONS.items()}
_METHODS: dict[str, object] = {
    Method.EMAIL: gettext_lazy("e-mail"),
    Method.MAIL: gettext_lazy("mail"),
    Method.PORTAL: gettext_lazy("tracking page"),
}
_LYING_OVER = (DeadlineKind, EmergencyEnd, EmergencyHearing, LinkKind)
# Groups in which a code may mean something else than in the steps of a case.
_OF_GROUP: dict[str, dict[str, object]] = {
    "letter": {code: kind.title for code, kind in KINDS.items()} | _METHODS,
    "bundle": dict(Edition.choices),
    "evidence": _LABELS | dict(Confidentiality.choices),
    "overlay": _LABELS | {code: label for kind in _LYING_OVER for code, label in kind.choices},
    "settlement": {Side.BOARD: gettext_lazy("board"), Side.RESPONDENT: gettext_lazy("respondent")},
    "waiver": _LABELS | dict(Period.choices) | dict(waivers.BY),
}


def _who(actor: str) -> str:
    kind, _sign, ref = actor.partition(":")
    if kind == "filer":
        return _("Complainant")
    if kind == "respondent":
        return _("Respondent")
    return _("System") if kind == "system" else ref


def _words(entry: TimelineEntry) -> str:
    if entry.event == "case.assigned":
        return str(entry.private.get("name", ""))
    if entry.event == "notice.queued":  # its subject is the sentence again
        return ""
    found = (entry.private.get(key) for key in WORDS)
    plain = [", ".join(map(str, one)) if isinstance(one, list) else str(one) for one in found if one]
    return plain[0] if plain else ""


def short(day: date, today: date) -> str:
    """`Nov 30` in the current year, `Nov 30, 2025` else."""
    return date_format(day, "M j" if day.year == today.year else "M j, Y")
