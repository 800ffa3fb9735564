"""The way in: signed in or sent to sign in, and the same answer for what is not there and what is not yours."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from tests.factories.docketed import Docketed
from tracker.errors import OutOfScope
from tracker.web.desk import entry


def request_of(person):
    request = RequestFactory().get("/desk/")
    request.user = person
    return request


def test_actor_and_reader_are_the_person(office):
    request = request_of(office.counsel)

    assert entry.actor_of(request).user_id == office.counsel.pk
    assert entry.reader_of(request).user_id == office.counsel.pk
    assert [board.pk for board in entry.reader_of(request).boards] == [office.board.pk]


def test_a_docket_may_be_typed_in_small_letters(filed, office):
    assert entry.seen_case(request_of(office.counsel), filed.case.docket.lower()).case.pk == filed.case.pk


def test_out_of_scope_and_unknown_raise_the_same(filed, office):
    for docket in (filed.case.docket, "BHEC-2099-00001", ""):
        with pytest.raises(OutOfScope):
            entry.seen_case(request_of(office.investigator), docket)


def test_whole_pages_do_not_exist_for_readers_of_the_record(office):
    case = Docketed(office).charged().case

    assert entry.whole_case(request_of(office.counsel), case.docket).is_whole
    assert not entry.seen_case(request_of(office.voters[0]), case.docket).is_whole
    with pytest.raises(OutOfScope):
        entry.whole_case(request_of(office.voters[0]), case.docket)


def test_every_page_asks_for_a_sign_in(client, db):
    for name in ("home", "queue", "workflow", "enter-complaint", "months-csv"):
        assert client.get(reverse(f"desk:{name}"))["Location"].startswith(reverse("sign-in"))


def test_an_inactive_person_is_out(office, client):
    client.force_login(office.counsel)
    office.counsel.is_active = False
    office.counsel.save()

    assert client.get(reverse("desk:home")).status_code == 302


def test_sign_in_leads_to_the_desk(office, client):
    office.counsel.set_password("correct-horse-battery")
    office.counsel.save()
    form = {"username": office.counsel.email.upper(), "password": "correct-horse-battery"}

    assert client.post(reverse("sign-in"), form)["Location"] == reverse("desk:home")
    client.logout()
    wrong = client.post(reverse("sign-in"), {**form, "password": "x"})
    assert "One thing needs fixing" in wrong.content.decode()
