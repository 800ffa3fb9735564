"""One try of one step by somebody, and what must be true of it whether it was done, refused, or died half way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection

from tests.walk import guesses, snapshot
from tests.walk.moment import Turn
from tests.walk.tally import BY_DEPUTY, KILLED, READ_WHOLE, Tally
from tracker.access import gate
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.cases import facts as case_facts
from tracker.cases import workflow
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.web.steps import Step

# A full look at the tables costs more than most acts, so every so many tries have one.
EVERY = 10


class Died(Exception):
    """The machine went down."""


@contextmanager
def dying(after: int) -> Iterator[None]:
    """Die at a later row that is written: 1 is the first; 0 never. Nothing around it takes back what was written."""
    written = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        is_row = sql.startswith(("INSERT", "UPDATE", "DELETE"))
        written += is_row
        # What takes the transaction back still gets through.
        if is_row and after and written >= after:
            raise Died
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield


@dataclass(frozen=True)
class Try:
    """Somebody tries a step at a moment. `reasons` are those it was shown shut with; `may` is what the gate says.

    `dies_after` is the written row at which the machine goes down, 0 where it does not. With others at work on the same
    case (`is_alone` false) nothing can be said of what was written or why.
    """

    turn: Turn
    step: Step
    reasons: tuple[str, ...]
    actor: Actor
    at: datetime
    may: bool
    is_stale: bool = False
    dies_after: int = 0
    is_alone: bool = True

    @cached_property
    def form(self) -> Any:
        """The form of the step as this person filled it in."""
        blank = self.step.form_class(case=self.turn.case, actor=self.actor)
        data = guesses.fill(self.turn, self.step.key, blank)
        return self.step.form_class(data, case=self.turn.case, actor=self.actor)

    @property
    def is_fair(self) -> bool:
        """Whether nothing but the step itself stands against it: an open one, by somebody who may."""
        return self.may and not self.is_stale and not self.reasons and self.form.is_valid()

    def go(self, tally: Tally) -> bool:
        """Whether it was done. AssertionError for anything that must not be."""
        key = self.step.key
        is_whole = self.is_alone and (bool(self.dies_after) or sum(tally.refused.values()) % EVERY == 0)
        tally.tried[key] += self.may and not self.is_stale and not self.reasons
        for_whom = self.for_whom()
        before = snapshot.taken(whole=is_whole) if self.is_alone else ()
        try:
            self.perform()
        except Died:
            tally.beside[KILLED] += 1
            left = snapshot.difference(before, snapshot.taken(whole=True))
            assert not left, f"{key} died half way and left {left}"
            return False
        except (ActionRefused, NotPermitted, OutOfScope) as refusal:
            tally.refused[key] += 1
            tally.beside[READ_WHOLE] += is_whole
            if self.is_alone:
                left = snapshot.difference(before, snapshot.taken(whole=is_whole))
                assert not left, f"{key} was refused and wrote {left}"
                self.refused(refusal, tally)
            return False
        assert self.may, f"{key} was done by somebody without the permission"
        assert not self.is_stale, f"{key} was done on an old version"
        assert not (self.reasons and self.is_alone), f"{key} was shut ({self.reasons}) and done"
        if for_whom and self.is_alone:
            tally.beside[BY_DEPUTY] += 1
            self.says_for_whom(for_whom)
        return True

    def perform(self) -> None:
        """Do it as the desk does. Raises Died, and the refusals of the product."""
        if not self.form.is_valid():
            raise ActionRefused([str(self.form.errors)])
        seen = self.turn.case.version - self.is_stale
        with dying(self.dies_after):
            self.step.perform(self.turn.case, self.form, actor=self.actor, at=self.at, seen=seen)

    def refused(self, refusal: Exception, tally: Tally) -> None:
        """What was shut refuses with the reasons shown, and what was open refuses for nothing that would shut it."""
        if not self.may or self.is_stale or not self.form.is_valid():
            return
        said = getattr(refusal, "reasons", [str(refusal)])
        assert said, "a refusal without a reason"
        lacking = [reason for reason in self.reasons if reason not in said]
        assert not lacking, f"{self.step.key} was shut with {self.reasons}, but refused with {said}"
        if self.reasons:
            return
        tally.unopened[f"{self.step.key}: {' '.join(said)}"[:200]] += 1
        fresh = workflow.decide(self.step.key, case_facts.gather(self.turn.case, at=self.at))
        known = {*fresh, *tally.shut[self.step.key]} if not self.is_judged_by_its_form else set(fresh)
        assert known.isdisjoint(said), f"{self.step.key} was shown as open, but refused with {said}"

    @property
    def is_judged_by_its_form(self) -> bool:
        """Whether the form names what guards judge by: a day (what was in time when it came may be late today), or an
        ending, of which one may be free and another not.
        """
        return bool({"filed_on", "disposition"} & set(self.form.cleaned_data))

    def for_whom(self) -> str:
        """For whom the person acts as a deputy, as the ledger names people; empty where for nobody."""
        needs = workflow.step(self.step.key).needs
        absent = gate.acts_for(self.actor, needs, self.turn.case, at=self.at) if self.turn.is_deputized else None
        return Actor.staff(absent).code if absent else ""

    def says_for_whom(self, absent: str) -> None:
        """The entry of an act by a deputy names both."""
        # The first of this moment is that of the act; what it sets off follows.
        entry = LedgerEntry.objects.filter(chain=self.turn.case.pk, at=self.at).order_by("seq").first()
        assert entry is not None
        assert f'"on_behalf_of":"{absent}"' in entry.body, f"{entry.event} does not say for whom a deputy did it"
        assert self.actor.code in entry.body, f"{entry.event} does not say who did it"
