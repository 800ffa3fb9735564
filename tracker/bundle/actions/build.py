"""Running the stages for one export: claim it, work in a folder of its own, finish or fail."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pikepdf
from django.conf import settings
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.bundle import gather, stages
from tracker.bundle.actions import building
from tracker.bundle.fonts import FontsChanged, FontsMissing
from tracker.bundle.merge import rendition_path
from tracker.bundle.models import BundleExport
from tracker.bundle.plan import PAGES, BundlePlan, PlannedExhibit
from tracker.errors import ActionRefused, IntegrityBroken
from tracker.evidence.models import Exhibit
from tracker.files import storage

Clock = Callable[[], datetime]


class ExhibitBroken(Exception):
    """An exhibit's bytes are not what was frozen; the text names it."""


_FAILURES = (
    ExhibitBroken, IntegrityBroken, FontsChanged, FontsMissing, stages.BuildFailed, ValueError, pikepdf.PdfError,
    OSError,
)  # fmt: skip


def run(export_id: UUID, *, actor: Actor, clock: Clock) -> BundleExport | None:
    """Build an export if it waits or was abandoned; return it SEALED or FAILED, None when there was nothing to do.

    May be run twice and by several workers: only one holds the claim. Renditions and originals are read from the
    vault and checked against the frozen digests. `clock` tells the time (aware) whenever a sign of life is given.
    Ledger: bundle.build_begun, then bundle.sealed or bundle.failed.
    """
    stale_after = timedelta(seconds=settings.WORKER_STALE_SECONDS)
    export = building.claim(export_id, actor=actor, at=clock(), stale_after=stale_after)
    if export is None:
        return None
    folder = _folder(export)
    try:
        return _build(export, folder, actor, clock)
    except ActionRefused:
        # Another worker holds it now; what it makes counts.
        export.refresh_from_db()
        return export
    except _FAILURES as error:
        return building.fail(export, actor=actor, at=clock(), reason=_reason(error))
    except Exception as error:
        building.fail(export, actor=actor, at=clock(), reason=_reason(error))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _reason(error: Exception) -> str:
    return str(error) or _("The program stopped with an error (%(name)s).") % {"name": type(error).__name__}


def _folder(export: BundleExport) -> Path:
    """A new folder for this attempt; what earlier attempts left behind is removed."""
    parent = Path(settings.FILE_UPLOAD_TEMP_DIR)
    parent.mkdir(parents=True, exist_ok=True)
    for old in parent.glob(f"bundle-{export.pk}-*"):
        shutil.rmtree(old, ignore_errors=True)
    folder = parent / f"bundle-{export.pk}-{export.attempt}"
    folder.mkdir()
    return folder


def _build(export: BundleExport, folder: Path, actor: Actor, clock: Clock) -> BundleExport:
    plan = BundlePlan.from_json(export.plan)

    def report(stage: str) -> None:
        building.beat(export, at=clock(), stage=stage)

    report("copy")
    _copy(export, plan, folder, report)
    sealed = stages.build(plan, folder, gather.installed_fonts(), report)
    with pikepdf.open(sealed.path) as pdf:
        pages = len(pdf.pages)
    stored = storage.store(sealed.path, key_prefix=storage.case_prefix(export.board_id, export.case_id))
    if stored.digest != sealed.file_sha256:
        raise IntegrityBroken("The sealed file changed on its way into the vault.")
    return building.finish(export, actor=actor, at=clock(), sealed=sealed, stored=stored, page_count=pages)


def _copy(export: BundleExport, plan: BundlePlan, folder: Path, report: Callable[[str], None]) -> None:
    """Read every original once more and copy every rendition, each against its frozen digest."""
    rows = {
        str(row.pk): row
        for row in Exhibit.objects.filter(case_id=export.case_id)
        .select_related("stored_file")
        .prefetch_related("renditions__stored_file")
    }
    for item in plan.exhibits:
        try:
            _copy_one(rows[item.exhibit_id], item, folder)
        except (IntegrityBroken, OSError, KeyError) as error:
            raise ExhibitBroken(
                _("Exhibit %(key)s: its stored bytes are not what was frozen. %(error)s")
                % {"key": item.key, "error": str(error)}
            ) from error
        report("copy")


def _copy_one(row: Exhibit, item: PlannedExhibit, folder: Path) -> None:
    with storage.open_verified(row.stored_file):
        pass
    if item.native and row.stored_file.digest != item.native.sha256:
        raise IntegrityBroken("The original is another file.")
    if item.kind != PAGES or item.rendition is None:
        return
    for rendition in row.renditions.all():
        if rendition.stored_file.digest == item.rendition.sha256:
            storage.copy_verified(rendition.stored_file, rendition_path(folder, item.key))
            return
    raise IntegrityBroken("The copy that was frozen is missing.")
