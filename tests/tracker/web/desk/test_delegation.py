"""Deputies on the desk: recorded by the director, told to the deputy."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.docketed import now
from tracker.access.models import Delegation


@pytest.fixture
def address(office):
    return reverse("desk:deputies", args=[office.board.slug])


def typed(office, **changed):
    """The form, filled in for today and tomorrow."""
    today = timezone.now().astimezone(office.board.zone).date()
    row = {"absent": office.investigator.email, "deputy": office.second.email, "role": "investigator"}
    return {**row, "valid_from": today, "valid_until": today + timedelta(days=1), "reason": "On leave.", **changed}


def test_a_deputy_is_recorded_told_and_ended(office, address, open_as, send_as):
    assert address in open_as(office.director, reverse("desk:home")).content.decode()
    assert send_as(office.director, address, typed(office)).status_code == 302
    row = Delegation.objects.get()
    name = office.investigator.full_name
    assert (
        f"You stand in for {name} (Investigator, BHEC) until"
        in open_as(office.second, reverse("desk:home")).content.decode()
    )
    assert f"for {name}, Investigator" in open_as(office.administrator, address).content.decode()
    end = reverse("desk:end-deputy", args=[office.board.slug, row.pk])
    assert send_as(office.director, end, {"reason": ""}).status_code == 409
    assert send_as(office.director, end, {"reason": "Back."}).status_code == 302
    assert "Nobody stands in for anybody." in open_as(office.director, address).content.decode()


def test_a_refusal_keeps_what_was_typed(office, address, send_as):
    response = send_as(office.director, address, typed(office, deputy=office.presiding.email))
    assert response.status_code == 409
    assert "Who hears or votes at the board cannot stand in for its staff." in response.content.decode()
    assert "On leave." in response.content.decode()
    assert send_as(office.director, address, typed(office, role="board_member")).status_code == 422
    assert not Delegation.objects.exists()


def test_the_page_is_for_who_delegates(office, address, open_as):
    assert open_as(office.manager, address).status_code == 404
    assert open_as(office.director, reverse("desk:deputies", args=["ca-bbs"])).status_code == 404


def test_a_deputy_sees_the_deputies_and_is_told_who_records_them(office, address, open_as, send_as):
    days = {"valid_from": "2020-01-01", "valid_until": "2099-01-01", "recorded_at": now(), "reason": "x"}
    row = {"absent": office.director, "deputy": office.second, "role": "executive_director"}
    Delegation.objects.create(board=office.board, **row, **days)
    text = open_as(office.second, address).content.decode()
    assert "Who stands in for another does not record deputies" in text
    assert 'name="deputy"' not in text
    assert send_as(office.second, address, typed(office)).status_code == 409
    assert Delegation.objects.count() == 1


def test_the_story_tells_for_whom_a_deputy_acted(filed, office, open_as):
    days = {"valid_from": "2020-01-01", "valid_until": "2099-01-01", "recorded_at": now(), "reason": "x"}
    row = {"absent": office.manager, "deputy": office.second, "role": "enforcement_manager"}
    Delegation.objects.create(board=office.board, **row, **days)
    filed.do("assign", office.second, {"email": office.investigator.email, "capacity": "investigator"})
    text = open_as(office.manager, reverse("desk:case", args=[filed.case.docket])).content.decode()
    assert f"{office.second.full_name} for {office.manager.full_name}" in text
