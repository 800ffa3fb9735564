import email
import email.policy
import io
import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pikepdf
import pytest
from django_tasks_db.models import DBTaskResult

from tests.tracker.notices.conftest import AT, SYSTEM
from tracker.audit.models import LedgerEntry
from tracker.files import stopwatch, storage
from tracker.notices import actions
from tracker.notices.actions import delivery
from tracker.notices.models import Delivery, Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_time_passes(monkeypatch):
    """A slow machine must not show in the times of what was sent."""
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(monotonic=lambda: 1000.0))


def deliver(notice, at=AT):
    return actions.deliver(notice.pk, actor=SYSTEM, at=at)


def attempts(notice):
    return [
        (row.recipient_no, row.method, row.attempt, row.outcome, row.reason)
        for row in Delivery.objects.filter(notice=notice).order_by("recipient_no", "method", "attempt")
    ]


def mail(smtp, index=0):
    return email.message_from_bytes(smtp.taken[index].content, policy=email.policy.default)


def events():
    return [(entry.event, json.loads(entry.body)["facts"]) for entry in LedgerEntry.objects.order_by("seq")]


def test_a_complainant_can_read_it_and_is_told_by_mail(queue, smtp):
    notice = queue()
    assert deliver(notice) is None
    assert attempts(notice) == [(1, "email", 1, "sent", ""), (1, "portal", 1, "available", "")]
    notice.refresh_from_db()
    assert notice.served_at == AT
    with storage.open_verified(notice.pdf) as opened, pikepdf.open(io.BytesIO(opened.read())) as pdf:
        assert pdf.docinfo["/Title"] == "Your complaint is being investigated, BHEC-2026-00012"


def test_the_mail_says_that_a_letter_waits_and_nothing_of_the_case(queue, smtp):
    deliver(queue())
    message = mail(smtp)
    text = message.get_body().get_content()
    assert smtp.taken[0].rcpt_tos == ["pat@example.org"]
    assert message["Subject"] == "A letter is waiting for you (BHEC-2026-00012)"
    assert message["Reply-To"] == "office@bhec.example"
    assert "/track/" in text
    assert not list(message.iter_attachments())
    for secret in ("Robin", "Vale", "Pat", "Quill", "investigat", "complaint"):
        assert secret not in message["Subject"]
        assert secret not in text


def test_a_verified_address_gets_the_letter_itself(queue, smtp, pat):
    notice = queue(recipients=[replace(pat, email_verified=True)])
    deliver(notice)
    (attached,) = mail(smtp).iter_attachments()
    assert attached.get_filename() == "BHEC-2026-00012.pdf"
    notice.refresh_from_db()
    with storage.open_verified(notice.pdf) as opened:
        assert attached.get_content() == opened.read()


def test_a_respondent_is_told_that_it_comes_by_mail_and_is_not_served_by_that(queue, smtp, pat):
    notice = queue("notice_to_licensee", recipients=[replace(pat, email="")])
    deliver(notice)
    notice.refresh_from_db()
    assert attempts(notice) == [(1, "mail", 1, "to_post", "")]
    assert (notice.served_at, notice.pdf_id is None) == (None, False)
    assert [event for event, _facts in events()] == ["notice.queued"]


def test_every_recipient_is_tried(queue, smtp, pat):
    counsel = replace(pat, email="counsel@example.org", on_behalf=True)
    deliver(queue("notice_to_licensee", recipients=[pat, counsel]))
    assert sorted(envelope.rcpt_tos[0] for envelope in smtp.taken) == ["counsel@example.org", "pat@example.org"]


def test_delivering_again_sends_nothing_again(queue, smtp):
    notice = queue()
    for _time in range(3):
        deliver(notice)
    assert len(smtp.taken) == 1
    assert len(attempts(notice)) == 2
    assert [event for event, _facts in events()] == ["notice.queued", "notice.delivered", "notice.delivered"]


def test_the_ledger_names_the_pdf_and_the_way_and_no_person(queue, smtp, pat):
    notice = queue()
    deliver(notice)
    notice.refresh_from_db()
    _event, facts = events()[-1]
    assert facts["pdf"] == notice.pdf.digest
    assert facts["recipient"] == str(pat.participant_id)
    assert "Pat" not in "".join(LedgerEntry.objects.values_list("body", flat=True))


