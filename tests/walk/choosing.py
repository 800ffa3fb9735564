"""What sense asks of single fields: the docket's own people, counts and clocks, and what the goal of the walk needs."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.walk.goals import VOTES
from tests.walk.lacking import running_periods, wanted_place
from tests.walk.moment import Turn
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import Capacity, Role
from tracker.audit.actors import Actor
from tracker.cases import casepaths, decisions, orderguards, waivers
from tracker.cases.kinds import Period, VoteKind
from tracker.cases.models import Case, Deadline
from tracker.cases.pathkinds import BeforeBoard, ChangedPart, CourtOutcome
from tracker.cases.states import SANCTIONS, CaseKind, Status
from tracker.hearings import queries, rules
from tracker.hearings.actions.reviewing import BACK_TO


def codes_of(field: Any) -> list[str]:
    return [str(code) for code, _label in field.choices if code != ""]


def among(*wanted: str) -> Callable[[Turn, Any], Any]:
    return lambda turn, form: turn.dice.choice(wanted)


def ahead(low: int, high: int) -> Callable[[Turn, Any], str]:
    def day(turn: Turn, form: Any) -> str:
        return (turn.today + timedelta(days=turn.dice.randint(low, high))).isoformat()

    return day


def conflict(turn: Turn, form: Any) -> str:
    return "yes" if turn.dice.random() < (0.6 if turn.goal.step == "lift_recusal" else 0.02) else "no"


def vote(turn: Turn) -> dict[str, Any]:
    """A question that can be put here, what was decided, and ballots of those who decide."""
    kinds = [k for k in VoteKind.values if decisions.questions(k, turn.facts.status, turn.facts.before_board)]
    kind = kind_of_vote(turn, kinds) if kinds else VoteKind.ORDER
    words = decisions.questions(kind, turn.facts.status, turn.facts.before_board)
    return {"kind": kind, "decision": word(turn, words), "held_on": turn.today.isoformat()}


def kind_of_vote(turn: Turn, kinds: list[str]) -> str:
    if turn.dice.random() < 0.1:
        return turn.dice.choice(kinds)
    if turn.aim == "take_emergency_action":
        return VoteKind.EMERGENCY
    closing = turn.aim == "close_without_discipline"
    usual = VoteKind.CLOSURE if closing else VoteKind.PROBABLE_CAUSE
    ordered = [VoteKind.ORDER, usual, *kinds]
    return next(kind for kind in ordered if kind in kinds)


def word(turn: Turn, words: tuple[str, ...]) -> str:
    """What the goal needs, else something that ends the matter; seldom anything."""
    if not words or turn.dice.random() < 0.1:
        return turn.dice.choice(words) if words else ""
    wanted = [word for word in words if word in (VOTES.get(turn.aim), turn.goal.ending)]
    ending = [word for word in words if word not in (decisions.Question.REMAND, decisions.Decision.MODIFY)]
    return turn.dice.choice(wanted or ending or list(words))


def ballots(turn: Turn, form: Any) -> str:
    panel = turn.placed(Capacity.PANEL)
    at_panel = turn.facts.status == "probable_cause_review" and turn.facts.pc_body != "board"
    voters = panel if at_panel else list(turn.office.voters)
    apart = _recused(turn) if turn.dice.random() < 0.9 else set()
    if turn.facts.before_board == BeforeBoard.PROPOSAL and turn.facts.heard_by_board and turn.dice.random() < 0.9:
        heard = casepaths.who_heard(turn.case)
        apart |= {person.pk for person in voters if person.pk not in heard}
    choice = "yes" if turn.dice.random() < 0.9 else turn.dice.choice(["no", "abstain", "recused"])
    return "\n".join(f"{person.email} {choice}" for person in voters if person.pk not in apart)


def _recused(turn: Turn) -> set[Any]:
    declared = ConflictDeclaration.objects.filter(case=turn.case, has_conflict=True)
    return set(declared.values_list("user_id", flat=True))


def members_who_hear(turn: Turn, form: Any) -> list[str]:
    """Nobody mostly; now and then all who may, or a quorum of them."""
    if turn.dice.random() < 0.75:
        return []
    recused = _recused(turn)
    free = [person.email for person in turn.office.voters if person.pk not in recused]
    return free if turn.dice.random() < 0.7 else turn.dice.sample(free, min(4, len(free)))


_PLACES = {
    Capacity.INVESTIGATOR: "investigator",
    Capacity.PRESIDING: "presiding",
    Capacity.MONITOR: "monitor",
    Capacity.PROSECUTOR: "counsel",
    Capacity.ADVISER: "other_counsel",
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


def days_to_hearing(turn: Turn, form: Any) -> str:
    day = turn.today + timedelta(days=turn.dice.randint(30, 60))
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.isoformat()


def closure(turn: Turn, form: Any) -> str:
    """An ending that is open here, else one that the office agreed on: the same for all who are asked."""
    if turn.goal.ending in turn.facts.closures and turn.dice.random() < 0.9:
        return turn.goal.ending
    free = [code for code, reasons in turn.facts.closures.items() if not reasons and code != "DUPLICATE"]
    codes = sorted(code for code in turn.facts.closures if code not in ("DUPLICATE", "WITHDRAWN"))
    return turn.dice.choice(free) if free else codes[turn.case.pk.int % len(codes)] if codes else ""


def roles(turn: Turn, key: str) -> tuple[str, ...]:
    """The roles that the act itself asks for where the gate lets in more; none where it does not."""
    if key in ("draft_sanction", "remove_sanction"):
        at_hearing = turn.facts.status is Status.HEARING_HELD
        return (Role.PRESIDING_OFFICER if at_hearing else Role.EXECUTIVE_DIRECTOR,)
    if key != "approve_closure":
        return ()
    policy, code = turn.facts.closure_policy, closure(turn, None)
    reasons = " ".join(turn.facts.closures.get(code, ()))
    return tuple(role for role in policy.roles if str(Role(role).label) in reasons) or policy.roles


def acts_here(turn: Turn, key: str, actor: Actor, at: datetime) -> bool:
    """What an act asks of the person beyond the gate: once the board decides, who issues its order drafts."""
    drafting = key in ("draft_sanction", "remove_sanction") and turn.facts.status is Status.BOARD_REVIEW
    return not drafting or queries.drafts(turn.case, actor, at=at)


def repeated(turn: Turn, form: Any) -> str:
    return other_docket(turn, form) if turn.goal.ending == "DUPLICATE" else ""


def lacking(numbers: list[str], known: list[str]) -> Callable[[random.Random], str]:
    return lambda dice: dice.choice(numbers or known or [""])


def allegation(turn: Turn, form: Any) -> str:
    rows = turn.facts.allegations
    return lacking([row.key for row in rows if not row.has_finding], [row.key for row in rows])(turn.dice)


def count(field: str) -> Callable[[Turn, Any], str]:
    def number(turn: Turn, form: Any) -> str:
        rows = turn.facts.counts
        missing = [str(row.number) for row in rows if not getattr(row, field)]
        return lacking(missing, [str(row.number) for row in rows])(turn.dice)

    return number


def decision(turn: Turn, form: Any) -> str:
    voted = [vote.split(":", 1)[1] for vote in turn.facts.votes if vote.startswith("order:")]
    fitting = [word for word in voted if word in decisions.Decision.values]
    return turn.dice.choice(fitting or list(decisions.Decision.values))


def answers(turn: Turn, form: Any) -> str:
    mild = turn.aim == "submit_undisputed" or turn.dice.random() < 0.3
    words = ["admitted", "not_contested"] if mild else ["denied", "denied", "admitted"]
    rows = form.fields["answers"].widget.rows
    return "\n".join(f"{key} {turn.dice.choice(words)}" for key, _label in rows)


def in_time(due: str) -> Callable[[Turn, Any], str]:
    """A day within the time to ask: what came in time may be recorded late."""

    def day(turn: Turn, form: Any) -> str:
        last = getattr(turn.facts, due) or turn.today
        return (min(last, turn.today) if turn.dice.random() < 0.8 else turn.today).isoformat()

    return day


def emergency(turn: Turn, form: Any) -> str:
    voted = [vote.split(":", 1)[1] for vote in turn.facts.votes if vote.startswith("emergency:")]
    return turn.dice.choice(voted or ["INTERIM_AGREEMENT", "SUMMARY_SUSPENSION", "EMERGENCY_RESTRICTION"])


def other_docket(turn: Turn, form: Any) -> str:
    others = Case.objects.exclude(pk=turn.case.pk).order_by("docket").values_list("docket", flat=True)[:5]
    return turn.dice.choice(others) if others else "NONE-2026-00001"


def sanction(turn: Turn, form: Any) -> str:
    """What the goal needs: its ending, or terms that somebody must keep."""
    codes = codes_of(form.fields["code"])
    if turn.goal.ending in codes:
        return turn.goal.ending
    if CaseKind.REINSTATEMENT in turn.goal.petition:
        return turn.dice.choice(("REVOCATION", "SUSPENSION", "SURRENDER"))
    return "PROBATION" if turn.goal.needs_terms and turn.dice.random() < 0.9 else str(turn.dice.choice(codes))


def fitting_sanction(data: dict[str, Any]) -> dict[str, Any]:
    """Without the length that some sanctions cannot have."""
    stays = data.get("is_stayed") or data.get("code") not in rules.WITHOUT_LENGTH
    return data if stays else {name: value for name, value in data.items() if name != "days"}


def changed_part(turn: Turn, form: Any) -> str:
    """What differs from the proposal, or will: a finding of the board's own first, then the sanctions."""
    told = turn.facts.decision_changes
    if orderguards.found_otherwise(turn.facts) and ChangedPart.FINDING not in told:
        return ChangedPart.FINDING
    if ChangedPart.SANCTION not in told and turn.dice.random() < 0.9:
        return ChangedPart.SANCTION
    return turn.dice.choice(ChangedPart.values)


