"""Attachments of an e-mail: exhibits of their own under its number, received when the e-mail is taken apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.audit.actors import Actor
from tracker.evidence.actions import custody, framing
from tracker.evidence.actions.receiving import SOURCE_LENGTH, TITLE_LENGTH
from tracker.evidence.models import Exhibit
from tracker.evidence.states import CustodyAct
from tracker.files import kinds, names, storage
from tracker.files.kinds import Kind
from tracker.files.models import StoredFile
from tracker.files.rendering.rendered import MAX_ATTACHMENTS, Attachment
from tracker.files.storage import Stored


@dataclass(frozen=True)
class Arrived:
    """An attachment whose bytes lie in the vault: its name, what it is, and in words what it came with."""

    name: str
    source: str
    kind: Kind
    stored: Stored


def store(attachments: Sequence[Attachment], key_prefix: str) -> tuple[Arrived, ...]:
    """Put the bytes of attachments into the vault, before any transaction."""
    return tuple(
        Arrived(item.name, item.source, kinds.sniff(item.path), storage.store(item.path, key_prefix=key_prefix))
        for item in attachments
    )


def room(email: Exhibit) -> int:
    """How many attachments the number of an e-mail still takes; an e-mail within another has those of the outer one.

    What does not find room stays in the original. The caller holds the lock of `framing.locked`.
    """
    return MAX_ATTACHMENTS - _last_part(email.parent or email)


def left_note(email: Exhibit, count: int) -> str:
    """The sentence that says how many attachments stay in the original."""
    words = ngettext(
        "One attachment is in the original only: exhibit E-%(number)s takes no more than %(most)s.",
        "%(count)s attachments are in the original only: exhibit E-%(number)s takes no more than %(most)s.",
        count,
    )
    return words % {"count": count, "number": email.number, "most": MAX_ATTACHMENTS}


def _last_part(top: Exhibit) -> int:
    found: int | None = Exhibit.objects.filter(parent=top).aggregate(last=Max("part"))["last"]
    return found or 0


def receive_attachment(email: Exhibit, arrived: Arrived, *, actor: Actor, at: datetime) -> Exhibit:
    """Take an attachment into evidence as the next part of an e-mail's number, inside the act that took it apart.

    An e-mail within an e-mail has no numbers of its own: what it holds becomes further parts of the outer one. The
    caller holds the lock of `framing.locked` and asked for `room`. Ledger: evidence.received; custody: received from
    the e-mail. A job then scans and inspects it.
    """
    top = email.parent or email
    part = _last_part(top) + 1
    file = StoredFile.objects.record(
        arrived.stored, board_id=top.board_id, case_id=top.case_id, kind=arrived.kind, at=at
    )
    source = _("Attachment of %(key)s") % {"key": email.key}
    exhibit = Exhibit.objects.create(
        board_id=top.board_id,
        case_id=top.case_id,
        number=top.number,
        part=part,
        parent=top,
        title=names.display_name(arrived.name)[:TITLE_LENGTH],
        source=source[:SOURCE_LENGTH],
        dated_on=top.dated_on,
        original_name=names.display_name(arrived.name),
        stored_file=file,
        received_at=at,
        received_by=actor.code,
    )
    entry = framing.record(
        "evidence.received",
        exhibit,
        actor=actor,
        at=at,
        facts={"sha256": file.digest, "bytes": file.size, "kind": file.kind, "parent": email.key},
        private={"title": exhibit.title, "name": exhibit.original_name, "source": exhibit.source},
    )
    custody.add(exhibit, CustodyAct.RECEIVED, actor=actor, at=at, entry=entry, released_by=source)
    # The task imports this room's actions, so it is found by its name; rolled back with the act.
    import_string("tracker.evidence.tasks.process_exhibit").enqueue(str(exhibit.pk))
    return exhibit
