import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from tests.tracker.notices.conftest import AT, SYSTEM
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.errors import IntegrityBroken
from tracker.notices import actions
from tracker.notices.kinds import Audience, Recipient
from tracker.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_freezes_words_and_recipients(queue, pat):
    notice = queue()
    assert (notice.kind, notice.audience, notice.docket) == ("opening", "complainant", "BHEC-2026-00012")
    assert notice.subject == "Your complaint is being investigated"
    assert notice.body.startswith("Dear Pat Quill,\n\nOn July 2, 2026 the board opened")
    assert notice.letter_date == date(2026, 7, 2)
    recipient = notice.recipients.get()
    assert (recipient.participant_id, recipient.name) == (pat.participant_id, "Pat Quill")
    assert (recipient.email, recipient.postal) == (pat.email, pat.postal)


def test_contacts_are_not_readable_in_the_database(queue):
    queue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT email, postal FROM tracker_noticerecipient")
        row = " ".join(cursor.fetchone())
    assert "pat@example.org" not in row
    assert "Main St" not in row


def test_leaves_one_line_without_names(queue, pat):
    notice = queue()
    entry = LedgerEntry.objects.get()
    body = json.loads(entry.body)
    assert (entry.event, entry.chain, body["facts"]["words"]) == ("notice.queued", notice.case_id, notice.words_digest)
    assert body["facts"]["recipients"] == [str(pat.participant_id)]
    assert "Pat" not in entry.body
    assert "Pat Quill" in LedgerPrivate.objects.get(entry=entry.pk).body


def test_an_unnamed_recipient_is_greeted_all_the_same(queue):
    notice = queue(recipients=[Recipient(uuid4(), "")])
    assert notice.body.startswith("Hello,\n")


def test_other_words_or_recipients_give_another_digest(queue, pat):
    digests = {
        queue().words_digest,
        queue(respondent_name="Other").words_digest,
        queue(recipients=[Recipient(pat.participant_id, pat.name)]).words_digest,
    }
    assert len(digests) == 3


def test_the_audience_can_be_chosen(queue):
    notice = queue(
        "closing", audience=Audience.RESPONDENT, outcome="No violation", reason="x", closed_on=date(2026, 7, 1)
    )
    assert notice.audience == "respondent"


def test_asks_the_worker_in_the_same_transaction(queue):
    notice = queue()
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(notice.pk)]
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert (Notice.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_refuses_a_letter_to_nobody(queue):
    with pytest.raises(ValueError, match="no recipient"):
        queue(recipients=[])


def test_a_missing_value_writes_nothing(queue):
    with pytest.raises(ValueError, match="opened_on"):
        queue(opened_on=None)
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_refuses_outside_a_transaction(board, pat):
    with pytest.raises(IntegrityBroken, match="transaction"):
        actions.queue(
            "receipt",
            board_id=board.pk,
            case_id=uuid4(),
            actor=SYSTEM,
            at=AT,
            recipients=[pat],
            merge={"docket": "X", "received_on": AT},
        )