def period(turn: Turn, form: Any) -> str:
    """A period that runs, else one that can be waived here; seldom any."""
    here = running_periods(turn) if turn.dice.random() < 0.8 else []
    is_any = turn.facts.challenges_open or turn.dice.random() < 0.1
    return turn.dice.choice(here or [code for code in Period.values if is_any or code not in waivers.CHALLENGES])


def petition(turn: Turn, form: Any) -> str:
    if not turn.goal.petition and turn.dice.random() < 0.7:
        return turn.dice.choice((CaseKind.MODIFICATION, CaseKind.EARLY_TERMINATION))
    return turn.dice.choice(turn.goal.petition or tuple(codes_of(form.fields["kind"])))


def clock(turn: Turn, form: Any) -> str:
    """A clock that began before today and has not run out."""
    codes = codes_of(form.fields["kind"])
    running = Deadline.objects.filter(case=turn.case, kind__in=codes, due_on__gt=turn.today, starts_on__lt=turn.today)
    fitting = sorted(running.values_list("kind", flat=True)) if turn.dice.random() < 0.9 else []
    return turn.dice.choice(fitting or codes or [""])


def outcome(turn: Turn, form: Any) -> str:
    codes = codes_of(form.fields["outcome"])
    return turn.goal.ending if turn.goal.ending in codes else turn.dice.choice(codes or [""])


