"""Acts on people and memberships."""

from datetime import date, timedelta

import pytest

from tracker.access import gate
from tracker.access.models import Membership, User
from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.directory import actions
from tracker.errors import ActionRefused, NotPermitted

PASSWORD = "a long and quiet river"


def test_creating_a_person(administrator, at, ledger):
    user = actions.create_user(
        email=" Sam@Board.Example ", full_name="Sam Okafor", password=PASSWORD, actor=administrator, at=at
    )
    found = User.objects.get(pk=user.pk)
    assert (found.email, found.full_name, found.is_demo) == ("sam@board.example", "Sam Okafor", False)
    assert found.check_password(PASSWORD)
    assert ledger.events() == ["directory.user_created"]
    assert "Okafor" not in ledger.last().body
    assert "Okafor" in ledger.private()
    assert PASSWORD not in ledger.private()


def test_without_a_password_nobody_signs_in(administrator, at):
    user = actions.create_user(email="sam@board.example", full_name="Sam", actor=administrator, at=at)
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"email": "sam"}, "email address: Enter a valid email address."),
        ({"email": ""}, "email address: This field cannot be blank."),
        ({"email": "PAT@board.example"}, "already exists"),
        ({"full_name": " "}, "full name: This field cannot be blank."),
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
    ],
)
def test_a_bad_person_is_refused(person, administrator, at, ledger, fields, says):
    before = User.objects.count()
    with pytest.raises(ActionRefused, match=says):
        actions.create_user(**({"email": "sam@board.example", "full_name": "Sam"} | fields), actor=administrator, at=at)
    assert User.objects.count() == before
    assert ledger.events() == []


def test_editing_a_person(person, administrator, at, ledger):
    changes = {"full_name": "Pat Changed", "email": "New@Board.example", "is_active": False}
    actions.edit_user(person.pk, changes=changes, actor=administrator, at=at)
    person.refresh_from_db()
    assert (person.full_name, person.email, person.is_active) == ("Pat Changed", "new@board.example", False)
    assert ledger.events() == ["directory.user_edited"]
    assert "Pat" not in ledger.last().body
    actions.edit_user(person.pk, changes=changes, actor=administrator, at=at)
    assert len(ledger.events()) == 1


@pytest.mark.parametrize("changes", [{"password": "x"}, {"email": "admin@board.example"}, {"full_name": ""}])
def test_a_bad_edit_of_a_person_is_refused(person, administrator, at, ledger, changes):
    with pytest.raises(ActionRefused):
        actions.edit_user(person.pk, changes=changes, actor=administrator, at=at)
    assert ledger.events() == []


def test_nobody_locks_themselves_out(administrator, at):
    with pytest.raises(ActionRefused, match="your own sign-in"):
        actions.edit_user(administrator.user_id, changes={"is_active": False}, actor=administrator, at=at)
    own = Membership.objects.get(user_id=administrator.user_id)
    with pytest.raises(ActionRefused, match="your own role as administrator"):
        actions.end_membership(own.pk, actor=administrator, at=at)


def test_a_person_of_another_board_is_not_edited(person, other_board, administrator, at, ledger):
    Membership.objects.create(user=person, board=other_board, role="investigator", valid_from=date(2020, 1, 1))
    with pytest.raises(NotPermitted):
        actions.edit_user(person.pk, changes={"is_active": False}, actor=administrator, at=at)
    with pytest.raises(NotPermitted):
        actions.set_password(person.pk, password=PASSWORD, actor=administrator, at=at)
    assert ledger.events() == []


def test_setting_a_password(person, administrator, at, ledger):
    actions.set_password(person.pk, password=PASSWORD, actor=administrator, at=at)
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)
    assert '"fields":["password"]' in ledger.last().body
    with pytest.raises(ActionRefused, match="too short"):
        actions.set_password(person.pk, password="short", actor=administrator, at=at)
    assert len(ledger.events()) == 1


