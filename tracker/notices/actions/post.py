"""What becomes of a letter: served or not, and what staff know of paper ones."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards.models import Board
from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused, OutOfScope
from tracker.notices.kinds import Method
from tracker.notices.models import SERVED, Delivery, Notice, Outcome

BY_HAND = (Outcome.POSTED, Outcome.RECEIVED, Outcome.RETURNED)


@transaction.atomic
def record_post(
    notice_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    recipient_no: int,
    outcome: str,
    tracking_number: str = "",
) -> Delivery:
    """Record what staff know of a paper letter: posted, received or returned.

    Refused for any other outcome, before the letter was drawn up, and for a recipient it does not have.
    Ledger: notice.delivered, or notice.failed for a returned one.
    """
    notice = Notice.objects.select_for_update().filter(pk=notice_id).first()
    if notice is None:
        raise OutOfScope
    board = Board.objects.select_related("jurisdiction").get(pk=notice.board_id)
    gate.require(actor, Permission.PAPER_RECEIVE, board, at=at)
    reasons = []
    if outcome not in BY_HAND:
        reasons.append(_("Say whether the letter was mailed, received or returned."))
    if notice.pdf_id is None:
        reasons.append(_("The letter is not printed yet. Try again in a minute."))
    if not notice.recipients.filter(number=recipient_no).exists():
        reasons.append(_("The letter has no such recipient."))
    if reasons:
        raise ActionRefused(reasons)
    last = notice.deliveries.filter(recipient_no=recipient_no, method=Method.MAIL).order_by("-attempt").first()
    delivery = Delivery.objects.create(
        notice=notice,
        recipient_no=recipient_no,
        method=Method.MAIL,
        attempt=last.attempt + 1 if last else 1,
        outcome=outcome,
        tracking_number=tracking_number,
        at=at,
    )
    conclude(notice, delivery, actor=actor, at=at)
    return delivery


def conclude(notice: Notice, delivery: Delivery, *, actor: Actor, at: datetime) -> None:
    """Draw the consequences of an attempt that ended, in the caller's transaction: served or not, and the
    ledger line.

    A letter waiting to be mailed has not reached anybody, so it leaves no line yet.
    """
    if delivery.outcome == Outcome.TO_POST:
        return
    is_served = delivery.outcome in SERVED
    if is_served:
        Notice.objects.filter(pk=notice.pk, served_at__isnull=True).update(served_at=at)
    recipient = notice.recipients.get(number=delivery.recipient_no)
    ledger.record(
        "notice.delivered" if is_served else "notice.failed",
        board_id=notice.board_id,
        chain=notice.case_id,
        actor=actor,
        at=at,
        facts={
            "notice": str(notice.pk),
            "kind": notice.kind,
            "recipient": str(recipient.participant_id),
            "method": delivery.method,
            "attempt": delivery.attempt,
            "outcome": delivery.outcome,
            "reason": delivery.reason,
            "pdf": notice.pdf.digest if notice.pdf else "",
        },
        private={"recipient": recipient.name},
    )
