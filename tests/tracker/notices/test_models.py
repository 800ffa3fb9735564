from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.tracker.notices.conftest import AT, SYSTEM
from tracker.audit import guards
from tracker.notices import actions
from tracker.notices.kinds import Audience, Recipient
from tracker.notices.models import Delivery, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded(db):
    guards.install(connection)


def test_a_served_letter_cannot_be_changed_or_removed(queue, guarded):
    notice = queue()
    Notice.objects.filter(pk=notice.pk).update(subject="Not served yet")
    actions.deliver(notice.pk, actor=SYSTEM, at=AT)
    for change in (
        lambda: Notice.objects.filter(pk=notice.pk).update(body="Other words"),
        lambda: Notice.objects.filter(pk=notice.pk).update(served_at=None),
        lambda: Notice.objects.filter(pk=notice.pk)._raw_delete(using="default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_nobody_is_served_with_a_letter_that_was_never_drawn_up(queue):
    notice = queue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(served_at=AT)


def test_an_attempt_has_its_number_once(queue):
    row = {"notice": queue(), "recipient_no": 1, "method": "email", "attempt": 1, "outcome": "sending", "at": AT}
    Delivery.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**row)


def test_the_tracking_page_shows_only_served_letters_to_that_complainant(queue, pat):
    own, unserved = queue(), queue()
    other = queue(recipients=[Recipient(uuid4(), "Somebody else")])
    to_respondent = queue("notice_to_licensee")
    for notice in (own, other, to_respondent):
        actions.deliver(notice.pk, actor=SYSTEM, at=AT)
    assert list(Notice.objects.readable_by([pat.participant_id])) == [own]
    assert unserved.audience == Audience.COMPLAINANT
    assert list(Notice.objects.readable_by([])) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_letters_of_a_case_take_three_queries(queue, django_assert_num_queries, count):
    notices = [queue() for _number in range(count)]
    with django_assert_num_queries(3):
        rows = list(Notice.objects.of_case(notices[0].case_id))
        assert [len(row.recipients.all()) + len(row.deliveries.all()) for row in rows] == [1] * count
