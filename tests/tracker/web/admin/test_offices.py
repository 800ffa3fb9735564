"""Boards: seen and edited where one is administrator, each save one act."""

import pytest

from boards.models import Board, BoardRule
from tests.factories.office import make_board, make_profession
from tests.factories.offices import make_rule
from tests.tracker.web.admin.conftest import errors_of
from tracker.access.models import Membership
from tracker.access.policy import Role

LIST = "/admin/boards/board/"


@pytest.fixture
def page_of(office):
    return f"{LIST}{office.board.pk}/change/"


def test_only_boards_in_reach_are_listed(office, other, open_as):
    text = open_as(office.administrator, LIST).content.decode()

    assert office.board.name in text
    assert other.name not in text


@pytest.mark.parametrize("method", ["open_as", "send_as"])
def test_another_board_looks_like_one_that_is_not_there(office, other, request, method):
    ask = request.getfixturevalue(method)

    assert ask(office.administrator, f"{LIST}{other.pk}/change/").status_code == 404
    assert ask(office.administrator, f"{LIST}{'0' * 32}/change/").status_code == 404
    assert ask(office.administrator, f"{LIST}nonsense/change/").status_code == 404


def test_saving_is_one_act(office, save_as, page_of, entries):
    craft = make_profession("psychology", "Psychology")
    page = save_as(
        office.administrator,
        page_of,
        phone="512-305-7700",
        professions=[str(craft.pk)],
        process_notes_en="Three steps.",
        source_url="https://a.example\nhttps://b.example",
    )

    board = Board.objects.get(pk=office.board.pk)
    assert page.status_code == 302
    assert (board.phone, board.process_notes) == ("512-305-7700", {"en": "Three steps."})
    assert board.source_url == "https://a.example;https://b.example"
    assert [one.key for one in board.professions.all()] == ["psychology"]
    [(event, body, private)] = entries()
    assert event == "directory.board_edited"
    assert body["actor"] == f"staff:{office.administrator.pk}"
    assert body["facts"]["fields"] == ["phone", "process_notes", "professions", "source_url"]
    assert private["after"]["phone"] == "512-305-7700"


def test_saving_without_a_change_writes_nothing(office, save_as, page_of, entries):
    before = Board.objects.values().get(pk=office.board.pk)

    for changes in ({}, {"checked_on": "2026-01-02"}):
        page = save_as(office.administrator, page_of, **changes)
        assert [str(message) for message in page.wsgi_request._messages] == ["Nothing was changed."]

    assert Board.objects.values().get(pk=office.board.pk) == before
    assert entries() == []


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"time_zone": "Mars/Olympus"}, "", "Mars/Olympus is not a known time zone."),
        ({"checked_on": "2019-01-01", "phone": "1"}, "", "before those known now"),
        ({"source_url": "the law"}, "source_url", "“the law” is not a web address."),
        ({"process_notes_es": "Tres pasos."}, "process_notes", "The English text is missing."),
        ({"professions": []}, "professions", "This field is required."),
    ],
)
def test_a_refusal_stands_in_the_form_and_nothing_is_written(office, save_as, page_of, entries, changes, field, says):
    before = Board.objects.values().get(pk=office.board.pk)

    page = save_as(office.administrator, page_of, mailing_address="1 New Street", **changes)

    assert any(says in words for words in errors_of(page)[field])
    assert "1 New Street" in page.content.decode()
    assert Board.objects.values().get(pk=office.board.pk) == before
    assert entries() == []


@pytest.mark.parametrize("who", ["auditor", "custodian"])
def test_readers_get_no_form(office, open_as, send_as, page_of, entries, who):
    page = open_as(getattr(office, who), page_of)

    assert 'name="_save"' not in page.content.decode()
    assert 'name="phone"' not in page.content.decode()
    assert page.context["rules"]
    assert "/boardrule/add/" not in page.content.decode()
    assert send_as(getattr(office, who), page_of, {"phone": "1"}).status_code == 403
    assert entries() == []


def test_the_administrator_of_one_board_only_reads_where_they_are_auditor(office, other, open_as, send_as, entries):
    Membership.objects.create(user=office.administrator, board=other, role=Role.AUDITOR, valid_from="2020-01-01")
    path = f"{LIST}{other.pk}/change/"

    assert 'name="_save"' not in open_as(office.administrator, path).content.decode()
    assert send_as(office.administrator, path, {"phone": "1"}).status_code == 403
    assert entries() == []


