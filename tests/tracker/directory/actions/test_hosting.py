"""Hosting another board: what it does, whom it refuses, and the line it leaves."""

import pytest

from boards.models import Board
from tests.tracker.directory.conftest import make_person
from tracker.access import gate
from tracker.access.models import Membership
from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.directory import actions
from tracker.errors import ActionRefused, NotPermitted, OutOfScope


def test_a_board_is_hosted_and_has_its_first_administrator(administrator, other_board, at, ledger):
    role = actions.host_board(other_board.pk, actor=administrator, at=at)

    other_board.refresh_from_db()
    assert other_board.hosted
    assert (role.user_id, role.role, role.valid_from, role.valid_until) == (
        administrator.user_id,
        "administrator",
        at.date(),
        None,
    )
    assert gate.can(administrator, Permission.BOARD_EDIT, other_board, at=at)
    assert ledger.events() == ["directory.board_hosted"]
    assert (ledger.last().board_id, ledger.last().chain) == (other_board.pk, other_board.pk)
    assert str(role.pk) in ledger.last().body


def refused(board, actor, at, ledger):
    before = Membership.objects.count()
    with pytest.raises(ActionRefused) as caught:
        actions.host_board(board.pk, actor=actor, at=at)
    assert Membership.objects.count() == before
    assert ledger.events() == []
    return caught.value.reasons


def test_a_board_is_not_hosted_twice(administrator, other_board, at, ledger):
    Board.objects.filter(pk=other_board.pk).update(hosted=True)
    assert refused(other_board, administrator, at, ledger) == ["This board is hosted here already."]


def test_a_board_with_people_is_left_to_them(administrator, other_board, at, ledger):
    make_person("analyst@other.example", other_board, "intake_analyst")
    [reason] = refused(other_board, administrator, at, ledger)
    assert "People have roles at this board already." in reason
    assert not Board.objects.get(pk=other_board.pk).hosted


def test_a_job_hosts_nothing(other_board, at, ledger):
    reasons = refused(other_board, Actor.system("load_reference"), at, ledger)
    assert reasons == ["A person hosts a board, and is its first administrator."]


def test_only_an_administrator_hosts(outsider, other_board, at, ledger):
    with pytest.raises(NotPermitted, match="Administrator"):
        actions.host_board(other_board.pk, actor=outsider, at=at)
    assert not Board.objects.get(pk=other_board.pk).hosted
    assert ledger.events() == []


def test_an_unknown_board_is_not_there(administrator, at, ledger):
    with pytest.raises(OutOfScope):
        actions.host_board(administrator.user_id, actor=administrator, at=at)
    assert ledger.events() == []
