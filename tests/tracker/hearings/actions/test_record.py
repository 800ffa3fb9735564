"""The record of a hearing is closed by an act, and reopened for a reason."""

from datetime import date
from typing import Any

import pytest

from tests.factories.cases import Story, refused
from tests.factories.docketed import Docketed
from tests.factories.office import make_person
from tests.factories.staffed import Staffed
from tests.tracker.hearings.actions.test_holding import ONLY
from tracker.access.policy import Role
from tracker.cases.queries import recomputed
from tracker.errors import NotPermitted
from tracker.evidence.actions import marking
from tracker.hearings.actions import holding, record, remanding
from tracker.hearings.models import Hearing

CLOSED = "The record of the hearing is closed. The presiding officer can reopen it."


@pytest.fixture
def held(story: Story) -> Story:
    """A hearing opened on April 1, 2026."""
    return story.to("hearing_held")


def test_the_time_for_the_proposal_runs_from_the_day_on_which_the_record_closes(held: Story) -> None:
    officer = held.wait(5).office.presiding
    assert "proposed_decision" not in held.clocks()
    hearing = held.do(record.close_record, officer, note=" The brief of the board. ")
    assert (hearing.closed_at, held.case.status) == (held.at, "hearing_held")
    clock = held.clock("proposed_decision")
    assert (clock.starts_on, clock.due_on, clock.state) == (date(2026, 4, 6), date(2026, 5, 6), "running")
    said = "30 calendar days from the closing of the record (Apr 6, 2026) end on Wed May 6"
    assert clock.explanation.startswith(said)
    entry = held.entry("hearing.record_closed")
    assert (entry["facts"], entry["private"]) == ({"hearing": str(hearing.pk)}, {"note": "The brief of the board."})
    assert held.refused(record.close_record, officer) == CLOSED
    assert recomputed.differences(held.case) == []


def test_a_record_that_is_reopened_stops_that_time_and_it_runs_anew_when_it_is_closed_again(held: Story) -> None:
    officer = held.office.presiding
    assert held.refused(record.reopen_record, officer, reason="x") == "The record of the hearing is open."
    first = held.do(record.close_record, officer)
    assert held.refused(record.reopen_record, officer, reason=" ") == "Give the reason."
    again = held.wait(3).do(record.reopen_record, officer, reason="A late exhibit.")
    assert (again.pk, again.closed_at) == (first.pk, None)
    assert (held.clock("proposed_decision").state, held.clock("proposed_decision").ended_on) == (
        "superseded",
        held.today,
    )
    entry = held.entry("hearing.record_reopened")
    assert (entry["facts"]["hearing"], entry["private"]) == (str(first.pk), {"reason": "A late exhibit."})
    assert recomputed.differences(held.case) == []
    closed_at = held.wait(2).do(record.close_record, officer).closed_at
    assert held.clock("proposed_decision").starts_on == held.today == date(2026, 4, 6)
    held.wait(9).to("proposed_decision")
    assert Hearing.objects.get().closed_at == closed_at
    clock = held.clock("proposed_decision")
    assert (clock.state, clock.ended_on) == ("met", held.today)
    assert recomputed.differences(held.case) == []


def test_only_the_officer_of_the_case_closes_and_reopens(held: Story) -> None:
    other = make_person(held.office.board, Role.PRESIDING_OFFICER)
    assert held.refused(record.close_record, other, NotPermitted) == ONLY
    held.refused(record.close_record, held.office.manager, NotPermitted)
    held.do(record.close_record, held.office.presiding)
    assert held.refused(record.reopen_record, other, NotPermitted, reason="x") == ONLY
    held.refused(record.reopen_record, held.office.director, NotPermitted, reason="x")


def test_once_a_decision_is_proposed_the_record_stays_closed(held: Story) -> None:
    held.before("proposed_decision").do(holding.file_proposed_decision, held.office.presiding, text="Probation.")
    for act, data in ((record.close_record, {}), (record.reopen_record, {"reason": "x"})):
        words = held.refused(act, held.office.presiding, **data)
        assert words == "The case is at: Proposed decision. This starts from: Hearing held."


def test_after_a_remand_it_is_the_record_of_the_new_hearing(story: Story) -> None:
    story.to("board_review").vote("order", "remand")
    story.do(remanding.remand, story.office.director, reasons="Hear the witness.")
    officer = story.to("hearing_held").office.presiding
    old = Hearing.objects.exclude(closed_at=None).get()
    new = story.do(record.close_record, officer)
    assert new.pk != old.pk
    story.do(record.reopen_record, officer, reason="One more.")
    assert [row.closed_at for row in Hearing.objects.order_by("starts_at")] == [old.closed_at, None]


def test_nothing_is_taken_into_a_closed_record(office: Staffed) -> None:
    story = Docketed(office).heard()
    offered, marked, bare = story.exhibits

    def by(act: Any, exhibit: Any, who: Any, **data: Any) -> Any:
        return act(exhibit.pk, actor=story.actor(who), at=story.at, **data)

    story.do("close_record", office.presiding)
    into: list[tuple[Any, ...]] = [
        (marking.offer_exhibit, marked, office.counsel, {}),
        (marking.rule_on_exhibit, offered, office.presiding, {"ruling": "admitted"}),
        (marking.mark_hearing_exhibit, bare, office.presiding, {}),
    ]
    for act, exhibit, who, data in into:
        assert refused(lambda act=act, one=exhibit, who=who, data=data: by(act, one, who, **data)) == [CLOSED]
    assert by(marking.mark_exhibit, bare, office.counsel).mark
    story.do("reopen_record", office.presiding, {"reason": "An exhibit was overlooked."})
    assert by(marking.rule_on_exhibit, offered, office.presiding, ruling="admitted").state == "admitted"
