"""The draft of a browser: what the session holds, and whose attempts are counted."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tracker.web.portal import drafts


def request(address="/file/", **meta):
    made = RequestFactory().get(address, **meta)
    made.session = {}
    return made


def test_without_a_draft_there_is_none(db):
    assert drafts.current(request()) is None
    assert drafts.kept_id(request()) is None


def test_a_draft_that_is_gone_is_none_but_its_id_is_known(db):
    made = request()
    made.session[drafts.SESSION_KEY] = str(uuid4())
    assert drafts.current(made) is None
    assert str(drafts.kept_id(made)) == made.session[drafts.SESSION_KEY]


def test_forgetting_takes_session_and_cookie(db):
    made = request()
    made.session[drafts.SESSION_KEY] = str(uuid4())
    response = drafts.forget(made, HttpResponse())
    assert made.session == {}
    assert response.cookies[drafts.CODE_COOKIE].value == ""


def test_without_answers_the_defaults_are_in_force(offices):
    setting = drafts.setting_of(None)
    assert setting.board is None
    assert setting.allows_anonymous()


def test_the_draft_is_kept_and_acted_on_by_its_writer(client, fill):
    fill("who")
    made = request()
    made.session = client.session
    draft = drafts.current(made)
    setting = drafts.setting_of(draft)
    assert setting.board.slug == "tx-bhec"
    assert drafts.actor_of(draft).code == f"filer:{draft.id}"
    response = drafts.keep(made, HttpResponse(), draft.id, "CODE")
    assert made.session[drafts.SESSION_KEY] == str(draft.id)
    assert response.cookies[drafts.CODE_COOKIE]["samesite"] == "Strict"


@pytest.mark.parametrize(
    ("proxy", "meta", "address"),
    [
        (None, {"REMOTE_ADDR": "192.0.2.1"}, "192.0.2.1"),
        (None, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7"}, "192.0.2.1"),
        (("X", "https"), {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.7"}, "198.51.100.7"),
        (("X", "https"), {"REMOTE_ADDR": "192.0.2.1"}, "192.0.2.1"),
    ],
)
def test_only_our_own_proxy_is_believed(settings, proxy, meta, address):
    settings.SECURE_PROXY_SSL_HEADER = proxy
    assert drafts.network_address(request(**meta)) == address


def test_attempts_are_counted_by_address(db, settings):
    settings.RATE_LIMITS = {"draft": (1, 600)}
    assert drafts.limited(request(REMOTE_ADDR="192.0.2.1"), "draft").allowed
    assert not drafts.limited(request(REMOTE_ADDR="192.0.2.1"), "draft").allowed
    assert drafts.limited(request(REMOTE_ADDR="192.0.2.2"), "draft").allowed
