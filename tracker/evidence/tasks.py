"""Jobs of this room: they take ids and call one action. `at` is the moment a worker took the job."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django_tasks import TaskContext, task

from tracker.audit.actors import Actor
from tracker.evidence import actions


@task(takes_context=True)
def process_exhibit(context: TaskContext, exhibit_id: str) -> None:
    """Scan and inspect an exhibit. May run twice; what is not settled by it is asked for again."""
    at = cast(datetime, context.task_result.started_at)
    actions.process_exhibit(UUID(exhibit_id), actor=Actor.system("worker"), at=at)


@task(takes_context=True)
def redact_exhibit(context: TaskContext, redaction_id: str) -> None:
    """Make and prove a redacted copy. May run twice; what is not ended by it is asked for again."""
    at = cast(datetime, context.task_result.started_at)
    actions.run_redaction(UUID(redaction_id), actor=Actor.system("worker"), at=at)


@task(takes_context=True)
def reprocess_exhibit(context: TaskContext, exhibit_id: str) -> None:
    """Make the pages of an exhibit anew. May run twice."""
    at = cast(datetime, context.task_result.started_at)
    actions.reprocess_exhibit(UUID(exhibit_id), actor=Actor.system("worker"), at=at)