def test_boards_are_neither_added_nor_deleted(office, open_as, send_as, page_of):
    text = open_as(office.administrator, page_of).content.decode()

    assert "deletelink" not in text
    assert open_as(office.administrator, f"{LIST}add/").status_code == 403
    assert send_as(office.administrator, f"{LIST}{office.board.pk}/delete/", {"post": "yes"}).status_code == 404
    send_as(office.administrator, LIST, {"action": "delete_selected", "_selected_action": [office.board.pk]})
    assert Board.objects.filter(pk=office.board.pk).exists()


def test_the_rules_stand_below_with_their_states(office, open_as, page_of):
    make_rule(office.board, "response_days", 21, citation="22 TAC 884.10")
    make_rule(office.board, "response_days", 14, citation="22 TAC 884.11", valid_from="2199-01-01")
    make_rule(None, "appeal_days", 45, citation="Policy 4")

    rows = {(row.key, row.value): row for row in open_as(office.administrator, page_of).context["rules"]}

    assert rows["response_days", "21 days"].state == "in_force"
    assert rows["response_days", "14 days"].state == "not_yet"
    assert rows["ack_days", "10 calendar days"].state == "default"
    assert rows["appeal_days", "45 calendar days"].state == "in_force"
    assert not rows["appeal_days", "45 calendar days"].is_board_row
    assert BoardRule.objects.count() == 3


def test_search_and_filter(office, open_as):
    assert office.board.name in open_as(office.administrator, LIST, q="BHEC").content.decode()
    assert office.board.name not in open_as(office.administrator, LIST, q="nothing").content.decode()
    assert office.board.name not in open_as(office.administrator, LIST, hosted__exact="0").content.decode()


def test_the_list_takes_the_same_queries_for_one_board_and_three(office, count_as):
    one = count_as(office.administrator, LIST)
    for number in range(2):
        board = make_board(f"tx-more-{number}", f"MORE{number}")
        Membership.objects.create(
            user=office.administrator, board=board, role=Role.ADMINISTRATOR, valid_from="2020-01-01"
        )

    assert count_as(office.administrator, LIST) == one == 10


def test_jurisdictions_are_read(office, open_as):
    page = open_as(office.administrator, f"/admin/boards/jurisdiction/{office.board.jurisdiction.pk}/change/")

    assert "America/Chicago" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()


@pytest.fixture
def listed(office):
    """A board of the list that is not hosted and has nobody."""
    return make_board("tx-listed", "LISTED", hosted=False, name="Board of the List")


def test_an_administrator_finds_a_board_of_the_list_and_hosts_it(office, listed, open_as, send_as, entries):
    path = f"{LIST}{listed.pk}/change/"

    assert open_as(office.administrator, LIST, q="of the list").content.decode().count("Board of the List</a>") == 1
    page = open_as(office.administrator, path).content.decode()
    assert "Host this board" in page
    assert 'name="_save"' not in page

    answer = send_as(office.administrator, f"{LIST}{listed.pk}/host/")

    assert answer.headers["Location"] == path
    assert [event for event, _body, _private in entries()] == ["directory.board_hosted"]
    page = open_as(office.administrator, path)
    assert 'name="_save"' in page.content.decode()
    assert "Host this board" not in page.content.decode()
    assert [point.is_there for point in page.context["points"]] == [False, False, False]


def test_a_refused_hosting_says_why_and_writes_nothing(office, send_as, entries):
    page = send_as(office.administrator, f"{LIST}{office.board.pk}/host/")

    assert [str(message) for message in page.wsgi_request._messages] == ["This board is hosted here already."]
    assert entries() == []


def test_who_may_not_host_sees_no_board_of_the_list(office, listed, other, open_as, send_as, entries):
    assert listed.name not in open_as(office.auditor, LIST).content.decode()
    for person, board in ((office.auditor, listed), (office.administrator, other)):
        assert send_as(person, f"{LIST}{board.pk}/host/").status_code == 404
    assert open_as(office.administrator, f"{LIST}{listed.pk}/host/").status_code == 404
    assert not Board.objects.get(pk=listed.pk).hosted
    assert entries() == []
