"""Cases and exhibits are read as far as they are seen, and never saved."""

import pytest

from tests.factories.docketed import Docketed
from tests.factories.office import make_board, make_person
from tests.factories.staffed import make_staffed
from tracker.access.models import Membership
from tracker.access.policy import Role

CASES, EXHIBITS = "/admin/tracker/case/", "/admin/tracker/exhibit/"


@pytest.fixture
def story(office):
    return Docketed(office).scheduled()


def dockets(page):
    return {row.docket for row in page.context["cl"].result_list}


def test_cases_in_scope_are_listed_with_the_way_to_the_desk(story, open_as):
    make = make_staffed("oh-far", "FAR")
    theirs = Docketed(make).file()

    page = open_as(story.office.administrator, CASES)

    assert dockets(page) == {story.case.docket}
    assert f'href="/desk/cases/{story.case.docket}/"' in page.content.decode()
    assert open_as(story.office.administrator, f"{CASES}{theirs.case.pk}/change/").status_code == 404


def test_no_pattern_is_taken_from_the_address(story, open_as):
    page = open_as(story.office.administrator, CASES + "?docket__regex=%5E((%5BA-Z0-9-%5D%2B)%2B)%2B!")
    assert page.status_code in (302, 400)


def test_who_works_on_single_cases_elsewhere_sees_those(story, open_as):
    board = make_board("tx-two", "TWO")
    auditor = make_person(board, Role.AUDITOR)
    Membership.objects.create(user=auditor, board=story.office.board, role=Role.INVESTIGATOR, valid_from="2020-01-01")
    assert dockets(open_as(auditor, CASES)) == set()

    story.case.assignments.create(board=story.office.board, user=auditor, capacity="investigator", assigned_at=story.at)

    assert dockets(open_as(auditor, CASES)) == {story.case.docket}
    assert open_as(auditor, f"{CASES}{story.case.pk}/change/").status_code == 200


@pytest.mark.parametrize("who", ["administrator", "auditor", "custodian"])
def test_there_is_nothing_to_save(story, open_as, send_as, entries, who):
    reader = getattr(story.office, who)
    for path in (f"{CASES}{story.case.pk}/", f"{EXHIBITS}{story.exhibits[0].pk}/"):
        page = open_as(reader, f"{path}change/")
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert "<input" not in page.content.decode().partition("<main")[2].replace('<input type="hidden"', "")
        assert send_as(reader, f"{path}change/", {"docket": "X", "title": "X"}).status_code == 403
        assert send_as(reader, f"{path}delete/", {"post": "yes"}).status_code == 404
    assert open_as(reader, f"{CASES}add/").status_code == 403
    assert open_as(reader, f"{EXHIBITS}add/").status_code == 403
    assert entries() == []


def test_a_case_leads_to_its_exhibits_and_its_chain(story, open_as):
    page = open_as(story.office.auditor, f"{CASES}{story.case.pk}/change/")

    urls = {str(tool["label"]): tool["url"] for tool in page.context["tools"]}
    assert urls["Open at the desk"] == f"/desk/cases/{story.case.docket}/"
    for label in ("Exhibits", "Ledger"):
        found = open_as(story.office.auditor, urls[label])
        assert found.status_code == 200
        assert found.context["cl"].result_count > 0


def test_exhibits_in_scope(story, open_as):
    far = make_staffed("oh-far", "FAR")
    theirs = Docketed(far).scheduled()

    page = open_as(story.office.custodian, EXHIBITS)

    assert {row.case_id for row in page.context["cl"].result_list} == {story.case.pk}
    assert open_as(story.office.custodian, f"{EXHIBITS}{theirs.exhibits[0].pk}/change/").status_code == 404


def test_an_exhibit_shows_its_whole_digest(story, open_as):
    exhibit = story.exhibits[0]
    text = open_as(story.office.auditor, f"{EXHIBITS}{exhibit.pk}/change/").content.decode()

    digest = exhibit.stored_file.digest
    assert " ".join(digest[at : at + 4] for at in range(0, 64, 4)) in text
    assert f"/desk/cases/{story.case.docket}/exhibits/{exhibit.key}/" in text


def test_search_and_filter(story, open_as):
    reader = story.office.administrator

    assert dockets(open_as(reader, CASES, q=story.case.docket)) == {story.case.docket}
    assert dockets(open_as(reader, CASES, q="nothing")) == set()
    assert dockets(open_as(reader, CASES, stage__exact="filed")) == set()
    digest = story.exhibits[0].stored_file.digest
    assert open_as(reader, EXHIBITS, q=digest).context["cl"].result_count >= 1


@pytest.mark.parametrize(("path", "queries"), [(CASES, 10), (EXHIBITS, 10)])
@pytest.mark.once
def test_the_lists_take_the_same_queries_however_long(office, count_as, path, queries):
    Docketed(office).scheduled()
    one = count_as(office.administrator, path)
    for _number in range(2):
        Docketed(office).scheduled()

    assert count_as(office.administrator, path) == one == queries
