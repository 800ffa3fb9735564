"""The case of the bundle bench frozen and built, in a process that holds no more than a worker does."""

from datetime import UTC, datetime
from uuid import UUID

from bench.bundlework import timed
from tracker.access.models import Membership
from tracker.access.policy import Role
from tracker.audit.actors import Actor
from tracker.bundle import actions as bundles
from tracker.bundle.actions import build
from tracker.bundle.models import ExportStatus
from tracker.cases.models import Case
from tracker.files import storage


def freeze() -> str:
    """Freeze a bundle of the whole case; return its id."""
    case = Case.objects.get()
    counsel = Membership.objects.get(board_id=case.board_id, role=Role.BOARD_COUNSEL).user_id
    (export,) = bundles.request_bundle(case.pk, actor=Actor.staff(counsel), at=_now(), queue=False)
    return str(export.pk)


def build_once(export_id: str) -> dict[str, float]:
    """Time one build of a frozen bundle, from its claim to the sealed file in the vault; the file is removed after."""
    done = []

    def work() -> None:
        done.append(build.run(UUID(export_id), actor=Actor.system("worker"), clock=_now))

    taken = timed(work)
    export = done[0]
    if export is None or export.status != ExportStatus.SEALED:
        raise RuntimeError(f"The bundle was not built: {export.reason if export else 'nobody may build it'}")
    for kept in export.files.all():
        path = storage.local_path(kept.stored_file)
        if path is not None:
            path.unlink(missing_ok=True)
    return taken


def _now() -> datetime:
    return datetime.now(UTC)
