"""True redaction of an exhibit: boxes are drafted, a job makes the copy and searches it, and only then it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.cases.queries import people
from tracker.errors import ActionRefused, IntegrityBroken
from tracker.evidence import redactions
from tracker.evidence.actions import custody, framing
from tracker.evidence.models import Exhibit, Redaction, Rendition
from tracker.evidence.states import AreaCode, CustodyAct, ExhibitState
from tracker.files import kinds, stopwatch, storage
from tracker.files.models import ScanState, StoredFile
from tracker.files.pdf import PdfFacts
from tracker.files.redaction import apart, verdict
from tracker.files.redaction import areas as boxes_of
from tracker.files.redaction.areas import Area
from tracker.files.redaction.rebuild import CannotRedact, Redacted
from tracker.files.rendering.child import RendererUnavailable
from tracker.files.rendering.limits import Limits
from tracker.files.storage import Stored

TRY_AGAIN_AFTER = timedelta(minutes=15)
MOST_AT_ONCE = 20
ENGINE = "made here"


@transaction.atomic
def draft_redaction(exhibit_id: UUID, *, actor: Actor, at: datetime, areas: Sequence[Area]) -> Redaction:
    """Keep the boxes drawn on an exhibit, in place of an open draft. Nothing is redacted yet.

    Refused, with all reasons, where the exhibit has no pages, while a copy is being made, and for boxes that cannot
    be used. Ledger: evidence.redaction_drafted.
    """
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RESTRICT, actor=actor, at=at)
    source = exhibit.rendition
    if source is None or exhibit.state != ExhibitState.CLEARED:
        raise ActionRefused([_("Exhibit %(key)s has no pages that could be redacted.") % {"key": exhibit.key}])
    current = _open_one(exhibit)
    _refuse_while_made(current)
    reasons = boxes_of.faults(areas, redactions.sizes(source), set(AreaCode.values))
    if reasons:
        raise ActionRefused(reasons)
    row = current or Redaction(board_id=exhibit.board_id, exhibit=exhibit)
    row.source, row.areas = source, boxes_of.to_text(areas)
    row.drafted_by, row.drafted_at = actor.code, at
    row.save(update_fields=["source", "areas", "drafted_by", "drafted_at"] if current else None)
    facts = _named(row) | _counted(row) | {"source": source.stored_file.digest}
    framing.record(
        "evidence.redaction_drafted", exhibit, actor=actor, at=at, needs=Permission.EVIDENCE_RESTRICT, facts=facts
    )
    return row


@transaction.atomic
def discard_redaction(exhibit_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Forget the open draft. Refused where there is none. Ledger: evidence.redaction_discarded."""
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RESTRICT, actor=actor, at=at)
    row = _required_draft(exhibit)
    facts = _named(row) | _counted(row)
    row.delete()
    framing.record(
        "evidence.redaction_discarded", exhibit, actor=actor, at=at, needs=Permission.EVIDENCE_RESTRICT, facts=facts
    )


@transaction.atomic
def make_redaction(
    exhibit_id: UUID, *, actor: Actor, at: datetime, confirmed: bool = False, queue: bool = True
) -> Redaction:
    """Ask for the redacted copy of the open draft; a job makes it and searches it.

    `confirmed` says that somebody looked where covered words also stand outside the boxes; without it such a copy is
    refused. Refused where there is no draft, or where the same boxes were made into a copy before. With `queue` false
    no job is queued. Ledger: evidence.redaction_requested.
    """
    exhibit = framing.begin(exhibit_id, Permission.EVIDENCE_RESTRICT, actor=actor, at=at)
    row = _required_draft(exhibit)
    if exhibit.rendition is None or exhibit.rendition.pk != row.source_id:
        raise ActionRefused([_("The pages were made anew since the boxes were drawn. Check them and save again.")])
    made = Redaction.objects.filter(exhibit=exhibit, status=Redaction.Status.PROVED, source=row.source)
    if made.filter(areas=row.areas).exists():
        raise ActionRefused([_("A copy with exactly these boxes was made before.")])
    row.status = Redaction.Status.REQUESTED
    row.reason = _("Looked at where covered words stand elsewhere, and left them there.") if confirmed else ""
    row.save(update_fields=["status", "reason"])
    facts = _named(row) | {"confirmed": confirmed}
    framing.record(
        "evidence.redaction_requested", exhibit, actor=actor, at=at, needs=Permission.EVIDENCE_RESTRICT, facts=facts
    )
    if queue:
        # The task imports these acts, so it is found by its name; enqueued here, it is rolled back with the act.
        import_string("tracker.evidence.tasks.redact_exhibit").enqueue(str(row.pk))
    return row


