"""The receipt: shown to this browser only, the code only for a while, every fingerprint in full."""

import hashlib
import re

from django.test import Client

from tests.tracker.web.portal.conftest import TEXT, numbers, text_file
from tracker.cases.models import Complaint
from tracker.web.portal import receipt


def test_both_numbers_and_every_fingerprint_are_shown(client, fill, sign):
    fill("you")
    client.post("/file/documents/", {"files": [text_file()]})
    sign()
    page = client.get("/file/receipt/").content.decode()
    found = numbers(client)
    assert found["docket"] in page
    assert found["code"] in page
    digest = hashlib.sha256(TEXT).hexdigest()
    assert re.sub(r"\s", "", page).count(digest) == 1
    assert "Texas Behavioral Health Executive Council" in page
    assert "calendar days from receipt" in page


def test_the_code_is_kept_by_nobody_but_the_browser(client, filed):
    stored = Complaint.objects.get()
    plain = filed["code"].replace("-", "")
    assert plain not in stored.code_hash
    assert plain not in stored.verbatim
    assert filed["code"] not in str(dict(client.session))
    assert client.cookies[receipt.COOKIE]["httponly"]
    assert client.cookies[receipt.COOKIE]["max-age"] == receipt.SECONDS


def test_without_the_cookie_the_receipt_says_that_the_code_is_gone(client, filed):
    del client.cookies[receipt.COOKIE]
    page = client.get("/file/receipt/").content.decode()
    assert filed["docket"] in page
    assert "It was shown right after filing" in page


def test_a_changed_cookie_shows_no_code(client, filed):
    client.cookies[receipt.COOKIE] = client.cookies[receipt.COOKIE].value[:-2] + "xx"
    assert client.get("/file/receipt/").context["kept"].code == ""


def test_another_browser_sees_no_receipt(filed):
    stranger = Client()
    assert stranger.get("/file/receipt/").url == "/track/"
    assert stranger.get("/file/receipt/receipt.pdf").url == "/track/"


def test_done_clears_the_browser(client, filed):
    assert client.post("/file/receipt/done/").url == "/"
    assert client.cookies[receipt.COOKIE].value == ""
    assert client.get("/file/receipt/").url == "/track/"


def test_the_pdf_is_a_download_named_by_the_docket(client, filed):
    response = client.get("/file/receipt/receipt.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="receipt-{filed["docket"]}.pdf"'
    assert response.content.startswith(b"%PDF-")
