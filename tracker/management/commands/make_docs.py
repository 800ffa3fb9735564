"""`manage.py make_docs`: write the pages of docs/ that are made from tables; `--check` only says which are stale."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.web import handbook


class Command(BaseCommand):
    help = "Write docs/permissions.md, docs/workflow.md and the table of steps in docs/commands.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a page is stale")
        parser.add_argument("--folder", type=Path, default=Path(settings.BASE_DIR) / "docs")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            names = handbook.write(options["folder"])
            self.stdout.write("\n".join(f"{name}: written" for name in names) or "Every page is up to date.")
        elif names := list(handbook.stale(options["folder"])):
            raise CommandError(f"Stale: {', '.join(names)}. Run manage.py make_docs.")
