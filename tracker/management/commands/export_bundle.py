"""`manage.py export_bundle DOCKET --actor EMAIL --output FILE`: freeze, build and hand out a bundle now."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.bundle.models import Edition, Format
from tracker.web import bundlefile
from tracker.web.forms.bundle import megabytes


class Command(BaseCommand):
    help = "Export the evidence bundle of a case: all exhibits in order, withheld ones as withheld sheets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("docket")
        parser.add_argument("--actor", required=True, metavar="EMAIL")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--edition", choices=Edition.values, default=Edition.BOARD.value)
        parser.add_argument("--format", choices=Format.values, default=Format.PDF.value)
        parser.add_argument("--volume-mb", type=megabytes, metavar="MB", help="Split into volumes of at most so much.")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {name: options[name] for name in ("edition", "format", "volume_mb")}
        bundlefile.export(options["docket"], options["actor"], options["output"], self.stdout.write, **wanted)
