"""One walk: a case of one board (and the dockets it gives birth to), taken on by dice until it ends."""

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.walk import checks, guesses, snapshot
from tests.walk.filing import build_court_record, file_complaint, receive_exhibit
from tests.walk.goals import Goal, aim, distance, goals, next_goal, targets
from tests.walk.lacking import lacking
from tests.walk.moment import Turn
from tests.walk.world import World, everybody
from tracker.access import gate
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import POLICY, Permission
from tracker.audit.actors import Actor, Origin
from tracker.cases import facts as case_facts
from tracker.cases import workflow
from tracker.cases.casefacts import CaseFacts
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, CaseLink, Deadline
from tracker.cases.states import PETITIONS, Status
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.web.steps import STEPS, Step


@dataclass
class Tally:
    """What walks reached: steps done, statuses, endings; what was tried and refused."""

    steps: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Take over what another walk reached."""
        for name in ("steps", "moves", "statuses", "endings", "refused"):
            getattr(self, name).update(getattr(other, name))

    def plain(self) -> dict[str, dict[str, int]]:
        """The same as JSON can hold it."""
        moves = {" ".join(key): count for key, count in self.moves.items()}
        names = ("steps", "statuses", "endings", "refused")
        return {"moves": moves, **{name: dict(getattr(self, name)) for name in names}}


@dataclass
class Clock:
    """The time of one walk, or of several that share their dockets. It never goes back."""

    at: datetime
    lock: threading.Lock = field(default_factory=threading.Lock)

    def on(self, step: timedelta) -> datetime:
        """Let time pass; gives the moment that no other walk was given."""
        with self.lock:
            self.at += step
            return self.at


class Walk:
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
        self.nobody: set[Permission] = set()
        self.screener: Any = None
        self.stands_still = self.arrived = False
        self.first = goal or next_goal(random.Random(seed), tally.steps, tally.endings)
        self.take_goal(self.first)
        fitting = [one for one in sorted(world.offices) if self.goal.fits(world.rules[one])]
        slug = slug or self.dice.choice(fitting)
        self.office = with_others.office if with_others else world.offices[slug]
        self.people = everybody(self.office)
        if with_others:
            self.clock, self.dockets = with_others.clock, list(with_others.dockets)
            self.at = self.clock.at
            return
        begin, first = file_complaint(self.office, self.dice, seed)
        self.at, self.clock = begin, Clock(begin)
        self.dockets: list[UUID] = [first]
        self.tally.statuses["received"] += 1

    def take_goal(self, goal: Goal | None = None) -> None:
        """Lean towards something: what is told, else anything."""
        self.goal = goal or self.dice.choice(goals())
        self.patience = PATIENCE
        self.by_agreement = self.goal.step == "reject_settlement" or self.dice.random() < 0.2

    @property
    def aim(self) -> str:
        """The next step on the way to the goal."""
        return aim(self.goal, self.steps)

    def go(self, turns: int) -> None:
        """Take so many turns, checking after each; alone no more than a few after the goal is reached."""
        left = AFTERWARDS
        for number in range(turns):
            self.turn()
            left -= self.arrived
            if self.alone and left < 0:
                break
            if self.alone and number % 25 == 24:
                self.check_thoroughly()
        if self.alone:
            self.check_thoroughly()

    def check_thoroughly(self) -> None:
        """Everything that is too dear for each step."""
        for pk in self.dockets:
            checks.thorough(case_of(pk), self.at)

    def turn(self, *, shut: bool | None = None) -> None:
        """Let time pass, choose a docket and a step, and try it; with `shut` one that is shut."""
        self.pass_time()
        self.patience -= 1
        if self.patience < 0:
            self.take_goal()
        case = self.choose_docket()
        facts = case_facts.gather(case, at=self.at)
        turn = Turn(self.office, case, facts, self.dice, self.goal, self.aim)
        options = [option for option in workflow.options(facts) if option.key in STEPS]
        self.stands_still = any(one.key == turn.aim and one.fits_status and not one.is_open for one in options)
        if self.prepared(case, turn.aim):
            return
        shut = self.dice.random() < 0.1 if shut is None else shut
        fitting = [option for option in options if option.is_open is not shut]
        if not fitting:
            return
        self.needed = lacking(turn) | ({"offer_settlement"} if self.by_agreement and not facts.open_offer else set())
        weights = [self.weight(one, facts) for one in fitting]
        option = self.dice.choices(fitting, weights=weights)[0]
        self.attempt(turn, STEPS[option.key], option.reasons)

    def prepared(self, case: Case, key: str) -> bool:
        """Whether something had to be brought that no step of the table brings: a file, or the bundle for the court."""
        if key == "certify_record" and self.stands_still:
            bring, needs = build_court_record, Permission.BUNDLE_EXPORT
        elif key == "mark_exhibit" and not case.exhibits.exists():
            bring, needs = receive_exhibit, Permission.EVIDENCE_RECEIVE
        elif key == "mark_hearing_exhibit" and self.away(Status(case.status)) == 0 and self.dice.random() < 0.5:
            bring, needs = receive_exhibit, Permission.HEARING_HOLD
        else:
            return False
        person, may = self.somebody(case, needs)
        if may:
            bring(self.actor(person), case, self.at)
        return may

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
        return distance(self.aim, status, by_agreement=self.by_agreement)

    def weight(self, option: workflow.Option, facts: CaseFacts) -> float:
        """The aim first, then moves towards it, then what opens shut moves, then what was seldom done."""
        seldom = 1 / (1 + self.steps[option.key]) ** 0.9
        if option.needs in self.nobody:
            return 0.1
        if self.nobody and option.key in ("lift_recusal", "unseal_case"):
            return 200
        if option.key == self.aim and not ("record_vote" in self.needed and option.key in ACTS_ON_VOTES):
            return 400 * seldom
        here = self.away(facts.status)
        if option.is_move:
            there = min((self.away(one) for one in targets(option.key)), default=here)
            sideways = there == here and option.key != "ask_more_information"
            return 200 if there < here else seldom * (20 if sideways else 0.3)
        if option.key == "draft_sanction" and facts.drafted_sanctions:
            return seldom
        return 120 if option.key in self.needed else seldom

    def pass_time(self) -> None:
        """Minutes mostly; now and then days, or until the next deadline is over: so where the aim waits for a day."""
        throw, step = self.dice.random(), timedelta(minutes=self.dice.randint(1, 90))
        if throw < 0.08:
            step += timedelta(days=self.dice.randint(1, 30))
        elif throw < (0.60 if self.stands_still else 0.14):
            running = Deadline.objects.filter(case__in=self.dockets, state=DeadlineState.RUNNING)
            now = self.clock.at.date()
            due = running.filter(due_on__gte=now).order_by("due_on").first()
            step += timedelta(days=(due.due_on - now).days + 1 if due else 370 * self.stands_still)
        elif throw < (0.65 if self.stands_still else 0.16):
            step += timedelta(days=370)
        self.at = self.clock.on(step)

    def attempt(self, turn: Turn, step: Step, reasons: tuple[str, ...]) -> None:
        """Try a step as somebody. What is refused wrote nothing; what is shut refuses with the reasons shown."""
        person, may = self.somebody(turn.case, workflow.step(step.key).needs)
        wrong = not may
        actor = self.actor(person)
        form = _form(turn, step, actor)
        before = snapshot.taken() if self.alone else ()
        stale = turn.case.version - 1 if self.dice.random() < 0.03 else turn.case.version
        try:
            if not form.is_valid():
                raise ActionRefused([str(form.errors)])
            step.perform(turn.case, form, actor=actor, at=self.at, seen=stale)
        except (ActionRefused, NotPermitted, OutOfScope) as refusal:
            self.tally.refused[step.key] += 1
            if not self.alone:
                return
            assert snapshot.taken() == before, f"{step.key} was refused and wrote something"
            _refused_as_said(refusal, reasons, form, wrong=wrong, stale=stale != turn.case.version)
            return
        assert not wrong, f"{step.key} was done by somebody without the permission"
        assert stale == turn.case.version, f"{step.key} was done on an old version"
        assert not (reasons and self.alone), f"{step.key} was shut ({reasons}) and done"
        if step.key in ("begin_review", "verify_priority"):
            self.screener = person
        if step.key in ("lift_recusal", "unseal_case", "assign"):
            self.nobody.clear()
        self.done(turn, step)

    def somebody(self, case: Case, needs: Permission) -> tuple[Any, bool]:
        """Somebody whose role may do this, seldom somebody else; and whether the gate lets this person."""
        roles = {grant.who for grant in POLICY[needs]}
        people = list(self.people)
        self.dice.shuffle(people)
        if self.dice.random() >= 0.05:
            asked = self.unanswered(case) if needs is Permission.CONFLICT_DECLARE else set()
            if needs is Permission.PRIORITY_VERIFY:
                people.sort(key=lambda one: one[0] == self.screener)
            people.sort(key=lambda one: (one[1] not in roles, one[0].pk not in asked))
            for person, role in people:
                if role in roles and gate.can(self.actor(person), needs, case, at=self.at):
                    return person, True
            self.nobody.add(needs)
        person = people[0][0]
        return person, gate.can(self.actor(person), needs, case, at=self.at)

    def unanswered(self, case: Case) -> set[Any]:
        """Who has a place on the case and has not answered the conflict check."""
        placed = Assignment.objects.filter(case=case, ended_at__isnull=True).values_list("user_id", flat=True)
        answered = ConflictDeclaration.objects.filter(case=case).values_list("user_id", flat=True)
        return set(placed) - set(answered)

    def done(self, turn: Turn, step: Step) -> None:
        """Count what was reached, take new dockets on, and check."""
        now = case_of(turn.case.pk)
        self.tally.steps[step.key] += 1
        self.steps[step.key] += 1
        if step.key == self.goal.step and self.goal.ending in ("", now.disposition):
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
        for pk in {now.pk, *self.dockets[-2:]} if self.alone else ():
            checks.quick(case_of(pk))

    def actor(self, person: Any) -> Actor:
        """Somebody of the office at a told time."""
        return Actor.staff(person.pk, Origin.DEMO)


# Open before the vote that they rest on: only their words tell which one.
ACTS_ON_VOTES = {"take_emergency_action", "record_change"}
# Turns after which a walk takes another goal, and turns that it goes on when it reached one.
PATIENCE, AFTERWARDS = 90, 8


def case_of(pk: UUID) -> Case:
    """The case as it stands, with its board."""
    return Case.objects.select_related("board__jurisdiction").get(pk=pk)


def _form(turn: Turn, step: Step, actor: Actor) -> Any:
    blank = step.form_class(case=turn.case, actor=actor)
    return step.form_class(guesses.fill(turn, step.key, blank), case=turn.case, actor=actor)


def _refused_as_said(refusal: Exception, reasons: tuple[str, ...], form: Any, *, wrong: bool, stale: bool) -> None:
    if wrong or stale or not form.is_valid():
        return
    said = getattr(refusal, "reasons", [str(refusal)])
    missing = [reason for reason in reasons if reason not in said]
    assert not missing, f"shut with {reasons}, but refused with {said}"
    assert said, "a refusal without a reason"
