"""What can never be false of hearings, orders and sanctions."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cases import START, Story
from tracker.hearings.models import Hearing, Order, Sanction

DAY = date(2026, 3, 2)


def refuses(make: Any, **fields: Any) -> None:
    """The database refuses the row."""
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**fields)


def test_one_hearing_is_open_and_none_closes_before_it_opened(story: Story) -> None:
    def make(**fields: Any) -> Hearing:
        row = {"presiding": story.office.presiding, "starts_at": START, "place": "Room 1", "noticed_on": DAY}
        return Hearing.objects.create(board=story.office.board, case=story.case, **row, **fields)

    refuses(make, closed_at=START)
    make(opened_at=START, closed_at=START)
    make()
    refuses(make)
    refuses(make, opened_at=START)


def test_an_order_is_issued_on_a_vote_and_modified_with_reasons(story: Story) -> None:
    story.to("board_review")
    vote = story.vote("order", "adopt")

    def make(**fields: Any) -> Order:
        return Order.objects.create(board=story.office.board, case=story.case, **fields)

    whole = {"issued_at": START, "vote": vote, "decision": "adopt", "effective_on": DAY}
    refuses(make, **{**whole, "vote": None})
    refuses(make, **{**whole, "effective_on": None})
    refuses(make, **{**whole, "decision": ""})
    refuses(make, **{**whole, "decision": "reject"})
    refuses(make, **{**whole, "decision": "modify"})
    assert make(**whole).pk
    assert make(**{**whole, "decision": "modify", "reasons": "Too harsh."}).pk
    assert make().pk
    refuses(make)


def test_a_sanction_is_known_numbered_once_and_met_with_proof(story: Story) -> None:
    order = Order.objects.create(board=story.office.board, case=story.case)

    def make(**fields: Any) -> Sanction:
        row = {"board": story.office.board, "order": order, "number": 1, "code": "PROBATION", "is_term": True}
        return Sanction.objects.create(**{**row, **fields})

    refuses(make, code="NO_VIOLATION")
    refuses(make, code="FLOGGING")
    refuses(make, met_on=DAY)
    paper = story.case.documents.get()
    refuses(make, met_on=DAY, proof=paper, is_term=False)
    assert str(make(met_on=DAY, proof=paper)) == "PROBATION"
    refuses(make)
