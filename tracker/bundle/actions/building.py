"""The job of building: claim, sign of life, finish or fail. The work itself happens outside any transaction."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.bundle.models import BundleExport, ExportStatus
from tracker.bundle.seal import Sealed
from tracker.errors import ActionRefused
from tracker.files import kinds
from tracker.files.models import ScanState, StoredFile
from tracker.files.storage import Stored

MOST_ATTEMPTS = 3
ENGINE = "made here"


@transaction.atomic
def claim(export_id: UUID, *, actor: Actor, at: datetime, stale_after: timedelta) -> BundleExport | None:
    """Take an export that waits, or whose worker gave no sign of life for `stale_after`; None when there is none.

    An export that took MOST_ATTEMPTS workers with it is marked failed instead. Ledger: bundle.build_begun, or
    bundle.failed.
    """
    export = BundleExport.objects.select_for_update().filter(pk=export_id).first()
    if export is None or not _may_be_claimed(export, at, stale_after):
        return None
    if export.attempt >= MOST_ATTEMPTS:
        _fail(export, actor=actor, at=at, reason=_("Every worker that began to build it stopped before the end."))
        return None
    claimed = BundleExport.objects.filter(pk=export.pk, status=export.status, attempt=export.attempt).update(
        status=ExportStatus.BUILDING, attempt=F("attempt") + 1, heartbeat_at=at, stage=""
    )
    if not claimed:
        return None
    export.refresh_from_db()
    _record("bundle.build_begun", export, actor=actor, at=at, facts={"attempt": export.attempt})
    return export


def _may_be_claimed(export: BundleExport, at: datetime, stale_after: timedelta) -> bool:
    if export.status == ExportStatus.REQUESTED:
        return True
    stale = export.heartbeat_at is not None and at - export.heartbeat_at >= stale_after
    return export.status == ExportStatus.BUILDING and stale


def beat(export: BundleExport, *, at: datetime, stage: str) -> None:
    """Give a sign of life and say which stage begins. Raises ActionRefused when another worker took over."""
    alive = _mine(export).update(heartbeat_at=at, stage=stage)
    if not alive:
        raise ActionRefused([_("Another worker took this bundle over.")])


def _mine(export: BundleExport) -> QuerySet[BundleExport]:
    return BundleExport.objects.filter(pk=export.pk, status=ExportStatus.BUILDING, attempt=export.attempt)


@transaction.atomic
def finish(
    export: BundleExport, *, actor: Actor, at: datetime, sealed: Sealed, stored: Stored, page_count: int
) -> BundleExport:
    """Record the sealed file, whose bytes already lie in the vault.

    Refused when another worker took over, or when the file carries another manifest than was frozen. Ledger:
    bundle.sealed with the digests of manifest, seal and file.
    """
    if sealed.manifest_sha256 != export.manifest_sha256:
        raise ActionRefused([_("The file carries another manifest than the one that was frozen.")])
    file = StoredFile.objects.record(
        stored, board_id=export.board_id, case_id=export.case_id, kind=kinds.KINDS["pdf"], at=at
    )
    StoredFile.objects.filter(pk=file.pk, scan_state=ScanState.PENDING).update(
        scan_state=ScanState.NOT_SCANNED, scan_engine=ENGINE, scanned_at=at
    )
    done = _mine(export).update(
        status=ExportStatus.SEALED,
        stored_file=file,
        seal_sha256=sealed.seal_sha256,
        page_count=page_count,
        heartbeat_at=at,
        ended_at=at,
    )
    if not done:
        raise ActionRefused([_("Another worker took this bundle over.")])
    _record(
        "bundle.sealed",
        export,
        actor=actor,
        at=at,
        facts={
            "seal_sha256": sealed.seal_sha256,
            "length": sealed.size,
            "sha256": stored.digest,
            "bytes": stored.size,
            "pages": page_count,
        },
    )
    export.refresh_from_db()
    return export


@transaction.atomic
def fail(export: BundleExport, *, actor: Actor, at: datetime, reason: str) -> BundleExport:
    """Mark a build as failed, with the reason; nothing half-sealed is left. Ledger: bundle.failed."""
    locked = BundleExport.objects.select_for_update().get(pk=export.pk)
    if locked.attempt == export.attempt and locked.is_unfinished:
        _fail(locked, actor=actor, at=at, reason=reason)
    export.refresh_from_db()
    return export


def _fail(export: BundleExport, *, actor: Actor, at: datetime, reason: str) -> None:
    BundleExport.objects.filter(pk=export.pk).update(status=ExportStatus.FAILED, reason=reason, ended_at=at)
    _record("bundle.failed", export, actor=actor, at=at, facts={"attempt": export.attempt}, private={"reason": reason})


def resume_stale(*, at: datetime, stale_after: timedelta) -> int:
    """Queue again every export without a worker: silent for `stale_after`, or waiting that long.

    A task that finds nothing to do ends at once, so queueing twice does no harm. Returns how many were queued.
    """
    before = at - stale_after
    silent = Q(status=ExportStatus.BUILDING, heartbeat_at__lte=before)
    waiting = Q(status=ExportStatus.REQUESTED, requested_at__lte=before)
    found = list(BundleExport.objects.filter(silent | waiting).values_list("pk", flat=True))
    for pk in found:
        import_string("tracker.bundle.tasks.build_bundle").enqueue(str(pk))
    return len(found)


def _record(
    event: str,
    export: BundleExport,
    *,
    actor: Actor,
    at: datetime,
    facts: dict[str, str | int],
    private: dict[str, str] | None = None,
) -> None:
    ledger.record(
        event,
        board_id=export.board_id,
        chain=export.case_id,
        actor=actor,
        at=at,
        facts=named(export) | facts,
        private=private,
    )


def named(export: BundleExport) -> dict[str, str | int]:
    """The facts by which every entry about an export names it."""
    return {
        "bundle": str(export.pk),
        "freeze": export.freeze,
        "edition": export.edition,
        "manifest_sha256": export.manifest_sha256,
    }
