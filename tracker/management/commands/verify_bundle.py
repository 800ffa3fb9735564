"""`manage.py verify_bundle FILE`: intact (0), altered (1), not ours or anything else (2), a signature missing (3)."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.web import bundlecheck


class Command(BaseCommand):
    help = "Check an evidence bundle (PDF or ZIP) as an outsider would, and look for its seal in this ledger."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        bundlecheck.add_arguments(parser)

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
        except Exception as fault:  # noqa: BLE001 - 1 means "altered" and nothing else
            self.stderr.write(f"{type(fault).__name__}: the check could not be finished.")
            sys.exit(2)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        code = bundlecheck.run(file, self.stdout.write, self.stderr.write, **options)
        if code:
            sys.exit(code)
