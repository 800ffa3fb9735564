"""The first administrators, made from the command line."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from tests.factories.office import make_board, make_person
from tracker.access.models import Membership, User
from tracker.audit.models import LedgerEntry

EMAIL = "first@board.example"


def run(*arguments):
    out = io.StringIO()
    call_command("add_administrator", *arguments, stdout=out)
    return out.getvalue()


def events():
    return list(LedgerEntry.objects.order_by("recorded_at", "seq").values_list("event", flat=True))


@pytest.fixture
def boards(db):
    return make_board("tx-one", "ONE"), make_board("tx-two", "TWO")


def test_a_new_installation(boards, client, settings):
    settings.SITE_URL = "https://recourse.example/"

    words = run("First@Board.example", "--name", "Noor Haddad", "--board", "tx-one", "--board", "tx-two")

    person = User.objects.get(email=EMAIL)
    assert (person.full_name, person.has_usable_password()) == ("Noor Haddad", False)
    assert set(person.memberships.values_list("board__slug", "role")) == {
        ("tx-one", "administrator"), ("tx-two", "administrator")
    }  # fmt: skip
    assert events() == [
        "directory.user_created",
        "directory.role_granted",
        "directory.role_granted",
        "directory.password_offered",
    ]
    path = re.search(r"^https://recourse\.example(/set-password/\S+)$", words, re.MULTILINE).group(1)
    assert "Set your password" in client.get(path, follow=True).content.decode()


def test_run_again_it_makes_a_new_link_and_gives_what_is_missing(boards):
    run(EMAIL, "--name", "Noor Haddad", "--board", "tx-one")

    words = run(EMAIL, "--board", "tx-one", "--board", "tx-two")

    assert "Is administrator of State Board ONE already." in words
    assert "Is administrator of State Board TWO." in words
    assert "/set-password/" in words
    assert Membership.objects.count() == 2
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((EMAIL, "--name", "Noor", "--board", "tx-none"), "There is no board tx-none."),
        ((EMAIL, "--board", "tx-one"), "full name"),
        (("nobody", "--name", "Noor", "--board", "tx-one"), "valid email address"),
    ],
)
def test_a_refusal_writes_nothing(boards, arguments, says):
    with pytest.raises(CommandError, match=says):
        run(*arguments)

    assert User.objects.count() == 0
    assert events() == []


def test_a_person_who_may_not_sign_in_is_not_made_administrator(boards):
    make_person(email=EMAIL, is_active=False)

    with pytest.raises(CommandError, match="already exists"):
        run(EMAIL, "--name", "Noor", "--board", "tx-one")

    assert events() == []
