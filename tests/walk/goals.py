"""Where a walk wants to go: every act, every move from one status to another, and every ending of the table.

Nothing here makes a step possible: it only shifts the dice, so that seldom paths are walked as often as the main road.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.walk.roads import BRINGS, LEADS_TO, RETURNS, distance, reopening, wanted_moves
from tracker.cases import workflow
from tracker.cases.decisions import Decision, Question
from tracker.cases.states import DISPOSITIONS, INTAKE_CLOSURES, PETITION_OUTCOMES, REVIEW_CLOSURES, SANCTIONS, Status

# The question that must be put to the board for a step.
VOTES: Mapping[str, str] = {
    "remand": Question.REMAND,
    "reject_settlement": Question.REJECT_SETTLEMENT,
    "grant_reconsideration": Question.RECONSIDER,
    "deny_reconsideration": Question.DENY_RECONSIDERATION,
    "record_change": Decision.MODIFY,
}
_ON_TERMS = {"begin_compliance", "file_petition"}


@dataclass(frozen=True)
class Goal:
    """A step that shall be done; the ending that it shall have, or the status it shall start from and lead to."""

    step: str
    ending: str = ""
    source: str = ""
    target: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.step, self.ending, self.source, self.target) if part)

    @property
    def way(self) -> tuple[str, ...]:
        """The steps that must come before, and the step itself."""
        if self.ending in BRINGS:
            return (BRINGS[self.ending], self.step)
        if self.ending in PETITION_OUTCOMES:
            return (*LEADS_TO["submit_petition"], "submit_petition", self.step)
        if self.step == "reopen" and self.target:
            return (*reopening(self.target), self.step)
        if self.step == "deem_adopted" and self.source == Status.PROPOSED_DECISION:
            return ("file_proposed_decision", self.step)
        return (*LEADS_TO.get(self.step, ()), self.step)

    def sources(self, key: str) -> tuple[str, ...]:
        """The statuses from which a step on the way shall be done."""
        row = workflow.STEPS[key]
        wanted = self.source if key == self.step else self.target if RETURNS.get(self.step) == key else ""
        return (wanted,) if wanted in row.sources else row.sources

    def fits(self, rules: Mapping[str, Any]) -> bool:
        """Whether it can be had at a board with these rules."""
        if self.ending == "WITHDRAWN":
            return bool(rules["withdrawal_ends_case"].value)
        row = workflow.MOVES.get(self.step)
        if row is None or row.uses is None or (self.source and not row.rests_on_rule(self.source)):
            return self.target != Status.PROBABLE_CAUSE_REVIEW or not RETURNS.get(self.step) or _is_informal(rules)
        return bool(rules[row.uses[0]].value == row.uses[1])

    def is_reached(self, key: str, source: str, target: str, ending: str | None) -> bool:
        """Whether a step that was done is what the goal wants."""
        if key != self.step or self.ending not in ("", ending):
            return False
        return not self.target or (self.source, self.target) == (source, target)

    @property
    def petition(self) -> tuple[str, ...]:
        """The kinds of petition that can end so."""
        return tuple(DISPOSITIONS[self.ending].grants) if self.ending else ()

    @property
    def needs_terms(self) -> bool:
        """Whether an order without terms to keep would end the way."""
        return bool(_ON_TERMS & set(self.way)) or Status.COMPLIANCE in (self.source, self.target)


def _is_informal(rules: Mapping[str, Any]) -> bool:
    return bool(rules["informal_track"].value)


@cache
def goals() -> tuple[Goal, ...]:
    """Every act of the table that starts somewhere, every move, and every ending that a case can have."""
    moves = [Goal(key, source=source, target=target) for key, source, target in wanted_moves()]
    single = [row.key for row in workflow.STEPS.values() if row.sources and not _is_move(row.key)]
    closures = [Goal("close_at_intake", code) for code in INTAKE_CLOSURES]
    closures += [Goal("close_without_discipline", code) for code in REVIEW_CLOSURES]
    orders = [Goal("close_case", code) for code in (*SANCTIONS, *PETITION_OUTCOMES)]
    return (*map(Goal, single), *moves, *closures, *orders)


def _is_move(key: str) -> bool:
    row = workflow.MOVES.get(key)
    return row is not None and not row.opens_docket


def next_goal(
    dice: random.Random, *, steps: Counter[str], moves: Counter[Any], endings: Counter[str], tried: Counter[Goal]
) -> Goal:
    """One that was reached least often; what was tried in vain counts a little. Among equals the dice choose."""
    count = {}
    for goal in goals():
        move = (goal.step, goal.source, goal.target)
        reached = endings[goal.ending] if goal.ending else moves[move] if goal.target else steps[goal.step]
        count[goal] = reached + tried[goal] / 4
    least = min(count.values())
    return dice.choice([goal for goal, times in count.items() if times <= least + 0.5])


def aim(goal: Goal, done: Collection[tuple[str, str]]) -> str:
    """The next step on the way to a goal, after what a walk has done: each step with the status it was done at."""
    where = defaultdict(set)
    for key, status in done:
        where[key].add(status)
    return next((key for key in goal.way if where[key].isdisjoint(goal.sources(key))), goal.step)


def moves_left(goal: Goal, key: str, status: Status, *, by_agreement: bool) -> int:
    """How many moves a status is from where a step on the way to the goal shall be done."""
    return distance(goal.sources(key), status, by_agreement=by_agreement)
