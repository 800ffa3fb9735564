"""What somebody would write into the form of a step: read off the form itself, with a few words where sense is needed.

`fill` gives data for any form; `SENSE` sharpens single fields of single steps, so that most attempts succeed.
"""

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django import forms

from tests.walk.goals import VOTES
from tests.walk.lacking import wanted_place
from tests.walk.moment import Turn
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import Capacity
from tracker.cases import decisions, orderguards
from tracker.cases.kinds import VoteKind
from tracker.cases.models import Case, Deadline
from tracker.cases.pathkinds import ChangedPart
from tracker.cases.states import CaseKind
from tracker.web.forms.groups import GroupsField
from tracker.web.forms.lists import PerRowField


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


def _conflict(turn: Turn, form: Any) -> str:
    return "yes" if turn.dice.random() < (0.6 if turn.goal.step == "lift_recusal" else 0.02) else "no"


def _vote(turn: Turn) -> dict[str, Any]:
    """A question that can be put here, what was decided, and ballots of those who decide."""
    kinds = [k for k in VoteKind.values if decisions.questions(k, turn.facts.status, turn.facts.before_board)]
    kind = _kind(turn, kinds) if kinds else VoteKind.ORDER
    words = decisions.questions(kind, turn.facts.status, turn.facts.before_board)
    return {"kind": kind, "decision": _word(turn, words), "held_on": turn.today.isoformat()}


def _kind(turn: Turn, kinds: list[str]) -> str:
    if turn.dice.random() < 0.1:
        return turn.dice.choice(kinds)
    if turn.aim == "take_emergency_action":
        return VoteKind.EMERGENCY
    closing = turn.goal.step == "close_without_discipline"
    usual = VoteKind.CLOSURE if closing else VoteKind.PROBABLE_CAUSE
    ordered = [VoteKind.ORDER, usual, *kinds]
    return next(kind for kind in ordered if kind in kinds)


def _word(turn: Turn, words: tuple[str, ...]) -> str:
    """What the goal needs, else something that ends the matter; seldom anything."""
    if not words or turn.dice.random() < 0.1:
        return turn.dice.choice(words) if words else ""
    wanted = [word for word in words if word in (VOTES.get(turn.aim), turn.goal.ending)]
    ending = [word for word in words if word not in (decisions.Question.REMAND, decisions.Decision.MODIFY)]
    return turn.dice.choice(wanted or ending or list(words))


def _ballots(turn: Turn, form: Any) -> str:
    panel = turn.placed(Capacity.PANEL)
    at_panel = turn.facts.status == "probable_cause_review" and turn.facts.pc_body != "board"
    voters = panel if at_panel else list(turn.office.voters)
    declared = ConflictDeclaration.objects.filter(case=turn.case, has_conflict=True)
    apart = set(declared.values_list("user_id", flat=True)) if turn.dice.random() < 0.9 else set()
    choice = "yes" if turn.dice.random() < 0.9 else turn.dice.choice(["no", "abstain", "recused"])
    return "\n".join(f"{person.email} {choice}" for person in voters if person.pk not in apart)


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
    capacity = wanted_place(turn) or turn.dice.choice(list(Capacity))
    if capacity in (Capacity.PANEL, Capacity.LIAISON):
        free = [person for person in turn.office.panel if person not in turn.placed(Capacity(capacity))]
        person = turn.dice.choice(free or list(turn.office.panel))
    else:
        person = getattr(turn.office, _PLACES[Capacity(capacity)])
    return {"capacity": capacity, "email": person.email}


def held_place(turn: Turn) -> dict[str, str]:
    """A place that somebody has."""
    rows = list(Assignment.objects.filter(case=turn.case, ended_at__isnull=True).select_related("user").order_by("id"))
    row = turn.dice.choice(rows) if rows else None
    return {"capacity": row.capacity, "email": row.user.email} if row else {}


def _days_to_hearing(turn: Turn, form: Any) -> str:
    day = turn.today + timedelta(days=turn.dice.randint(30, 60))
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.isoformat()


