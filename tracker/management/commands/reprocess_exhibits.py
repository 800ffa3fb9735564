"""`manage.py reprocess_exhibits [--docket DOCKET] [--all]`: have the pages of exhibits made anew by the worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tracker.evidence import actions
from tracker.web import console


class Command(BaseCommand):
    help = "Ask the worker to make the pages of exhibits anew, where their copy is of an older make. Originals stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--docket", help="Only the exhibits of this case.")
        parser.add_argument("--all", action="store_true", dest="everything", help="All that are cleared.")

    def handle(self, *args: Any, **options: Any) -> None:
        case_id = console.find_case(options["docket"]).pk if options["docket"] else None
        wanted = {"case_id": case_id, "everything": options["everything"]}
        count = actions.reprocess_exhibits(actor=console.COMMAND, at=timezone.now(), **wanted)
        words = "1 exhibit is" if count == 1 else f"{count} exhibits are"
        self.stdout.write(f"{words} queued. The worker makes their pages anew.")
