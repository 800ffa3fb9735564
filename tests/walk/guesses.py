"""What somebody would write into the form of a step: read off the form itself, with a few words where sense is needed.

`fill` gives data for any form; `SENSE` sharpens single fields of single steps, so that most attempts succeed.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from tests.factories.staffed import Staffed
from tracker.access.models import Assignment, User
from tracker.access.policy import Capacity
from tracker.cases import decisions
from tracker.cases.casefacts import CaseFacts
from tracker.cases.kinds import VoteKind
from tracker.cases.models import Case
from tracker.web.forms.groups import GroupsField
from tracker.web.forms.lists import PerRowField


@dataclass(frozen=True)
class Turn:
    """One moment of a walk: the case, its facts, who works there, and the dice."""

    office: Staffed
    case: Case
    facts: CaseFacts
    dice: random.Random

    @property
    def today(self) -> date:
        """The board's day."""
        return self.facts.today

    def placed(self, capacity: Capacity) -> list[User]:
        """Who has a place on the case now."""
        rows = Assignment.objects.filter(case=self.case, capacity=capacity, ended_at__isnull=True)
        return [row.user for row in rows.select_related("user").order_by("assigned_at", "id")]


def fill(turn: Turn, key: str, form: Any) -> dict[str, Any]:
    """Data for every field of a form, some optional ones left out."""
    sense = SENSE.get(key, {})
    data = {name: _value(turn, field) for name, field in form.fields.items()}
    data.update(WHOLE[key](turn) if key in WHOLE else {})
    for name, choose in sense.items():
        if name in form.fields:
            data[name] = choose(turn, form)
    return {name: value for name, value in data.items() if value is not None}


def _value(turn: Turn, field: forms.Field) -> Any:
    dice = turn.dice
    if isinstance(field, GroupsField):
        row = field.widget.row_form()
        return [{name: _value(turn, one) or "" for name, one in row.fields.items()}]
    if isinstance(field, PerRowField):
        rows, answers = field.widget.rows, [code for code, _label in field.widget.answers]
        return "\n".join(f"{key} {dice.choice(answers)}" for key, _label in rows) if answers else ""
    if isinstance(field, forms.MultipleChoiceField):
        codes = _codes(field)
        return dice.sample(codes, dice.randint(1, len(codes))) if codes else []
    if isinstance(field, forms.ChoiceField):
        codes = _codes(field)
        return dice.choice(codes) if codes and (field.required or dice.random() < 0.5) else None
    if isinstance(field, forms.BooleanField):
        return "on" if dice.random() < 0.3 else ""
    if isinstance(field, forms.DateField):
        return turn.today.isoformat() if field.required or dice.random() < 0.3 else None
    if isinstance(field, forms.TimeField):
        return "10:00"
    if isinstance(field, forms.EmailField):
        return "somebody@example.org"
    if isinstance(field, forms.IntegerField):
        return str(dice.randint(1, 400))
    if isinstance(field, forms.DecimalField):
        return "250.00"
    return f"Words {dice.randint(1, 999)}." if field.required or dice.random() < 0.8 else ""


def _codes(field: Any) -> list[str]:
    return [str(code) for code, _label in field.choices if code != ""]


def _among(*wanted: str) -> Callable[[Turn, Any], Any]:
    return lambda turn, form: turn.dice.choice(wanted)


def _ahead(low: int, high: int) -> Callable[[Turn, Any], str]:
    def day(turn: Turn, form: Any) -> str:
        return (turn.today + timedelta(days=turn.dice.randint(low, high))).isoformat()

    return day


def _vote(turn: Turn) -> dict[str, Any]:
    """A question that can be put here, what was decided, and ballots of those who decide."""
    kinds = [k for k in VoteKind.values if decisions.questions(k, turn.facts.status, turn.facts.before_board)]
    usual = [k for k in kinds if k != VoteKind.EMERGENCY] or kinds
    kind = turn.dice.choice(usual if turn.dice.random() < 0.9 else kinds) if kinds else VoteKind.ORDER
    words = decisions.questions(kind, turn.facts.status, turn.facts.before_board)
    return {"kind": kind, "decision": turn.dice.choice(words) if words else "", "held_on": turn.today.isoformat()}


def _ballots(turn: Turn, form: Any) -> str:
    panel = turn.placed(Capacity.PANEL)
    at_panel = turn.facts.status == "probable_cause_review" and turn.facts.pc_body != "board"
    voters = panel if at_panel else list(turn.office.voters)
    choice = "yes" if turn.dice.random() < 0.9 else turn.dice.choice(["no", "abstain", "recused"])
    return "\n".join(f"{person.email} {choice}" for person in voters)


def _capacity(turn: Turn, form: Any) -> str:
    lacking = [c for c in (Capacity.INVESTIGATOR, Capacity.PRESIDING, Capacity.MONITOR) if not turn.placed(c)]
    if lacking and turn.dice.random() < 0.6:
        return str(turn.dice.choice(lacking))
    return str(Capacity.PANEL) if turn.dice.random() < 0.7 else str(turn.dice.choice(list(Capacity)))


_PLACES = {
    Capacity.INVESTIGATOR: "investigator",
    Capacity.PRESIDING: "presiding",
    Capacity.MONITOR: "monitor",
    Capacity.PROSECUTOR: "counsel",
    Capacity.ADVISER: "counsel",
    Capacity.INTAKE: "intake",
}


def assignment(turn: Turn) -> dict[str, str]:
    """A place that is empty and somebody who may have it."""
    capacity = _capacity(turn, None)
    if capacity in (Capacity.PANEL, Capacity.LIAISON):
        free = [person for person in turn.office.panel if person not in turn.placed(Capacity(capacity))]
        person = turn.dice.choice(free or list(turn.office.panel))
    else:
        person = getattr(turn.office, _PLACES[Capacity(capacity)])
    return {"capacity": capacity, "email": person.email}