def court_outcome(turn: Turn) -> dict[str, str]:
    """What the court must decide so that the case goes where the goal wants it."""
    target = turn.goal.target if turn.aim == turn.goal.step == "decide_judicial_review" else ""
    if target in BACK_TO:
        return {"outcome": CourtOutcome.REMANDED, "back_to": target}
    return {"outcome": CourtOutcome.AFFIRMED} if target == Status.COMPLIANCE else {}


def reopened_at(turn: Turn, form: Any) -> str:
    """Where the goal wants the case, else any status where it has been."""
    open_to = codes_of(form.fields["to"])
    return turn.goal.target if turn.goal.target in open_to else turn.dice.choice(open_to or [""])


_TERMS = (
    {"code": "PROBATION", "days": "365", "terms": "Monthly reports."},
    {"code": "REPRIMAND"},
    {"code": "CITATION_FINE", "amount": "500.00"},
    {"code": "SURRENDER"},
    {"code": "CE_ORDER", "terms": "Six hours."},
)


def terms(turn: Turn, form: Any) -> list[dict[str, str]]:
    if CaseKind.REINSTATEMENT in turn.goal.petition:
        return [{"code": "SURRENDER"}]
    if turn.goal.ending in SANCTIONS:
        row = {"code": turn.goal.ending, "days": "365", "terms": "Monthly reports.", "amount": "500.00"}
        return [fitting_sanction(row)]
    if turn.goal.needs_terms:
        return [dict(_TERMS[0])]
    return [dict(row) for row in turn.dice.sample(_TERMS, turn.dice.randint(1, 2))]


def counts(turn: Turn, form: Any) -> list[dict[str, str]]:
    return [{"citation": "Rule 12", "text": "Did not report for three months."}]
