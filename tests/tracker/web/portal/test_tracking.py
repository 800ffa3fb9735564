"""Tracking: only with both numbers, the same answer for either wrong one, and nothing that may not be told."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.factories.office import make_person
from tests.tracker.web.portal.conftest import text_file
from tracker.access.policy import Role
from tracker.audit.actors import Actor
from tracker.cases import numbering
from tracker.cases.actions import companions
from tracker.cases.filingdata import RespondentData
from tracker.cases.models import Case
from tracker.evidence.models import Exhibit
from tracker.notices import actions as letters
from tracker.notices.models import Notice
from tracker.web.portal import tracking


@pytest.fixture
def visitor(filed):
    """Another browser, signed in with both numbers."""
    browser = Client()
    assert browser.post("/track/", filed).url == "/track/"
    return browser


def other_code():
    return numbering.new_code()


def test_both_numbers_open_the_page(visitor, filed):
    page = visitor.get("/track/").content.decode()
    assert "The board has your complaint" in page
    assert filed["docket"] in page
    assert "You do not need to do anything." in page
    assert "Why this date?" in page
    assert filed["code"] not in page


def test_neither_names_nor_words_stand_on_the_page(visitor):
    page = visitor.get("/track/").content.decode()
    for private in ("Prewitt", "Maya", "not ready", "maya@example.com"):
        assert private not in page


def test_a_wrong_docket_and_a_wrong_code_get_the_same_answer(filed):
    answers = []
    for data in ({**filed, "code": other_code()}, {**filed, "docket": "BHEC-2026-99999"}):
        response = Client().post("/track/", data)
        assert response.context["form"].non_field_errors() == ["That docket number and code do not match"]
        answers.append(response.context["left"])
        assert "tracked" not in response.client.session
    assert answers == ["You can try 9 more times.", "You can try 8 more times."]


def test_one_sign_off_is_a_typing_mistake_and_costs_no_try(filed, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "lookup": (1, 600)}
    code = filed["code"]
    wrong = code[:-3] + ("A" if code[-3] != "A" else "B") + code[-2:]
    browser = Client()
    for _ in range(3):
        page = browser.post("/track/", {**filed, "code": wrong}).content.decode()
        assert "This code has a typing mistake" in page
    assert browser.post("/track/", filed).status_code == 302


def test_a_code_may_be_typed_carelessly(filed):
    careless = {"docket": filed["docket"].lower(), "code": filed["code"].lower().replace("-", " ")}
    assert Client().post("/track/", careless).status_code == 302


def test_too_many_tries_are_stopped_even_with_the_right_code(filed, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "lookup": (2, 600)}
    for _ in range(2):
        Client().post("/track/", {**filed, "code": other_code()})
    response = Client().post("/track/", filed)
    assert response.status_code == 429
    assert filed["docket"] not in response.content.decode()


def test_empty_fields_are_asked_for(client, db):
    page = client.post("/track/", {}).content.decode()
    assert "Type the docket number from your receipt" in page


def test_the_page_closes_when_it_is_not_used(visitor, monkeypatch):
    later = timezone.now() + timedelta(seconds=tracking.IDLE_SECONDS + 1)
    monkeypatch.setattr(tracking.timezone, "now", lambda: later)
    page = visitor.get("/track/").content.decode()
    assert "was not used for a while" in page
    assert "tracked" not in visitor.session


def test_a_companion_case_takes_nothing_from_the_docket_that_was_asked_for(visitor, filed):
    first = Case.objects.get()
    boss = Actor.staff(make_person(first.board, Role.ENFORCEMENT_MANAGER).pk)
    row = {"respondent": RespondentData(name="Ines Farrow"), "allegations": ["A1"], "reason": "She knew."}
    opened = companions.open_companion(first.pk, actor=boss, at=timezone.now(), **row)

    page = visitor.get("/track/").content.decode()
    assert filed["docket"] in page
    assert opened.docket not in page
    visitor.post("/track/documents/", {"files": [text_file()]})
    visitor.post("/track/withdraw/", WISH)
    assert Exhibit.objects.get().case_id == first.pk
    assert [case.documents.filter(kind="withdrawal").count() for case in (first, opened)] == [1, 0]
    there = Client()
    there.post("/track/", {**filed, "docket": opened.docket})
    assert opened.docket in there.get("/track/").content.decode()


def test_a_page_opened_before_dockets_were_kept_is_closed(visitor):
    session = visitor.session
    session["tracked"] = {name: value for name, value in session["tracked"].items() if name != "case"}
    session.save()
    assert "Docket number and tracking code are on your receipt." in visitor.get("/track/").content.decode()


def test_signing_out_clears_it(visitor):
    assert visitor.post("/track/sign-out/").url == "/track/"
    assert "tracked" not in visitor.session
    assert "Docket number and tracking code are on your receipt." in visitor.get("/track/").content.decode()


def test_more_documents_become_exhibits_at_once(visitor):
    response = visitor.post("/track/documents/", {"files": [text_file("second.txt")]}, follow=True)
    assert "1 file was received" in response.content.decode()
    exhibit = Exhibit.objects.get()
    assert exhibit.received_by.startswith("filer:")
    assert "second.<wbr>txt" in response.content.decode()


def test_a_refused_document_is_told_in_words(visitor):
    files = [SimpleUploadedFile("empty.txt", b"")]
    page = visitor.post("/track/documents/", {"files": files}, follow=True).content.decode()
    assert "empty" in page
    assert Exhibit.objects.count() == 0
    assert "No file was chosen" in visitor.post("/track/documents/", follow=True).content.decode()


def test_documents_need_an_open_page(client, db):
    assert client.post("/track/documents/", {"files": [text_file()]}).url == "/track/"
    assert Exhibit.objects.count() == 0


def test_letters_can_be_read_by_their_receiver_only(visitor, filed):
    for notice in Notice.objects.all():
        letters.deliver(notice.pk, actor=Actor.system("worker"), at=timezone.now())
    page = visitor.get("/track/").content.decode()
    served = Notice.objects.filter(served_at__isnull=False).first()
    assert served is not None
    address = f"/track/letters/{served.pk}/"
    assert address in page
    response = visitor.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert Client().get(address).url == "/track/"
    assert visitor.get(f"/track/letters/{Case.objects.get().pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_files(visitor, django_assert_num_queries):
    visitor.post("/track/documents/", {"files": [text_file()]})
    visitor.get("/track/")
    with django_assert_num_queries(QUERIES):
        visitor.get("/track/")
    visitor.post("/track/documents/", {"files": [text_file("b.txt", b"b"), text_file("c.txt", b"c")]})
    visitor.get("/track/")
    with django_assert_num_queries(QUERIES):
        visitor.get("/track/")


QUERIES = 13


WISH = {"text": "I do not want to go on.", "understood": "on"}


def test_a_complainant_asks_to_withdraw_and_is_told_that_it_waits(visitor):
    page = visitor.get("/track/").content.decode()
    assert "It does not end the case." in page
    answer = visitor.post("/track/withdraw/", WISH, follow=True).content.decode()
    assert "The board has your wish to withdraw." in answer
    assert "Until then nothing changes." in answer
    assert "Ask to withdraw your complaint" not in answer
    assert "I do not want to go on." not in answer
    case = Case.objects.get()
    assert case.documents.get(kind="withdrawal").text == "I do not want to go on."
    again = visitor.post("/track/withdraw/", WISH, follow=True).content.decode()
    assert "A withdrawal waits for its answer already." in again
    assert case.documents.filter(kind="withdrawal").count() == 1


@pytest.mark.parametrize("missing", ["text", "understood"])
def test_a_wish_needs_words_and_a_mark_that_it_is_understood(visitor, missing):
    page = visitor.post("/track/withdraw/", {**WISH, missing: ""}).content.decode()
    assert "One thing needs fixing" in page
    assert "<details open>" in page
    assert not Case.objects.get().documents.filter(kind="withdrawal").exists()


def test_withdrawing_needs_an_open_page_and_is_limited(client, visitor, settings):
    assert Client().post("/track/withdraw/", WISH).url == "/track/"
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "draft": (0, 600)}
    assert visitor.post("/track/withdraw/", WISH).status_code == 429
    assert not Case.objects.get().documents.filter(kind="withdrawal").exists()
