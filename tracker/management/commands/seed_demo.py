"""`manage.py seed_demo`: make the demo's people and cases. A second run adds only what is missing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.web import console
from tracker.web.seeding import runner


class Command(BaseCommand):
    help = "Make the demo's people and over a hundred cases through the same actions as the doors, at told past times."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO or not settings.DEMO_PASSWORD:
            raise CommandError(_("Demo data is made only in demo mode, with DEMO_PASSWORD set."))
        with console.refusals():
            made = runner.seed(settings.DEMO_PASSWORD, now=timezone.now(), say=self.stdout.write)
        self.stdout.write(_("%(count)d cases made.") % {"count": made})
