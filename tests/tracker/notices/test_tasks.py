from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tests.tracker.notices.conftest import SYSTEM
from tracker.notices import actions
from tracker.notices.models import Delivery, Notice

pytestmark = pytest.mark.django_db


def run_ready():
    """Run what is ready, as the worker does."""
    worker = Worker(
        queue_names=["default"], excluded_queue_names=[],
        interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test",
    )  # fmt: skip
    worker.run()


@pytest.mark.django_db(transaction=True)
def test_the_worker_delivers_a_queued_letter(queue, smtp):
    notice = queue()
    run_ready()
    notice.refresh_from_db()
    assert len(smtp.taken) == 1
    assert abs(notice.served_at - timezone.now()) < timedelta(minutes=1)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


@pytest.mark.django_db(transaction=True)
def test_what_failed_is_asked_for_again_when_it_is_due(queue, smtp):
    smtp.refused["pat@example.org"] = "451 try again"
    queue()
    run_ready()
    smtp.refused.clear()
    due = Delivery.objects.get(method="email").retry_at
    assert actions.deliver_due(actor=SYSTEM, at=due - timedelta(seconds=1)) == 0
    assert actions.deliver_due(actor=SYSTEM, at=due) == 1
    assert DBTaskResult.objects.get(status="READY").args_kwargs["args"] == [str(Notice.objects.get().pk)]
