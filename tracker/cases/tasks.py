"""Jobs of this room: they take ids and call one action. `at` is the moment a worker took the job."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django_tasks import TaskContext, task

from tracker.audit.actors import Actor
from tracker.cases.actions import reminding


@task(takes_context=True)
def mail_reminders(context: TaskContext, user_id: str, reminder_ids: list[str]) -> None:
    """Mail a person what needs attention."""
    at = cast(datetime, context.task_result.started_at)
    ids = [UUID(one) for one in reminder_ids]
    reminding.send_reminders(UUID(user_id), ids, actor=Actor.system("daily"), at=at)
