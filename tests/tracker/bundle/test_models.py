"""Rows of exports and reserved numbers."""

from tests.tracker.bundle.actions.test_requesting import request
from tracker.bundle.models import BatesRange, BundleExport


def test_unfinished_exports_are_those_that_wait_or_are_built(case, counsel, receive):
    receive(1)
    waiting, failed = request(case, counsel), request(case, counsel)
    BundleExport.objects.filter(pk=failed.pk).update(status="failed", reason="x", ended_at=failed.requested_at)
    failed.refresh_from_db()

    assert list(BundleExport.objects.unfinished()) == [waiting]
    assert (waiting.is_unfinished, failed.is_unfinished) == (True, False)
    assert str(waiting) == f"bundle 1 of {case.pk}"
    assert str(BatesRange.objects.get()) == "1–1"
