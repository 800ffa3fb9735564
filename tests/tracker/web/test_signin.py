"""Signing in: tries are counted before any password is looked at."""

import pytest
from django.test import Client

from tracker.access.models import User

PASSWORD = "a long enough secret"


@pytest.fixture
def person(db):
    person = User(email="vale@board.example", full_name="Vale Ito")
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(password: str, **address: str):
    return Client().post("/sign-in/", {"username": "vale@board.example", "password": password}, **address)


def test_the_right_password_leads_to_the_desk(person):
    assert sign_in(PASSWORD).url == "/desk/"


def test_tries_are_counted_and_the_right_password_comes_too_late(person, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign_in": (2, 600)}

    assert [sign_in("wrong").status_code for _try in range(2)] == [200, 200]
    late = sign_in(PASSWORD)
    assert late.status_code == 429
    assert "Too many tries" in late.content.decode()
    assert Client().get("/sign-in/").status_code == 200
    assert sign_in(PASSWORD, REMOTE_ADDR="192.0.2.7").url == "/desk/"


def test_an_address_that_a_visitor_tells_does_not_count(person, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "sign_in": (1, 600)}

    assert sign_in("wrong", HTTP_X_FORWARDED_FOR="192.0.2.1").status_code == 200
    assert sign_in("wrong", HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 429


def test_the_page_has_the_products_name_not_the_hosts(db):
    page = Client().get("/sign-in/").content.decode()
    assert "Sign in | Recourse</title>" in page
    assert "testserver" not in page
