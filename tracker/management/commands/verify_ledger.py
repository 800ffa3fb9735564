"""`manage.py verify_ledger [--docket D]`: walk the chains and name the first broken link."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.web import console, ledgercheck


class Command(BaseCommand):
    help = "Verify the ledger: intact, disposed of under authority, missing, altered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--docket")

    def handle(self, *args: Any, **options: Any) -> None:
        case = console.find_case(options["docket"]) if options["docket"] else None
        result = ledgercheck.check(case)
        self.stdout.write("\n".join(result.lines))
        if not result.is_whole:
            raise CommandError(result.sentence)
        self.stdout.write(result.sentence)