def grant(person, board, administrator, at, **fields):
    given = {"role": "investigator", "valid_from": at.date(), "reason": "Hired"} | fields
    return actions.grant_role(person.pk, board_id=board.pk, **given, actor=administrator, at=at)


def test_a_role_is_granted_and_ended(person, board, administrator, at, ledger):
    actor = Actor.staff(person.pk)
    membership = grant(person, board, administrator, at, valid_from=at.date() - timedelta(days=10))
    assert gate.can(actor, Permission.CASE_VIEW, board, at=at)
    assert ledger.events() == ["directory.role_granted"]
    assert ledger.last().chain == board.pk
    assert '"role":"investigator"' in ledger.last().body
    assert "Hired" in ledger.private()
    actions.end_membership(membership.pk, reason="Left", actor=administrator, at=at)
    assert not gate.can(actor, Permission.CASE_VIEW, board, at=at)
    assert ledger.events()[-1] == "directory.membership_ended"
    with pytest.raises(ActionRefused, match="ended already"):
        actions.end_membership(membership.pk, actor=administrator, at=at)


def test_a_role_of_today_ends_at_the_end_of_today(person, board, administrator, at):
    membership = grant(person, board, administrator, at)
    assert actions.end_membership(membership.pk, actor=administrator, at=at).valid_until == at.date()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"role": "king"}, "king is not a role"),
        ({"valid_until": date(2020, 1, 1)}, "The last day is before the first"),
    ],
)
def test_a_bad_grant_is_refused(person, board, administrator, at, ledger, fields, says):
    with pytest.raises(ActionRefused, match=says):
        grant(person, board, administrator, at, **fields)
    assert ledger.events() == []
    assert not Membership.objects.filter(user=person).exists()


def test_the_same_role_at_the_same_time_is_refused_but_not_later(person, board, administrator, at):
    today = at.date()
    grant(person, board, administrator, at, valid_until=today + timedelta(days=5))
    with pytest.raises(ActionRefused, match="in that time already"):
        grant(person, board, administrator, at, valid_from=today + timedelta(days=5))
    grant(person, board, administrator, at, valid_from=today + timedelta(days=6))
    grant(person, board, administrator, at, role="intake_analyst")


def test_who_may_not_sign_in_gets_no_role(person, board, administrator, at):
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(ActionRefused, match="may not sign in"):
        grant(person, board, administrator, at)


def test_only_that_board_s_administrator_grants_and_ends(
    person, board, other_board, administrator, outsider, at, ledger
):
    with pytest.raises(NotPermitted):
        grant(person, other_board, administrator, at)
    with pytest.raises(NotPermitted):
        grant(person, board, outsider, at)
    theirs = Membership.objects.create(user=person, board=other_board, role="auditor", valid_from=date(2020, 1, 1))
    with pytest.raises(NotPermitted):
        actions.end_membership(theirs.pk, actor=administrator, at=at)
    with pytest.raises(NotPermitted):
        actions.create_user(email="a@b.example", full_name="A", actor=outsider, at=at)
    assert ledger.events() == []


def test_a_link_to_set_a_password_is_recorded(person, administrator, at, ledger):
    actions.offer_password(person.pk, actor=administrator, at=at)
    assert ledger.events() == ["directory.password_offered"]
    assert str(person.pk) in ledger.last().body


def test_no_link_for_who_may_not_sign_in(person, administrator, at, ledger):
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(ActionRefused, match="may not sign in"):
        actions.offer_password(person.pk, actor=administrator, at=at)
    assert ledger.events() == []


def test_no_link_for_the_people_of_other_boards(person, other_board, administrator, at, ledger):
    Membership.objects.create(user=person, board=other_board, role="auditor", valid_from=date(2020, 1, 1))
    with pytest.raises(NotPermitted):
        actions.offer_password(person.pk, actor=administrator, at=at)
    assert ledger.events() == []
