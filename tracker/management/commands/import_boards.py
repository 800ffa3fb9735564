"""`manage.py import_boards FILE.csv --as-of DATE`: all rows or none; a second run changes nothing."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.audit.actors import Actor
from tracker.directory import actions, reference
from tracker.errors import ActionRefused


class Command(BaseCommand):
    help = "Load a list of boards (CSV): all rows or none. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a list in the shape of fixtures/boards.csv")
        parser.add_argument("--as-of", required=True, type=date.fromisoformat, help="2026-11-01")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, hosted = Actor.system("import_boards"), reference.read_hosted(settings.BASE_DIR / "fixtures")
        given = {"as_of": options["as_of"], "hosted": hosted, "actor": actor, "at": timezone.now()}
        try:
            result = actions.import_boards(options["file"].read_bytes(), **given)
        except (ActionRefused, OSError) as fault:
            reasons = getattr(fault, "reasons", [f"The list cannot be read: {fault}."])
            raise CommandError("\n".join([*reasons, "Nothing was loaded."])) from fault
        self.stdout.write("\n".join(result.lines()))