def test_what_fails_for_now_is_tried_later_and_then_sent_once(queue, smtp):
    smtp.refused["pat@example.org"] = "451 try again"
    notice = queue()
    assert deliver(notice) == AT + timedelta(minutes=1)
    assert deliver(notice, AT + timedelta(seconds=30)) == AT + timedelta(minutes=1)
    smtp.refused.clear()
    assert deliver(notice, AT + timedelta(minutes=2)) is None
    assert attempts(notice)[:2] == [(1, "email", 1, "failed", "refused"), (1, "email", 2, "sent", "")]
    assert len(smtp.taken) == 1
    assert mail(smtp)["Message-ID"] == f"<{notice.pk}.1@recourse.example>"


def test_a_refused_address_is_not_tried_again(queue, smtp):
    smtp.refused["pat@example.org"] = "550 no such user"
    notice = queue()
    assert deliver(notice) is None
    assert attempts(notice)[0] == (1, "email", 1, "failed", "refused")
    event, facts = events()[-1]
    assert {facts["method"] for event, facts in events() if event == "notice.failed"} == {"email"}
    notice.refresh_from_db()
    assert notice.served_at == AT


def test_a_server_that_is_down_is_tried_five_times_and_then_given_up(queue, smtp, settings, free_port):
    settings.EMAIL_PORT = free_port()
    notice = queue()
    at, tries = AT, 0
    while at is not None:
        next_at = deliver(notice, at)
        assert next_at is None or next_at - at == delivery.RETRY_AFTER[tries]
        at, tries = next_at, tries + 1
    assert tries == delivery.MAX_ATTEMPTS
    assert [row[3:] for row in attempts(notice) if row[1] == "email"] == [("failed", "ConnectionRefusedError")] * 5
    assert [event for event, _facts in events()].count("notice.failed") == 1


def test_an_address_that_is_none_fails_for_good(queue, smtp, pat):
    notice = queue(recipients=[replace(pat, email="pat@exa mple\nBcc: x@y")])
    assert deliver(notice) is None
    assert attempts(notice)[0] == (1, "email", 1, "failed", "invalid-address")
    assert smtp.taken == []


class TestAWorkerDied:
    def died_midway(self, notice, at=AT):
        Delivery.objects.create(
            notice=notice, recipient_no=1, method="email", attempt=1, outcome=Outcome.SENDING, at=at
        )

    def test_its_claim_holds_for_ten_minutes(self, queue, smtp):
        notice = queue()
        self.died_midway(notice)
        assert deliver(notice, AT + timedelta(minutes=9)) == AT + timedelta(minutes=10)
        assert smtp.taken == []

    def test_then_another_sends_it(self, queue, smtp):
        notice = queue()
        self.died_midway(notice)
        assert deliver(notice, AT + timedelta(minutes=11)) is None
        assert attempts(notice)[:2] == [(1, "email", 1, "failed", "interrupted"), (1, "email", 2, "sent", "")]

    def test_letters_without_a_task_are_found(self, queue, smtp):
        untried, halfway, done = queue(), queue(), queue()
        self.died_midway(halfway)
        deliver(done)
        assert self.asked(AT + timedelta(minutes=5)) == set()
        assert self.asked(AT + timedelta(minutes=11)) == {str(untried.pk), str(halfway.pk)}
        for notice in (untried, halfway):
            deliver(notice, AT + timedelta(minutes=11))
        assert self.asked(AT + timedelta(minutes=30)) == set()
        assert len(smtp.taken) == 3

    def test_retries_are_asked_for_when_they_are_due(self, queue, smtp):
        smtp.refused["pat@example.org"] = "451 try again"
        notice = queue()
        deliver(notice)
        assert self.asked(AT) == set()
        assert self.asked(AT + timedelta(minutes=2)) == {str(notice.pk)}
        smtp.refused.clear()
        deliver(notice, AT + timedelta(minutes=2))
        assert self.asked(AT + timedelta(minutes=30)) == set()

    def asked(self, at):
        DBTaskResult.objects.all().delete()
        count = actions.deliver_due(actor=SYSTEM, at=at)
        found = {task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()}
        assert len(found) == count
        return found


def test_a_server_that_keeps_silent_is_recorded_when_it_was_given_up(queue, smtp, monkeypatch):
    passed = iter([1000.0] + [1000.0] * 3 + [1150.0] * 20)
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(monotonic=lambda: next(passed)))
    notice = queue()
    deliver(notice)
    notice.refresh_from_db()
    assert LedgerEntry.objects.order_by("seq").last().at == AT + timedelta(seconds=150)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(queue, smtp, together):
    notice = queue()
    outcomes = together(lambda: deliver(notice), lambda: deliver(notice))
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(smtp.taken) == 1
