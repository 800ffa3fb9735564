import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db(transaction=True)


def test_once_takes_what_is_due_and_ends(manage):
    # It names no job of ours, so the worker that takes it can only mark it failed.
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="time.time",
        backend_name="default",
        run_after="2026-01-01T00:00:00Z",
        exception_class_path="",
        traceback="",
    )

    answer = manage("work", "--once")

    assert answer.returncode == 0, answer.stderr
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


def test_an_unsafe_installation_does_no_work(manage, child_environment):
    child_environment["RECOURSE_DEMO"] = "false"
    child_environment.pop("SCANNER", None)

    answer = manage("work", "--once")

    assert answer.returncode != 0
    assert "SCANNER is not set" in answer.stderr
