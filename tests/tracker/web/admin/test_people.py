"""People and roles."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories.office import make_person
from tests.tracker.web.admin.conftest import errors_of
from tracker.access.models import Membership, User
from tracker.access.policy import Role

LIST, ROLES = "/admin/tracker/user/", "/admin/tracker/membership/"
LINK = re.compile(r"http://testserver(/set-password/[^/\s]+/[^/\s]+/)")


def events(entries):
    return [event for event, _body, _private in entries()]


def test_a_new_person_cannot_sign_in_and_a_link_is_shown(office, save_as, entries):
    page = save_as(office.administrator, f"{LIST}add/", email="New@Board.example", full_name="Ada New", title="Clerk")

    person = User.objects.get(email="new@board.example")
    assert page.status_code == 200
    assert LINK.search(page.content.decode())
    assert "no-store" in page["Cache-Control"]
    assert not person.has_usable_password()
    assert events(entries) == ["directory.user_created", "directory.password_offered"]
    assert "Ada" not in str([body for _event, body, _private in entries()])


@pytest.mark.parametrize(
    ("data", "field", "says"),
    [
        ({"email": "nobody", "full_name": "A"}, "email", "Enter a valid email address."),
        ({"email": "new@board.example", "full_name": ""}, "full_name", "This field is required."),
    ],
)
def test_a_bad_person_is_refused(office, save_as, entries, data, field, says):
    assert errors_of(save_as(office.administrator, f"{LIST}add/", **data))[field] == [says]
    assert entries() == []


def test_an_address_in_use_is_refused_by_the_act(office, save_as, entries):
    data = {"email": office.intake.email.upper(), "full_name": "Somebody Else"}

    page = save_as(office.administrator, f"{LIST}add/", **data)

    assert "already exists" in errors_of(page)[""][0]
    assert "Somebody Else" in page.content.decode()
    assert entries() == []


def test_a_person_is_changed_by_one_act(office, save_as, entries):
    path = f"{LIST}{office.intake.pk}/change/"

    assert save_as(office.administrator, path, full_name="Other Name", title="Lead").status_code == 302

    office.intake.refresh_from_db()
    assert (office.intake.full_name, office.intake.title) == ("Other Name", "Lead")
    [(event, body, _private)] = entries()
    assert (event, body["facts"]["fields"]) == ("directory.user_edited", ["full_name", "title"])


def test_nobody_switches_off_their_own_sign_in(office, save_as, client, entries):
    path = f"{LIST}{office.administrator.pk}/change/"

    page = save_as(office.administrator, path, is_active="")

    assert errors_of(page)[""] == ["You cannot switch off your own sign-in."]
    assert entries() == []


def test_no_password_is_ever_shown_or_typed(office, open_as, send_as):
    text = open_as(office.administrator, f"{LIST}{office.intake.pk}/change/").content.decode()

    assert 'type="password"' not in text
    assert 'name="password"' not in text
    assert open_as(office.administrator, f"{LIST}{office.intake.pk}/password/").status_code == 404


def test_people_of_other_boards_are_out_of_reach(office, other_administrator, open_as, send_as, entries):
    free = make_person(full_name="Without Role")

    names = [row.full_name for row in open_as(office.administrator, LIST).context["cl"].result_list]

    assert free.full_name in names
    assert office.intake.full_name in names
    assert other_administrator.full_name not in names
    path = f"{LIST}{other_administrator.pk}/"
    assert open_as(office.administrator, f"{path}change/").status_code == 404
    assert send_as(office.administrator, f"{path}password-link/").status_code == 404
    assert entries() == []


def test_who_works_at_another_board_too_is_only_read(office, other, open_as, send_as, entries):
    Membership.objects.create(user=office.intake, board=other, role=Role.AUDITOR, valid_from="2020-01-01")
    path = f"{LIST}{office.intake.pk}/"
    page = open_as(office.administrator, f"{path}change/")

    assert 'name="_save"' not in page.content.decode()
    assert "Make a link" not in page.content.decode()
    assert "TWO" not in page.content.decode()
    assert send_as(office.administrator, f"{path}change/", {"full_name": "X"}).status_code == 403
    assert send_as(office.administrator, f"{path}password-link/").status_code == 403
    assert entries() == []


def test_a_lost_password(office, open_as, send_as, entries):
    path = f"{LIST}{office.intake.pk}/password-link/"

    assert open_as(office.administrator, path).status_code == 404
    page = send_as(office.administrator, path)

    assert LINK.search(page.content.decode())
    [(event, body, _private)] = entries()
    assert (event, body["facts"]) == ("directory.password_offered", {"user": str(office.intake.pk)})


@pytest.mark.parametrize("who", ["auditor", "custodian"])
def test_readers_change_nobody(office, open_as, send_as, entries, who):
    reader, path = getattr(office, who), f"{LIST}{office.intake.pk}/"

    assert open_as(reader, f"{path}change/").status_code == 200
    assert send_as(reader, f"{path}change/", {"full_name": "X"}).status_code == 403
    assert send_as(reader, f"{path}password-link/").status_code == 403
    assert open_as(reader, f"{LIST}add/").status_code == 403
    assert open_as(reader, f"{ROLES}add/").status_code == 403
    assert entries() == []


def test_giving_a_role(office, save_as, entries):
    person = make_person()
    data = {"board": str(office.board.pk), "role": "auditor", "valid_from": "2026-01-01", "reason": "New"}

    page = save_as(office.administrator, f"{ROLES}add/?person={person.pk}", **data)

    assert page.status_code == 302
    role = Membership.objects.get(user=person)
    assert (role.board, role.role, role.valid_until) == (office.board, "auditor", None)
    assert [(event, private) for event, _body, private in entries()] == [("directory.role_granted", {"reason": "New"})]


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"email": "nobody@board.example"}, "email", "Nobody signs in by this address."),
        ({"role": "auditor", "valid_until": "2019-01-01"}, "", "The last day is before the first."),
        ({"role": "intake_analyst"}, "", "has that role at this board in that time already"),
        ({"board": "other"}, "board", "Select a valid choice."),
    ],
)
def test_a_role_that_cannot_be_given(office, other, save_as, entries, changes, field, says):
    data = {"email": office.intake.email, "board": str(office.board.pk), "role": "auditor", "valid_from": "2026-01-01"}
    changes = {**changes, "board": str(other.pk)} if "board" in changes else changes

    page = save_as(office.administrator, f"{ROLES}add/", **{**data, **changes})

    assert any(says in words for words in errors_of(page)[field])
    assert entries() == []


def test_ending_a_role_keeps_it(office, save_as, open_as, entries):
    role = Membership.objects.get(user=office.intake)
    today = timezone.now().date()

    page = save_as(office.administrator, f"{ROLES}{role.pk}/change/", last_day=today.isoformat(), reason="Left")

    assert page.status_code == 302
    role.refresh_from_db()
    assert role.valid_until == today
    assert events(entries) == ["directory.membership_ended"]
    assert 'name="_save"' not in open_as(office.administrator, f"{ROLES}{role.pk}/change/").content.decode()


def test_ending_ones_own_administration_is_refused(office, save_as, entries):
    role = Membership.objects.get(user=office.administrator)

    page = save_as(office.administrator, f"{ROLES}{role.pk}/change/", last_day="2026-01-01")

    assert errors_of(page)[""] == ["You cannot end your own role as administrator."]
    assert entries() == []


def test_roles_of_other_boards_are_out_of_reach(office, other_administrator, open_as, send_as, entries):
    role = Membership.objects.get(user=other_administrator)

    assert other_administrator.full_name not in open_as(office.administrator, ROLES).content.decode()
    assert send_as(office.administrator, f"{ROLES}{role.pk}/change/", {"last_day": "2026-01-01"}).status_code == 404
    assert entries() == []


@pytest.mark.parametrize(("time", "role"), [("now", "auditor"), ("later", "investigator"), ("ended", "board_member")])
def test_filter_by_time(office, open_as, time, role):
    person, today = make_person(), timezone.now().date()
    first = {"user": person, "board": office.board}
    Membership.objects.create(**first, role="auditor", valid_from=date(2020, 1, 1))
    Membership.objects.create(**first, role="investigator", valid_from=today + timedelta(days=9))
    Membership.objects.create(**first, role="board_member", valid_from=date(2020, 1, 1), valid_until=date(2021, 1, 1))

    rows = open_as(office.administrator, ROLES, time=time, q=person.email).context["cl"].result_list

    assert [row.role for row in rows] == [role]


def test_search_people_by_name_and_board(office, open_as):
    make_person(office.board, Role.AUDITOR, full_name="Zora Special")

    rows = open_as(office.administrator, LIST, q="zora").context["cl"].result_list

    assert [row.full_name for row in rows] == ["Zora Special"]


@pytest.mark.parametrize("lookup", ["password__startswith", "password", "last_login__isnull", "memberships__role"])
def test_lists_are_not_asked_for_secrets(office, open_as, lookup):
    assert open_as(office.auditor, LIST, **{lookup: "md5"}).status_code == 400
    assert open_as(office.auditor, LIST, is_active__exact="1").status_code == 200


def test_people_of_one_board_stand_once(office, other, open_as):
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        Membership.objects.create(user=office.administrator, board=other, role=role, valid_from="2020-01-01")

    rows = open_as(office.administrator, LIST, at_board=str(other.pk)).context["cl"].result_list

    assert [row.pk for row in rows] == [office.administrator.pk]
    assert not open_as(office.administrator, LIST, at_board="nonsense").context["cl"].result_list


@pytest.mark.parametrize(("path", "queries"), [(LIST, 10), (ROLES, 9)])
def test_the_lists_take_the_same_queries_however_long(office, count_as, path, queries):
    one = count_as(office.administrator, path)
    for _number in range(3):
        make_person(office.board, Role.AUDITOR)

    assert count_as(office.administrator, path) == one == queries
