"""`manage.py export_bundle DOCKET --actor EMAIL --output FILE.pdf`: freeze, build and hand out a bundle now."""

import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.bundle import actions
from tracker.bundle.actions import build
from tracker.files import storage
from tracker.web import console


class Command(BaseCommand):
    help = "Export the evidence bundle of a case: all exhibits in E order, withheld ones as withheld sheets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("docket")
        parser.add_argument("--actor", required=True, metavar="EMAIL")
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        actor, case, target = (
            console.staff_actor(options["actor"]),
            console.find_case(options["docket"]),
            options["output"],
        )
        if not target.parent.is_dir():
            raise CommandError(_("The folder of %(path)s does not exist.") % {"path": target.name})
        with console.refusals(case.docket):
            asked = actions.request_bundle(case.pk, actor=actor, at=timezone.now())
            self.stdout.write(f"{case.docket} freeze {asked.freeze}: {asked.exhibit_count} exhibits")
            built = build.run(asked.pk, actor=actor, clock=timezone.now)
            if built is None or built.stored_file is None:
                asked.refresh_from_db()
                raise CommandError(asked.reason or _("Another process is building this bundle."))
            file = actions.hand_out(built.pk, actor=actor, at=timezone.now()).stored_file
            assert file is not None  # noqa: S101 - a sealed export has its file
            with storage.open_verified(file) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
        self.stdout.write(
            f"sha256 {file.digest}\nmanifest {built.manifest_sha256}\nwritten {target.name}, {file.size} bytes"
        )