def _closure(turn: Turn, form: Any) -> str:
    """An ending that is open here, else one that the office agreed on: the same for all who are asked."""
    if turn.goal.ending in turn.facts.closures and turn.dice.random() < 0.9:
        return turn.goal.ending
    free = [code for code, reasons in turn.facts.closures.items() if not reasons and code != "DUPLICATE"]
    codes = sorted(code for code in turn.facts.closures if code not in ("DUPLICATE", "WITHDRAWN"))
    return turn.dice.choice(free) if free else codes[turn.case.pk.int % len(codes)] if codes else ""


def _repeated(turn: Turn, form: Any) -> str:
    return _other_docket(turn, form) if turn.goal.ending == "DUPLICATE" else ""


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
    mild = turn.aim == "submit_undisputed" or turn.dice.random() < 0.3
    words = ["admitted", "not_contested"] if mild else ["denied", "denied", "admitted"]
    rows = form.fields["answers"].widget.rows
    return "\n".join(f"{key} {turn.dice.choice(words)}" for key, _label in rows)


def _in_time(due: str) -> Callable[[Turn, Any], str]:
    """A day within the time to ask: what came in time may be recorded late."""

    def day(turn: Turn, form: Any) -> str:
        last = getattr(turn.facts, due) or turn.today
        return (min(last, turn.today) if turn.dice.random() < 0.8 else turn.today).isoformat()

    return day


def _emergency(turn: Turn, form: Any) -> str:
    voted = [vote.split(":", 1)[1] for vote in turn.facts.votes if vote.startswith("emergency:")]
    return turn.dice.choice(voted or ["INTERIM_AGREEMENT", "SUMMARY_SUSPENSION", "EMERGENCY_RESTRICTION"])


def _other_docket(turn: Turn, form: Any) -> str:
    others = Case.objects.exclude(pk=turn.case.pk).order_by("docket").values_list("docket", flat=True)[:5]
    return turn.dice.choice(others) if others else "NONE-2026-00001"


def _sanction(turn: Turn, form: Any) -> str:
    """What the goal needs: its ending, or terms that somebody must keep."""
    codes = _codes(form.fields["code"])
    if turn.goal.ending in codes:
        return turn.goal.ending
    if CaseKind.REINSTATEMENT in turn.goal.petition:
        return turn.dice.choice(("REVOCATION", "SUSPENSION", "SURRENDER"))
    needs_terms = {"begin_compliance", "file_petition"} & set(turn.goal.way)
    return "PROBATION" if needs_terms and turn.dice.random() < 0.9 else str(turn.dice.choice(codes))


def _changed_part(turn: Turn, form: Any) -> str:
    """What differs from the proposal, or will: a finding of the board's own first, then the sanctions."""
    told = turn.facts.decision_changes
    if orderguards.found_otherwise(turn.facts) and ChangedPart.FINDING not in told:
        return ChangedPart.FINDING
    if ChangedPart.SANCTION not in told and turn.dice.random() < 0.9:
        return ChangedPart.SANCTION
    return turn.dice.choice(ChangedPart.values)


def _petition(turn: Turn, form: Any) -> str:
    if not turn.goal.petition and turn.dice.random() < 0.7:
        return turn.dice.choice((CaseKind.MODIFICATION, CaseKind.EARLY_TERMINATION))
    return turn.dice.choice(turn.goal.petition or tuple(_codes(form.fields["kind"])))


def _clock(turn: Turn, form: Any) -> str:
    """A clock that began before today and has not run out."""
    codes = _codes(form.fields["kind"])
    running = Deadline.objects.filter(case=turn.case, kind__in=codes, due_on__gt=turn.today, starts_on__lt=turn.today)
    fitting = sorted(running.values_list("kind", flat=True)) if turn.dice.random() < 0.9 else []
    return turn.dice.choice(fitting or codes or [""])


