"""One walk: a case of one board (and the dockets it gives birth to), taken on by dice until it ends."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.walk import checks, guesses, snapshot
from tests.walk.filing import file_complaint
from tests.walk.guesses import Turn
from tests.walk.world import World, everybody
from tracker.access import gate
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import POLICY, Permission
from tracker.audit.actors import Actor, Origin
from tracker.cases import facts as case_facts
from tracker.cases import workflow
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case, CaseLink, Deadline
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


class Walk:
    """A walk from one seed. The same seed takes the same way through the same code."""

    def __init__(self, world: World, seed: int, tally: Tally, slug: str = "", *, with_others: "Walk | None" = None):
        """With `with_others` the walk joins another on its dockets: what it reads may have changed when it acts."""
        self.dice = random.Random(seed)
        self.alone = with_others is None
        self.seed, self.tally = seed, tally
        slug = slug or self.dice.choice(sorted(world.offices))
        self.office = with_others.office if with_others else world.offices[slug]
        self.people = everybody(self.office)
        if with_others:
            self.at, self.dockets = with_others.at, list(with_others.dockets)
            return
        self.at, first = file_complaint(self.office, self.dice, seed)
        self.dockets: list[UUID] = [first]
        self.tally.statuses["received"] += 1

    def go(self, turns: int) -> None:
        """Take so many turns, checking after each."""
        for number in range(turns):
            self.turn()
            if self.alone and number % 12 == 11:
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
        case = case_of(self.dockets[0] if self.dice.random() < 0.6 else self.dice.choice(self.dockets[-2:]))
        facts = case_facts.gather(case, at=self.at)
        turn = Turn(self.office, case, facts, self.dice)
        options = [option for option in workflow.options(facts) if option.key in STEPS]
        shut = self.dice.random() < 0.12 if shut is None else shut
        fitting = [option for option in options if option.is_open is not shut]
        if not fitting:
            return
        option = self.dice.choices(fitting, weights=[self.weight(one) for one in fitting])[0]
        self.attempt(turn, STEPS[option.key], option.reasons)

    def weight(self, option: workflow.Option) -> float:
        """Moves before acts, and what was seldom done before what was done often."""
        seldom = 1 / (1 + self.tally.steps[option.key]) ** 0.9
        if option.key in DETOURS:
            return seldom * 4
        return seldom * (60 if option.is_move else 30 if option.key in BRINGS_ON else 1)

    def pass_time(self) -> None:
        """Minutes mostly; now and then days, or until the next deadline is over."""
        throw = self.dice.random()
        if throw < 0.12:
            self.at += timedelta(days=self.dice.randint(1, 30))
        elif throw < 0.20:
            running = Deadline.objects.filter(case__in=self.dockets, state=DeadlineState.RUNNING)
            due = running.filter(due_on__gte=self.at.date()).order_by("due_on").first()
            if due:
                self.at += timedelta(days=(due.due_on - self.at.date()).days + 1)
        elif throw < 0.22:
            self.at += timedelta(days=370)
        self.at += timedelta(minutes=self.dice.randint(1, 90))

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
        self.done(turn, step)

    def somebody(self, case: Case, needs: Permission) -> tuple[Any, bool]:
        """Somebody whose role may do this, seldom somebody else; and whether the gate lets this person."""
        roles = {grant.who for grant in POLICY[needs]}
        people = list(self.people)
        self.dice.shuffle(people)
        if self.dice.random() >= 0.05:
            asked = self.unanswered(case) if needs is Permission.CONFLICT_DECLARE else set()
            people.sort(key=lambda one: (one[1] not in roles, one[0].pk not in asked))
            for person, role in people:
                if role in roles and gate.can(self.actor(person), needs, case, at=self.at):
                    return person, True
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


# Ways round and early endings, which would otherwise take most of the turns.
DETOURS = {
    "request_information", "close_at_intake", "refer_to_expert", "ask_more_information", "close_without_discipline",
    "open_companion", "reopen",
}  # fmt: skip
# Acts without which the moves stay shut.
BRINGS_ON = {
    "verify_priority", "assign", "declare_conflict", "record_finding", "approve_closure", "record_vote", "draft_count",
    "propose_finding", "record_board_finding", "draft_sanction", "satisfy_term", "record_npdb_report", "file_waiver",
    "offer_settlement", "record_change", "report_violation", "mark_exhibit", "offer_exhibit", "rule_on_exhibit",
}  # fmt: skip


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
