"""A bundle for the command line: built here and now, or checked."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.bundle import actions, queries
from tracker.bundle.actions import build
from tracker.bundle.verify import LedgerMatch, VerifyResult, verify
from tracker.files import storage
from tracker.web import console


def export(docket: str, email: str, target: Path, say: Callable[[str], object]) -> None:
    """Freeze, build and hand out the bundle of a case in this process; no worker is needed.

    Raises CommandError with the reason of a refusal; nothing is written to `target` then.
    """
    actor, case = console.staff_actor(email), console.find_case(docket)
    if not target.parent.is_dir():
        raise CommandError(_("The folder of %(path)s does not exist.") % {"path": target.name})
    with console.refusals(case.docket):
        asked = actions.request_bundle(case.pk, actor=actor, at=timezone.now(), queue=False)
        say(f"{case.docket} freeze {asked.freeze}, exhibits: {asked.exhibit_count}")
        built = build.run(asked.pk, actor=actor, clock=timezone.now)
        if built is None or built.stored_file is None:
            raise CommandError(built.reason if built else _("The bundle was not built."))
        file = actions.hand_out(built.pk, actor=actor, at=timezone.now()).stored_file
        assert file is not None  # noqa: S101 - a sealed export has its file
        with storage.open_verified(file) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    say(f"sha256 {file.digest}\nmanifest {built.manifest_sha256}\nwritten {target.name}, {file.size} bytes")


def check(path: Path, warn: Callable[[str], object]) -> VerifyResult:
    """Verify a file and look for its seal in this ledger; a ledger out of reach is said and counts as none."""

    def recorded(manifest_sha256: str, seal_sha256: str) -> LedgerMatch | None:
        try:
            return queries.recorded_seal(manifest_sha256, seal_sha256)
        except DatabaseError:
            warn(_("The ledger could not be asked; only the file was checked."))
            return None

    return verify(path, lookup=recorded)
