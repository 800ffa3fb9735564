"""What a walk leans towards: its goal, the docket nearest to it, and the weight of each step that is open."""

import random
from collections import Counter
from uuid import UUID

from tests.walk.goals import Goal, aim, goals, moves_left
from tests.walk.roads import targets
from tracker.access.policy import Permission
from tracker.cases import workflow
from tracker.cases.casefacts import CaseFacts
from tracker.cases.models import Case
from tracker.cases.states import PETITIONS, Status

# Open before what they rest on: only their words tell which vote, and a proposal may do without a sanction.
WAITS_FOR = {
    "take_emergency_action": "record_vote",
    "record_change": "record_vote",
    "file_proposed_decision": "draft_sanction",
}
# Turns after which a walk takes another goal, those at a place where the goal's step is shut and time does not open it,
# and turns that it goes on when it reached one.
PATIENCE, STILL, AFTERWARDS = 90, 18, 3
# The weight of what leads on.
LEADS_ON = 100


class Leaning:
    """The part of a walk that chooses. `steps` counts what was done and `ways` where, `needed` what would open a move,
    and `nobody` what nobody could be found for.
    """

    dice: random.Random
    steps: Counter[str]
    ways: set[tuple[str, str]]
    dockets: list[UUID]
    needed: frozenset[str]
    nobody: set[Permission]

    def take_goal(self, goal: Goal | None = None) -> None:
        """Lean towards something: what is told, else anything."""
        self.goal = goal or self.dice.choice(goals())
        self.patience, self.still = PATIENCE, 0
        # A settlement on the way would end a walk to the place where another shall be signed.
        chance = 0 if self.goal.target and self.goal.step != "reopen" else 0.8 if self.goal.ending else 0.4
        self.by_agreement = self.dice.random() < chance

    @property
    def aim(self) -> str:
        """The next step on the way to the goal."""
        return aim(self.goal, self.ways)

    def choose_docket(self) -> Case:
        """Mostly the one that is nearest to the aim, and of a petition's kind where the goal is its ending."""
        cases = list(Case.objects.filter(pk__in=self.dockets).select_related("board__jurisdiction").order_by("pk"))
        if self.dice.random() < 0.08:
            return self.dice.choice(cases)
        fitting = [case for case in cases if case.kind in self.goal.petition and not case.decided_at]
        if self.aim == "submit_petition" and not fitting:
            fitting = [case for case in cases if case.kind in PETITIONS]
        return min(fitting or cases, key=lambda case: self.away(Status(case.status)))

    def away(self, status: Status) -> int:
        """Moves from a status to where the aim can be done."""
        return moves_left(self.goal, self.aim, status, by_agreement=self.by_agreement)

    def weight(self, option: workflow.Option, facts: CaseFacts) -> float:
        """The aim first, then moves towards it, then what opens shut moves, then what was seldom done."""
        seldom = 1 / (1 + self.steps[option.key]) ** 0.9
        if option.needs in self.nobody:
            return 0.1
        if self.nobody and option.key in ("lift_recusal", "unseal_case"):
            return 200
        is_aim = option.key == self.aim and facts.status in self.goal.sources(self.aim)
        if option.key == self.aim and not is_aim:
            # Done from elsewhere it would lead away from the place that the goal names.
            return 0.02
        if WAITS_FOR.get(option.key) in self.needed:
            return 0.3 * seldom
        if is_aim:
            return 400 * seldom
        here = self.away(facts.status)
        if option.is_move:
            there = min((self.away(one) for one in targets(option.key)), default=here)
            sideways = there == here and option.key != "ask_more_information"
            return 200 if there < here else seldom * (20 if sideways else 0.3)
        if option.key == "draft_sanction" and facts.drafted_sanctions:
            return seldom
        return 120 if option.key in self.needed else seldom
