"""One moment of a walk, and the time it takes place in."""

import random
import threading
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.walk.goals import Goal
from tests.walk.world import Office
from tracker.access.models import Assignment, User
from tracker.access.policy import Capacity
from tracker.cases.casefacts import CaseFacts
from tracker.cases.models import Case


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


@dataclass(frozen=True)
class Turn:
    """One moment of a walk: the case, its facts, who works there, and the dice.

    `is_deputized` says whether somebody of the office may stand in for another.
    """

    office: Office
    case: Case
    facts: CaseFacts
    dice: random.Random
    goal: Goal = Goal("close_case")
    aim: str = ""
    is_deputized: bool = False

    @property
    def today(self) -> date:
        """The board's day."""
        return self.facts.today

    def placed(self, capacity: Capacity) -> list[User]:
        """Who has a place on the case now."""
        rows = Assignment.objects.filter(case=self.case, capacity=capacity, ended_at__isnull=True)
        return [row.user for row in rows.select_related("user").order_by("assigned_at", "id")]
