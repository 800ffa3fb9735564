"""A row's values for a copy of it."""

from datetime import date
from uuid import uuid4

from tracker.cases import copying
from tracker.hearings.models import Sanction, SettlementTerm


def test_the_key_and_what_is_named_are_left_out() -> None:
    term = SettlementTerm(board_id=uuid4(), settlement_id=uuid4(), number=2, code="CENSURE", due_on=date(2026, 3, 2))
    found = copying.values(term, but=("settlement", "days"))
    assert found == {
        "board_id": term.board_id,
        "number": 2,
        "code": "CENSURE",
        "terms": "",
        "amount_cents": None,
        "is_stayed": False,
        "due_on": date(2026, 3, 2),
    }
    # Where the other table has columns of the same names, it takes them as they are.
    assert Sanction(**found).due_on == term.due_on
