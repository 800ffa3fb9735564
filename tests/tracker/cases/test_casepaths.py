"""Facts of what leaves the main road: what the board has before it, and what is in force."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.cases import START, Story
from tracker.access.models import User
from tracker.cases import casepaths, facts
from tracker.cases.actions import overlays, tolling, withdrawals
from tracker.cases.casefacts import CaseFacts
from tracker.cases.clocks import PAUSED
from tracker.cases.models import Case, CaseDocument, ChargingDocument
from tracker.hearings.actions import drafting
from tracker.hearings.models import Order, Settlement

EARLIER = START - timedelta(days=1)
DEFAULTED = ChargingDocument(issued_at=EARLIER, defaulted_at=EARLIER)
PROPOSED = CaseDocument(kind="proposed_decision", filed_at=EARLIER)


def before(**given: Any) -> str:
    """What lies before the board at its review, by rows that no database holds."""
    case = Case(status=given.pop("status", "board_review"), kind=given.pop("kind", "complaint"))
    row = {"issued": ChargingDocument(issued_at=EARLIER), "offers": [], "order": None, "documents": [], "since": None}
    return casepaths.before_board(case, **{**row, **given})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"status": "prehearing", "documents": [PROPOSED]}, ""),
        ({"documents": [PROPOSED]}, "proposal"),
        ({"documents": [CaseDocument(kind="motion", filed_at=EARLIER)]}, "undisputed"),
        ({"documents": [PROPOSED], "since": START}, "undisputed"),
        ({"issued": DEFAULTED, "documents": [PROPOSED]}, "default"),
        ({"issued": DEFAULTED, "since": START}, "undisputed"),
        ({"issued": DEFAULTED, "since": EARLIER}, "default"),
        ({"kind": "reinstatement", "issued": None, "documents": [PROPOSED]}, "petition"),
        ({"kind": "violation", "documents": [PROPOSED]}, "proposal"),
        ({"order": Order(issued_at=EARLIER), "documents": [PROPOSED]}, "proposal"),
        ({"order": Order(reconsidered_at=START), "documents": [PROPOSED]}, "reconsideration"),
        ({"order": Order(remanded_at=START, reconsidered_at=START), "kind": "reinstatement"}, "remanded"),
        ({"offers": [Settlement(state="open")], "documents": [PROPOSED]}, "proposal"),
        ({"offers": [Settlement(state="signed")], "documents": [PROPOSED], "order": Order(remanded_at=START)},
         "settlement"),
    ],
)  # fmt: skip
def test_what_is_before_the_board(given: dict[str, Any], expected: str) -> None:
    assert before(**given) == expected


def gathered(story: Story) -> CaseFacts:
    """What is known now."""
    return facts.gather(story.case, at=story.at)


def test_a_fresh_complaint_has_left_no_road(story: Story) -> None:
    known = gathered(story)
    assert (known.kind, known.before_board, known.open_offer, known.emergency) == ("complaint", "", "", "")
    overlaid = (known.in_abeyance, known.on_hold, known.is_sealed, known.a_clock_is_tolled)
    went_on = (known.withdrawal_unanswered, known.is_served, known.is_answered, known.discipline_in_force)
    assert not any(overlaid + went_on)
    assert (known.pending_petitions, known.petition_from) == ((), None)


def test_overlays_count_until_they_end(story: Story) -> None:
    story.do(overlays.place_hold, story.office.manager, reason="A trial.", ends_on=story.today + timedelta(days=9))
    assert gathered(story).on_hold
    story.do(overlays.lift_hold, story.office.manager, reason="Over.")
    assert not gathered(story).on_hold
    story.do(overlays.seal_case, story.office.director, reason="A minor.")
    assert gathered(story).is_sealed


def test_a_clock_paused_by_itself_is_not_one_in_an_abeyance(story: Story) -> None:
    story.to("response_requested").wait(3)
    story.do(overlays.begin_abeyance, story.office.counsel, reason="A trial.")
    known = gathered(story)
    assert (known.in_abeyance, known.a_clock_is_tolled) == (True, False)
    story.do(tolling.toll_clock, story.office.manager, kind="response", reason="Flood.", from_on=story.today)
    known = gathered(story)
    assert (known.a_clock_is_tolled, known.response_due_on) == (True, PAUSED)


def test_what_was_changed_since_the_proposal_is_known_at_board_review(story: Story) -> None:
    def known() -> tuple[object, ...]:
        found = facts.gather(story.case, at=story.at)
        return found.drafted_sanctions, found.proposed_sanctions, found.sanctions_differ, found.decision_changes

    def draft(who: User, code: str) -> None:
        story.do(drafting.draft_sanction, who, code=code)

    office = story.to("hearing_held").office
    draft(office.presiding, "CENSURE")
    story.do(drafting.remove_sanction, office.presiding, number=1, reason="Too harsh.")
    draft(office.presiding, "REPRIMAND")
    story.to("board_review")
    assert known() == (("REPRIMAND",), ("REPRIMAND",), False, frozenset())
    for part in ("wording", "sanction"):
        story.do(drafting.record_change, office.director, part=part, text="Other.", reasons="Grave.")
    draft(office.director, "CENSURE")
    draft(office.director, "REVOCATION")
    story.do(drafting.remove_sanction, office.director, number=1, reason="Too mild.")
    assert known() == (("CENSURE", "REVOCATION"), ("REPRIMAND",), True, {"wording", "sanction"})


def test_a_withdrawal_waits_until_it_is_answered(story: Story) -> None:
    story.do(withdrawals.record_withdrawal, story.office.intake, text="I withdraw.", asked_on=story.today)
    assert gathered(story).withdrawal_unanswered
    story.do(withdrawals.answer_withdrawal, story.office.director, text="We go on.")
    assert not gathered(story).withdrawal_unanswered


def test_discipline_in_force_opens_the_way_to_a_petition(story: Story) -> None:
    story.to("answer_due")
    known = gathered(story)
    assert (known.is_served, known.is_answered, known.answer_due_on) == (True, False, story.clock("answer").due_on)
    story.to("order_issued")
    known = gathered(story)
    assert (known.is_answered, known.discipline_in_force, known.order_is_vacated) == (True, True, False)
    order = story.case.orders.get()
    assert known.petition_from is not None
    assert known.petition_from >= order.effective_on
