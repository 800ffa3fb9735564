"""Scan and inspection of a received exhibit: looked at outside any transaction, recorded in one. May run at
any time.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.errors import IntegrityBroken, OutOfScope
from tracker.evidence.actions import attaching, copies, custody, framing
from tracker.evidence.actions.attaching import Arrived
from tracker.evidence.models import Exhibit
from tracker.evidence.states import SETTLED, CustodyAct, ExhibitState
from tracker.files import scanning, stopwatch, storage
from tracker.files.models import ScanState, StoredFile
from tracker.files.rendering import child
from tracker.files.rendering.rendered import Rendered
from tracker.files.scanning import ScanResult
from tracker.files.storage import Stored

TRY_AGAIN_AFTER = timedelta(minutes=5)
MOST_AT_ONCE = 50
REASON_LENGTH = 300


@dataclass(frozen=True)
class _Seen:
    """What was seen in the bytes, nothing recorded yet; copies and attachments lie in the vault already.

    `left` counts the attachments for which the number of the e-mail has no room.
    """

    state: ExhibitState
    reason: str = ""
    scan: ScanResult | None = None
    rendered: Rendered = field(default_factory=Rendered)
    rendition: Stored | None = None
    text: Stored | None = None
    attachments: tuple[Arrived, ...] = ()
    not_renderable: str = ""
    left: int = 0


def process_exhibit(exhibit_id: UUID, *, actor: Actor, at: datetime) -> Exhibit:
    """Scan an exhibit, inspect it, and make its rendition. Nothing is done for one that is settled.

    Infected: refused. No verdict from the scanner, or changed bytes: quarantined, to be tried again. The copy is made
    in a child process with limits; what has no pages, or cannot be read, is cleared and marked not renderable with
    the reason. Attachments of an e-mail become exhibits of their own; how many stay in the original alone, since its
    number takes no more, is said. Ledger: evidence.cleared, evidence.refused or evidence.quarantined, and
    evidence.received for each attachment; custody: examined, and copied where a rendition was made.
    """
    exhibit = Exhibit.objects.select_related("stored_file").filter(pk=exhibit_id).first()
    if exhibit is None:
        raise OutOfScope
    if exhibit.is_settled:
        return exhibit
    clock = stopwatch.running_from(at)
    with TemporaryDirectory() as folder:
        seen = _look(exhibit, Path(folder))
    with transaction.atomic():
        exhibit = framing.locked(exhibit_id)
        if not exhibit.is_settled:
            _record(exhibit, seen, actor=actor, at=clock())
    return exhibit


def process_waiting(*, actor: Actor, at: datetime) -> int:
    """Ask the worker again for exhibits not settled five minutes after receipt, oldest first. Answers how many.

    They lost their task, the scanner gave no verdict, or their bytes were not those received and may be restored by
    now. Leaves no entry; the processing does.
    """
    waiting = Exhibit.objects.exclude(state__in=SETTLED).filter(received_at__lte=at - TRY_AGAIN_AFTER)
    ids = list(waiting.order_by("received_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    # The task imports this file, so it is found by its name.
    task = import_string("tracker.evidence.tasks.process_exhibit")
    for exhibit_id in ids:
        task.enqueue(str(exhibit_id))
    return len(ids)


def _look(exhibit: Exhibit, folder: Path) -> _Seen:
    quarantined = ExhibitState.QUARANTINED
    try:
        path = storage.copy_verified(exhibit.stored_file, folder / "received")
    except IntegrityBroken:
        return _Seen(quarantined, _("The stored bytes are missing or not those that were received."))
    try:
        scan = scanning.get_scanner().scan(path)
    except scanning.ScannerUnavailable as unavailable:
        return _Seen(quarantined, str(unavailable))
    if scan.state is ScanState.INFECTED:
        return _Seen(ExhibitState.REFUSED, _("A virus was found: %(name)s.") % {"name": scan.signature}, scan)
    try:
        rendered, reason = copies.make(exhibit, path, folder)
    except child.RendererUnavailable as unavailable:
        return _Seen(quarantined, str(unavailable))
    prefix = storage.case_prefix(exhibit.board_id, exhibit.case_id)
    return _Seen(
        ExhibitState.CLEARED,
        scan=scan,
        rendered=rendered,
        rendition=storage.store(rendered.rendition, key_prefix=prefix) if rendered.rendition else None,
        text=storage.store(rendered.text, key_prefix=prefix) if rendered.text else None,
        attachments=attaching.store(rendered.attachments, prefix),
        not_renderable=reason,
    )


def _record(exhibit: Exhibit, seen: _Seen, *, actor: Actor, at: datetime) -> None:
    reason = seen.reason[:REASON_LENGTH]
    if seen.state is ExhibitState.QUARANTINED:
        if (exhibit.state, exhibit.state_reason) != (seen.state, reason):
            exhibit.state, exhibit.state_reason = seen.state, reason
            exhibit.save(update_fields=["state", "state_reason"])
            framing.record("evidence.quarantined", exhibit, actor=actor, at=at, private={"reason": reason})
        return
    seen = _numbered(exhibit, seen)
    _record_scan(exhibit, seen, at)
    exhibit.state, exhibit.state_reason, exhibit.settled_at = seen.state, reason, at
    exhibit.not_renderable_reason = seen.not_renderable[:REASON_LENGTH]
    exhibit.is_renderable = seen.rendition is not None
    exhibit.page_count = seen.rendered.facts.page_count if seen.rendered.facts else None
    exhibit.slip_facts = seen.rendered.slip.to_json() if seen.rendered.slip else ""
    exhibit.save(
        update_fields=[
            "state",
            "state_reason",
            "settled_at",
            "not_renderable_reason",
            "is_renderable",
            "page_count",
            "slip_facts",
        ]
    )
    _leave_trace(exhibit, seen, actor=actor, at=at)


def _numbered(exhibit: Exhibit, seen: _Seen) -> _Seen:
    """What was seen, with as many attachments as the number of the e-mail takes, and what is said of the others."""
    taken = seen.attachments[: attaching.room(exhibit)] if seen.attachments else ()
    left = len(seen.attachments) - len(taken)
    notes = [attaching.left_note(exhibit, left)] if left else []
    return replace(seen, attachments=taken, left=left, rendered=copies.noted(seen.rendered, notes))


def _leave_trace(exhibit: Exhibit, seen: _Seen, *, actor: Actor, at: datetime) -> None:
    entry = framing.record(
        "evidence.cleared" if seen.state is ExhibitState.CLEARED else "evidence.refused",
        exhibit,
        actor=actor,
        at=at,
        facts={
            "scan": seen.scan.state.value if seen.scan else "",
            "pages": exhibit.page_count,
            "rendition": seen.rendition.digest if seen.rendition else None,
            "how": seen.rendered.how,
            "attachments": len(seen.attachments),
            "left": seen.left,
        },
        private={
            "reason": exhibit.state_reason or exhibit.not_renderable_reason,
            "notes": list(seen.rendered.warnings),
        },
    )
    scanned = seen.scan is not None and seen.scan.state is not ScanState.NOT_SCANNED
    looked = _("Virus scan and inspection") if scanned else _("Inspection; no virus scanner is set here")
    custody.add(exhibit, CustodyAct.EXAMINED, actor=actor, at=at, entry=entry, purpose=looked)
    if seen.rendition:
        copies.keep(exhibit, seen.rendered, seen.rendition, text=seen.text, at=at)
        copied, digest = _("Rendition for showing; the original is unchanged"), seen.rendition.digest
        custody.add(exhibit, CustodyAct.COPIED, actor=actor, at=at, entry=entry, digest=digest, purpose=copied)
    for arrived in seen.attachments:
        attaching.receive_attachment(exhibit, arrived, actor=actor, at=at)


def _record_scan(exhibit: Exhibit, seen: _Seen, at: datetime) -> None:
    if seen.scan is not None:
        StoredFile.objects.filter(pk=exhibit.stored_file_id).update(
            scan_state=seen.scan.state,
            scan_signature=seen.scan.signature,
            scan_engine=seen.scan.engine,
            scanned_at=at,
        )
