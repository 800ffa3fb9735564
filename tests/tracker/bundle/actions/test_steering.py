"""Cancelling a build, and having it built again."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.exporting import facts, request
from tracker.audit.models import LedgerEntry
from tracker.bundle import actions
from tracker.bundle.actions import build
from tracker.bundle.actions.building import MOST_ATTEMPTS
from tracker.bundle.models import BatesRange, BundleExport
from tracker.errors import ActionRefused, NotPermitted, OutOfScope

STALE = timedelta(seconds=120)


@pytest.fixture
def export(case, counsel, receive):
    receive(1)
    return request(case, counsel)


def claim(export, after=timedelta(0)):
    return actions.claim(export.pk, actor=WORKER, at=AT + after, stale_after=STALE)


def cancel(export, actor):
    return actions.cancel_bundle(export.pk, actor=actor, at=AT)


def retry(export, actor, **options):
    return actions.retry_bundle(export.pk, actor=actor, at=AT, **options)


def test_what_waits_is_cancelled_at_once_and_its_numbers_stay(export, counsel):
    ended = cancel(export, counsel)

    assert (ended.status, ended.ended_at, ended.cancel_asked_by) == ("cancelled", AT, counsel.code)
    assert facts("bundle.cancelled")[0]["bundle"] == str(export.pk)
    assert claim(export, 10 * STALE) is None
    assert BatesRange.objects.count() == 1


def test_what_is_being_built_is_told_to_stop_once(export, counsel):
    claim(export)
    told = cancel(export, counsel)

    assert (told.status, told.cancel_asked_at) == ("building", AT)
    assert len(facts("bundle.cancel_asked")) == 1
    assert facts("bundle.cancelled") == []
    with pytest.raises(ActionRefused, match="already told to stop"):
        cancel(export, counsel)
    assert len(facts("bundle.cancel_asked")) == 1


def test_a_build_that_is_told_to_stop_in_the_middle_leaves_nothing(export, counsel, monkeypatch):
    real = build.stages.build

    def told_to_stop(*args, **options):
        cancel(export, counsel)
        return real(*args, **options)

    monkeypatch.setattr(build.stages, "build", told_to_stop)
    ended = build.run(export.pk, actor=WORKER, clock=lambda: AT)

    assert (ended.status, ended.stored_file) == ("cancelled", None)
    assert not ended.files.exists()
    assert facts("bundle.sealed") == facts("bundle.failed") == []
    assert len(facts("bundle.cancelled")) == 1


@pytest.mark.parametrize("end", ["sealed", "failed", "cancelled"])
def test_what_has_ended_cannot_be_cancelled(export, counsel, end):
    if end == "sealed":
        build.run(export.pk, actor=WORKER, clock=lambda: AT)
    elif end == "failed":
        actions.fail(claim(export), actor=WORKER, at=AT, reason="gone")
    else:
        cancel(export, counsel)
    before = LedgerEntry.objects.count()
    with pytest.raises(ActionRefused, match="nothing to cancel"):
        cancel(export, counsel)

    assert BundleExport.objects.get(pk=export.pk).status == end
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize("end", ["failed", "cancelled"])
def test_the_same_plan_is_built_again(export, counsel, end):
    if end == "failed":
        actions.beat(claimed := claim(export), at=AT, stage="assemble", detail="E-1", done=1, steps=2)
        actions.fail(claimed, actor=WORKER, at=AT, reason="gone")
    else:
        cancel(export, counsel)
    before = DBTaskResult.objects.count()
    again = retry(export, counsel)

    assert (again.status, again.reason, again.stage, again.detail, again.ended_at) == ("requested", "", "", "", None)
    assert (again.cancel_asked_at, again.cancel_asked_by, again.plan) == (None, "", export.plan)
    assert len(facts("bundle.retried")) == 1
    assert DBTaskResult.objects.count() == before + 1
    done = build.run(export.pk, actor=WORKER, clock=lambda: AT)
    assert (done.status, done.manifest_sha256) == ("sealed", export.manifest_sha256)


def test_who_builds_at_once_queues_no_job(export, counsel):
    cancel(export, counsel)
    before = DBTaskResult.objects.count()
    retry(export, counsel, queue=False)

    assert DBTaskResult.objects.count() == before


def test_a_worker_thought_lost_never_finishes_what_was_begun_again(export, counsel):
    lost = claim(export)
    actions.fail(claim(export, STALE), actor=WORKER, at=AT, reason="gone")
    retry(export, counsel)
    claimed = [claim(export, round_ * STALE) for round_ in range(2, 2 + MOST_ATTEMPTS)]

    assert [one.attempt for one in claimed] == [4, 5, 6]
    with pytest.raises(ActionRefused, match="Another worker"):
        actions.beat(lost, at=AT, stage="assemble")
    assert claim(export, 9 * STALE) is None
    assert "Every worker" in BundleExport.objects.get(pk=export.pk).reason
    assert claim(retry(export, counsel), 10 * STALE).attempt == 7


def test_what_goes_on_or_is_done_cannot_be_begun_again(export, counsel):
    def refuse():
        before = LedgerEntry.objects.count()
        with pytest.raises(ActionRefused, match="failed or was cancelled"):
            retry(export, counsel)
        assert LedgerEntry.objects.count() == before

    refuse()
    claimed = claim(export)
    refuse()
    actions.fail(claimed, actor=WORKER, at=AT, reason="gone")
    retry(export, counsel)
    build.run(export.pk, actor=WORKER, clock=lambda: AT)
    refuse()
    assert BundleExport.objects.get(pk=export.pk).status == "sealed"


@pytest.mark.parametrize("act", [actions.cancel_bundle, actions.retry_bundle])
def test_only_who_may_export_steers(export, staff, act):
    with pytest.raises(NotPermitted, match="Records custodian"):
        act(export.pk, actor=staff("auditor"), at=AT)
    with pytest.raises(OutOfScope):
        act(export.pk, actor=staff("investigator"), at=AT)
    with pytest.raises(OutOfScope):
        act(uuid4(), actor=staff("board_counsel"), at=AT)
    assert BundleExport.objects.get(pk=export.pk).status == "requested"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_cancel_and_a_claim_at_once_never_end_in_a_build(export, counsel, together):
    def build_it():
        return build.run(export.pk, actor=WORKER, clock=lambda: AT)

    together(partial(cancel, export, counsel), build_it)
    row = BundleExport.objects.get(pk=export.pk)

    assert row.status in ("cancelled", "sealed")
    if row.cancel_asked_at:
        assert row.status == "cancelled"
        assert not row.files.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_cancel_at_once_and_one_entry_tells_it(export, counsel, together):
    ended = together(partial(cancel, export, counsel), partial(cancel, export, counsel))

    assert sorted(type(one).__name__ for one in ended) == ["ActionRefused", "BundleExport"]
    assert len(facts("bundle.cancelled")) == 1
