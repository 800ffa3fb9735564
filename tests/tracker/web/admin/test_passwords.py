"""The page where somebody sets a password by a link."""

import pytest

from tests.factories.office import make_person
from tracker.access.models import User
from tracker.web.admin import passwords

GOOD = "a long and quiet river"


@pytest.fixture
def person(db):
    person = make_person(email="ada.lindqvist@board.example")
    person.set_unusable_password()
    User.objects.filter(pk=person.pk).update(password=person.password)
    return person


def send(client, path, first, second=None):
    page = client.get(path, follow=True)
    place = page.redirect_chain[-1][0]
    return client.post(place, {"new_password1": first, "new_password2": second or first})


def test_setting_a_password(person, client, entries):
    page = send(client, passwords.path_for(person), GOOD)

    person.refresh_from_db()
    assert page.url == "/sign-in/"
    assert person.check_password(GOOD)
    [(event, body, private)] = entries()
    assert (event, body["actor"], body["facts"]["fields"]) == ("directory.user_edited", "system:set_up", ["password"])
    assert private == {}
    assert client.post("/sign-in/", {"username": person.email, "password": GOOD}).status_code == 302


def test_the_token_does_not_stay_in_the_address(person, client):
    path = passwords.path_for(person)
    token = path.rstrip("/").rpartition("/")[2]

    page = client.get(path, follow=True)

    assert token not in page.redirect_chain[-1][0]
    assert token not in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"


def test_a_link_works_once(person, client, entries):
    path = passwords.path_for(person)
    send(client, path, GOOD)

    page = client.get(path, follow=True)

    assert "was used already" in page.content.decode()
    assert len(entries()) == 1


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("short", None, "too short"),
        ("password1234", None, "too common"),
        ("ada.lindqvist", None, "too similar"),
        (GOOD, "another long river", "didn’t match"),
    ],
)
def test_weak_or_mistyped_passwords_are_refused(person, client, entries, first, second, says):
    page = send(client, passwords.path_for(person), first, second)

    person.refresh_from_db()
    assert says in page.content.decode()
    assert not person.has_usable_password()
    assert entries() == []


def test_a_link_grows_old(person, client, settings):
    path = passwords.path_for(person)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "is too old" in client.get(path, follow=True).content.decode()


@pytest.mark.parametrize("path", ["/set-password/x/y/", "/set-password/MTIz/set-password/", "/set-password/%FF/a-b/"])
def test_a_broken_link_says_the_same(client, db, path):
    page = client.get(path, follow=True)

    assert page.status_code == 200
    assert "was used already" in page.content.decode()


def test_a_person_who_may_not_sign_in_sets_none(person, client, entries):
    path = passwords.path_for(person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert "was used already" in client.get(path, follow=True).content.decode()
    assert entries() == []


def test_a_new_password_ends_open_sessions(person, client):
    client.force_login(person)
    assert client.get("/desk/").status_code != 302
    path = passwords.path_for(person)

    send(client, path, GOOD)

    assert client.get("/desk/").status_code == 302
