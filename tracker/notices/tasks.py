"""Jobs of this room: they take ids and call one action. `at` is the moment a worker took the job."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django_tasks import TaskContext, task

from tracker.audit.actors import Actor
from tracker.notices import actions


@task(takes_context=True)
def deliver_notice(context: TaskContext, notice_id: str) -> None:
    """Deliver a letter. May run twice; what failed for now is asked for again when it is due."""
    at = cast(datetime, context.task_result.started_at)
    actions.deliver(UUID(notice_id), actor=Actor.system("worker"), at=at)
