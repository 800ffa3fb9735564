"""What lies over a case, as its readers are told."""

from datetime import timedelta

from tests.factories.cases import Story
from tracker.access.models import User
from tracker.cases.actions import overlays as acts
from tracker.cases.actions import people, tolling
from tracker.cases.queries import casefile, overlays, readers
from tracker.cases.queries.overlays import InForce
from tracker.hearings.actions import emergency


def over(story: Story, who: User) -> InForce:
    """What somebody is told."""
    return overlays.in_force(casefile.find(readers.reader(who.pk, at=story.at), story.docket))


def test_the_file_tells_all_the_record_tells_of_emergency_and_abeyance(story: Story) -> None:
    office = story.office
    story.to("charges_filed")
    assert over(story, office.manager) == InForce(None, None, None, None)
    row = {"code": "INTERIM_AGREEMENT", "finding": "Signed.", "effective_on": story.today}
    story.do(emergency.take_emergency_action, office.director, **row)
    story.do(acts.begin_abeyance, office.counsel, reason="A trial.")
    story.do(acts.place_hold, office.counsel, reason="A lawsuit.", review_on=story.today + timedelta(days=9))
    story.assign(office.presiding, "presiding")
    told = over(story, office.presiding)
    assert (told.emergency.label, told.emergency.effective_on) == ("Agreement to refrain from practice", story.today)
    assert (told.abeyance.kind, told.hold, told.seal) == ("abeyance", None, None)
    story.do(acts.seal_case, office.counsel, reason="A minor.")
    assert [over(story, office.manager).hold.reason, over(story, office.manager).seal.reason] == [
        "A lawsuit.", "A minor.",
    ]  # fmt: skip
    assert told.past == ()
    story.do(emergency.end_emergency_action, office.director, end="vacated", reason="No danger.")
    after = over(story, office.presiding)
    assert (after.emergency, [(one.label, one.end) for one in after.past]) == (
        None,
        [("Agreement to refrain from practice", "Taken back")],
    )


def test_clocks_that_run_and_clocks_that_were_paused(story: Story) -> None:
    story.wait(2)
    row = {"kind": "status_update", "reason": "Flood.", "from_on": story.today}
    story.do(tolling.toll_clock, story.office.manager, **row)
    story.do(acts.begin_abeyance, story.office.counsel, reason="A trial.")
    assert overlays.paused_clocks(story.case) == ["status_update"]
    running = overlays.running_clocks(story.case)
    assert "danger_screen" in running
    assert not {"status_update", "investigation_target"} & set(running)


def test_who_is_recused_by_the_latest_answer(story: Story) -> None:
    office = story.office
    story.seat_panel()
    story.assign(office.investigator, "investigator")
    for who in (office.panel[1], office.investigator, office.panel[0]):
        story.do(people.declare_conflict, who, has_conflict=who is not office.panel[0], reason="A cousin.")
    found = overlays.recused(story.case)
    assert [(one.email, one.place) for one in found] == [
        (office.panel[1].email, "Panel member"), (office.investigator.email, "Investigator"),
    ]  # fmt: skip
    story.do(acts.lift_recusal, office.director, email=office.panel[1].email, reason="Another one.")
    assert [one.email for one in overlays.recused(story.case)] == [office.investigator.email]


def test_the_record_tells_only_of_deciders_who_are_recused_and_no_places(story: Story) -> None:
    office = story.office
    story.to("charges_filed")
    for who in (office.investigator, office.panel[1], office.voters[1]):
        story.do(people.declare_conflict, who, has_conflict=True, reason="A cousin.")
    whole, record = (
        overlays.recused_for(casefile.find(readers.reader(who.pk, at=story.at), story.docket))
        for who in (office.manager, office.voters[0])
    )
    assert [one.place for one in whole] == ["Investigator", "Panel member", ""]
    assert [(one.name, one.place) for one in record] == [
        (office.panel[1].full_name, ""), (office.voters[1].full_name, ""),
    ]  # fmt: skip