def _outcome(turn: Turn, form: Any) -> str:
    codes = _codes(form.fields["outcome"])
    return turn.goal.ending if turn.goal.ending in codes else turn.dice.choice(codes or [""])


_TERMS = (
    {"code": "PROBATION", "days": "365", "terms": "Monthly reports."},
    {"code": "REPRIMAND"},
    {"code": "CITATION_FINE", "amount": "500.00"},
    {"code": "SURRENDER"},
    {"code": "CE_ORDER", "terms": "Six hours."},
)


def _terms(turn: Turn, form: Any) -> list[dict[str, str]]:
    if CaseKind.REINSTATEMENT in turn.goal.petition:
        return [{"code": "SURRENDER"}]
    if "issue_order" in turn.goal.way or "begin_compliance" in turn.goal.way:
        return [dict(_TERMS[0])]
    return [dict(row) for row in turn.dice.sample(_TERMS, turn.dice.randint(1, 2))]


def _counts(turn: Turn, form: Any) -> list[dict[str, str]]:
    return [{"citation": "Rule 12", "text": "Did not report for three months."}]


Sense = Mapping[str, Callable[[Turn, Any], Any]]
_CLOSING: Sense = {"disposition": _closure, "referred_to": _among("the medical board"), "other_docket": _repeated}
SENSE: dict[str, Sense] = {
    "begin_review": {"priority": _among("urgent", "high", "routine")},
    "accept_case": {"has_jurisdiction": _among("on"), "states_violation": _among("on")},
    "verify_priority": {"priority": _among("")},
    "notify_licensee": {"withheld_reason": _among("", "", "", "It would warn him.")},
    "record_response": {"text": _among("Denied."), "memo": _among("")},
    "declare_conflict": {"has_conflict": _conflict},
    "approve_closure": {"agrees": _among(*["yes"] * 9, "no"), "disposition": _closure},
    "record_vote": {"ballots": _ballots},
    "schedule_hearing": {"held_on": _days_to_hearing},
    "reset_hearing": {"held_on": _days_to_hearing},
    "file_petition": {"kind": _petition},
    "draft_sanction": {
        "code": _sanction,
        "due_on": _ahead(30, 90),
        "days": _among("365"),
        "terms": _among("Monthly reports."),
        "amount": _among("300.00"),
    },
    "record_change": {"part": _changed_part},
    "propose_finding": {"count": _count("proposed"), "value": _among("proven", "proven", "proven", "not_proven")},
    "record_answer": {"good_cause": _among("He was in hospital."), "answers": _answers},
    "close_at_intake": _CLOSING,
    "close_without_discipline": _CLOSING,
    "record_finding": {"allegation": _allegation},
    "record_board_finding": {"count": _count("by_board"), "value": _among("proven", "proven", "proven", "not_proven")},
    "issue_order": {"outcome": _outcome, "decision": _decision, "reasons": _among("On the record.")},
    "offer_settlement": {"terms": _terms},
    "petition_violation": {"counts": _counts},
    "take_emergency_action": {"code": _emergency},
    "end_emergency_action": {"end": _among("vacated", "vacated", "expired")},
    "toll_clock": {"kind": _clock},
    "link_dockets": {"docket": _other_docket},
    "receive_opinion": {"text": _among("In my opinion.", ""), "why_none": _among("")},
    "take_up_reconsideration": {"filed_on": _in_time("reconsideration_due_on")},
    "record_judicial_review": {"filed_on": _in_time("appeal_due_on")},
    "enter_default": {"military_affidavit": _among("Not in military service.")},
    "deny_reconsideration": {"reasons": _among("Nothing new.")},
    "place_hold": {"review_on": _ahead(30, 90), "ends_on": _ahead(100, 200)},
    "review_hold": {"review_on": _ahead(30, 90)},
}
# Where several fields must fit together.
WHOLE: dict[str, Callable[[Turn], dict[str, Any]]] = {
    "record_vote": _vote,
    "assign": assignment,
    "end_assignment": held_place,
}
