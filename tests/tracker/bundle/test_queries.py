"""What people see of bundles."""

from uuid import uuid4

import pytest

from tests.tracker.bundle.actions.test_requesting import request
from tests.tracker.bundle.conftest import AT, WORKER
from tracker.bundle import actions, queries
from tracker.bundle.actions import build
from tracker.bundle.models import BatesRange, BundleExport
from tracker.errors import NotPermitted, OutOfScope


def test_the_preview_shows_what_would_go_in_and_reserves_nothing(case, counsel, receive):
    first, second, secret = receive(3, title="Complaint"), receive(content=b"words", name="n.txt"), receive(2)
    shown = queries.preview(case.pk, actor=counsel, at=AT, withheld={secret.pk: "W-2"})

    assert [(line.key, line.kind, line.sheets, line.bates, line.code) for line in shown.lines] == [
        ("E-1", "pages", 3, "", ""),
        ("E-2", "slip", 1, "", ""),
        ("E-3", "withheld", 1, "", "W-2"),
    ]
    assert shown.sheets == 5
    assert shown.lines[2].why == "Sealed by order"
    assert shown.reasons == ()
    assert not BatesRange.objects.exists()

    request(case, counsel, exhibits=[second.pk])
    again = queries.preview(case.pk, actor=counsel, at=AT, exhibits=[second.pk, first.pk])
    assert [line.bates for line in again.lines] == ["000001", ""]


def test_the_preview_says_what_stands_against_it(case, counsel, receive):
    receive(1, settle=False)

    assert queries.preview(case.pk, actor=counsel, at=AT).reasons == (
        "Exhibit E-1 is still being scanned and inspected.",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_takes_the_same_queries_for_any_number_of_exhibits(
    case, counsel, receive, count, django_assert_max_num_queries
):
    for _number in range(count):
        receive(1)
    with django_assert_max_num_queries(9):
        queries.preview(case.pk, actor=counsel, at=AT)


@pytest.mark.parametrize("count", [1, 3])
def test_exports_take_the_same_queries_for_any_number(case, counsel, receive, count, django_assert_num_queries):
    receive(1)
    for _number in range(count):
        request(case, counsel)
    with django_assert_num_queries(3):
        assert len(queries.exports(case.pk, actor=counsel, at=AT)) == count


def test_progress_rises_to_the_end(case, counsel, receive):
    receive(1)
    export = request(case, counsel)
    assert queries.progress(export.pk, actor=counsel, at=AT).percent == 0
    claimed = actions.claim(export.pk, actor=WORKER, at=AT, stale_after=AT - AT)
    actions.beat(claimed, at=AT, stage="stamp")
    told = queries.progress(export.pk, actor=counsel, at=AT)
    assert (told.status_label, told.stage, 0 < told.percent < 100) == ("Being built", "stamp", True)
    BundleExport.objects.filter(pk=export.pk).update(status="requested", heartbeat_at=None)
    build.run(export.pk, actor=WORKER, clock=lambda: AT)

    done = queries.progress(export.pk, actor=counsel, at=AT)
    assert (done.status, done.percent, done.bytes > 0, len(done.file_sha256)) == ("sealed", 100, True, 64)


def test_who_may_not_export_sees_none_of_it(case, counsel, receive, staff):
    receive(1)
    export = request(case, counsel)
    for look in (queries.preview, queries.exports):
        with pytest.raises(NotPermitted):
            look(case.pk, actor=staff("auditor"), at=AT)
        with pytest.raises(OutOfScope):
            look(case.pk, actor=staff("investigator"), at=AT)
        with pytest.raises(OutOfScope):
            look(uuid4(), actor=counsel, at=AT)
    with pytest.raises(OutOfScope):
        queries.progress(uuid4(), actor=counsel, at=AT)
    with pytest.raises(NotPermitted):
        queries.progress(export.pk, actor=staff("auditor"), at=AT)


def test_only_what_the_ledger_holds_is_a_recorded_seal(case, counsel, receive):
    receive(1)
    export = request(case, counsel)
    done = build.run(export.pk, actor=WORKER, clock=lambda: AT)

    assert queries.recorded_seal(done.manifest_sha256, done.seal_sha256).at == "2026-07-02 15:00 UTC"
    assert queries.recorded_seal(done.manifest_sha256, "ab" * 32) is None
    assert queries.recorded_seal("ab" * 32, done.seal_sha256) is None
    assert queries.recorded_seal(done.manifest_sha256, "") is None
    BundleExport.objects.filter(pk=export.pk).update(seal_sha256="cd" * 32)
    assert queries.recorded_seal(done.manifest_sha256, "cd" * 32) is None
