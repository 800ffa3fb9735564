from datetime import timedelta

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tests.tracker.evidence.conftest import AT, WORKER
from tracker.evidence import actions
from tracker.evidence.models import Exhibit

pytestmark = [pytest.mark.django_db(transaction=True)]


def run_ready():
    """Run what is ready, as the worker does."""
    Worker(
        queue_names=["default"], excluded_queue_names=[], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id="test",
    ).run()  # fmt: skip


def test_the_worker_clears_what_was_received(receive):
    exhibit = receive()
    run_ready()
    exhibit.refresh_from_db()
    assert (exhibit.state, exhibit.is_renderable) == ("cleared", True)
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_without_a_verdict_the_worker_asks_again_later(receive, settings, free_port):
    settings.SCANNER, settings.CLAMD_PORT = "clamd", free_port()
    exhibit = receive()
    run_ready()
    assert Exhibit.objects.get().state == "quarantined"
    settings.SCANNER = ""
    assert actions.process_waiting(actor=WORKER, at=AT + timedelta(minutes=10)) == 1
    run_ready()
    exhibit.refresh_from_db()
    assert exhibit.state == "cleared"
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
