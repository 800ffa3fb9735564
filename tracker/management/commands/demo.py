"""`manage.py demo`: what `make demo` runs once the packages are installed."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tracker.web import demo


class Command(BaseCommand):
    """Prepares the demo and supervises its server and worker."""

    help = "Prepare the demo, run web server and job worker, and print the sign-ins. Ctrl-C stops all."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define `--port` and `--reset`."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="Delete the demo's data first.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped; the exit code is 1 when something ended by itself."""
        sys.exit(demo.run(options["port"], reset=options["reset"], say=self._say))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