def _days_to_hearing(turn: Turn, form: Any) -> str:
    day = turn.today + timedelta(days=turn.dice.randint(30, 60))
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.isoformat()


def _closure(turn: Turn, form: Any) -> str:
    """An ending that is open here, else one that the office agreed on: the same for all who are asked."""
    free = [code for code, reasons in turn.facts.closures.items() if not reasons and code != "DUPLICATE"]
    codes = sorted(code for code in turn.facts.closures if code not in ("DUPLICATE", "WITHDRAWN"))
    return turn.dice.choice(free) if free else codes[turn.case.pk.int % len(codes)] if codes else ""


def _lacking(numbers: list[str], known: list[str]) -> Callable[[random.Random], str]:
    return lambda dice: dice.choice(numbers or known or [""])


def _allegation(turn: Turn, form: Any) -> str:
    rows = turn.facts.allegations
    return _lacking([row.key for row in rows if not row.has_finding], [row.key for row in rows])(turn.dice)


def _count(field: str) -> Callable[[Turn, Any], str]:
    def number(turn: Turn, form: Any) -> str:
        rows = turn.facts.counts
        missing = [str(row.number) for row in rows if not getattr(row, field)]
        return _lacking(missing, [str(row.number) for row in rows])(turn.dice)

    return number


def _decision(turn: Turn, form: Any) -> str:
    voted = [vote.split(":", 1)[1] for vote in turn.facts.votes if vote.startswith("order:")]
    fitting = [word for word in voted if word in decisions.Decision.values]
    return turn.dice.choice(fitting or list(decisions.Decision.values))


def _answers(turn: Turn, form: Any) -> str:
    mild = turn.dice.random() < 0.4
    words = ["admitted", "not_contested"] if mild else ["denied", "denied", "admitted"]
    rows = form.fields["answers"].widget.rows
    return "\n".join(f"{key} {turn.dice.choice(words)}" for key, _label in rows)


def _emergency(turn: Turn, form: Any) -> str:
    voted = [vote.split(":", 1)[1] for vote in turn.facts.votes if vote.startswith("emergency:")]
    return turn.dice.choice(voted or ["INTERIM_AGREEMENT", "SUMMARY_SUSPENSION", "EMERGENCY_RESTRICTION"])


def _other_docket(turn: Turn, form: Any) -> str:
    others = list(Case.objects.exclude(pk=turn.case.pk).values_list("docket", flat=True)[:5])
    return turn.dice.choice(others) if others else "NONE-2026-00001"


_TERMS = (
    {"code": "PROBATION", "days": "365", "terms": "Monthly reports."},
    {"code": "REPRIMAND"},
    {"code": "CITATION_FINE", "amount": "500.00"},
    {"code": "SURRENDER"},
    {"code": "CE_ORDER", "terms": "Six hours."},
)


def _terms(turn: Turn, form: Any) -> list[dict[str, str]]:
    return [dict(row) for row in turn.dice.sample(_TERMS, turn.dice.randint(1, 2))]


def _counts(turn: Turn, form: Any) -> list[dict[str, str]]:
    return [{"citation": "Rule 12", "text": "Did not report for three months."}]


Sense = Mapping[str, Callable[[Turn, Any], Any]]
_CLOSING: Sense = {"disposition": _closure, "referred_to": _among("the medical board"), "other_docket": _among("")}
SENSE: dict[str, Sense] = {
    "begin_review": {"priority": _among("urgent", "high", "routine")},
    "accept_case": {"has_jurisdiction": _among("on"), "states_violation": _among("on")},
    "verify_priority": {"priority": _among("")},
    "notify_licensee": {"withheld_reason": _among("", "", "", "It would warn him.")},
    "record_response": {"text": _among("Denied."), "memo": _among("")},
    "declare_conflict": {"has_conflict": _among(*["no"] * 12, "yes")},
    "approve_closure": {"agrees": _among(*["yes"] * 9, "no"), "disposition": _closure},
    "record_vote": {"ballots": _ballots},
    "schedule_hearing": {"held_on": _days_to_hearing},
    "reset_hearing": {"held_on": _days_to_hearing},
    "draft_sanction": {
        "due_on": _ahead(30, 90),
        "days": _among("365"),
        "terms": _among("Monthly reports."),
        "amount": _among("300.00"),
    },
    "propose_finding": {"count": _count("proposed"), "value": _among("proven", "proven", "proven", "not_proven")},
    "record_answer": {"good_cause": _among("He was in hospital."), "answers": _answers},
    "close_at_intake": _CLOSING,
    "close_without_discipline": _CLOSING,
    "record_finding": {"allegation": _allegation},
    "record_board_finding": {"count": _count("by_board"), "value": _among("proven", "proven", "proven", "not_proven")},
    "issue_order": {"decision": _decision, "reasons": _among("On the record.")},
    "offer_settlement": {"terms": _terms},
    "petition_violation": {"counts": _counts},
    "take_emergency_action": {"code": _emergency},
    "link_dockets": {"docket": _other_docket},
    "receive_opinion": {"text": _among("In my opinion.", ""), "why_none": _among("")},
    "enter_default": {"military_affidavit": _among("Not in military service.")},
    "deny_reconsideration": {"reasons": _among("Nothing new.")},
    "place_hold": {"review_on": _ahead(30, 90), "ends_on": _ahead(100, 200)},
    "review_hold": {"review_on": _ahead(30, 90)},
}
# Where several fields must fit together.
WHOLE: dict[str, Callable[[Turn], dict[str, Any]]] = {"record_vote": _vote, "assign": assignment}
