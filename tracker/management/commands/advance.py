"""`manage.py advance DOCKET STEP --actor EMAIL [--data FILE.json]`: do one step on a case."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tracker.web import console, stepdata


class Command(BaseCommand):
    help = "Do one step on a case. Steps and the keys of their data are listed in docs/commands.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("docket")
        parser.add_argument("step")
        parser.add_argument("--actor", required=True, metavar="EMAIL")
        parser.add_argument("--data", type=Path, metavar="FILE.json")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, case = console.staff_actor(options["actor"]), console.find_case(options["docket"])
        now = timezone.now()
        with console.refusals(case.docket):
            console.must_see(actor, case, at=now)
            step = stepdata.find_step(options["step"])
            stepdata.must_be_open(step, case, actor, at=now)
            form = stepdata.bound_form(step, case, stepdata.load(options["data"]), actor)
            step.perform(case, form, actor=actor, at=now)
        case.refresh_from_db()
        self.stdout.write(f"{case.docket} {step.key}: done\nstage {case.stage}, status {case.status}")
