"""The one app of the office."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from tracker.audit import guards


class TrackerConfig(AppConfig):
    """Registers the system checks and puts the database guards back after every migration."""

    name = "tracker"
    verbose_name = "Recourse"

    def ready(self) -> None:
        """Connect what must run at start."""
        from tracker import checks  # noqa: F401, PLC0415 - checks register themselves once apps are ready

        post_migrate.connect(_reinstall_guards, sender=self, dispatch_uid="recourse.guards")


def _reinstall_guards(using: str, **kwargs: Any) -> None:
    guards.install(connections[using])