def run_redaction(redaction_id: UUID, *, actor: Actor, at: datetime) -> Redaction | None:
    """Make and prove the copy that was asked for; None where nothing is left to do. May run twice, and die anywhere.

    The engine runs in a child process with limits; where there can be no child, the copy waits and is asked for again.
    Ledger: evidence.redacted, with custody copied, or evidence.redaction_refused.
    """
    row = Redaction.objects.select_related("exhibit", "source__stored_file").filter(pk=redaction_id).first()
    if row is None or row.status != Redaction.Status.REQUESTED:
        return None
    clock = stopwatch.running_from(at)
    try:
        with TemporaryDirectory() as folder:
            seen = _work(row, Path(folder))
    except RendererUnavailable:
        return row
    if isinstance(seen, _Refusal):
        return refuse_redaction(row.pk, actor=actor, at=clock(), why=seen)
    return prove_redaction(row.pk, actor=actor, at=clock(), made=seen)


def redact_waiting(*, actor: Actor, at: datetime) -> int:
    """Ask the worker again for copies that wait fifteen minutes after they were drafted. Answers how many."""
    before = at - TRY_AGAIN_AFTER
    waiting = Redaction.objects.filter(status=Redaction.Status.REQUESTED, drafted_at__lte=before)
    ids = list(waiting.order_by("drafted_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    task = import_string("tracker.evidence.tasks.redact_exhibit")
    for redaction_id in ids:
        task.enqueue(str(redaction_id))
    return len(ids)


@dataclass(frozen=True)
class _Made:
    """A copy that may be used; its bytes lie in the vault."""

    redacted: Redacted
    stored: Stored


@dataclass(frozen=True)
class _Refusal:
    """Why there is no copy: codes for the ledger, sentences for people, and the pages they speak of."""

    codes: tuple[str, ...]
    reasons: tuple[str, ...]
    pages: tuple[int, ...] = ()


def _work(row: Redaction, folder: Path) -> _Made | _Refusal:
    """Make and search the copy, outside any transaction."""
    boxes, facts = boxes_of.from_text(row.areas), PdfFacts.from_json(row.source.facts)
    limits, fonts = Limits(settings.RENDER_SECONDS, settings.RENDER_MEMORY_MB), Path(settings.FONTS_DIR)
    copy = folder / "copy.pdf"
    try:
        path = storage.copy_verified(row.source.stored_file, folder / "source.pdf")
        made = apart.redact(path, boxes, copy, limits, fonts=fonts, outline=facts.outline)
    except IntegrityBroken:
        return _Refusal(("integrity",), (_("The stored bytes are missing or not those that were received."),))
    except CannotRedact as error:
        return _Refusal((error.code,), (str(verdict.CANNOT[error.code]),), (error.page,) if error.page else ())
    proof = made.proof
    if not proof.is_clean:
        pages = tuple(sorted({hit.page for hit in proof.hits}))
        return _Refusal(tuple(sorted({hit.where for hit in proof.hits})), tuple(verdict.reasons(proof)), pages)
    if proof.elsewhere and not row.reason:
        asked = _("Look there. Then draw further boxes, or make the copy and confirm that these places stay.")
        return _Refusal(("elsewhere",), (*verdict.to_confirm(proof), asked), proof.elsewhere)
    prefix = storage.case_prefix(row.board_id, row.exhibit.case_id)
    stored = storage.store(copy, key_prefix=prefix)
    if stored.digest != made.facts.rendition_sha256:
        return _Refusal(("stopped",), (str(verdict.CANNOT["stopped"]),))
    return _Made(made, stored)


@transaction.atomic
def prove_redaction(redaction_id: UUID, *, actor: Actor, at: datetime, made: _Made) -> Redaction:
    """Record a copy that was searched and found clean. Ledger: evidence.redacted; custody: copied."""
    row, exhibit = _locked(redaction_id)
    if row.status != Redaction.Status.REQUESTED:
        return row
    rendition = _keep(exhibit, row, made, at)
    if Redaction.objects.filter(derived=rendition).exists():
        again = _("A copy with exactly these boxes was made before.")
        return _refuse(row, exhibit, actor=actor, at=at, why=_Refusal(("again",), (again,)))
    row.status, row.derived, row.ended_at = Redaction.Status.PROVED, rendition, at
    row.save(update_fields=["status", "derived", "ended_at"])
    proof = made.redacted.proof
    entry = framing.record(
        "evidence.redacted",
        exhibit,
        actor=actor,
        at=at,
        facts=_named(row)
        | _counted(row)
        | {
            "source": row.source.stored_file.digest,
            "rendition": made.stored.digest,
            "dropped": proof.dropped,
            "kept": proof.kept,
            "textless": len(proof.textless),
            "unsearchable": made.redacted.unsearchable,
        },
    )
    drawn_by = people.names_of([row.drafted_by]).get(row.drafted_by, row.drafted_by)
    copied = _("Redacted copy, boxes drawn by %(name)s; the original is unchanged") % {"name": drawn_by}
    digest = made.stored.digest
    custody.add(exhibit, CustodyAct.COPIED, actor=actor, at=at, entry=entry, digest=digest, purpose=copied)
    return row


@transaction.atomic
def refuse_redaction(redaction_id: UUID, *, actor: Actor, at: datetime, why: _Refusal) -> Redaction:
    """Record why no copy may be used. The boxes are kept. Ledger: evidence.redaction_refused."""
    row, exhibit = _locked(redaction_id)
    if row.status != Redaction.Status.REQUESTED:
        return row
    return _refuse(row, exhibit, actor=actor, at=at, why=why)


def _refuse(row: Redaction, exhibit: Exhibit, *, actor: Actor, at: datetime, why: _Refusal) -> Redaction:
    row.status, row.reason, row.ended_at = Redaction.Status.REFUSED, "\n".join(why.reasons), at
    row.save(update_fields=["status", "reason", "ended_at"])
    framing.record(
        "evidence.redaction_refused",
        exhibit,
        actor=actor,
        at=at,
        facts=_named(row) | {"why": list(why.codes), "pages": list(why.pages)},
        private={"reason": row.reason},
    )
    return row


def _keep(exhibit: Exhibit, row: Redaction, made: _Made, at: datetime) -> Rendition:
    file = StoredFile.objects.record(
        made.stored, board_id=exhibit.board_id, case_id=exhibit.case_id, kind=kinds.KINDS["pdf"], at=at
    )
    StoredFile.objects.filter(pk=file.pk, scan_state=ScanState.PENDING).update(
        scan_state=ScanState.NOT_SCANNED, scan_engine=ENGINE, scanned_at=at
    )
    rendition, _is_new = Rendition.objects.get_or_create(
        exhibit=exhibit,
        kind=Rendition.Kind.REDACTED,
        stored_file=file,
        defaults={
            "board_id": exhibit.board_id,
            "source_digest": row.source.stored_file.digest,
            "tools": made.redacted.facts.tool[:200],
            "facts": made.redacted.facts.to_json(),
            "made_at": at,
        },
    )
    return rendition


def _locked(redaction_id: UUID) -> tuple[Redaction, Exhibit]:
    exhibit_id = Redaction.objects.values_list("exhibit_id", flat=True).get(pk=redaction_id)
    exhibit = framing.locked(exhibit_id)
    return Redaction.objects.select_related("source__stored_file").get(pk=redaction_id), exhibit


def _open_one(exhibit: Exhibit) -> Redaction | None:
    return Redaction.objects.filter(exhibit=exhibit, status__in=redactions.OPEN).first()


def _required_draft(exhibit: Exhibit) -> Redaction:
    row = _open_one(exhibit)
    if row is None:
        raise ActionRefused([_("There is no draft of a redaction.")])
    _refuse_while_made(row)
    return row


def _refuse_while_made(row: Redaction | None) -> None:
    if row is not None and row.status == Redaction.Status.REQUESTED:
        raise ActionRefused([_("The redacted copy is being made. Wait until it is there.")])


def _named(row: Redaction) -> dict[str, object]:
    return {"redaction": str(row.pk), "areas_sha256": sha256(row.areas.encode()).hexdigest()}


def _counted(row: Redaction) -> dict[str, object]:
    found = boxes_of.from_text(row.areas)
    codes = sorted({one.code for one in found})
    return {"boxes": len(found), "pages": len(boxes_of.pages_of(found)), "codes": codes}
