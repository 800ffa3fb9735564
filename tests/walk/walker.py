"""One walk: a case of one board (and the dockets it gives birth to), taken on by dice until it ends."""

import random
from collections import Counter
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from boards import queries as board_queries
from tests.walk import checks, choosing
from tests.walk.attempts import Try
from tests.walk.filing import file_complaint, what_to_bring
from tests.walk.goals import Goal, next_goal
from tests.walk.lacking import lacking, unanswered
from tests.walk.leaning import AFTERWARDS, LEADS_ON, STILL, Leaning
from tests.walk.moment import Clock, Turn
from tests.walk.tally import TOLD_ALIKE, Tally
from tests.walk.world import World, bystanders, everybody, stand_in
from tracker.access import gate
from tracker.access.policy import POLICY, Permission
from tracker.audit.actors import Actor, Origin
from tracker.cases import facts as case_facts
from tracker.cases import workflow
from tracker.cases.casefacts import CaseFacts
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, CaseLink, Deadline
from tracker.cases.states import Status
from tracker.web import casestatus
from tracker.web.steps import STEPS, Step


class Walk(Leaning):
    """A walk from one seed. The same seed takes the same way through the same code."""

    def __init__(
        self,
        world: World,
        seed: int,
        tally: Tally,
        slug: str = "",
        *,
        goal: Goal | None = None,
        with_others: "Walk | None" = None,
    ):
        """Without `goal` it begins with one that was seldom reached; from the same seed, turns and goal it goes the
        same way. With `with_others` the walk joins another on its dockets: what it reads may have changed when it acts.
        """
        self.dice = random.Random(seed)
        self.alone = with_others is None
        self.seed, self.tally = seed, tally
        self.steps: Counter[str] = Counter()
        self.ways: set[tuple[str, str]] = set()
        self.nobody: set[Permission] = set()
        self.screener: Any = None
        self.stands_still = self.waits = self.arrived = self.is_deputized = False
        self.first = goal or next_goal(
            random.Random(seed), steps=tally.steps, moves=tally.moves, endings=tally.endings, tried=tally.goals
        )
        tally.goals[self.first] += 1
        self.take_goal(self.first)
        fitting = [one for one in sorted(world.offices) if self.goal.fits(world.rules[one])]
        slug = slug or self.dice.choice(fitting)
        self.office = with_others.office if with_others else world.offices[slug]
        self.people = everybody(self.office)
        self.turns = 0
        self.rules: dict[Any, Any] = {}
        if with_others:
            self.clock, self.dockets = with_others.clock, list(with_others.dockets)
            self.at = self.clock.at
            return
        begin, first = file_complaint(self.office, self.dice, seed)
        self.at, self.clock = begin, Clock(begin)
        lent = stand_in(self.office, self.dice, begin) if self.dice.random() < 0.35 else []
        self.people += lent
        self.is_deputized = bool(lent)
        self.dockets: list[UUID] = [first]
        self.tally.statuses["received"] += 1

    def go(self, turns: int) -> None:
        """Take so many turns, checking after each; alone no more than a few after the goal is reached."""
        left = AFTERWARDS
        for number in range(turns):
            self.turn()
            left -= self.arrived
            if self.alone and left < 0:
                break
            if self.alone and number % THOROUGH == THOROUGH - 1:
                checks.thorough(case_of(self.touched), self.at, self.turns, eyes=number % LOOKED == LOOKED - 1)
        if self.alone:
            self.check_thoroughly()

    def check_thoroughly(self) -> None:
        """Everything that is too dear for each step, on every docket."""
        for pk in self.dockets:
            checks.thorough(case_of(pk), self.at, self.turns)

    def turn(self, *, shut: bool | None = None) -> None:
        """Let time pass, choose a docket and a step, and try it; with `shut` one that is shut."""
        self.pass_time()
        self.patience -= 1
        if self.patience < 0:
            self.take_goal()
        case = self.choose_docket()
        self.touched = case.pk
        facts = case_facts.gather(case, at=self.at, rules=self.rules_of(case))
        turn = Turn(self.office, case, facts, self.dice, self.goal, self.aim, self.is_deputized)
        options = self.options(case, facts)
        self.stands_still = any(one.key == turn.aim and one.fits_status and not one.is_open for one in options)
        self.still = self.still + 1 if self.stands_still else 0
        if self.still > STILL:
            self.take_goal()
        if self.prepared(case, turn.aim):
            return
        shut = self.dice.random() < 0.1 if shut is None else shut
        fitting = [option for option in options if option.is_open is not shut]
        if not fitting:
            return
        self.needed = lacking(turn) | ({"offer_settlement"} if self.by_agreement and not facts.open_offer else set())
        weights = [self.weight(one, facts) for one in fitting]
        # Where nothing leads on, only time does.
        self.waits = self.stands_still or (not shut and max(weights) < LEADS_ON)
        option = self.dice.choices(fitting, weights=weights)[0]
        self.attempt(turn, STEPS[option.key], option.reasons)

    def options(self, case: Case, facts: CaseFacts) -> list[workflow.Option]:
        """The steps as they are shown; `case_status`, asked now and then, shows the same."""
        options = workflow.options(facts)
        for option in options:
            if option.fits_status:
                self.tally.shut[option.key].update(option.reasons)
        self.turns += 1
        if self.alone and self.turns % TOLD == 0:
            shown = casestatus.describe(case, at=self.at)
            told = {step["step"]: tuple(step.get("reasons", ())) for step in shown["open_steps"]}
            told |= {step["step"]: tuple(step["reasons"]) for step in shown["closed_steps"]}
            assert told == {option.key: option.reasons for option in options}, f"{case.docket}: case_status differs"
            self.tally.beside[TOLD_ALIKE] += 1
        return [option for option in options if option.key in STEPS]

    def rules_of(self, case: Case) -> Any:
        """The board's rules, read once for each day."""
        day = board_queries.local_day(case.board, self.at)
        if day not in self.rules:
            self.rules[day] = board_queries.rules_in_force(case.board, day)
        return self.rules[day]

    def prepared(self, case: Case, key: str) -> bool:
        """Whether something had to be brought that no step of the table brings: a file, or the bundle for the court."""
        is_here = self.away(Status(case.status)) == 0 and self.dice.random() < 0.5
        bring, needs = what_to_bring(case, key, is_here=is_here, is_shut=self.stands_still)
        if bring is None or needs is None:
            return False
        person, may = self.somebody(case, needs)
        if may:
            bring(self.actor(person), case, self.at)
        return may

    def pass_time(self) -> None:
        """Minutes mostly; now and then days, or until the next deadline is over: so where the aim waits for a day."""
        throw, step = self.dice.random(), timedelta(minutes=self.dice.randint(1, 90))
        if throw < 0.08:
            step += timedelta(days=self.dice.randint(1, 30))
        elif throw < (0.60 if self.waits else 0.14):
            running = Deadline.objects.filter(case__in=self.dockets, state=DeadlineState.RUNNING)
            now = self.clock.at.date()
            due = running.filter(due_on__gte=now).order_by("due_on").first()
            step += timedelta(days=(due.due_on - now).days + 1 if due else 370 * self.waits)
        elif throw < (0.65 if self.waits else 0.16):
            step += timedelta(days=370)
        self.at = self.clock.on(step)

    def attempt(self, turn: Turn, step: Step, reasons: tuple[str, ...]) -> None:
        """Try a step as somebody, now and then on an old version, now and then until the machine dies."""
        person, may = self.somebody(turn.case, workflow.step(step.key).needs, choosing.roles(turn, step.key))
        may = may and choosing.acts_here(turn, step.key, self.actor(person), self.at)
        one = Try(
            turn,
            step,
            reasons,
            self.actor(person),
            self.at,
            may,
            is_stale=self.dice.random() < 0.03,
            dies_after=self.dice.randint(1, 9) if self.alone and self.dice.random() < 0.02 else 0,
            is_alone=self.alone,
        )
        if not one.go(self.tally):
            # What is refused again and again is given up.
            self.patience -= 6 * (step.key == turn.aim and not reasons)
            return
        if step.key in ("begin_review", "verify_priority"):
            self.screener = person
        if step.key in ("lift_recusal", "unseal_case", "assign"):
            self.nobody.clear()
        self.done(turn, step)

    def somebody(self, case: Case, needs: Permission, roles: Collection[str] = ()) -> tuple[Any, bool]:
        """Somebody whose role may do this, seldom somebody else; and whether the gate lets this person."""
        roles = roles or {grant.who for grant in POLICY[needs]}
        people = list(self.people)
        self.dice.shuffle(people)
        if self.dice.random() < 0.05:
            people = bystanders(self.office) if self.dice.random() < 0.3 else people
        else:
            asked = unanswered(case) if needs is Permission.CONFLICT_DECLARE else set()
            if needs is Permission.PRIORITY_VERIFY:
                people.sort(key=lambda one: one[0] == self.screener)
            people.sort(key=lambda one: (one[1] not in roles, one[0].pk not in asked))
            for person, role in people:
                if role in roles and gate.can(self.actor(person), needs, case, at=self.at):
                    return person, True
            self.nobody.add(needs)
        person = people[0][0]
        return person, gate.can(self.actor(person), needs, case, at=self.at)

    def done(self, turn: Turn, step: Step) -> None:
        """Count what was reached, take new dockets on, and check."""
        now = case_of(turn.case.pk)
        self.tally.steps[step.key] += 1
        self.steps[step.key] += 1
        self.ways.add((step.key, turn.case.status))
        if self.goal.is_reached(step.key, turn.case.status, now.status, now.disposition):
            self.arrived = True
            self.take_goal()
        if now.status != turn.case.status:
            self.tally.moves[step.key, turn.case.status, now.status] += 1
            self.tally.statuses[now.status] += 1
        if now.disposition:
            self.tally.endings[now.disposition] += 1
        born = CaseLink.objects.filter(other_id=now.pk).exclude(case_id__in=self.dockets)
        for link in born.filter(case__board=now.board_id):
            self.dockets.append(link.case_id)
            self.tally.statuses[link.case.status] += 1
        if self.alone:
            checks.quick(now, clocks=sum(self.steps.values()) % CLOCKS == 0)

    def actor(self, person: Any) -> Actor:
        """Somebody of the office at a told time."""
        return Actor.staff(person.pk, Origin.DEMO)


# Turns after which the docket is checked thoroughly, looked at with the eyes of a reader, and after which `case_status`
# is asked too; steps after which the clocks are recomputed.
THOROUGH, LOOKED, TOLD, CLOCKS = 10, 30, 20, 5


def case_of(pk: UUID) -> Case:
    """The case as it stands, with its board."""
    return Case.objects.select_related("board__jurisdiction").get(pk=pk)
