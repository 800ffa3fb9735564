"""One moment of a walk."""

import random
from dataclasses import dataclass
from datetime import date

from tests.factories.staffed import Staffed
from tests.walk.goals import Goal
from tracker.access.models import Assignment, User
from tracker.access.policy import Capacity
from tracker.cases.casefacts import CaseFacts
from tracker.cases.models import Case


@dataclass(frozen=True)
class Turn:
    """One moment of a walk: the case, its facts, who works there, and the dice."""

    office: Staffed
    case: Case
    facts: CaseFacts
    dice: random.Random
    goal: Goal = Goal("close_case")
    aim: str = ""

    @property
    def today(self) -> date:
        """The board's day."""
        return self.facts.today

    def placed(self, capacity: Capacity) -> list[User]:
        """Who has a place on the case now."""
        rows = Assignment.objects.filter(case=self.case, capacity=capacity, ended_at__isnull=True)
        return [row.user for row in rows.select_related("user").order_by("assigned_at", "id")]
