import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.conftest import ROOT, wait_until
from tracker.web import worker
from tracker.web.schedule import Chore

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def make_task(*, status=TaskResultStatus.READY, worker_ids=(), started_at=None, failed_with="", path="time.time"):
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path=path,
        worker_ids=list(worker_ids),
        started_at=started_at,
        backend_name="default",
        run_after=NOON - timedelta(days=1),
        exception_class_path=failed_with,
        traceback="",
    )


@pytest.fixture
def dead_process():
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    return process.pid


def here(pid):
    return f"{worker.socket.gethostname()[:32]}/{pid}/abcd"


class TestAgenda:
    def test_runs_each_chore_when_due(self):
        seen = []
        agenda = worker.Agenda((Chore("often", seen.append, MINUTE), Chore("daily", seen.append, 1440 * MINUTE)))

        assert agenda.run_due(NOON) == ["often", "daily"]
        assert agenda.run_due(NOON + 0.5 * MINUTE) == []
        assert agenda.run_due(NOON + MINUTE) == ["often"]
        assert agenda.run_due(NOON + 1440 * MINUTE) == ["often", "daily"]
        assert seen[:3] == [NOON, NOON, NOON + MINUTE]

    def test_a_failing_chore_is_logged_and_does_not_stop_the_others(self, caplog):
        seen = []

        def broken(at):
            raise ValueError("broken chore")

        agenda = worker.Agenda((Chore("broken", broken, MINUTE), Chore("fine", seen.append, MINUTE)))

        assert agenda.run_due(NOON) == ["broken", "fine"]
        assert seen == [NOON]
        assert "The chore broken failed" in caplog.text

    def test_a_chore_that_met_a_locked_database_is_due_again_at_once(self):
        calls = []

        def locked_once(at):
            calls.append(at)
            if len(calls) == 1:
                raise OperationalError("database is locked")

        agenda = worker.Agenda((Chore("anchor", locked_once, 1440 * MINUTE),))
        with pytest.raises(OperationalError):
            agenda.run_due(NOON)

        assert agenda.run_due(NOON + MINUTE) == ["anchor"]


class TestLostTasks:
    @pytest.mark.django_db
    def test_the_task_of_a_dead_worker_is_queued_again(self, dead_process):
        task = make_task(status=TaskResultStatus.RUNNING, worker_ids=[here(dead_process)], started_at=NOON)

        assert worker.requeue_lost_tasks(NOON + MINUTE) == 1

        task.refresh_from_db()
        assert (task.status, task.started_at) == (TaskResultStatus.READY, None)

    @pytest.mark.django_db
    def test_the_task_of_a_living_worker_is_left_alone(self):
        task = make_task(status=TaskResultStatus.RUNNING, worker_ids=[here(os.getppid())], started_at=NOON)

        assert worker.requeue_lost_tasks(NOON + MINUTE) == 0

        task.refresh_from_db()
        assert task.status == TaskResultStatus.RUNNING

    @pytest.mark.django_db
    def test_a_worker_elsewhere_has_an_hour(self):
        make_task(status=TaskResultStatus.RUNNING, worker_ids=["elsewhere/1/ab"], started_at=NOON)

        assert worker.requeue_lost_tasks(NOON + 59 * MINUTE) == 0
        assert worker.requeue_lost_tasks(NOON + 61 * MINUTE) == 1

    @pytest.mark.django_db
    def test_a_task_that_ended_three_workers_is_given_up(self, dead_process):
        task = make_task(
            status=TaskResultStatus.RUNNING, worker_ids=["a/1/a", "b/1/b", here(dead_process)], started_at=NOON
        )

        worker.requeue_lost_tasks(NOON + MINUTE)

        task.refresh_from_db()
        assert (task.status, task.exception_class_path) == (TaskResultStatus.FAILED, "WorkerLost")
        assert worker.requeue_lost_tasks(NOON + MINUTE) == 0

    @pytest.mark.django_db
    def test_a_task_ended_by_a_second_signal_counts_as_not_run(self):
        task = make_task(status=TaskResultStatus.FAILED, worker_ids=["a/1/a"], failed_with="builtins.SystemExit")

        assert worker.requeue_lost_tasks(NOON) == 1

        task.refresh_from_db()
        assert (task.status, task.exception_class_path) == (TaskResultStatus.READY, "")

    @pytest.mark.django_db
    def test_a_task_that_failed_by_itself_stays_failed(self):
        make_task(status=TaskResultStatus.FAILED, worker_ids=["a/1/a"], failed_with="builtins.ValueError")

        assert worker.requeue_lost_tasks(NOON) == 0


@pytest.mark.django_db(transaction=True)
def test_once_does_the_chores_and_ends():
    seen = []

    worker.PatientWorker(once=True, chores=(Chore("look", seen.append, MINUTE),)).run()

    assert len(seen) == 1
    assert seen[0].tzinfo is not None


@pytest.mark.django_db(transaction=True)
def test_outlives_a_database_that_is_locked_longer_than_it_waits(caplog):
    attempts = []

    def locked_twice(at):
        attempts.append(at)
        if len(attempts) < 3:
            raise OperationalError("database is locked")

    patient = worker.PatientWorker(once=True, chores=(Chore("anchor", locked_twice, MINUTE),))
    patient.interval = 0.01

    patient.run()

    assert len(attempts) == 3
    assert caplog.text.count("The database is busy") == 2


@pytest.mark.django_db(transaction=True)
def test_the_running_program_waits_out_a_real_lock_and_ends_on_a_signal(child_environment):
    before = make_task()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "work"], cwd=ROOT, env=child_environment, stderr=subprocess.PIPE
    )
    try:
        wait_until(lambda: was_taken(before), seconds=30, what="first task taken")
        hold_the_database(seconds=1.5)
        after = make_task()
        wait_until(lambda: was_taken(after), seconds=30, what="task after the lock taken")
        assert process.poll() is None, process.stderr.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.stderr.close()


def was_taken(task):
    # These tasks name no job of ours, so a worker that takes one can only mark it failed.
    task.refresh_from_db()
    return task.status == TaskResultStatus.FAILED


def hold_the_database(*, seconds):
    def hold():
        begin = "BEGIN EXCLUSIVE" if connection.vendor == "sqlite" else "BEGIN"
        try:
            with connection.cursor() as cursor:
                cursor.execute(begin)
                if connection.vendor != "sqlite":
                    cursor.execute(f"LOCK TABLE {DBTaskResult._meta.db_table} IN ACCESS EXCLUSIVE MODE")
                time.sleep(seconds)
                cursor.execute("COMMIT")
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    holder.join()


def test_worker_ids_are_short_and_tell_the_process():
    name = worker.new_worker_id()

    assert len(name) <= 64
    assert name.split("/")[1] == str(os.getpid())
    assert wait_until(lambda: worker.new_worker_id() != name, seconds=1, what="another id") is None
