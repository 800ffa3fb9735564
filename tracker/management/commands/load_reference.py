"""`manage.py load_reference`: jurisdictions, professions, codes, grounds, boards, rules, closed days."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.audit.actors import Actor
from tracker.directory import actions
from tracker.errors import ActionRefused


class Command(BaseCommand):
    help = "Load the reference data. May be run again: it then changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "fixtures")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, at = Actor.system("load_reference"), timezone.now()
        try:
            result = actions.load_reference(options["folder"], actor=actor, at=at)
        except (ActionRefused, OSError) as fault:
            reasons = getattr(fault, "reasons", [f"The files cannot be read: {fault}."])
            raise CommandError("\n".join([*reasons, "Nothing was loaded."])) from fault
        self.stdout.write("\n".join(result.lines()))
