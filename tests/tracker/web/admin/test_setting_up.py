"""Making administrators: all boards or none."""

import pytest

from tests.factories.office import make_board
from tracker.access.models import User
from tracker.errors import ActionRefused
from tracker.web.admin import setting_up


def test_each_board_once(db, entries):
    board = make_board("tx-one", "ONE")

    lines, path = setting_up.add_administrator("first@board.example", "Noor Haddad", ["tx-one", "tx-one"])

    assert User.objects.get().memberships.get().board == board
    assert lines[:2] == ["Added Noor Haddad, first@board.example.", f"Is administrator of {board.name}."]
    assert path.startswith("/set-password/")
    assert len(entries()) == 3


def test_one_unknown_board_and_nothing_is_done(db, entries):
    make_board("tx-one", "ONE")

    with pytest.raises(ActionRefused) as refusal:
        setting_up.add_administrator("first@board.example", "Noor Haddad", ["tx-one", "tx-none", "tx-no"])

    assert refusal.value.reasons == ["There is no board tx-none.", "There is no board tx-no."]
    assert not User.objects.exists()
    assert entries() == []
