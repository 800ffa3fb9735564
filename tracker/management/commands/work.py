"""`manage.py work`: run queued jobs and the regular chores until told to stop."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tracker import checks
from tracker.web import worker


class Command(BaseCommand):
    """The job worker, one process; several may run beside each other."""

    requires_system_checks = []
    help = "Run queued jobs and the regular chores until SIGINT or SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Define `--once`."""
        parser.add_argument("--once", action="store_true", help="End when nothing is left to do.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse an unsafe installation, then work."""
        checks.refuse_unsafe_start()
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        patient = worker.PatientWorker(once=options["once"])
        patient.configure_signals()
        patient.run()
