"""The queue: filters in the address, searches and counts that tell nobody more than they may know."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.docketed import Docketed, now
from tests.factories.staffed import make_staffed
from tracker.cases.queries import queue as queue_queries

QUEUE = reverse("desk:queue")


def dockets(response):
    return [row.docket for row in response.context["page"].rows]


def test_only_the_persons_boards_are_listed(filed, office, open_as):
    elsewhere = make_staffed("ca-bbs", "BBS")
    other = Docketed(elsewhere).file().case

    assert dockets(open_as(office.manager, QUEUE)) == [filed.case.docket]
    assert dockets(open_as(elsewhere.manager, QUEUE)) == [other.docket]


def test_filters_are_in_the_address(office, open_as):
    first = Docketed(office).reviewed("urgent").case
    second = Docketed(office).investigating().case

    assert dockets(open_as(office.manager, QUEUE, stage="investigation")) == [second.docket]
    assert dockets(open_as(office.manager, QUEUE, priority="urgent")) == [first.docket]
    assert dockets(open_as(office.manager, QUEUE, assigned=office.investigator.pk)) == [second.docket]
    assert dockets(open_as(office.manager, QUEUE, stage="filed", priority="high")) == []


def test_an_empty_page_says_which_filter_to_remove(office, open_as):
    Docketed(office).reviewed("urgent")
    text = open_as(office.manager, QUEUE, stage="filed", priority="high").content.decode()

    assert "No case matches these 2 filters" in text
    assert "without it: 1" in text


def test_odd_addresses_are_no_errors(filed, office, open_as):
    odd = {"stage": "nothing", "after": "x~y", "assigned": "nobody", "view": "x", "sort": "x", "board": "NONE"}

    for name, value in odd.items():
        assert open_as(office.manager, QUEUE, **{name: value}).status_code == 200


@pytest.mark.parametrize("words", ["vale", "ROBIN", "ortiz", "88214", "00001", "bhec-2026"])
def test_search_by_docket_name_and_license(filed, office, open_as, words):
    assert dockets(open_as(office.manager, QUEUE, q=words)) == [filed.case.docket]


def test_search_finds_nothing_else(filed, office, open_as):
    for words in ("zzz", "maya@example.org", "512-555", "%", "SECRET"):
        assert dockets(open_as(office.manager, QUEUE, q=words)) == [], words


def test_a_search_looks_through_closed_cases_too(office, open_as):
    story = Docketed(office).reviewed()
    data = {"disposition": "NO_JURISDICTION", "reason": "Not ours", "agrees": "yes"}
    story.do("approve_closure", office.director, data)
    story.do("close_at_intake", office.intake, data)

    assert dockets(open_as(office.manager, QUEUE)) == []
    assert dockets(open_as(office.manager, QUEUE, q="vale")) == [story.case.docket]
    assert dockets(open_as(office.manager, QUEUE, shown="closed")) == [story.case.docket]


def test_saved_views(office, open_as):
    late = Docketed(office).file().case
    fresh = Docketed(office, at=now()).file().case
    waiting = Docketed(office, at=now())
    waiting.file().do("begin_review", office.intake, {"priority": "high", "reasons": "x"})

    by_view = {view: set(dockets(open_as(office.intake, QUEUE, view=view))) for view in queue_queries.VIEWS}

    assert by_view["due"] == {late.docket, fresh.docket, waiting.case.docket}
    assert by_view["overdue"] == {late.docket}
    assert by_view["unverified"] == {waiting.case.docket}
    assert by_view["stalled"] == {late.docket}
    assert by_view["mine"] == by_view["unassigned"] == by_view["due"]


def test_mine_is_what_waits_for_the_persons_role_or_place(office, open_as):
    fresh = Docketed(office).file().case
    reviewed = Docketed(office).reviewed().case
    investigated = Docketed(office).investigating().case

    assert set(dockets(open_as(office.intake, QUEUE, view="mine"))) == {fresh.docket, reviewed.docket}
    assert dockets(open_as(office.manager, QUEUE, view="mine")) == [reviewed.docket]
    assert dockets(open_as(office.investigator, QUEUE, view="mine")) == [investigated.docket]


def test_pages_go_on_and_back_without_gap_or_repeat(office, open_as, monkeypatch):
    monkeypatch.setattr(queue_queries, "PAGE", 2)
    cases = [Docketed(office, at=now() - timedelta(days=days)).file().case.docket for days in (50, 40, 30, 20, 20)]
    for sort in ("due", "age"):
        pages, address = [], f"{QUEUE}?sort={sort}"
        while address:
            response = open_as(office.manager, address)
            pages.append(dockets(response))
            later = response.context["links"].get("later")
            address = QUEUE + later if later else ""
        assert [docket for page in pages for docket in page] == cases
        back = open_as(office.manager, QUEUE + response.context["links"]["earlier"])
        assert dockets(back) == pages[-2]


def test_counts_beside_choices_belong_to_the_search(office, open_as):
    Docketed(office).reviewed("urgent")
    Docketed(office).investigating()
    facets = open_as(office.manager, QUEUE, stage="filed").context["page"].facets

    assert facets.stages == {"filed": 1, "investigation": 1}
    assert facets.priorities == {"urgent": 1}
    assert facets.boards == {"BHEC": 1}


def test_a_reader_of_the_record_sees_record_rows_only(scheduled, office, open_as):
    Docketed(office).reported()
    response = open_as(office.voters[0], QUEUE)
    [row] = response.context["page"].rows

    assert row.docket == scheduled.case.docket
    assert (row.is_whole, row.priority, row.license_number) == (False, "", "")
    assert row.about == "22 TAC 681.41"
    assert row.assigned in ("", "P. " + office.presiding.full_name.split()[-1])
    assert row.due_kind in ("Exchange of exhibits", "Hearing")
    assert "refusal" not in response.content.decode()


def test_a_reader_of_the_record_finds_the_respondent_only(scheduled, office, open_as):
    assert dockets(open_as(office.voters[0], QUEUE, q="vale")) == [scheduled.case.docket]
    for words in ("ortiz", "maya", "88214", "cedar"):
        assert dockets(open_as(office.voters[0], QUEUE, q=words)) == [], words


def test_filters_tell_a_reader_of_the_record_nothing(scheduled, office, open_as):
    reader = office.voters[0]
    response = open_as(reader, QUEUE)

    assert response.context["page"].facets.priorities == {"": 1}
    assert response.context["people"] == []
    assert dockets(open_as(reader, QUEUE, priority="high")) == []
    assert dockets(open_as(reader, QUEUE, assigned=office.investigator.pk)) == []
    for view in ("unassigned", "unverified", "stalled"):
        assert dockets(open_as(reader, QUEUE, view=view)) == []
        assert response.context["page"].views[view] == 0


def test_a_late_letter_is_not_late_for_a_reader_of_the_record(office, open_as):
    story = Docketed(office).charged()
    response = open_as(office.voters[0], QUEUE, view="overdue")

    assert dockets(open_as(office.counsel, QUEUE, view="overdue")) == [story.case.docket]
    assert dockets(response) == []
    assert response.context["page"].views["overdue"] == 0


@pytest.mark.once
def test_as_many_queries_with_one_row_as_with_three(office, count_as):
    Docketed(office).investigating()
    one = count_as(office.counsel, QUEUE)
    Docketed(office).reported()
    Docketed(office).file()

    assert count_as(office.counsel, QUEUE) == one == ROWS


def test_as_many_queries_for_readers_of_the_record(scheduled, office, count_as):
    one = count_as(office.voters[0], QUEUE)
    Docketed(office).charged()

    assert count_as(office.voters[0], QUEUE) == one == RECORD_ROWS


ROWS, RECORD_ROWS = 29, 26
