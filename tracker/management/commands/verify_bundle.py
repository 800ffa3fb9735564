"""`manage.py verify_bundle FILE`: intact (0), altered (1), not ours, unreadable or anything else (2)."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.web import bundlefile


class Command(BaseCommand):
    help = "Check an evidence bundle with the same function an outsider uses, and look for its seal in this ledger."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
        except Exception as fault:  # noqa: BLE001 - 1 means "altered" and nothing else
            self.stderr.write(f"{type(fault).__name__}: the check could not be finished.")
            sys.exit(2)

    def handle(self, *args: Any, **options: Any) -> None:
        result = bundlefile.check(options["file"], self.stderr.write)
        self.stdout.write("\n".join([str(result.outcome), *result.sentences]))
        if result.exit_code:
            sys.exit(result.exit_code)
        self.stdout.write(f"sha256 {result.file_sha256}\nmanifest {result.manifest_sha256}")
