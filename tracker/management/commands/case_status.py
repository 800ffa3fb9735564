"""`manage.py case_status DOCKET [--format json]`: where a case stands, and which steps are open or why not."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tracker.web import casestatus, console


class Command(BaseCommand):
    help = "Show a case: status, open and closed steps with reasons, deadlines, exhibits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("docket")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        status = casestatus.describe(console.find_case(options["docket"]), at=timezone.now())
        if options["format"] == "json":
            self.stdout.write(json.dumps(status, indent=2, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(casestatus.as_text(status)))
