"""People steer a build: they stop it, and have it made again from the same frozen plan."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.bundle.actions import building
from tracker.bundle.models import BundleExport, ExportStatus
from tracker.errors import ActionRefused, OutOfScope

_ENDED_WITHOUT_FILE = (ExportStatus.FAILED, ExportStatus.CANCELLED)


@transaction.atomic
def cancel_bundle(export_id: UUID, *, actor: Actor, at: datetime) -> BundleExport:
    """Stop an export: one that waits ends at once, one that is being built at its worker's next sign of life.

    Its numbers stay reserved. Refused when it has ended, and when it was already told to stop. Ledger:
    bundle.cancelled, or bundle.cancel_asked (bundle.cancelled follows).
    """
    export = _lock(export_id, actor, at)
    if not export.is_unfinished:
        raise ActionRefused([_("This bundle is not being built any more, so there is nothing to cancel.")])
    if export.cancel_asked_at is not None:
        raise ActionRefused([_("This bundle was already told to stop.")])
    waits = export.status == ExportStatus.REQUESTED
    ended = {"status": ExportStatus.CANCELLED, "ended_at": at} if waits else {}
    _write(export, cancel_asked_at=at, cancel_asked_by=actor.code, **ended)
    event = "bundle.cancelled" if waits else "bundle.cancel_asked"
    building.record(event, export, actor=actor, at=at, facts={"attempt": export.attempt})
    return export


@transaction.atomic
def retry_bundle(export_id: UUID, *, actor: Actor, at: datetime, queue: bool = True) -> BundleExport:
    """Build an export again that failed or was cancelled, from the plan that was frozen then; queue the job.

    Attempts go on counting, so that a worker thought lost can never finish it; MOST_ATTEMPTS are free again. Refused
    for any other export. Ledger: bundle.retried.
    """
    export = _lock(export_id, actor, at)
    if export.status not in _ENDED_WITHOUT_FILE:
        raise ActionRefused([_("Only a bundle that failed or was cancelled can be built again.")])
    rounds = -(-export.attempt // building.MOST_ATTEMPTS)
    _write(
        export,
        status=ExportStatus.REQUESTED,
        attempt=rounds * building.MOST_ATTEMPTS,
        heartbeat_at=None,
        stage="",
        detail="",
        done=0,
        steps=0,
        cancel_asked_at=None,
        cancel_asked_by="",
        reason="",
        ended_at=None,
    )
    building.record("bundle.retried", export, actor=actor, at=at, facts={"attempt": export.attempt})
    if queue:
        building.enqueue(export.pk)
    return export


def _lock(export_id: UUID, actor: Actor, at: datetime) -> BundleExport:
    export = (
        BundleExport.objects.select_for_update(of=("self",)).select_related("case__board").filter(pk=export_id).first()
    )
    if export is None:
        raise OutOfScope
    gate.require(actor, Permission.BUNDLE_EXPORT, export.case, at=at)
    return export


def _write(export: BundleExport, **values: object) -> None:
    """Compare and set: what a worker did meanwhile is never overwritten."""
    written = BundleExport.objects.filter(pk=export.pk, status=export.status, attempt=export.attempt).update(**values)
    if not written:
        raise ActionRefused([_("The bundle was changed by someone else. Reload the page.")])
    export.refresh_from_db()
