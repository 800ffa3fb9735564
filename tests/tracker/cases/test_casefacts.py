"""What follows from the plain facts of a case."""

from dataclasses import replace

from tests.tracker.cases.test_guards import FACTS
from tracker.cases.kinds import WaivedBy
from tracker.cases.waivers import BOTH_SIDES


def test_only_what_all_waived_who_must_is_waived() -> None:
    alone = frozenset({WaivedBy.RESPONDENT})
    known = {"appeal": alone, "reconsideration": alone, "exceptions": BOTH_SIDES}
    assert replace(FACTS, waived_by=known).waivers == {"appeal", "exceptions"}
    assert FACTS.waivers == frozenset()
