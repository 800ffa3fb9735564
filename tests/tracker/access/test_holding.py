"""Roles and places, own ones and lent ones."""

from datetime import UTC, date, datetime, timedelta

from tests.factories.office import make_board, make_person
from tracker.access import holding
from tracker.access.models import Delegation, Membership
from tracker.access.policy import Capacity, Role

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


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
    Delegation.objects.filter(pk=row.pk).update(ended_at="2026-03-01T01:00Z")
    assert not holding.delegations(DAY).exists()


def test_who_stood_behind_an_act_is_told_as_it_was_then(db):
    board = make_board()
    absent, deputy = make_person(board, Role.INVESTIGATOR), make_person(board, Role.INTAKE_ANALYST)

    def behind(person, roles=("investigator",), here=board, at=NOON):
        return holding.behind(person.pk, here.pk, roles, at=at)

    lend(absent, deputy, board, recorded_at=NOON - timedelta(hours=1), ended_at=NOON + timedelta(hours=1))
    both, alone = {absent.pk, deputy.pk}, {deputy.pk}
    assert (behind(deputy), behind(absent)) == (both, {absent.pk})
    assert behind(deputy, ["investigator", "intake_analyst"]) == both
    # Not in another role or at another board, not before it was recorded, not after it has ended.
    assert behind(deputy, ["intake_analyst"]) == behind(deputy, here=make_board("ca-bbs", "BBS")) == alone
    assert behind(deputy, at=NOON - timedelta(hours=2)) == behind(deputy, at=NOON + timedelta(hours=2)) == alone
    Membership.objects.create(user=deputy, board=board, role="investigator", valid_from=DAY)
    assert behind(deputy) == alone


def test_days_overlap_with_both_ends(db):
    board = make_board()
    lend(make_person(), make_person(), board, valid_until=DAY + timedelta(days=4))

    def found(first, last):
        start, end = DAY + timedelta(days=first), last if last is None else DAY + timedelta(days=last)
        return Delegation.objects.filter(holding.overlapping(start, end)).exists()

    assert [found(-3, 0), found(2, 3), found(4, None)] == [True, True, True]
    assert [found(-3, -1), found(5, 6), found(5, None)] == [False, False, False]


def test_the_places_of_a_role():
    assert holding.capacities("board_counsel") == [Capacity.PROSECUTOR, Capacity.ADVISER]
    assert holding.capacities("auditor") == []
