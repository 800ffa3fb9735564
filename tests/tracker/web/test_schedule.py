from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tracker.audit.models import Anchor, Chain
from tracker.web import schedule

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_each_chore_has_a_name_of_its_own():
    names = [chore.name for chore in schedule.CHORES]

    assert len(names) == len(set(names))


def test_the_ledger_is_anchored_at_least_daily():
    every = {chore.name: chore.every for chore in schedule.CHORES}

    assert every["anchor"] <= timedelta(days=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("chore", schedule.CHORES, ids=lambda chore: chore.name)
def test_a_chore_may_run_on_nothing_and_twice(chore):
    chore.act(NOON)
    chore.act(NOON + chore.every)


@pytest.mark.django_db(transaction=True)
def test_a_moved_chain_is_anchored(settings):
    Chain.objects.create(id="018f5a3e-0000-7000-8000-000000000001", head_seq=1, head_hash="a" * 64)

    now = timezone.now()
    schedule.anchor_ledger(now)

    assert Anchor.objects.get().at == now
    with open(settings.ANCHOR_FILE) as lines:
        assert len(lines.readlines()) == 1


@pytest.mark.django_db
def test_old_ended_tasks_are_pruned_and_waiting_ones_kept():
    def make(status, finished_at):
        return DBTaskResult.objects.create(
            status=status,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="time.time",
            backend_name="default",
            run_after=NOON,
            finished_at=finished_at,
            exception_class_path="",
            traceback="",
        ).pk

    old = make(TaskResultStatus.SUCCESSFUL, datetime.now(UTC) - timedelta(days=schedule.KEPT_TASK_DAYS + 1))
    kept = {
        make(TaskResultStatus.SUCCESSFUL, datetime.now(UTC) - timedelta(days=1)),
        make(TaskResultStatus.READY, None),
    }

    schedule.prune_tasks(NOON)

    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept
    assert old not in kept
