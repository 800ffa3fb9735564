"""`manage.py verify_bundle FILE`: intact (0), altered (1), not ours, unreadable or anything else (2)."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tracker.bundle import queries
from tracker.bundle.verify import LedgerMatch, verify

BROKEN = 2


class Command(BaseCommand):
    help = "Check an evidence bundle with the same function an outsider uses, and look for its seal in this ledger."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
        except Exception as fault:  # noqa: BLE001 - 1 means "altered" and nothing else, so no error may end in it
            self.stderr.write(_("The check could not be finished: %(fault)s.") % {"fault": type(fault).__name__})
            sys.exit(BROKEN)

    def handle(self, *args: Any, **options: Any) -> None:
        result = verify(options["file"], lookup=self.recorded)
        self.stdout.write("\n".join([str(result.outcome), *result.sentences]))
        if result.exit_code:
            sys.exit(result.exit_code)
        self.stdout.write(f"sha256 {result.file_sha256}\nmanifest {result.manifest_sha256}")

    def recorded(self, manifest_sha256: str, seal_sha256: str) -> LedgerMatch | None:
        """The ledger entry of a seal; a ledger out of reach is said and counts as none."""
        try:
            return queries.recorded_seal(manifest_sha256, seal_sha256)
        except DatabaseError:
            self.stderr.write(_("The ledger could not be asked; only the file was checked."))
            return None
