"""Bringing queued letters to their recipients, once each, however often it is asked.

An attempt is claimed by its row before anything leaves, and concluded after; what a dead worker left claimed
is tried again after ten minutes. A mail may then arrive twice with the same Message-ID, which is better than
never.
"""

import logging
from datetime import datetime, timedelta
from email.utils import parseaddr
from io import BytesIO
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from boards.models import Board
from tracker.audit.actors import Actor
from tracker.files import kinds as file_kinds
from tracker.files import stopwatch, storage
from tracker.files.models import StoredFile
from tracker.files.stopwatch import Clock
from tracker.notices import letter
from tracker.notices.actions import post
from tracker.notices.kinds import KINDS, Audience, Method, methods_for
from tracker.notices.models import SETTLED, Delivery, Notice, NoticeRecipient, Outcome

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4))
MAX_ATTEMPTS = len(RETRY_AFTER) + 1
CLAIM_HOLDS = timedelta(minutes=10)
PERMANENT_FROM = 500
MOST_AT_ONCE = 50

logger = logging.getLogger(__name__)


def deliver(notice_id: UUID, *, actor: Actor, at: datetime) -> datetime | None:
    """Draw the letter up and try every recipient and method that is due.

    Answers when to try again, or None when nothing is left to try. May run any number of times, and by
    several workers at once. Ledger: notice.delivered or notice.failed for each attempt that ended for good.
    """
    clock = stopwatch.running_from(at)
    notice = _with_pdf(notice_id, at)
    again: list[datetime] = []
    for recipient in notice.recipients.all():
        for method in methods_for(KINDS[notice.kind], Audience(notice.audience), recipient):
            later = _attempt(notice, recipient, method, actor=actor, clock=clock)
            if later:
                again.append(later)
    return min(again, default=None)


def deliver_due(*, actor: Actor, at: datetime) -> int:
    """Ask the worker again for letters whose retry is due, that a dead worker left, or that lost their task.

    Answers how many. Leaves no entry; the delivery does.
    """
    later = Delivery.objects.filter(
        notice=OuterRef("notice"),
        recipient_no=OuterRef("recipient_no"),
        method=OuterRef("method"),
        attempt__gt=OuterRef("attempt"),
    )
    before = at - CLAIM_HOLDS
    stuck = Q(outcome=Outcome.FAILED, retry_at__lte=at) | Q(outcome=Outcome.SENDING, at__lte=before)
    due = list(Delivery.objects.filter(stuck).exclude(Exists(later)).values_list("notice_id", flat=True))
    untried = Notice.objects.filter(deliveries__isnull=True, queued_at__lte=before)
    due += untried.values_list("pk", flat=True)
    chosen = sorted(set(due))[:MOST_AT_ONCE]
    # The task imports this file, so it is found by its name.
    task = import_string("tracker.notices.tasks.deliver_notice")
    for notice_id in chosen:
        task.enqueue(str(notice_id))
    return len(chosen)


def _with_pdf(notice_id: UUID, at: datetime) -> Notice:
    notices = Notice.objects.select_related("pdf").prefetch_related("recipients")
    notice = notices.get(pk=notice_id)
    if notice.pdf_id is not None:
        return notice
    board = Board.objects.select_related("jurisdiction").get(pk=notice.board_id)
    drawn = letter.draw(_content(notice, board))
    stored = storage.store(BytesIO(drawn), key_prefix=storage.case_prefix(notice.board_id, notice.case_id))
    with transaction.atomic():
        row = StoredFile.objects.record(
            stored, board_id=notice.board_id, case_id=notice.case_id, kind=file_kinds.KINDS["pdf"], at=at
        )
        Notice.objects.filter(pk=notice_id, pdf__isnull=True).update(pdf=row)
    return notices.get(pk=notice_id)


def _content(notice: Notice, board: Board) -> letter.Letter:
    first, *others = notice.recipients.all()
    return letter.Letter(
        board_name=board.name,
        jurisdiction=board.jurisdiction.name,
        board_lines=letter.board_lines(board),
        docket=notice.docket,
        letter_date=notice.letter_date,
        addressee=tuple(line.strip() for line in [first.name, *first.postal.splitlines()] if line.strip()),
        copies=tuple(other.name for other in others if other.name),
        subject=notice.subject,
        body=notice.body,
        language=notice.language,
    )


