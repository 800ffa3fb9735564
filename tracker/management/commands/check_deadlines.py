"""`manage.py check_deadlines [--docket D]`: recompute every deadline from the ledger and the rules."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.web import console, deadlinecheck


class Command(BaseCommand):
    help = "Recompute deadlines from ledger and rules; print what differs, and end with exit code 1 if anything does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--docket")

    def handle(self, *args: Any, **options: Any) -> None:
        case = console.find_case(options["docket"]) if options["docket"] else None
        result = deadlinecheck.check(case)
        self.stdout.write("\n".join(result.lines), ending="\n" if result.lines else "")
        if result.lines:
            raise CommandError(result.sentence)
        self.stdout.write(result.sentence)
