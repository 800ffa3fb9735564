from uuid import uuid4

import pytest
from django.template.loader import get_template

from tracker.notices.kinds import KINDS, Audience, Method, Recipient, Standing, methods_for

LETTERS = [(kind, audience) for kind in KINDS.values() for audience in kind.audiences]


def ways(kind, audience, **contact):
    return methods_for(KINDS[kind], audience, Recipient(uuid4(), "Pat", **contact))


@pytest.mark.parametrize(("kind", "audience"), LETTERS, ids=lambda value: getattr(value, "code", value))
def test_every_letter_has_its_template(kind, audience):
    get_template(kind.template(audience))


def test_all_letters_of_the_workflow_are_in_the_table():
    assert set(KINDS) == {
        "receipt",
        "acknowledgement",
        "request_for_information",
        "opening",
        "notice_to_licensee",
        "closing",
        "charges",
        "default",
        "scheduling",
        "board_agenda",
        "settlement_agenda",
        "settlement_rejected",
        "notice_of_hearing",
        "emergency_action",
        "emergency_outcome",
        "ex_parte",
        "withdrawal_answer",
        "order",
        "continuance",
        "hearing_vacated",
        "remand",
        "proposed_decision",
        "court_ruling",
        "petition_received",
        "reopened",
        "reconsideration_denied",
        "reconsideration_granted",
    }
    assert [kind.code for kind in KINDS.values() if kind.standing is Standing.COURTESY] == ["receipt"]


@pytest.mark.parametrize(
    ("contact", "methods"),
    [
        ({}, (Method.PORTAL,)),
        ({"email": "a@b.example"}, (Method.PORTAL, Method.EMAIL)),
        ({"postal": "12 Main St"}, (Method.PORTAL, Method.MAIL)),
        ({"email": "a@b.example", "postal": "12 Main St"}, (Method.PORTAL, Method.EMAIL)),
    ],
)
def test_a_complainant_reads_on_the_tracking_page_and_is_told(contact, methods):
    assert ways("closing", Audience.COMPLAINANT, **contact) == methods


@pytest.mark.parametrize(
    ("contact", "methods"),
    [
        ({}, (Method.MAIL,)),
        ({"postal": "12 Main St"}, (Method.MAIL,)),
        ({"email": "a@b.example"}, (Method.EMAIL, Method.MAIL)),
    ],
)
def test_a_respondent_is_served_on_paper(contact, methods):
    assert ways("charges", Audience.RESPONDENT, **contact) == methods