def _attempt(
    notice: Notice, recipient: NoticeRecipient, method: Method, *, actor: Actor, clock: Clock
) -> datetime | None:
    claimed, later = _claim(notice, recipient, method, clock())
    if claimed is None:
        return later
    outcome, reason, may_retry = Outcome.SENT, "", False
    if method is Method.EMAIL:
        reason, may_retry = _send(notice, recipient)
        outcome = Outcome.FAILED if reason else Outcome.SENT
    else:
        outcome = Outcome.TO_POST if method is Method.MAIL else Outcome.AVAILABLE
    at = clock()
    may_retry = may_retry and claimed.attempt < MAX_ATTEMPTS
    retry_at = at + RETRY_AFTER[claimed.attempt - 1] if may_retry else None
    with transaction.atomic():
        ended = Delivery.objects.filter(pk=claimed.pk, outcome=Outcome.SENDING)
        if not ended.update(outcome=outcome, reason=reason, retry_at=retry_at):
            return None
        claimed.refresh_from_db()
        if retry_at is None:
            post.conclude(notice, claimed, actor=actor, at=at)
    return retry_at


@transaction.atomic
def _claim(
    notice: Notice, recipient: NoticeRecipient, method: Method, at: datetime
) -> tuple[Delivery | None, datetime | None]:
    """Take the next attempt, or answer when it will be due (None: nothing is left to try)."""
    Notice.objects.select_for_update().get(pk=notice.pk)
    tried = Delivery.objects.filter(notice=notice, recipient_no=recipient.number, method=method)
    last = tried.order_by("-attempt").first()
    number = 1
    if last is not None:
        if last.outcome in SETTLED or (last.outcome == Outcome.FAILED and last.retry_at is None):
            return None, None
        due = last.retry_at if last.outcome == Outcome.FAILED else last.at + CLAIM_HOLDS
        if due is not None and due > at:
            return None, due
        if last.outcome == Outcome.SENDING:
            # Its worker died: whether the mail left is unknown.
            tried.filter(pk=last.pk).update(outcome=Outcome.FAILED, reason="interrupted", retry_at=at)
        number = last.attempt + 1
    claimed = Delivery.objects.create(
        notice=notice,
        recipient_no=recipient.number,
        method=method,
        attempt=number,
        outcome=Outcome.SENDING,
        at=at,
    )
    return claimed, None


def _send(notice: Notice, recipient: NoticeRecipient) -> tuple[str, bool]:
    """Send the mail; answers why it failed (empty when it left) and whether trying again makes sense."""
    try:
        _message(notice, recipient).send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        return "refused", all(code < PERMANENT_FROM for code in codes)
    except SMTPResponseException as error:
        return f"smtp-{error.smtp_code}", error.smtp_code < PERMANENT_FROM
    except ValueError:
        return "invalid-address", False
    except (SMTPException, OSError) as error:
        logger.warning("a letter could not be mailed: %s", type(error).__name__)
        return type(error).__name__, True
    return "", False


def _message(notice: Notice, recipient: NoticeRecipient) -> EmailMessage:
    """The mail that says a letter waits. Only a verified address gets the letter itself; no subject carries a
    name.
    """
    board = Board.objects.get(pk=notice.board_id)
    enclose = recipient.email_verified and notice.pdf is not None
    template = "enclosed" if enclose else f"waiting_{notice.audience}"
    with translation.override(notice.language):
        context = {"board": board, "docket": notice.docket, "tracking_page": f"{settings.SITE_URL}/track/"}
        message = EmailMessage(
            subject=_("A letter is waiting for you (%(docket)s)") % {"docket": notice.docket},
            body=render_to_string(f"notices/email_{template}.txt", context).strip() + "\n",
            to=[recipient.email],
            reply_to=[board.email] if board.email else None,
            headers={"Message-ID": _message_id(notice, recipient), "Auto-Submitted": "auto-generated"},
        )
    if enclose and notice.pdf is not None:
        with storage.open_verified(notice.pdf) as opened:
            message.attach(f"{notice.docket}.pdf", opened.read(), "application/pdf")
    return message


def _message_id(notice: Notice, recipient: NoticeRecipient) -> str:
    """The same on every attempt, so that a mail sent twice is shown once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{notice.pk}.{recipient.number}@{domain}>"
