"""`manage.py export_bundle DOCKET --actor EMAIL --output FILE.pdf`: freeze, build and hand out a bundle now."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.web import bundlefile


class Command(BaseCommand):
    help = "Export the evidence bundle of a case: all exhibits in E order, withheld ones as withheld sheets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("docket")
        parser.add_argument("--actor", required=True, metavar="EMAIL")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        bundlefile.export(options["docket"], options["actor"], options["output"], self.stdout.write)
