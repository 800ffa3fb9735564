"""Jobs of this room: they take ids and call one action. `at` is the moment a worker took the job."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django_tasks import TaskContext, task

from tracker.audit.actors import Actor
from tracker.evidence import actions


@task(takes_context=True)
def process_exhibit(context: TaskContext, exhibit_id: str) -> None:
    """Scan and inspect an exhibit; without a verdict it is asked for again. May run twice."""
    at = cast(datetime, context.task_result.started_at)
    done = actions.process_exhibit(UUID(exhibit_id), actor=Actor.system("worker"), at=at)
    if done.try_again_at is not None:
        process_exhibit.using(run_after=done.try_again_at).enqueue(exhibit_id)
