"""The job."""

import time
from datetime import timedelta

import pytest

from tests.tracker.bundle.conftest import AT
from tracker.audit.actors import Actor
from tracker.bundle import actions, tasks
from tracker.bundle.models import BundleExport


def test_the_stopwatch_runs_on_from_a_told_moment():
    clock = tasks.stopwatch(AT)
    time.sleep(0.01)

    assert timedelta(0) < clock() - AT < timedelta(seconds=5)


@pytest.mark.django_db(transaction=True)
def test_a_worker_builds_what_was_asked_for(case, counsel, receive):
    from django.utils import timezone  # noqa: PLC0415

    from tracker.web.worker import PatientWorker  # noqa: PLC0415

    receive(1)
    (export,) = actions.request_bundle(case.pk, actor=Actor.staff(counsel.user_id), at=timezone.now())
    PatientWorker(once=True, chores=()).run()

    done = BundleExport.objects.get(pk=export.pk)
    assert (done.status, done.reason) == ("sealed", "")
