"""`manage.py suggest_closed_days TX CA --years 2028`: closed days to check, in the shape of closed_days.csv."""

import csv
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tracker.directory import suggestions


class Command(BaseCommand):
    help = "Print closed days as a public calendar suggests them. A person checks them before they are loaded."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("jurisdictions", nargs="+")
        parser.add_argument("--years", nargs="+", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        writer = csv.writer(self.stdout, lineterminator="\n")
        working, years = suggestions.read_working_days(settings.BASE_DIR / "fixtures"), options["years"]
        try:
            days = [d for code in options["jurisdictions"] for d in suggestions.closed_days(code, years, working)]
        except NotImplementedError as fault:
            raise CommandError(f"No calendar is known: {fault}") from fault
        writer.writerow(["jurisdiction", "date", "name", "source", "reviewed"])
        writer.writerows([day.jurisdiction, day.date, day.name, day.source, "no"] for day in days)
