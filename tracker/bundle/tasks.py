"""Jobs of this room. The export's own row says whether there is anything left to do, so a job may run twice."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django_tasks import TaskContext, task

from tracker.audit.actors import Actor
from tracker.bundle.actions import build


@task(takes_context=True)
def build_bundle(context: TaskContext, export_id: str) -> None:
    """Build one export."""
    begun = cast(datetime, context.task_result.started_at)
    build.run(UUID(export_id), actor=Actor.system("worker"), clock=stopwatch(begun))


def stopwatch(begun: datetime) -> Callable[[], datetime]:
    """A clock that runs on from a told moment: the time a worker took a job plus what passed since."""
    start = time.monotonic()
    return lambda: begun + timedelta(seconds=time.monotonic() - start)
