"""Importing a list of boards: all or nothing, twice is once, slugs and codes for ever."""

from datetime import date, timedelta

import pytest

from boards import ids, queries
from boards.models import Board, BoardRule
from tests.tracker.directory.test_boardlist import GOOD, make_list
from tracker.audit.actors import Actor
from tracker.directory import actions
from tracker.directory.boardlist import HostedBoard
from tracker.errors import ActionRefused, NotPermitted

SYSTEM = Actor.system("import_boards")
AS_OF = date(2026, 6, 1)
ROW = GOOD | {"professions": "counseling"}
SLUG = "tx-texas-board-of-examples"


@pytest.fixture
def load(texas, counseling, psychology, at):
    def load(*rows, as_of=AS_OF, **given):
        return actions.import_boards(make_list(*rows), as_of=as_of, actor=SYSTEM, at=at, **given)

    return load


def test_a_board_is_made_with_slug_code_id_and_rules(load, ledger):
    result = load(ROW)
    board = Board.objects.get(slug=SLUG)
    assert (board.pk, board.short_code, board.hosted, board.as_of) == (ids.of("board", SLUG), "TXBE", False, AS_OF)
    assert [craft.key for craft in board.professions.all()] == ["counseling"]
    rule = queries.rule_in_force(board, "response_days", AS_OF)
    assert (rule.value, rule.as_of, rule.is_default) == (20, AS_OF, False)
    assert queries.rule_in_force(board, "anonymous_allowed", AS_OF).value is False
    assert queries.rule_in_force(board, "ack_days", AS_OF).is_default
    assert (result.created, len(result.rules)) == ([SLUG], 2)
    assert ledger.events() == ["directory.boards_imported"]
    assert ledger.last().board_id is None


def test_a_second_run_changes_nothing_and_says_so(load, ledger, django_assert_max_num_queries):
    load(ROW)
    before = list(Board.objects.values()), list(BoardRule.objects.values())
    with django_assert_max_num_queries(9):
        result = load(ROW)
    assert not result.did_anything
    assert result.lines() == ["Nothing to change: 1 boards are as listed, 0 kept."]
    assert (list(Board.objects.values()), list(BoardRule.objects.values())) == before
    assert ledger.events() == ["directory.boards_imported"]


def test_one_bad_cell_and_nothing_is_loaded(load, ledger):
    with pytest.raises(ActionRefused) as caught:
        load(ROW, ROW | {"board_name": "Other", "email": "x"})
    assert caught.value.reasons == ["Row 3, column email: not an email address."]
    assert not Board.objects.exists()
    assert ledger.events() == []


def test_a_newer_list_changes_fields_but_never_slug_code_or_id(load):
    load(ROW)
    board = Board.objects.get()
    changed = ROW | {"phone": "512-555-0199", "professions": "psychology", "process_note": ""}
    result = load(changed, as_of=AS_OF + timedelta(days=1))
    after = Board.objects.get()
    assert result.changed == [SLUG]
    assert (after.pk, after.slug, after.short_code) == (board.pk, board.slug, board.short_code)
    assert (after.phone, after.process_note, after.as_of) == ("512-555-0199", "", AS_OF + timedelta(days=1))
    assert [craft.key for craft in after.professions.all()] == ["psychology"]


def test_a_board_edited_since_is_kept(load, at):
    load(ROW)
    board = Board.objects.get()
    actor = Actor.system("load_reference")
    actions.edit_board(board.pk, changes={"name": "Renamed", "phone": ""}, actor=actor, at=at)
    result = load(ROW | {"phone": "512-555-0199"})
    assert (result.kept, result.did_anything) == ([SLUG], False)
    assert Board.objects.get().name == "Renamed"


def test_a_hosted_board_has_its_given_slug_and_code(load):
    hosted = [HostedBoard("tx-ex", "EX", "TX", ROW["board_name"], time_zone="America/Denver")]
    load(ROW, hosted=hosted)
    board = Board.objects.get()
    assert (board.slug, board.short_code, board.hosted, board.zone.key) == ("tx-ex", "EX", True, "America/Denver")
    assert load(ROW, hosted=hosted).unchanged == ["tx-ex"]


def test_a_given_code_is_never_handed_to_another(load):
    hosted = [HostedBoard("tx-ex", "TXBE", "TX", "The hosted one")]
    load(ROW, ROW | {"board_name": "The hosted one"}, hosted=hosted)
    assert dict(Board.objects.values_list("slug", "short_code")) == {SLUG: "TXBE2", "tx-ex": "TXBE"}


def test_the_same_name_under_another_slug_is_refused(load):
    load(ROW)
    with pytest.raises(ActionRefused, match=f"is already known under the slug {SLUG}"):
        load(ROW, hosted=[HostedBoard("tx-ex", "EX", "TX", ROW["board_name"])])


def test_a_board_s_own_rule_is_not_overruled(load, at):
    load(ROW | {"response_days": ""})
    board = Board.objects.get()
    actions.supersede_rule(
        board.pk,
        key="response_days",
        value=25,
        citation="Code 1",
        source_url="",
        as_of=AS_OF,
        valid_from=date(2020, 1, 1),
        actor=SYSTEM,
        at=at,
    )
    assert not load(ROW).rules
    assert queries.rule_in_force(board, "response_days", AS_OF).value == 25
    assert not load(ROW, own_rules=[(SLUG, "response_days")]).rules


def test_a_newer_list_supersedes_an_imported_rule_by_a_dated_row(load):
    load(ROW)
    board, later = Board.objects.get(), AS_OF + timedelta(days=10)
    load(ROW | {"response_days": "14"}, as_of=later)
    values = [queries.rule_in_force(board, "response_days", day).value for day in (AS_OF, later)]
    assert values == [20, 14]
    load(ROW | {"response_days": "15"}, as_of=later)
    assert queries.rule_in_force(board, "response_days", later).value == 15
    assert BoardRule.objects.filter(key="response_days", superseded_at=None).count() == 2
    assert not load(ROW).rules


def test_a_list_from_the_future_is_refused(load, at):
    with pytest.raises(ActionRefused, match="as of a day in the future"):
        load(ROW, as_of=at.date() + timedelta(days=1))


def test_not_everybody_imports(texas, counseling, outsider, at):
    with pytest.raises(NotPermitted):
        actions.import_boards(make_list(ROW), as_of=AS_OF, actor=outsider, at=at)
    assert not Board.objects.filter(slug=SLUG).exists()
