"""Stories that go to charges and beyond."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.tracker.web.seeding.test_player import play
from tracker.web.seeding import people
from tracker.web.seeding.stories import Story

pytestmark = pytest.mark.django_db(transaction=True)
TX, CA, OH, FL = people.HOSTED[:4]


@pytest.mark.parametrize("board", [TX, CA, OH])
def test_each_board_decides_probable_cause_by_its_own_rule(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path, board: str
) -> None:
    case = play(Story(board, "charges_filed", "records", "Ann Example", "Bea Example", 3), offices, now, tmp_path)
    assert case.charged_at is not None
    assert case.votes.filter(kind="probable_cause").exists() == (board != TX)


def test_probation_is_monitored_reported_and_closed(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    story = Story(CA, "closed:PROBATION", "harmful_service", "Ann Example", "Bea Example", 4, "letter+messages")
    case = play(story, offices, now, tmp_path)
    order = case.orders.get()
    assert (case.status, case.disposition) == ("closed", "PROBATION")
    assert order.npdb_due
    assert order.npdb_reported_on is not None
    assert not order.sanctions.filter(is_term=True, met_on=None).exists()


def test_nothing_proven_ends_without_discipline(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    case = play(Story(CA, "closed:NO_FINDING", "records", "Ann Example", "Bea Example", 4), offices, now, tmp_path)
    assert case.disposition == "NO_VIOLATION"


def test_a_hearing_that_was_held_waits_for_the_proposal(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    case = play(Story(CA, "hearing_held", "records", "Ann Example", "Bea Example", 4), offices, now, tmp_path)
    assert case.hearings.get().closed_at is not None
    assert case.deadlines.get(kind="proposed_decision").state == "running"


def test_a_board_hears_a_case_itself_and_those_who_heard_it_vote(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    story = Story(OH, "compliance", "records", "Ann Example", "Bea Example", 4, board_hears=True)
    case = play(story, offices, now, tmp_path)
    sat = set(case.hearings.get().heard_by.values_list("email", flat=True))
    assert len(sat) == 4
    assert set(case.votes.get(kind="order").ballots.values_list("voter__email", flat=True)) == sat


def test_an_answer_elects_a_hearing_where_the_board_asks(
    offices: dict[str, people.Office], now: datetime, tmp_path: Path
) -> None:
    case = play(Story(FL, "prehearing", "records", "Ann Example", "Bea Example", 4), offices, now, tmp_path)
    assert case.charging_documents.get().election == "formal"
