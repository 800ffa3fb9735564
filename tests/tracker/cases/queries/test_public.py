"""What the holder of a tracking code may read, and that nothing tells a wrong docket from a wrong code."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.stages import PUBLIC_STAGES
from tests.factories.cases import Story, complaint_id, set_rule
from tracker.cases import numbering
from tracker.cases.actions import companions, intake
from tracker.cases.filingdata import ComplainantData, RespondentData
from tracker.cases.milestones import PublicMilestone
from tracker.cases.queries import public
from tracker.cases.queries.public import PublicStatus
from tracker.hearings.actions import deciding, negotiating, reopening, settling
from tracker.hearings.actions.negotiating import TermData

STAGES = ("filed", "investigation", "hearing", "disposition")


def status(story: Story) -> PublicStatus:
    """What the holder of the code reads now."""
    found = public.public_status(story.docket, story.code, at=story.at)
    assert found is not None
    return found


def states(story: Story) -> dict[str, str]:
    """Each named stage and where it lies."""
    return {row.stage: row.state for row in status(story).stages}


def test_docket_and_code_as_people_type_them(story: Story) -> None:
    found = public.public_status(f" {story.docket.lower()} ", story.code.lower().replace("-", " "), at=story.at)
    assert (found.docket, found.case_id, found.filed_on) == (story.docket, story.case_id, date(2026, 3, 2))


def wrong(code: str) -> list[str]:
    """Codes that are not this one: another, one sign off, too short, none."""
    plain = numbering.plain(code)
    off = plain[:3] + ("0" if plain[3] != "0" else "1") + plain[4:]
    return [numbering.new_code(), off, plain[:-1], "", "é" * 21, plain[1] + plain[0] + plain[2:]]


def test_a_wrong_docket_and_a_wrong_code_cannot_be_told_apart(story: Story) -> None:
    """The same answer, after the same questions to the database."""
    other = Story(story.office)
    asked = []
    tries = [(story.docket, code) for code in wrong(story.code)]
    tries += [("BHEC-1999-00001", story.code), ("", story.code), (other.docket, story.code), ("x", "y")]
    for docket, code in tries:
        with CaptureQueriesContext(connection) as seen:
            answer = public.public_status(docket, code, at=story.at)
        if numbering.plain(code) == numbering.plain(story.code) and docket == story.docket:
            continue
        assert answer is None
        asked.append([query["sql"].split("WHERE")[0] for query in seen])
    assert all(sql == asked[0] for sql in asked)
    assert len(asked[0]) == 1


def test_no_code_opens_a_complaint_that_has_none(office: object) -> None:
    story = Story(office, gives_code=False)
    for code in ("", "-" * 64, "+" * 64, "0" * 64, numbering.new_code()):
        assert public.public_status(story.docket, code, at=story.at) is None


def test_a_code_opens_its_own_case_only(story: Story) -> None:
    other = Story(story.office)
    assert public.public_status(other.docket, story.code, at=story.at) is None
    assert status(other).case_id == other.case_id


def test_stages_follow_the_case(story: Story) -> None:
    now, ahead, done = "now", "ahead", "done"
    assert states(story) == dict(zip(STAGES, (now, ahead, ahead, ahead), strict=True))
    story.to("investigating")
    assert states(story) == dict(zip(STAGES, (done, now, ahead, ahead), strict=True))
    assert [row.since for row in status(story).stages] == [date(2026, 3, 2), date(2026, 3, 2), None, None]
    story.to("hearing_held")
    assert states(story) == dict(zip(STAGES, (done, done, now, ahead), strict=True))
    story.to("closed")
    assert states(story) == dict(zip(STAGES, (done, done, done, now), strict=True))
    found = status(story)
    assert (found.is_closed, found.outcome, found.dates) == (True, "Probation", ())


def test_what_happened_is_told_without_what_the_other_side_said_or_offered(story: Story) -> None:
    set_rule(story.office.board, "informal_track", value=True)
    counsel, today = story.to("probable_cause_review").office.counsel, story.today
    assert status(story).milestones == ()
    offer = {"side": "board", "text": "x", "terms": [TermData("CENSURE")], "offered_on": today}
    story.do(negotiating.offer_settlement, counsel, **offer)
    signed = {"respondent_signed_on": today, "counsel_signed_on": today, "text": "x"}
    assert (status(story).milestones, status(story).is_before_board) == ((), False)
    story.do(settling.sign_settlement, counsel, **signed)
    before = status(story)
    assert [row.words for row in before.milestones] == ["The case went to the board. It may end it without a hearing."]
    assert before.is_before_board
    story.vote("order", "accept_settlement")
    row = {"decision": "accept_settlement", "text": "The stipulation is the order."}
    story.do(deciding.issue_order, story.office.director, **row)
    found = status(story)
    assert found.milestones[-1] == PublicMilestone(
        today, "The board ended the case by an agreement that it accepted as its order."
    )
    assert not found.is_before_board
    # A board that does not name the stage tells nothing of it.
    named = [row for row in PUBLIC_STAGES if row["stage"] == "disposition"]
    set_rule(story.office.board, "public_stages", named)
    assert len(status(story).milestones) == 1


def test_stages_that_never_were_are_skipped(story: Story) -> None:
    story.to("intake_review").close_at_intake()
    assert list(states(story).values()) == ["done", "skipped", "skipped", "now"]


@pytest.mark.parametrize("left_out", STAGES)
def test_a_stage_that_the_board_leaves_out_is_never_named(story: Story, left_out: str) -> None:
    set_rule(story.office.board, "public_stages", [row for row in PUBLIC_STAGES if row["stage"] != left_out])
    for step in ("received", "investigating", "hearing_held", "order_issued", "closed"):
        story.to(step)
        found = status(story)
        assert left_out not in {row.stage for row in found.stages}
        assert found.stage is None or found.stage.stage != left_out
    assert bool(status(story).outcome) is (left_out != "disposition")


def test_only_a_complainants_own_dates_are_shown(story: Story) -> None:
    story.to("hearing_scheduled")
    kinds = {row.kind for row in status(story).dates}
    assert kinds <= {str(kind) for kind in public.PUBLIC_CLOCKS}
    assert "hearing" not in kinds
    goal = next(row for row in status(story).dates if row.kind == "investigation_target")
    assert goal.is_goal
    assert goal.explanation.startswith("180 calendar days from receipt")


def test_what_is_asked_of_the_complainant_is_told(story: Story) -> None:
    story.to("intake_review")
    assert not status(story).needs_you
    story.do(intake.request_information, story.office.intake, missing=["Dates."])
    found = status(story)
    assert found.needs_you
    assert [row.due_on for row in found.dates if row.kind == "information"] == [date(2026, 4, 1)]
    story.wait(40)
    assert [row.state for row in status(story).dates if row.kind == "information"] == ["late"]


def test_nothing_in_the_answer_names_anybody(story: Story) -> None:
    story.to("closed")
    words = repr(status(story))
    for name in ("Maya", "Ortiz", "Prewitt", story.code, numbering.hash_code(story.code)):
        assert name not in words


def test_the_same_for_somebody_whose_code_was_shown_before(story: Story) -> None:
    complaint = complaint_id(story.case_id)
    assert public.status_of(complaint, story.case_id, at=story.at) == status(story)
    assert public.status_of(story.case_id, story.case_id, at=story.at) is None
    assert public.status_of(complaint, Story(story.office).case_id, at=story.at) is None


def test_each_docket_of_a_complaint_has_its_own_status_and_the_receipt_is_that_of_the_first(story: Story) -> None:
    row = {"respondent": RespondentData(name="Ines Farrow"), "allegations": ["A2"], "reason": "She sold them too."}
    opened = story.wait(3).do(companions.open_companion, story.office.counsel, **row)
    complaint = complaint_id(story.case_id)
    for docket in (story, story.on(opened)):
        assert public.status_of(complaint, docket.case_id, at=story.at).docket == docket.docket
    assert public.receipt(complaint).docket == story.docket


def test_a_receipt_tells_what_was_filed(story: Story) -> None:
    complaint = story.case.complaints.get()
    found = public.receipt(complaint.pk)
    assert (found.docket, found.digest, found.received_at) == (story.docket, complaint.digest, story.at)
    assert (found.is_anonymous, found.can_be_written_to) == (False, True)
    assert found.attestation_text == complaint.attestation_text
    assert public.receipt(story.case_id) is None


def test_a_receipt_of_somebody_who_cannot_be_written_to(office: object) -> None:
    nobody = Story(office, complainant=ComplainantData(is_anonymous=True))
    quiet = Story(office, complainant=ComplainantData(name="M", safe_contact="none"))
    assert not public.receipt(complaint_id(nobody.case_id)).can_be_written_to
    assert public.receipt(complaint_id(nobody.case_id)).is_anonymous
    assert not public.receipt(complaint_id(quiet.case_id)).can_be_written_to


def test_whose_letters_the_holder_may_read(story: Story) -> None:
    (only,) = public.complainant_ids(story.case_id)
    assert story.case.participants.get(pk=only).role == "complainant"
    assert public.complainant_identity(story.case).name == "Maya Ortiz"


def test_a_reopened_case_is_open_again(story: Story) -> None:
    story.to("closed")
    story.wait(1).do(reopening.reopen, story.office.director, to="investigating", reason="Again.")
    found = status(story)
    assert (found.is_closed, found.outcome, found.stage.stage) == (False, "", "investigation")
    assert found.stage.since == story.today
