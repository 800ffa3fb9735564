"""The job of building: claim, sign of life, finish, stop or fail. The work itself happens outside any transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.bundle.models import BundleExport, BundleFile, ExportStatus
from tracker.bundle.seal import Sealed
from tracker.cases.actions import moving
from tracker.errors import ActionRefused
from tracker.files import kinds
from tracker.files.models import ScanState, StoredFile
from tracker.files.storage import Stored

# Workers that one request may take with it; `attempt` goes on rising when somebody asks again.
MOST_ATTEMPTS = 3
ENGINE = "made here"
_DETAIL_LENGTH = 80


class Cancelled(Exception):
    """Somebody asked for the build to stop."""


@dataclass(frozen=True)
class Kept:
    """A finished volume, and where its bytes lie in the vault."""

    sealed: Sealed
    stored: Stored


@transaction.atomic
def claim(export_id: UUID, *, actor: Actor, at: datetime, stale_after: timedelta) -> BundleExport | None:
    """Take an export that waits, or whose worker gave no sign of life for `stale_after`; None when there is none.

    One that was to be cancelled when its worker was lost is cancelled now. An export that took MOST_ATTEMPTS workers
    with it is marked failed instead. Ledger: bundle.build_begun, bundle.cancelled or bundle.failed.
    """
    export = BundleExport.objects.select_for_update().filter(pk=export_id).first()
    if export is None or not _may_be_claimed(export, at, stale_after):
        return None
    if export.cancel_asked_at is not None:
        _cancel(export, actor=actor, at=at)
        return None
    if export.status == ExportStatus.BUILDING and export.attempt % MOST_ATTEMPTS == 0:
        _fail(export, actor=actor, at=at, reason=_("Every worker that began to build it stopped before the end."))
        return None
    claimed = BundleExport.objects.filter(pk=export.pk, status=export.status, attempt=export.attempt).update(
        status=ExportStatus.BUILDING,
        attempt=F("attempt") + 1,
        heartbeat_at=at,
        stage="",
        detail="",
        done=0,
        steps=0,
    )
    if not claimed:
        return None
    export.refresh_from_db()
    record("bundle.build_begun", export, actor=actor, at=at, facts={"attempt": export.attempt})
    return export


def _may_be_claimed(export: BundleExport, at: datetime, stale_after: timedelta) -> bool:
    if export.status == ExportStatus.REQUESTED:
        return True
    stale = export.heartbeat_at is not None and at - export.heartbeat_at >= stale_after
    return export.status == ExportStatus.BUILDING and stale


def beat(export: BundleExport, *, at: datetime, stage: str, detail: str = "", done: int = 0, steps: int = 0) -> None:
    """Give a sign of life: the stage, what it is at (`detail`), how many of its steps are done.

    Raises Cancelled when somebody asked for the build to stop, ActionRefused when another worker took over.
    """
    if (
        _mine(export)
        .filter(cancel_asked_at__isnull=True)
        .update(heartbeat_at=at, stage=stage, detail=detail[:_DETAIL_LENGTH], done=done, steps=steps)
    ):
        return
    if _mine(export).exists():
        raise Cancelled
    raise ActionRefused([_("Another worker took this bundle over.")])


def _mine(export: BundleExport) -> QuerySet[BundleExport]:
    return BundleExport.objects.filter(pk=export.pk, status=ExportStatus.BUILDING, attempt=export.attempt)


@transaction.atomic
def finish(
    export: BundleExport, *, actor: Actor, at: datetime, volumes: Sequence[Kept], package: Stored | None = None
) -> BundleExport:
    """Record the sealed volumes, whose bytes already lie in the vault, and the ZIP of them all, if there is one.

    Refused when another worker took over, or when a file carries another manifest than was frozen; raises Cancelled
    when somebody asked for the build to stop. Ledger: bundle.volume_sealed for each volume with the digests of
    manifest, seal and file, then bundle.sealed.
    """
    if any(kept.sealed.manifest_sha256 != export.manifest_sha256 for kept in volumes):
        raise ActionRefused([_("The file carries another manifest than the one that was frozen.")])
    files = [_record_file(export, kept.stored, kind="pdf", at=at) for kept in volumes]
    handed = _record_file(export, package, kind="zip", at=at) if package else files[0]
    pages = sum(kept.sealed.pages for kept in volumes)
    done = (
        _mine(export)
        .filter(cancel_asked_at__isnull=True)
        .update(
            status=ExportStatus.SEALED,
            stored_file=handed,
            page_count=pages,
            heartbeat_at=at,
            ended_at=at,
            detail="",
        )
    )
    if not done:
        if _mine(export).exists():
            raise Cancelled
        raise ActionRefused([_("Another worker took this bundle over.")])
    for kept, file in zip(volumes, files, strict=True):
        _record_volume(export, kept, file, actor=actor, at=at)
    record(
        "bundle.sealed",
        export,
        actor=actor,
        at=at,
        facts={"volumes": len(volumes), "pages": pages, "sha256": handed.digest, "bytes": handed.size},
    )
    export.refresh_from_db()
    return export


def _record_file(export: BundleExport, stored: Stored, *, kind: str, at: datetime) -> StoredFile:
    file = StoredFile.objects.record(
        stored, board_id=export.board_id, case_id=export.case_id, kind=kinds.KINDS[kind], at=at
    )
    StoredFile.objects.filter(pk=file.pk, scan_state=ScanState.PENDING).update(
        scan_state=ScanState.NOT_SCANNED, scan_engine=ENGINE, scanned_at=at
    )
    return file


def _record_volume(export: BundleExport, kept: Kept, file: StoredFile, *, actor: Actor, at: datetime) -> None:
    sealed = kept.sealed
    BundleFile.objects.create(
        board_id=export.board_id,
        export=export,
        volume=sealed.volume,
        stored_file=file,
        seal_sha256=sealed.seal_sha256,
        core_bytes=sealed.core_bytes,
        certificate_sha256=sealed.certificate_sha256,
        page_count=sealed.pages,
    )
    record(
        "bundle.volume_sealed",
        export,
        actor=actor,
        at=at,
        facts={
            "volume": sealed.volume,
            "seal_sha256": sealed.seal_sha256,
            "core_bytes": sealed.core_bytes,
            "sealed_sha256": kept.stored.digest,
            "sealed_bytes": kept.stored.size,
            "certificate_sha256": sealed.certificate_sha256,
            "pages": sealed.pages,
        },
    )


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
    record("bundle.failed", export, actor=actor, at=at, facts={"attempt": export.attempt}, private={"reason": reason})


@transaction.atomic
def stop(export: BundleExport, *, actor: Actor, at: datetime) -> BundleExport:
    """End a build that somebody asked to stop; nothing half-sealed is left. Ledger: bundle.cancelled."""
    locked = BundleExport.objects.select_for_update().get(pk=export.pk)
    if locked.attempt == export.attempt and locked.is_unfinished and locked.cancel_asked_at is not None:
        _cancel(locked, actor=actor, at=at)
    export.refresh_from_db()
    return export


def _cancel(export: BundleExport, *, actor: Actor, at: datetime) -> None:
    BundleExport.objects.filter(pk=export.pk).update(status=ExportStatus.CANCELLED, ended_at=at)
    record("bundle.cancelled", export, actor=actor, at=at, facts={"attempt": export.attempt})


def resume_stale(*, at: datetime, stale_after: timedelta) -> int:
    """Queue again every export without a worker: silent for `stale_after`, or waiting that long.

    A task that finds nothing to do ends at once, so queueing twice does no harm. Returns how many were queued.
    """
    before = at - stale_after
    silent = Q(status=ExportStatus.BUILDING, heartbeat_at__lte=before)
    waiting = Q(status=ExportStatus.REQUESTED, requested_at__lte=before)
    found = list(BundleExport.objects.filter(silent | waiting).values_list("pk", flat=True))
    for pk in found:
        enqueue(pk)
    return len(found)


def enqueue(export_id: UUID) -> None:
    """Queue the job that builds an export."""
    # By name: the jobs lie above the acts.
    import_string("tracker.bundle.tasks.build_bundle").enqueue(str(export_id))


def record(
    event: str,
    export: BundleExport,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, str | int],
    private: Mapping[str, str] | None = None,
) -> None:
    """Write a ledger entry about an export, in the chain of its case; a deputy's says for whom."""
    ledger.record(
        event,
        board_id=export.board_id,
        chain=export.case_id,
        actor=actor,
        at=at,
        facts={**named(export), **facts},
        private=dict(private) if private else None,
        on_behalf_of=moving.on_behalf_of(actor, Permission.BUNDLE_EXPORT, export.case, at=at),
    )


def named(export: BundleExport) -> dict[str, str | int]:
    """The facts by which every entry about an export names it."""
    return {
        "bundle": str(export.pk),
        "freeze": export.freeze,
        "edition": export.edition,
        "manifest_sha256": export.manifest_sha256,
    }
