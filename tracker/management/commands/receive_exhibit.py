"""`manage.py receive_exhibit DOCKET FILE… --actor EMAIL`: take files into evidence, one exhibit each."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.evidence import actions
from tracker.web import console


class Command(BaseCommand):
    help = "Take files into evidence: each becomes an exhibit, is scanned and inspected. Prints one line a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("docket")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--actor", required=True, metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, case = console.staff_actor(options["actor"]), console.find_case(options["docket"])
        absent = [f"{path} is not a file that can be read." for path in options["files"] if not path.is_file()]
        if absent:
            raise CommandError("\n".join([*absent, "Nothing was changed."]))
        refused = False
        for path in options["files"]:
            with console.refusals(case.docket):
                now = timezone.now()
                exhibit = actions.receive_exhibit(case.pk, actor=actor, at=now, path=path, original_name=path.name)
                exhibit = actions.process_exhibit(exhibit.pk, actor=actor, at=timezone.now())
            words = [exhibit.key, exhibit.state, exhibit.stored_file.digest, exhibit.original_name]
            self.stdout.write(" ".join([*words, exhibit.state_reason or exhibit.not_renderable_reason]).strip())
            refused |= exhibit.state == "refused"
        if refused:
            raise CommandError("A file was refused for the reason beside it. It is kept, and nobody can open it.")
