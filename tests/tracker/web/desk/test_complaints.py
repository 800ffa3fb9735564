"""Entering a complaint that came on paper: filed once, nothing lost, the code shown once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.staffed import make_staffed
from tracker.cases.models import Case, Complaint

ENTER = reverse("desk:enter-complaint")


@pytest.fixture
def typed(office):
    """A whole form."""
    return {
        "draft_id": str(uuid4()),
        "board": str(office.board.pk),
        "channel": "mail",
        "source": "public",
        "received_on": (timezone.localdate() - timedelta(days=3)).isoformat(),
        "respondent_name": "Robin Vale",
        "profession": "counseling",
        "name": "Maya Ortiz",
        "relation": "client",
        "grounds": ["other", "sexual_misconduct"],
        "narrative": "Słowa, كلمات, 言葉 and more",
        "signed_by": "Maya Ortiz",
    }


def test_a_paper_complaint_is_filed_with_docket_and_code(office, typed, send_as):
    response = send_as(office.intake, ENTER, typed)
    case = Case.objects.get()
    text = response.content.decode()

    assert response.status_code == 200
    assert case.docket in text
    assert "It is shown only now" in text
    assert response.context["filed"].tracking_code
    assert [claim.narrative for claim in case.allegations.all()] == [typed["narrative"]] * 2
    assert timezone.localtime(case.received_at, office.board.zone).date().isoformat() == typed["received_on"]


def test_sent_twice_it_is_one_complaint_and_the_code_is_gone(office, typed, send_as):
    send_as(office.intake, ENTER, typed)
    response = send_as(office.intake, ENTER, typed)

    assert Complaint.objects.count() == 1
    assert "It is one complaint" in response.content.decode()
    assert response.context["filed"].tracking_code is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"respondent_name": ""}, "This field is required"),
        ({"grounds": []}, "This field is required"),
        ({"name": ""}, "Give the name, or say that the complainant gave none"),
        ({"received_on": "soon"}, "Enter a valid date"),
        ({"board": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice"),
        ({"received_on": "1899-12-31"}, "The year must be 1900 or later."),
        ({"occurred_to": "9999-12-31"}, "The year must be 2200 or earlier."),
    ],
)
def test_faults_keep_what_was_typed(office, typed, send_as, change, words):
    response = send_as(office.intake, ENTER, {**typed, **change})
    text = response.content.decode()

    assert response.status_code == 422
    assert words in text
    assert typed["narrative"] in text
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"received_on": "2199-01-01"}, "cannot be in the future"),
        ({"occurred_from": "2199-01-01"}, "cannot be in the future"),
        ({"occurred_from": "2020-02-02", "occurred_to": "2020-02-01"}, "before the first day"),
        ({"signed_by": ""}, "must be signed"),
    ],
)
def test_refusals_are_told_with_the_words_kept(office, typed, send_as, change, words):
    response = send_as(office.intake, ENTER, {**typed, **change})
    text = response.content.decode()

    assert response.status_code == 409
    assert words in text
    assert typed["narrative"] in text
    assert not Case.objects.exists()


def test_without_a_name(office, typed, send_as):
    response = send_as(office.intake, ENTER, {**typed, "anonymous": "on", "name": "", "signed_by": ""})

    assert response.status_code == 200
    assert not hasattr(Case.objects.get().participants.get(role="complainant"), "identity")


def test_a_board_motion_needs_no_complainant(office, typed, send_as):
    send_as(office.manager, ENTER, {**typed, "source": "board_motion", "name": "", "signed_by": ""})

    assert not Case.objects.get().participants.filter(role="complainant").exists()


def test_only_for_boards_where_the_person_may_file(office, typed, open_as, send_as):
    elsewhere = make_staffed("ca-bbs", "BBS")

    assert [str(pk) for pk, _name in open_as(elsewhere.intake, ENTER).context["form"].fields["board"].choices] == [
        str(elsewhere.board.pk)
    ]
    assert send_as(elsewhere.intake, ENTER, typed).status_code == 422
    assert open_as(office.counsel, ENTER).status_code == 403
