"""Refusals as pages: the status, who may, the kept words, and one 404 for two cases."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tracker.errors import ActionRefused, IntegrityBroken, NotPermitted, OutOfScope
from tracker.web import errors
from tracker.web.errors import DomainErrorMiddleware

WORDS = "Licensee's address was confirmed by telephone on Nov 18."


def answer(error, data=None):
    request = RequestFactory().post("/somewhere/", data or {})
    request.user = AnonymousUser()
    return DomainErrorMiddleware(lambda _request: HttpResponse("fine")).process_exception(request, error)


def test_what_is_not_refused_passes():
    request = RequestFactory().get("/")
    assert DomainErrorMiddleware(lambda _request: HttpResponse("fine"))(request).content == b"fine"
    assert answer(ValueError("surprise")) is None


def test_a_refusal_is_409_with_its_reasons_and_keeps_the_words():
    secrets = {"code": "7QKM-4TXR-92WD-1234-5678-9", "password": "correct horse battery staple", "step": "short"}
    response = answer(ActionRefused(["Allegation A3 has no finding"]), {"note": WORDS, **secrets})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Allegation A3 has no finding" in page
    assert "confirmed by telephone" in page
    assert "7QKM" not in page
    assert "correct horse" not in page


def test_the_words_of_a_refused_form_are_text_not_html():
    page = answer(ActionRefused(["No"]), {"note": "<script>alert(1)</script> and more words"}).content.decode()
    assert "<script>alert" not in page


def test_not_permitted_is_403_and_says_who_may():
    response = answer(NotPermitted("Only board counsel may sign off the report."))
    assert response.status_code == 403
    assert b"Only board counsel may sign off the report." in response.content


@pytest.mark.django_db
def test_out_of_scope_looks_like_a_page_that_does_not_exist():
    # The real request comes first: it chooses the language of both.
    unknown = Client().get("/no/such/page/")
    outside = answer(OutOfScope())
    assert outside.status_code == unknown.status_code == 404
    assert outside.content == unknown.content


def test_broken_integrity_is_a_plain_500_with_a_reference(caplog):
    with caplog.at_level(logging.ERROR, "tracker"):
        response = answer(IntegrityBroken("E-2"))
    assert response.status_code == 500
    page = response.content.decode()
    assert "stylesheet" not in page
    assert "988" in page
    reference = page.partition("<code>")[2].partition("</code>")[0]
    assert reference.startswith("r-")
    assert reference in caplog.text


def test_a_busy_database_is_503_with_when_to_come_back(caplog):
    response = answer(OperationalError("database is locked"))
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "locked" not in response.content.decode()


def test_plain_pages_need_no_request_data():
    assert errors.bad_request(RequestFactory().get("/")).status_code == 400
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"come back with your draft code" in response.content


def test_a_refusal_of_django_speaks_our_words():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert b"Your role does not include this" in errors.forbidden(request).content


@pytest.mark.django_db
def test_a_form_without_its_token_keeps_the_words():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/track/", {"docket": WORDS})
    assert response.status_code == 403
    assert b"open too long" in response.content
    assert b"confirmed by telephone" in response.content


@pytest.mark.parametrize("error", [ActionRefused(["No"]), NotPermitted("Nobody"), OutOfScope()])
def test_no_browser_or_proxy_keeps_a_refusal(error):
    assert answer(error)["Cache-Control"] == "private, no-store"


def test_only_long_words_are_kept():
    request = RequestFactory().post("/", {"note": WORDS, "kind": "pdf", "csrfmiddlewaretoken": "x" * 64})
    assert errors.kept_words(request) == [WORDS]


@pytest.mark.parametrize("address", ["/desk/cases/BHEC-2026-%00/", "/desk/workflow/?case=%00", "/%00/"])
def test_a_sign_that_no_row_can_hold_is_a_page_that_does_not_exist(db, address):
    assert Client().get(address).status_code == 404
