"""Forms of the desk: addresses that are never errors, and a typed complaint as the act takes it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict

from tests.factories.staffed import make_staffed
from tracker.cases.queries.queue import Wanted
from tracker.web.forms.desk import ComplaintForm, QueueForm

PK = "0190a7e0-0000-7000-8000-000000000000"


def wanted(address):
    return QueueForm(QueryDict(address), boards=["BHEC"]).wanted()


def test_an_empty_address_is_the_default_view():
    assert wanted("") == Wanted()


def test_a_full_address():
    found = wanted(f"view=overdue&board=BHEC&stage=filed&stage=hearing&priority=high&shown=closed&assigned={PK}")

    assert (found.view, found.boards, found.stages, found.priorities) == (
        "overdue",
        ("BHEC",),
        ("filed", "hearing"),
        ("high",),
    )
    assert (str(found.assigned), found.shown) == (PK, "closed")


def test_a_search_looks_everywhere_unless_told():
    assert wanted("q=vale").shown == "all"
    assert wanted("q=vale&shown=open").shown == "open"


@pytest.mark.parametrize("address", ["board=XX", "stage=x", "priority=x", "view=x", "sort=x", "shown=x", "assigned=x"])
def test_what_cannot_be_read_is_left_out(address):
    assert wanted(address) == Wanted()


def test_edges_of_pages():
    assert str(wanted(f"after=2026-11-30~{PK}").after[1]) == PK
    assert wanted(f"after=~{PK}").after[0] == ""
    assert wanted(f"sort=age&before=2026-11-30T10:00:00%2B00:00~{PK}").before[0] == "2026-11-30T10:00:00+00:00"
    for edge in ("x", f"soon~{PK}", "2026-11-30~x", "~", f"2026-1-1~{PK}", f"9999~{PK}"):
        assert wanted(f"after={edge}").after is None
    assert wanted(f"sort=age&after=2026-11-30T08:00:00-05:00~{PK}").after[0] == "2026-11-30T13:00:00+00:00"
    for moment in ("0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "2026-13-01T00:00:00Z"):
        assert wanted(f"sort=age&after={moment}~{PK}").after is None


@pytest.fixture
def typed(db):
    board = make_staffed().board
    return board, {
        "draft_id": str(uuid4()),
        "board": str(board.pk),
        "channel": "phone",
        "source": "public",
        "received_on": "2026-07-01",
        "respondent_name": "Robin Vale",
        "name": "Maya Ortiz",
        "relation": "client",
        "grounds": ["other"],
        "narrative": "What happened",
        "signed_by": "Maya Ortiz",
    }


def filing(typed, at, **more):
    board, data = typed
    query = QueryDict(mutable=True)
    for name, value in {**data, **more}.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    form = ComplaintForm(query, boards=[board])
    assert form.is_valid(), form.errors
    return form.filing(at=at)


def test_a_day_of_receipt_is_noon_at_the_board(typed):
    found = filing(typed, datetime(2026, 7, 9, 12, tzinfo=UTC))

    assert found.received_at == datetime(2026, 7, 1, 17, tzinfo=UTC)


def test_received_today_is_received_now(typed):
    at = datetime(2026, 7, 2, 3, tzinfo=UTC)

    assert filing(typed, at).received_at == at


def test_what_was_typed_is_kept_as_it_was(typed):
    found = filing(typed, datetime.now(UTC), narrative="  two  spaces ")

    assert found.verbatim["narrative"] == "  two  spaces "
    assert found.verbatim["grounds"] == ["other"]
    assert "csrfmiddlewaretoken" not in found.verbatim


def test_nobody_complains_in_a_board_motion(typed):
    at = datetime.now(UTC) - timedelta(days=1)

    assert filing(typed, at, source="board_motion", name="").complainant is None
    assert filing(typed, at, source="board_motion", name="").gives_code is False
    assert filing(typed, at, anonymous="on", name="").complainant.is_anonymous
