"""A bundle for the command line: built here and now, or checked."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.bundle import actions, keys, queries
from tracker.bundle.actions import build
from tracker.bundle.models import Edition, Format
from tracker.bundle.verify import LedgerMatch, VerifyResult, with_ledger
from tracker.bundle.verifyzip import examine_any
from tracker.files import storage
from tracker.web import console


def export(
    docket: str,
    email: str,
    target: Path,
    say: Callable[[str], object],
    *,
    edition: str = Edition.BOARD,
    format: str = Format.PDF,
    volume_mb: int | None = None,
) -> None:
    """Freeze, build and hand out a bundle of a case in this process; no worker is needed.

    Several volumes are written beside each other, as `<target>-v1.pdf` and so on. Raises CommandError with the reason
    of a refusal; nothing is written to `target` then.
    """
    actor, case = console.staff_actor(email), console.find_case(docket)
    if not target.parent.is_dir():
        raise CommandError(_("The folder of %(path)s does not exist.") % {"path": target.name})
    with console.refusals(case.docket):
        at = timezone.now()
        order = queries.order_for(case.pk, actor=actor, at=at)
        options = {"exhibits": order, "editions": [edition], "format": format, "volume_mb": volume_mb}
        (asked,) = actions.request_bundle(case.pk, actor=actor, at=at, queue=False, **options)
        say(f"{case.docket} freeze {asked.freeze}, exhibits: {asked.exhibit_count}")
        built = build.run(asked.pk, actor=actor, clock=timezone.now)
        if built is None or built.stored_file is None:
            raise CommandError(built.reason if built else _("The bundle was not built."))
        made = queries.progress(built.pk, actor=actor, at=timezone.now())
        whole = made.format == Format.ZIP or len(made.files) == 1
        for volume in [None] if whole else [file.volume for file in made.files]:
            path = target if volume is None else target.with_name(f"{target.stem}-v{volume}{target.suffix}")
            finished = actions.hand_out(built.pk, actor=actor, at=timezone.now(), volume=volume)
            with storage.open_verified(finished.file) as source, path.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            say(f"sha256 {finished.file.digest}\nwritten {path.name}, {finished.file.size} bytes")
    say(f"manifest {built.manifest_sha256}")


def check(
    path: Path, warn: Callable[[str], object], *, trusted: Sequence[Path] = (), ask_ledger: bool = True
) -> VerifyResult:
    """Verify a PDF or package and look for its seal in this ledger.

    `trusted` are files with certificates (PEM) that count beside this installation's own. A ledger or key folder out
    of reach is said to `warn` and counts as none.
    """
    known: tuple[bytes, ...] = ()
    try:
        known = (*keys.trusted(), *keys.read_certificates(trusted))
    except keys.KeyUnusable as error:
        warn(str(error))
    if not ask_ledger:
        return examine_any(path, known)
    return add_ledger(examine_any(path, known), warn)


def add_ledger(result: VerifyResult, warn: Callable[[str], object]) -> VerifyResult:
    """Add what this installation's ledger says of a file that was checked."""

    def recorded(manifest_sha256: str, digest: str) -> LedgerMatch | None:
        try:
            return queries.recorded_seal(manifest_sha256, digest)
        except DatabaseError:
            warn(_("The ledger could not be asked; only the file was checked."))
            return None

    return with_ledger(result, recorded)
