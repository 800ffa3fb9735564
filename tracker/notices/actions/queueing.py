"""Queueing a letter inside the act that sends it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from boards.models import Board
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.notices import words
from tracker.notices.kinds import KINDS, Audience, Recipient
from tracker.notices.models import Notice, NoticeRecipient


def queue(
    kind: str,
    *,
    board_id: UUID,
    case_id: UUID,
    actor: Actor,
    at: datetime,
    recipients: Sequence[Recipient],
    merge: Mapping[str, object],
    language: str = "en",
    audience: Audience | None = None,
) -> Notice:
    """Freeze a letter's words and recipients in the caller's transaction; it leaves after commit.

    `audience` may be left out where the kind has only one or its first is meant. The first recipient is
    addressed, the others get copies; all must be entitled to the same words. `merge` holds the values listed
    in `kinds`. Raises ValueError when values are missing or nobody is to receive it. Ledger: notice.queued.
    """
    spec = KINDS[kind]
    if not recipients:
        raise ValueError(f"The letter {kind} has no recipient.")
    board = Board.objects.select_related("jurisdiction").get(pk=board_id)
    notice = Notice(
        board_id=board_id,
        case_id=case_id,
        kind=kind,
        audience=audience or spec.audiences[0],
        template_version=spec.version,
        language=language,
        letter_date=at.astimezone(board.zone).date(),
        queued_at=at,
    )
    _freeze(notice, recipients, merge, board=board)
    _record(notice, recipients, actor=actor, at=at)
    # The task imports this file, so it is found by its name; enqueued here, it is rolled back with the act.
    import_string("tracker.notices.tasks.deliver_notice").enqueue(str(notice.pk))
    return notice


def _freeze(notice: Notice, recipients: Sequence[Recipient], merge: Mapping[str, object], *, board: Board) -> None:
    """Write the letter and keep it with whom it goes to."""
    text = words.write(
        KINDS[notice.kind],
        Audience(notice.audience),
        board=board,
        letter_date=notice.letter_date,
        salutation=_salutation(recipients[0], notice.language),
        merge=merge,
        language=notice.language,
    )
    notice.docket, notice.subject, notice.body = str(merge["docket"]), text.subject, text.body
    notice.words_digest = _digest(text, notice.letter_date.isoformat(), recipients)
    notice.save(force_insert=True)
    NoticeRecipient.objects.bulk_create(_rows(notice, recipients))


def _record(notice: Notice, recipients: Sequence[Recipient], *, actor: Actor, at: datetime) -> None:
    ledger.record(
        "notice.queued",
        board_id=notice.board_id,
        chain=notice.case_id,
        actor=actor,
        at=at,
        facts={
            "notice": str(notice.pk),
            "kind": notice.kind,
            "audience": str(notice.audience),
            "template_version": notice.template_version,
            "language": notice.language,
            "words": notice.words_digest,
            "recipients": [str(recipient.participant_id) for recipient in recipients],
        },
        private={"recipient": ", ".join(r.name for r in recipients if r.name), "subject": notice.subject},
    )


def _salutation(first: Recipient, language: str) -> str:
    with translation.override(language):
        return _("Dear %(name)s,") % {"name": first.name} if first.name else _("Hello,")


def _rows(notice: Notice, recipients: Sequence[Recipient]) -> list[NoticeRecipient]:
    return [
        NoticeRecipient(
            notice=notice,
            number=number,
            participant_id=recipient.participant_id,
            name=recipient.name,
            email=recipient.email,
            postal=recipient.postal,
            email_verified=recipient.email_verified,
            on_behalf=recipient.on_behalf,
        )
        for number, recipient in enumerate(recipients, start=1)
    ]


def _digest(text: words.Words, letter_date: str, recipients: Sequence[Recipient]) -> str:
    frozen = {
        "subject": text.subject,
        "body": text.body,
        "date": letter_date,
        "recipients": [[str(r.participant_id), r.name, r.email, r.postal] for r in recipients],
    }
    return hashlib.sha256(json.dumps(frozen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
