"""Roles and places, own ones and lent ones."""

from datetime import date, timedelta

from tests.factories.office import make_board, make_person
from tracker.access import holding
from tracker.access.models import Delegation
from tracker.access.policy import Capacity, Role

DAY = date(2026, 3, 2)


def lend(absent, deputy, board, **changed):
    """A delegation of the investigator's role for one day."""
    row = {"role": Role.INVESTIGATOR, "valid_from": DAY, "valid_until": DAY, "reason": "x"}
    row |= {"recorded_at": "2026-03-01T00:00Z", **changed}
    return Delegation.objects.create(board=board, absent=absent, deputy=deputy, **row)


def test_own_and_lent_roles_are_held_on_their_days(db, django_assert_num_queries):
    board = make_board()
    absent, deputy = make_person(board, Role.INVESTIGATOR), make_person(board, Role.INTAKE_ANALYST)
    own = holding.Held(board.pk, "intake_analyst")
    lent = holding.Held(board.pk, "investigator", absent.pk)
    row = lend(absent, deputy, board)
    with django_assert_num_queries(1):
        assert set(holding.held_roles(deputy.pk, DAY)) == {own, lent}
    assert set(holding.held_roles(deputy.pk, DAY, board.pk)) == {own, lent}
    assert holding.held_roles(deputy.pk, DAY + timedelta(days=1)) == [own]
    assert holding.held_roles(absent.pk, DAY) == [holding.Held(board.pk, "investigator")]
    elsewhere = make_board("ca-bbs", "BBS")
    assert holding.held_roles(deputy.pk, DAY, elsewhere.pk) == []
    deputy.is_active = False
    deputy.save()
    assert holding.held_roles(deputy.pk, DAY) == []
    assert holding.holders(board.pk, "investigator", DAY) == {absent.pk}
    assert holding.counts_as(absent.pk, deputy.pk, board.pk, on=DAY)
    assert holding.counts_as(deputy.pk, absent.pk, board.pk, on=DAY)
    assert not holding.counts_as(deputy.pk, absent.pk, elsewhere.pk, on=DAY)
    Delegation.objects.filter(pk=row.pk).update(ended_at="2026-03-01T01:00Z")
    assert not holding.counts_as(deputy.pk, absent.pk, board.pk, on=DAY)
    assert not holding.delegations(DAY).exists()


def test_the_places_of_a_role():
    assert holding.capacities("board_counsel") == [Capacity.PROSECUTOR, Capacity.ADVISER]
    assert holding.capacities("auditor") == []
