"""`manage.py daily`: do by hand what the worker does every day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.web import daily


class Command(BaseCommand):
    help = "Record what the law does by itself, and remind people of what is due; print what was done."

    def handle(self, *args: Any, **options: Any) -> None:
        lines = daily.go_round(timezone.now())
        self.stdout.write("\n".join(lines) if lines else "Nothing was due.")
