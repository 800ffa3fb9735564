from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tests.tracker.notices.conftest import AT, SYSTEM
from tracker.access.models import Membership, User
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.notices import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(board):
    def staff(role):
        user = User.objects.create(email=f"{role}@example.org", full_name=role)
        Membership.objects.create(board=board, user=user, role=role, valid_from=date(2026, 1, 1))
        return Actor.staff(user.pk, Origin.DEMO)

    return staff


@pytest.fixture
def manager(staff):
    return staff("enforcement_manager")


def record(letter, actor, outcome="posted", recipient_no=1):
    return actions.record_post(
        letter.pk, actor=actor, at=AT, recipient_no=recipient_no, outcome=outcome, tracking_number="9400"
    )


@pytest.fixture
def paper_letter(queue, pat):
    notice = queue("notice_to_licensee", recipients=[replace(pat, email="")])
    actions.deliver(notice.pk, actor=SYSTEM, at=AT)
    return notice


def test_a_posted_letter_is_served(paper_letter, manager):
    made = record(paper_letter, manager)
    paper_letter.refresh_from_db()
    assert (made.attempt, made.tracking_number, paper_letter.served_at) == (2, "9400", AT)
    assert LedgerEntry.objects.order_by("seq").last().event == "notice.delivered"


def test_what_comes_back_is_kept_beside_it(paper_letter, manager):
    record(paper_letter, manager)
    record(paper_letter, manager, "returned")
    outcomes = list(paper_letter.deliveries.order_by("attempt").values_list("outcome", flat=True))
    assert outcomes == ["to_post", "posted", "returned"]
    assert LedgerEntry.objects.order_by("seq").last().event == "notice.failed"


@pytest.mark.parametrize(("outcome", "recipient_no"), [("sent", 1), ("posted", 7)])
def test_refuses_what_cannot_be(paper_letter, manager, outcome, recipient_no):
    before = LedgerEntry.objects.count()
    with pytest.raises(ActionRefused):
        record(paper_letter, manager, outcome, recipient_no)
    assert LedgerEntry.objects.count() == before
    assert paper_letter.deliveries.count() == 1


def test_refuses_before_there_is_a_letter_to_post(queue, manager):
    with pytest.raises(ActionRefused, match="not printed"):
        record(queue("notice_to_licensee"), manager)


def test_says_who_may(paper_letter, staff):
    with pytest.raises(NotPermitted, match="Enforcement manager"):
        record(paper_letter, staff("auditor"))


def test_an_unknown_letter_is_out_of_scope(manager):
    with pytest.raises(OutOfScope):
        actions.record_post(uuid4(), actor=manager, at=AT, recipient_no=1, outcome="posted")
