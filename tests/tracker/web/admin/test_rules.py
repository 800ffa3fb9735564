"""Rules: superseded by a new dated row, never overwritten."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from boards import queries
from boards.models import Board, BoardRule, Jurisdiction
from tests.factories.offices import make_rule
from tests.tracker.web.admin.conftest import errors_of

LIST = "/admin/boards/boardrule/"


def add(board, key):
    return f"{LIST}add/?board={board.pk if board else 'default'}&key={key}"


@pytest.fixture
def rule(office):
    return make_rule(office.board, "response_days", 30)


def test_superseding_makes_a_new_row_and_leaves_the_old_one(office, rule, save_as, entries):
    before = BoardRule.objects.values().get(pk=rule.pk)
    page = save_as(
        office.administrator,
        add(office.board, "response_days"),
        value="21",
        citation="22 TAC 884.11",
        valid_from="2026-01-01",
        reason="The council decided so.",
    )

    assert page.status_code == 302
    assert BoardRule.objects.values().get(pk=rule.pk) == before
    new = BoardRule.objects.exclude(pk=rule.pk).get()
    assert (new.board, new.key, new.value, new.citation) == (office.board, "response_days", 21, "22 TAC 884.11")
    assert queries.rule_in_force(office.board, "response_days", date(2025, 12, 31)).value == 30
    assert queries.rule_in_force(office.board, "response_days", date(2026, 1, 1)).value == 21
    [(event, body, private)] = entries()
    assert event == "directory.rule_superseded"
    assert body["facts"]["rule"] == str(new.pk)
    assert private["reason"] == "The council decided so."


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati"])
def test_a_rule_is_in_force_from_today_at_the_board(office, rule, open_as, zone):
    # At no moment is it the same day in both, so one of them is not at the day of UTC.
    Jurisdiction.objects.filter(pk=office.board.jurisdiction_id).update(time_zone=zone)
    form = open_as(office.administrator, add(office.board, "response_days")).context["adminform"].form
    board = Board.objects.select_related("jurisdiction").get(pk=office.board.pk)
    assert form.initial["valid_from"] == form.initial["as_of"] == queries.local_day(board, timezone.now())


def test_the_form_is_filled_with_what_is_in_force(office, rule, open_as):
    form = open_as(office.administrator, add(office.board, "response_days")).context["adminform"].form

    assert form["value"].value() == "30"
    assert form["citation"].value() == "22 TAC 884.10"
    assert form["source_url"].value() == "https://law.example"


def test_a_row_of_the_same_day_is_marked_and_kept(office, rule, save_as):
    save_as(office.administrator, add(office.board, "response_days"), value="15", valid_from="2020-01-01")

    rule.refresh_from_db()
    assert rule.value == 30
    assert rule.superseded_at is not None
    assert BoardRule.objects.count() == 2


def test_a_row_is_read_and_has_no_form(office, rule, open_as, send_as):
    path = f"{LIST}{rule.pk}/change/"
    page = open_as(office.administrator, path)

    assert 'name="_save"' not in page.content.decode()
    assert "?board=" in page.content.decode()
    assert send_as(office.administrator, path, {"value": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("response_days", "many", "Must be a whole number from 0 to 3650."),
        ("closure_approvers", '{"by": "approval"', "Is not valid JSON."),
        (
            "closure_approvers",
            '{"by": "dice", "roles": ["investigator"], "count": 1}',
            "By: must be one of: approval, vote",
        ),
        ("docket_format", "{YYYY}", "Must contain {seq}"),
        ("pc_body", "oracle", "Select a valid choice."),
        ("oath_required", "perhaps", "Select a valid choice."),
    ],
)
def test_a_wrong_value_is_told_at_its_field(office, save_as, entries, key, value, says):
    page = save_as(office.administrator, add(office.board, key), value=value, citation="Law")

    assert any(says in words for words in errors_of(page)["value"])
    assert BoardRule.objects.count() == 0
    assert entries() == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"citation": " "}, "A rule needs its citation"),
        ({"as_of": (timezone.now().date() + timedelta(days=3)).isoformat()}, "a day in the future"),
    ],
)
def test_what_the_act_refuses_stands_above(office, rule, save_as, entries, changes, says):
    page = save_as(office.administrator, add(office.board, "response_days"), **{"value": "12", **changes})

    assert any(says in words for words in errors_of(page)[""])
    assert 'value="12"' in page.content.decode()
    assert BoardRule.objects.count() == 1
    assert entries() == []


@pytest.mark.parametrize(
    ("key", "value", "stored"),
    [
        ("oath_required", "yes", True),
        ("pc_body", "liaison", "liaison"),
        ("limitation_years", "", None),
        ("quorum", "5", 5),
        ("public_from", '{"event": "order", "plus_days": 3}', {"event": "order", "plus_days": 3}),
    ],
)
def test_every_kind_of_value_is_stored_as_it_is_read(office, save_as, key, value, stored):
    page = save_as(office.administrator, add(office.board, key), value=value, citation="Law 1")

    assert page.status_code == 302
    assert BoardRule.objects.get(key=key).value == stored


def test_the_default_of_every_board(office, save_as, entries):
    page = save_as(office.administrator, add(None, "appeal_days"), value="45", citation="Policy 4")

    assert page.status_code == 302
    assert BoardRule.objects.get(board=None).value == 45
    assert [event for event, _body, _private in entries()] == ["directory.rule_superseded"]


def test_without_a_setting_the_choice_is_asked(office, other, open_as):
    text = open_as(office.administrator, f"{LIST}add/").content.decode()

    assert office.board.name in text
    assert other.name not in text
    assert "Acknowledgment (ack_days)" in text


def test_another_boards_rules_are_out_of_reach(office, other, open_as, send_as, entries):
    theirs = make_rule(other, "response_days", 9)
    sent = {"board": str(other.pk), "key": "response_days", "value": "1", "citation": "x"}

    assert "TWO" not in open_as(office.administrator, LIST).content.decode()
    assert open_as(office.administrator, f"{LIST}{theirs.pk}/change/").status_code == 404
    assert open_as(office.administrator, add(other, "response_days")).status_code == 404
    assert send_as(office.administrator, f"{LIST}add/", sent).status_code == 404
    assert open_as(office.administrator, f"{LIST}add/?board=nonsense&key=ack_days").status_code == 404
    assert entries() == []


@pytest.mark.parametrize("who", ["auditor", "custodian"])
def test_readers_cannot_supersede(office, rule, open_as, send_as, who):
    text = open_as(getattr(office, who), LIST).content.decode()

    assert "Response of the licensee" in text
    assert ">Supersede<" not in text
    assert open_as(getattr(office, who), add(office.board, "ack_days")).status_code == 403
    assert send_as(getattr(office, who), f"{LIST}add/", {"key": "ack_days"}).status_code == 403


def test_the_list_stands_by_board_setting_and_newest_first_with_states(office, open_as):
    make_rule(office.board, "response_days", 30, valid_from=date(2019, 1, 1))
    make_rule(office.board, "response_days", 20, valid_from=date(2021, 1, 1))
    make_rule(office.board, "response_days", 10, valid_from=date(2199, 1, 1))
    make_rule(office.board, "ack_days", 5)
    make_rule(None, "appeal_days", 45, citation="")

    rows = open_as(office.administrator, LIST).context["cl"].result_list

    assert [(row.key, row.value) for row in rows] == [
        ("ack_days", 5), ("response_days", 10), ("response_days", 20), ("response_days", 30), ("appeal_days", 45)
    ]  # fmt: skip
    text = open_as(office.administrator, LIST).content.decode()
    for word in ("In force", "Not yet", "Superseded", "Default, no source", 'class="gone"'):
        assert word in text


@pytest.mark.parametrize(
    ("state", "values"), [("in_force", [20]), ("not_yet", [10]), ("superseded", [30]), ("default", [45]), ("x", None)]
)
def test_filter_by_state(office, open_as, state, values):
    make_rule(office.board, "response_days", 30, valid_from=date(2019, 1, 1))
    make_rule(office.board, "response_days", 20, valid_from=date(2021, 1, 1))
    make_rule(office.board, "response_days", 10, valid_from=date(2199, 1, 1))
    make_rule(None, "appeal_days", 45, citation="")

    page = open_as(office.administrator, LIST, state=state)

    assert values is None or [row.value for row in page.context["cl"].result_list] == values


def test_filter_by_board_and_search_by_name(office, rule, open_as):
    make_rule(None, "appeal_days", 45)

    def keys(**asked):
        return [row.key for row in open_as(office.administrator, LIST, **asked).context["cl"].result_list]

    assert keys(at_board=str(office.board.pk)) == ["response_days"]
    assert keys(at_board="default") == ["appeal_days"]
    assert keys(at_board="nonsense") == []
    assert keys(q="response licensee") == ["response_days"]
    assert keys(q="appeal_days") == ["appeal_days"]


def test_the_list_takes_the_same_queries_for_one_row_and_three(office, rule, count_as):
    one = count_as(office.administrator, LIST)
    make_rule(office.board, "ack_days", 5)
    make_rule(office.board, "mail_days", 3)

    assert count_as(office.administrator, LIST) == one == 10
