"""The pages that explain: they open, say what they must, and keep nothing."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories.offices import make_grounds

STATIC = Path(finders.find("tracker/recourse.css")).parent
ADDRESSES = ["/", "/before-you-file/", "/grounds/", "/your-information/", "/accessibility/", "/boards/", "/track/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_opens_with_help_and_a_way_out_first(client, offices, address):
    page = client.get(address).content.decode()
    links = re.findall(r"<a [^>]*>", page)
    assert "usa-skipnav" in links[0]
    assert 'class="leave"' in links[1]
    assert 'href="tel:988"' in page
    assert page.count("<h1") == 1
    assert page.count("<main") == 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_needs_inline_code(client, offices, address):
    response = client.get(address)
    page = response.content.decode()
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_home_has_three_doors_by_weight(client, offices):
    page = client.get("/").content.decode()
    assert page.count('<button class="usa-button">') == 1
    assert page.index("Find your board and file") < page.index("Track a complaint")
    assert "All 5 grounds, with what evidence helps" in page


def test_home_and_grounds_take_few_queries(client, offices, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get("/")
    with django_assert_num_queries(1):
        client.get("/grounds/")


def test_before_you_file_gives_advice_and_keeps_nothing(client, offices):
    answers = {"danger": "yes", "licensed": "yes", "conduct": "yes", "money": "no", "written": "yes"}
    response = client.post("/before-you-file/", answers)
    page = response.content.decode()
    assert "call 911 first" in page
    assert "A licensing board looks like a right place" in page
    assert "sessionid" not in client.cookies


def test_before_you_file_asks_for_missing_answers(client, offices):
    page = client.post("/before-you-file/", {"danger": "no"}).content.decode()
    assert "<title>Error: " in page
    assert "4 things need fixing" in page


def test_grounds_say_what_helps(client, db):
    make_grounds()
    page = client.get("/grounds/").content.decode()
    assert 'id="refusal_to_terminate"' in page
    assert "Messages and dates." in page


@pytest.mark.parametrize("wanted", ["dark", "light"])
def test_colors_are_kept_in_a_cookie(client, offices, wanted):
    assert client.post("/theme/", {"theme": wanted, "next": "/boards/"}).url == "/boards/"
    assert client.cookies["theme"].value == wanted
    assert f'data-theme="{wanted}"' in client.get("/").content.decode()


def test_colors_go_back_to_the_system_and_never_lead_away(client, offices):
    client.post("/theme/", {"theme": "dark"})
    assert client.post("/theme/", {"theme": "", "next": "https://evil.example/"}).url == "/"
    assert client.cookies["theme"].value == ""
    assert "data-theme" not in client.get("/").content.decode()
    assert Client().get("/theme/").status_code == 405


def test_sign_in_is_for_staff_and_says_so(client, db):
    page = client.get("/sign-in/").content.decode()
    assert "To file or track a complaint you need no account." in page
    wrong = client.post("/sign-in/", {"username": "nobody@example.com", "password": "wrong"}).content.decode()
    assert "usa-error-message" in wrong or "needs fixing" in wrong


@pytest.mark.parametrize("door", ["portal.css", "desk.css"])
def test_our_layer_over_the_design_system_stays_thin(door):
    """The public pages count raw, since a phone on a bad line reads them; all count as they are sent, compressed."""
    layer = b"".join((STATIC / name).read_bytes() for name in ("recourse.css", door))
    sent = len(gzip.compress(layer))
    assert sent <= 6 * 1024, f"recourse.css and {door} are sent as {sent} bytes"
    assert door == "desk.css" or len(layer) <= 12 * 1024, f"recourse.css and {door} have {len(layer)} bytes"


def test_our_layer_takes_its_colors_from_tokens():
    text = (STATIC / "portal.css").read_text()
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", text)) <= {"#fff", "#162e51"}


TEMPLATES = [
    path
    for folder in ("portal", "components", "errors", "forms")
    for path in sorted((settings.BASE_DIR / "templates" / folder).glob("*.html"))
] + sorted((settings.BASE_DIR / "templates").glob("base*.html"))
NOT_WORDS = re.compile(
    r"{% block (?:body_class|main_class|form_attrs) %}.*?{% endblock %}|"
    r"{% blocktranslate.*?{% endblocktranslate %}|<title>.*?</title>|{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>|&[a-z]+;",
    re.DOTALL,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_word_of_a_template_can_be_translated(path):
    left = NOT_WORDS.sub(" ", path.read_text())
    assert re.findall(r"[A-Za-z]{2,}", left) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_text_shouts(path):
    assert not re.search(r"[A-Za-z]!(?![=-])", path.read_text().replace("<!doctype", ""))
