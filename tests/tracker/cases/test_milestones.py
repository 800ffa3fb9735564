"""What a complainant is told that happened."""

from datetime import date

import pytest

from tracker.audit.events import EVENTS
from tracker.cases import milestones
from tracker.cases.milestones import PublicMilestone
from tracker.cases.states import Stage

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("event", "facts", "words"),
    [
        ("case.charges_issued", {}, "The board charged the licensee."),
        ("hearing.default_entered", {}, "The time to answer the charges is over. The board decides without a hearing."),
        ("hearing.sent_undisputed", {}, "No hearing is needed. The board decides on the charges."),
        ("hearing.settlement_signed", {"number": 2}, "The case went to the board. It may end it without a hearing."),
        ("hearing.order_issued", {"decision": "adopt"}, "The board issued its order."),
        (
            "hearing.order_issued",
            {"decision": "accept_settlement"},
            "The board ended the case by an agreement that it accepted as its order.",
        ),
    ],
)
def test_an_event_is_told_in_public_words(event: str, facts: dict, words: str) -> None:
    assert milestones.milestones([(event, DAY, facts)], Stage.values) == (PublicMilestone(DAY, words),)


def test_what_is_inside_the_office_and_what_the_board_does_not_name_is_not_told() -> None:
    moves = [("case.report_submitted", DAY, {}), ("case.charges_issued", DAY, {}), ("hearing.deemed_adopted", DAY, {})]
    assert len(milestones.milestones(moves, Stage.values)) == 2
    assert [row.words for row in milestones.milestones(moves, ["disposition"])] == ["The board issued its order."]


def test_every_event_is_declared() -> None:
    assert set(milestones._TOLD) <= set(EVENTS)
