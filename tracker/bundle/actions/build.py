"""Running the stages for one export: claim it, work in a folder of its own, finish, stop or fail."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pikepdf
from django.conf import settings
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.bundle import gather, keys, stages
from tracker.bundle.actions import building
from tracker.bundle.actions.building import Cancelled, Kept
from tracker.bundle.actions.materials import Materials
from tracker.bundle.actions.pulse import Pulse
from tracker.bundle.actions.rereading import ExhibitBroken, Originals
from tracker.bundle.bag import Goods, write_bag
from tracker.bundle.models import BundleExport, Format
from tracker.bundle.plan import BundlePlan
from tracker.bundle.seal import Sealed
from tracker.bundle.signer import SigningFailed
from tracker.errors import ActionRefused, IntegrityBroken
from tracker.files import storage
from tracker.files.fonts import FontsChanged, FontsMissing
from tracker.files.storage import Stored

Clock = Callable[[], datetime]

_FAILURES = (
    ExhibitBroken, IntegrityBroken, FontsChanged, FontsMissing, stages.BuildFailed, ValueError, pikepdf.PdfError,
    OSError,
)  # fmt: skip


def run(export_id: UUID, *, actor: Actor, clock: Clock) -> BundleExport | None:
    """Build an export if it waits or was abandoned; return it as it ended, None when there was nothing to do.

    May be run twice and by several workers: only one holds the claim. Copies and originals are read from the vault and
    checked against the frozen digests. `clock` tells the time (aware) whenever a sign of life is given. Ledger:
    bundle.build_begun, then bundle.sealed, bundle.cancelled or bundle.failed.
    """
    stale_after = timedelta(seconds=settings.WORKER_STALE_SECONDS)
    export = building.claim(export_id, actor=actor, at=clock(), stale_after=stale_after)
    if export is None:
        return None
    folder = _folder(export)
    try:
        return _build(export, folder, actor, clock)
    except Cancelled:
        return building.stop(export, actor=actor, at=clock())
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
    pulse = Pulse(plan, lambda **seen: building.beat(export, at=clock(), **seen), clock)
    pulse("check", "")
    materials = Materials(export.case_id, plan, folder)
    copies = materials.copies(pulse)
    # The originals are read while the pages are made: one waits for the disk, the other computes.
    with Originals(materials.originals()) as rereading:
        pulse.watch(rereading.raise_broken)
        sealed = stages.build(plan, copies, folder, gather.installed_fonts(), report=pulse)
        rereading.wait(lambda key: pulse("verify", key))
    signed = [_sign(export, plan, volume, pulse=pulse, at=clock()) for volume in sealed]
    package = None
    if export.format == Format.ZIP:
        pulse("pack", _("ZIP"))
        goods = Goods(signed, materials.natives(), copies, materials.texts(), folder)
        target = folder / "bag.zip"
        package = _keep(export, target, write_bag(plan, goods, target))
    kept = []
    for volume in signed:
        pulse("pack", volume.name)
        kept.append(Kept(volume, _keep(export, volume.path, volume.file_sha256)))
    return building.finish(export, actor=actor, at=clock(), volumes=kept, package=package)


def _sign(export: BundleExport, plan: BundlePlan, sealed: Sealed, *, pulse: Pulse, at: datetime) -> Sealed:
    """The signed copy of a volume, or the volume itself where the plan has no signature."""
    if not plan.signing.certificate_sha256:
        return sealed
    pulse("sign", sealed.name)
    signer = keys.signer_for(export.board.short_code)
    if signer is None or signer.certificate_sha256 != plan.signing.certificate_sha256:
        raise SigningFailed(_("The board’s signing key is another one than when the bundle was frozen."))
    from tracker.bundle.sign import sign  # noqa: PLC0415 - heavy, and only signed bundles need it

    target = sealed.path.with_name(f"signed-{sealed.name}")
    signed = sign(sealed.path, target, signer, at=at, timestamp_url=settings.SIGNING_TIMESTAMP_URL)
    return replace(sealed, path=target, file_sha256=signed.file_sha256, certificate_sha256=signer.certificate_sha256)


def _keep(export: BundleExport, path: Path, digest: str) -> Stored:
    """Keep a finished file whose digest was read back from the disk."""
    return storage.move_in(path, digest, key_prefix=storage.case_prefix(export.board_id, export.case_id))
