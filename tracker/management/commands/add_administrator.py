"""`manage.py add_administrator EMAIL --name NAME --board SLUG…`: a first administrator, and a link for the password."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from tracker.web import console
from tracker.web.admin import setting_up


class Command(BaseCommand):
    help = "Make somebody administrator of boards, and print a link by which they set their password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="full name, for a person who is not known yet")
        parser.add_argument("--board", required=True, action="append", help="slug of a board; may be given again")

    def handle(self, *args: Any, **options: Any) -> None:
        with console.refusals():
            lines, path = setting_up.add_administrator(options["email"], options["name"], options["board"])
        self.stdout.write("\n".join([*lines, f"{settings.SITE_URL.rstrip('/')}{path}"]))
