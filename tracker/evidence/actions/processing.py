"""Scan and inspection of a received exhibit: looked at outside any transaction, recorded in one. May run at
any time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.errors import IntegrityBroken, OutOfScope
from tracker.evidence.actions import custody, framing
from tracker.evidence.models import Exhibit, Rendition
from tracker.evidence.states import SETTLED, CustodyAct, ExhibitState
from tracker.files import kinds, pdf, scanning, stopwatch, storage
from tracker.files.models import ScanState, StoredFile
from tracker.files.scanning import ScanResult
from tracker.files.storage import Stored

TRY_AGAIN_AFTER = timedelta(minutes=5)
MOST_AT_ONCE = 50
REASON_LENGTH = 300


@dataclass(frozen=True)
class _Seen:
    """What was seen in the bytes, nothing recorded yet."""

    state: ExhibitState
    reason: str = ""
    scan: ScanResult | None = None
    facts: pdf.PdfFacts | None = None
    rendition: Stored | None = None
    not_renderable: str = ""


def process_exhibit(exhibit_id: UUID, *, actor: Actor, at: datetime) -> Exhibit:
    """Scan an exhibit, inspect it, and make its rendition. Nothing is done for one that is settled.

    Infected: refused. No verdict from the scanner, or changed bytes: quarantined, to be tried again. A PDF that cannot
    be read is cleared and marked not renderable with the reason. Ledger: evidence.cleared, evidence.refused or
    evidence.quarantined; custody: examined, and copied where a rendition was made.
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
    if exhibit.stored_file.kind != "pdf":
        label = kinds.KINDS[exhibit.stored_file.kind].label
        reason = _("Kept as it was received; pages of this kind are not shown: %(label)s.") % {"label": label}
        return _Seen(ExhibitState.CLEARED, scan=scan, not_renderable=reason)
    try:
        facts = pdf.inspect_and_rewrite(path, folder / "rendition.pdf")
    except pdf.NotRenderable as error:
        return _Seen(ExhibitState.CLEARED, scan=scan, not_renderable=str(error.reason))
    prefix = storage.case_prefix(exhibit.board_id, exhibit.case_id)
    rendition = storage.store(folder / "rendition.pdf", key_prefix=prefix)
    return _Seen(ExhibitState.CLEARED, scan=scan, facts=facts, rendition=rendition)


def _record(exhibit: Exhibit, seen: _Seen, *, actor: Actor, at: datetime) -> None:
    reason = seen.reason[:REASON_LENGTH]
    if seen.state is ExhibitState.QUARANTINED:
        if (exhibit.state, exhibit.state_reason) != (seen.state, reason):
            exhibit.state, exhibit.state_reason = seen.state, reason
            exhibit.save(update_fields=["state", "state_reason"])
            framing.record("evidence.quarantined", exhibit, actor=actor, at=at, private={"reason": reason})
        return
    _record_scan(exhibit, seen, at)
    exhibit.state, exhibit.state_reason, exhibit.settled_at = seen.state, reason, at
    exhibit.not_renderable_reason = seen.not_renderable[:REASON_LENGTH]
    exhibit.is_renderable = seen.rendition is not None
    exhibit.page_count = seen.facts.page_count if seen.facts else None
    exhibit.save(
        update_fields=[
            "state",
            "state_reason",
            "settled_at",
            "not_renderable_reason",
            "is_renderable",
            "page_count",
        ]
    )
    _leave_trace(exhibit, seen, actor=actor, at=at)


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
        },
        private={"reason": exhibit.state_reason or exhibit.not_renderable_reason},
    )
    scanned = seen.scan is not None and seen.scan.state is not ScanState.NOT_SCANNED
    looked = _("Virus scan and inspection") if scanned else _("Inspection; no virus scanner is set here")
    custody.add(exhibit, CustodyAct.EXAMINED, actor=actor, at=at, entry=entry, purpose=looked)
    if seen.facts and seen.rendition:
        _keep_rendition(exhibit, seen.facts, seen.rendition, at)
        copied, digest = _("Rendition for showing; the original is unchanged"), seen.rendition.digest
        custody.add(exhibit, CustodyAct.COPIED, actor=actor, at=at, entry=entry, digest=digest, purpose=copied)


def _record_scan(exhibit: Exhibit, seen: _Seen, at: datetime) -> None:
    if seen.scan is not None:
        StoredFile.objects.filter(pk=exhibit.stored_file_id).update(
            scan_state=seen.scan.state,
            scan_signature=seen.scan.signature,
            scan_engine=seen.scan.engine,
            scanned_at=at,
        )


def _keep_rendition(exhibit: Exhibit, facts: pdf.PdfFacts, stored: Stored, at: datetime) -> None:
    row = StoredFile.objects.record(
        stored, board_id=exhibit.board_id, case_id=exhibit.case_id, kind=kinds.KINDS["pdf"], at=at
    )
    Rendition.objects.get_or_create(
        exhibit=exhibit,
        kind=Rendition.Kind.PDF,
        stored_file=row,
        defaults={
            "board_id": exhibit.board_id,
            "source_digest": exhibit.stored_file.digest,
            "tools": facts.tool,
            "facts": facts.to_json(),
            "made_at": at,
        },
    )
