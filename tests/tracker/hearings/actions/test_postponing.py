"""A hearing is postponed and set anew; what belongs to the case stays with it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.cases import Story
from tests.factories.docketed import Docketed
from tests.factories.office import make_person
from tests.factories.staffed import Staffed
from tracker.access.policy import Role
from tracker.cases.models import CaseNote, Deadline
from tracker.errors import NotPermitted
from tracker.evidence.models import Marking
from tracker.hearings.actions import holding, postponing
from tracker.hearings.models import Hearing

CONTINUED = {"moved_by": "respondent", "reason": "Counsel is ill.", "text": "The hearing is continued."}


@pytest.fixture
def scheduled(story: Story) -> Story:
    """A hearing is set."""
    return story.to("hearing_scheduled")


def test_a_postponed_hearing_is_set_and_opened_anew(scheduled: Story) -> None:
    office = scheduled.office
    others = scheduled.clocks() - {"hearing", "exhibit_exchange"}
    slot = scheduled.do(postponing.continue_hearing, office.presiding, **CONTINUED)
    assert (slot.vacated_at, slot.vacated_why) == (scheduled.at, "Counsel is ill.")
    assert scheduled.case.status == "continued"
    assert scheduled.clocks() == others
    assert scheduled.letters()[-2:] == [("continuance", "respondent"), ("continuance", "complainant")]
    entry = scheduled.entry("hearing.continued")
    assert (entry["facts"]["moved_by"], entry["private"]) == ("respondent", {"reason": "Counsel is ill."})
    assert entry["facts"]["digest"] == scheduled.case.documents.get(kind="continuance").digest

    row = {"starts_at": scheduled.at + timedelta(days=40), "place": "Room 9"}
    anew = scheduled.do(postponing.reset_hearing, office.presiding, **row)
    assert scheduled.case.status == "hearing_scheduled"
    assert (anew.place, anew.noticed_on, anew.opened_at) == ("Room 9", scheduled.today, None)
    assert scheduled.clock("hearing").due_on == scheduled.today + timedelta(days=40)
    assert {"hearing", "exhibit_exchange"} <= scheduled.clocks()
    assert scheduled.letters()[-2:] == [("notice_of_hearing", "respondent"), ("notice_of_hearing", "complainant")]
    assert scheduled.entry("hearing.reset")["private"] == {"place": "Room 9"}
    assert scheduled.case.documents.filter(kind="prehearing_order").count() == 1

    scheduled.wait(40).do(holding.open_hearing, office.presiding, appearances="Both sides.")
    scheduled.to("proposed_decision")
    slot.refresh_from_db()
    assert (slot.opened_at, slot.closed_at) == (None, None)
    assert list(Hearing.objects.filter(closed_at__isnull=False)) == [anew]


def test_exhibits_rulings_notes_and_running_clocks_stay_with_the_case(office: Staffed) -> None:
    story = Docketed(office).scheduled()
    offered = story.exhibits[0].key
    story.do("rule_on_exhibit", office.presiding, {"exhibit": offered, "ruling": "admitted"})
    story.do("add_note", office.counsel, {"text": "The witness is ready."})

    def kept() -> tuple[list[Any], ...]:
        clocks = Deadline.objects.filter(case=story.case, state="running").exclude(
            kind__in=("hearing", "exhibit_exchange")
        )
        rows = (Marking.objects, CaseNote.objects, clocks.exclude(kind="status_update"))
        return tuple(list(row.filter(case=story.case).order_by("id").values()) for row in rows)

    before = kept()
    assert [len(rows) > 0 for rows in before[:2]] == [True, True]
    assert before[0][0]["state"] == "admitted"
    story.do("continue_hearing", office.presiding, CONTINUED)
    assert kept() == before
    day = (story.at + timedelta(days=40)).date().isoformat()
    story.do("reset_hearing", office.presiding, {"held_on": day, "time": "09:30", "place": "Room 9"})
    story.wait(42).do("open_hearing", office.presiding, {"appearances": "Both sides."})
    assert kept() == before


def test_a_continuance_is_refused(scheduled: Story) -> None:
    act, who = postponing.continue_hearing, scheduled.office.presiding
    words = scheduled.refused(act, who, moved_by="nobody", reason=" ", text="")
    assert words == "Say who asked for another date. Give the reason. Write the order of continuance."
    other = make_person(scheduled.office.board, Role.PRESIDING_OFFICER)
    words = scheduled.refused(act, other, NotPermitted, **CONTINUED)
    assert words == "Only the presiding officer assigned to this case may do this."


def test_a_new_date_needs_notice_and_place(scheduled: Story) -> None:
    act, who = postponing.reset_hearing, scheduled.office.presiding
    scheduled.do(postponing.continue_hearing, who, **CONTINUED)
    words = scheduled.refused(act, who, starts_at=scheduled.at + timedelta(days=19), place=" ")
    assert words.startswith("Say where the hearing is held. Notice must be at least 20 days; this date gives 19.")
    other = make_person(scheduled.office.board, Role.PRESIDING_OFFICER)
    row = {"starts_at": scheduled.at + timedelta(days=2), "place": "Room 9"}
    scheduled.refused(act, other, NotPermitted, **row)
    scheduled.waive("hearing_notice", "respondent")
    scheduled.do(act, who, **row)
    assert "exhibit_exchange" not in scheduled.clocks()


def test_a_waiver_of_notice_is_for_one_notice(story: Story) -> None:
    story.before("hearing_scheduled").waive("hearing_notice", "respondent")
    story.move("hearing_scheduled").do(postponing.continue_hearing, story.office.presiding, **CONTINUED)
    row = {"starts_at": story.at + timedelta(days=2), "place": "Room 9"}
    words = story.refused(postponing.reset_hearing, story.office.presiding, **row)
    assert words == "Notice must be at least 20 days; this date gives 2. A waiver by the respondent would do."
