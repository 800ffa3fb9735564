"""Receiving evidence: bytes into the vault first, then one transaction that records them."""

import logging
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit.actors import Actor, ActorKind
from tracker.cases import numbering
from tracker.cases.actions import moving
from tracker.cases.models import Case, Complaint
from tracker.errors import ActionRefused, IntegrityBroken, OutOfScope
from tracker.evidence.actions import custody, framing
from tracker.evidence.models import Exhibit
from tracker.evidence.states import CustodyAct
from tracker.files import kinds, names, storage
from tracker.files.models import StagedUpload, StoredFile

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
TITLE_LENGTH, SOURCE_LENGTH = 300, 200


def receive_exhibit(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    path: Path,
    original_name: str,
    title: str = "",
    source: str = "",
    dated_on: date | None = None,
    staged_id: UUID | None = None,
) -> Exhibit:
    """Take a file into evidence as the case's next exhibit. The same bytes twice are two exhibits on one
    stored file.

    The public may send only the kinds on the allow-list and nothing empty; staff may receive any kind.
    Refused over the size limit. With `staged_id` the same upload is received once, however often it is asked.
    A job then scans and inspects it; `process_exhibit` does the same at once. Ledger: evidence.received;
    custody: received.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise OutOfScope
    gate.require(actor, Permission.EVIDENCE_RECEIVE, case, at=at)
    kind = kinds.sniff(path)
    _refuse_unfit(path, kind, original_name, is_public=actor.kind is ActorKind.FILER)
    stored = storage.store(path, key_prefix=storage.case_prefix(case.board_id, case.pk))
    with transaction.atomic():
        case = moving.lock(case_id)
        gate.require(actor, Permission.EVIDENCE_RECEIVE, case, at=at)
        known = Exhibit.objects.filter(staged_id=staged_id).first() if staged_id else None
        if known is not None:
            return known
        stored_file = StoredFile.objects.record(stored, board_id=case.board_id, case_id=case.pk, kind=kind, at=at)
        exhibit = Exhibit(
            board_id=case.board_id,
            case=case,
            title=_title(title, original_name),
            source=" ".join(source.split())[:SOURCE_LENGTH],
            dated_on=dated_on,
            original_name=names.display_name(original_name),
            stored_file=stored_file,
            staged_id=staged_id,
        )
        return _enter(exhibit, actor=actor, at=at)


def receive_staged(case_id: UUID, *, actor: Actor, at: datetime, draft_id: UUID, source: str = "") -> list[Exhibit]:
    """Take a filed draft's files into evidence, each by its own act, in the order they came. May be run again.

    A file that is refused or cannot be read again stays with the draft and does not hold up the others; ActionRefused
    then names all of these. Ledger: evidence.received for each.
    """
    received, faults = _take_over(case_id, draft_id, source, actor=actor, at=at)
    if faults:
        raise ActionRefused(faults)
    return received


def receive_leftovers(*, actor: Actor, at: datetime) -> int:
    """Take over files that stayed with a filed draft because the server stopped right after the filing.

    Returns how many exhibits were received; what cannot be taken over stays where it is and holds up no other.
    Ledger: evidence.received for each, by the filer.
    """
    drafts = set(StagedUpload.objects.waiting().values_list("draft_id", flat=True))
    received = 0
    for complaint in Complaint.objects.filter(draft_id__in=drafts):
        case_id = complaint.case_complaints.values_list("case_id", flat=True).first()
        if case_id:
            filer = Actor.filer(complaint.pk, actor.origin)
            taken, faults = _take_over(case_id, complaint.draft_id, "", actor=filer, at=at)
            received += len(taken)
            if faults:
                logger.error("%d files of complaint %s cannot be taken into evidence", len(faults), complaint.pk)
    return received


def _take_over(
    case_id: UUID, draft_id: UUID, source: str, *, actor: Actor, at: datetime
) -> tuple[list[Exhibit], list[str]]:
    """What of a draft's waiting files was received, and for each other one its name and why not."""
    received, faults = [], []
    with TemporaryDirectory() as folder:
        for staged in StagedUpload.objects.waiting().filter(draft_id=draft_id).order_by("received_at", "id"):
            try:
                path = storage.copy_verified(staged, Path(folder) / "staged")
                exhibit = receive_exhibit(
                    case_id,
                    actor=actor,
                    at=at,
                    path=path,
                    original_name=staged.original_name,
                    source=source,
                    staged_id=staged.pk,
                )
            except (ActionRefused, IntegrityBroken) as fault:
                faults.append(f"{staged.original_name}: {fault}")
                continue
            received.append(exhibit)
            StagedUpload.objects.waiting().filter(pk=staged.pk).update(state=StagedUpload.State.TAKEN)
    return received, faults


def _title(title: str, original_name: str) -> str:
    return (" ".join(title.split()) or names.display_name(original_name))[:TITLE_LENGTH]


def _refuse_unfit(path: Path, kind: kinds.Kind, original_name: str, *, is_public: bool) -> None:
    reasons = []
    if is_public and (refusal := kinds.public_refusal(kind, original_name)):
        reasons.append(refusal)
    if path.stat().st_size > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // MEGABYTE
        reasons.append(
            _("This file is larger than %(limit)d MB, the most that can be received here.") % {"limit": limit}
        )
    if reasons:
        raise ActionRefused(reasons)


def _enter(exhibit: Exhibit, *, actor: Actor, at: datetime) -> Exhibit:
    """Number, keep and record it; custody begins; the worker is asked to look at it."""
    exhibit.number = numbering.next_number(f"exhibit:{exhibit.case_id}")
    exhibit.received_at, exhibit.received_by = at, actor.code
    exhibit.save(force_insert=True)
    stored = exhibit.stored_file
    entry = framing.record(
        "evidence.received",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.EVIDENCE_RECEIVE,
        facts={"sha256": stored.digest, "bytes": stored.size, "kind": stored.kind},
        private={"title": exhibit.title, "name": exhibit.original_name, "source": exhibit.source},
    )
    custody.add(exhibit, CustodyAct.RECEIVED, actor=actor, at=at, entry=entry, released_by=exhibit.source)
    # The task imports this room's actions, so it is found by its name; rolled back with the act.
    import_string("tracker.evidence.tasks.process_exhibit").enqueue(str(exhibit.pk))
    return exhibit
