"""What a board still needs: rules with a source, closed days, somebody in every role."""

from datetime import date, timedelta

import pytest

from boards.models import ClosedDay
from tests.factories.office import make_board, make_person
from tests.factories.offices import make_rule
from tracker.access.models import Membership
from tracker.access.policy import Role
from tracker.web.admin import readiness

TODAY = date(2026, 6, 1)


@pytest.fixture
def board(db):
    return make_board()


def test_a_new_board_needs_everything(board):
    rules, days, people = readiness.points(board, TODAY)

    assert [point.is_there for point in (rules, days, people)] == [False, False, False]
    assert rules.text.startswith("Settings with a source of this board: 0 of ")
    assert days.text == "No closed day of the coming year is known."
    assert "Intake analyst, Investigator" in people.text


def test_what_is_there_is_told(board):
    make_rule(board, "answer_days", 21, citation="Rule 9")
    make_rule(None, "ack_days", 5, citation="Policy")
    ClosedDay.objects.create(board=board, date=TODAY + timedelta(days=30), name="July 1", source="Calendar")
    for role in Role:
        make_person(board, role)

    rules, days, people = readiness.points(board, TODAY)

    assert [point.is_there for point in (rules, days, people)] == [True, True, True]
    assert ": 1 of " in rules.text
    assert days.text == "Closed days in the coming year: 1."
    assert people.text == "Somebody is here in every role."


def test_who_left_or_may_not_sign_in_does_not_count(board):
    for role in Role:
        make_person(board, role)
    Membership.objects.filter(role=Role.AUDITOR).update(valid_until=TODAY - timedelta(days=1))
    gone = Membership.objects.get(role=Role.INVESTIGATOR).user
    gone.is_active = False
    gone.save()

    assert readiness.points(board, TODAY)[2].text == "Nobody is here as: Investigator, Auditor."
