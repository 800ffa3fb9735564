"""`manage.py file_complaint FILE.json`: file a complaint that reached the board on another way."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from tracker.cases.actions import filing
from tracker.evidence.actions import processing, receiving
from tracker.web import casefiling, console


class Command(BaseCommand):
    help = "File a complaint from a JSON file (its keys are listed in docs/commands.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        now, actor = timezone.now(), console.COMMAND
        with console.refusals():
            data, documents = casefiling.read(options["file"], at=now)
            filed = filing.file_on_behalf(data, actor=actor, at=now)
        self.stdout.write(f"docket {filed.docket}\ntracking code {filed.tracking_code}")
        for path in documents:
            with console.refusals():
                exhibit = receiving.receive_exhibit(
                    filed.case_id, actor=actor, at=timezone.now(), path=path, original_name=path.name
                )
                processing.process_exhibit(exhibit.pk, actor=actor, at=timezone.now())
            self.stdout.write(f"exhibit {exhibit.key} {exhibit.stored_file.digest} {exhibit.original_name}")
