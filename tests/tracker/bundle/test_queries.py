"""What people see of bundles."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.exporting import request
from tracker.bundle import actions, queries
from tracker.bundle.actions import build
from tracker.bundle.models import BatesRange, BundleExport, BundleFile
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.evidence import actions as evidence_actions


def preview(case, actor, **options):
    return queries.preview(case.pk, actor=actor, at=AT, **options)


def run(export):
    done = build.run(export.pk, actor=WORKER, clock=lambda: AT)
    assert done.status == "sealed", done.reason
    return done


def offer(exhibit, actor, **options):
    evidence_actions.mark_exhibit(exhibit.pk, actor=actor, at=AT, **options)
    evidence_actions.offer_exhibit(exhibit.pk, actor=actor, at=AT)


def test_the_preview_shows_what_would_go_in_and_reserves_nothing(case, counsel, receive):
    first, second, secret = receive(3, title="Complaint"), receive(content=b"\0\1\2", name="n.bin"), receive(2)
    shown = preview(case, counsel, withheld={secret.pk: "W-2"})

    assert [(line.key, line.kind, line.sheets, line.bates, line.code) for line in shown.lines] == [
        ("E-1", "pages", 3, "", ""),
        ("E-2", "slip", 1, "", ""),
        ("E-3", "withheld", 1, "", "W-2"),
    ]
    assert (shown.sheets, shown.shown, shown.withheld, shown.absent) == (5, 2, 1, 0)
    assert shown.lines[2].why == "Sealed by order"
    assert (shown.label, shown.reasons, shown.notes) == ("Board", (), ())
    assert not BatesRange.objects.exists()

    request(case, counsel, exhibits=[second.pk])
    again = preview(case, counsel, exhibits=[second.pk, first.pk])
    assert [line.bates for line in again.lines] == ["000001", ""]


def test_a_preview_tells_size_and_volumes_about_right(case, counsel, receive):
    for _number in range(3):
        receive(4)
    whole = preview(case, counsel)
    split = preview(case, counsel, volume_pages=5)
    done = run(request(case, counsel))

    assert (whole.volumes, split.volumes) == (1, 3)
    assert split.bytes > whole.bytes > 0
    assert done.stored_file.size / 3 < whole.bytes < done.stored_file.size * 10
    assert preview(case, counsel, volume_mb=10_000).volumes == 1


def test_an_edition_names_what_is_not_part_of_it(case, counsel, receive):
    offered, left, _unchosen = receive(1), receive(1, title="Not offered"), receive(1)
    offer(offered, counsel)
    shown = preview(case, counsel, exhibits=[offered.pk, left.pk], edition="hearing")

    assert [(line.key, line.kind, line.sheets) for line in shown.lines] == [("E-1", "pages", 1), ("E-2", "absent", 0)]
    assert (shown.absent, shown.sheets, shown.lines[1].why != "") == (1, 1, True)


def test_the_preview_says_what_stands_against_it(case, counsel, receive):
    receive(1, settle=False)

    assert preview(case, counsel).reasons == ("Exhibit E-1 is still being scanned and inspected.",)


def test_queries_do_not_grow_with_the_exhibits(case, counsel, receive, django_assert_max_num_queries):
    for _round in range(3):
        offer(receive(1), counsel)
        receive(1)
        for edition in ("board", "hearing", "respondent", "public"):
            with django_assert_max_num_queries(26):
                preview(case, counsel, edition=edition)
        # The case, roles, recusal, exhibits, marks, the last order.
        with django_assert_max_num_queries(6):
            queries.order_for(case.pk, actor=counsel, at=AT)


@pytest.mark.parametrize("count", [1, 3])
def test_exports_take_the_same_queries_for_any_number(case, counsel, receive, count, django_assert_num_queries):
    receive(1)
    for _number in range(count):
        run(request(case, counsel))
    # The case, roles, recusal, exports, their files, what is stored of these.
    with django_assert_num_queries(6):
        assert len(queries.exports(case.pk, actor=counsel, at=AT)) == count


def test_the_order_begins_with_that_of_the_last_bundle(case, counsel, receive):
    one, two, three = receive(1), receive(1), receive(1)

    def order():
        return queries.order_for(case.pk, actor=counsel, at=AT)

    assert order() == [one.pk, two.pk, three.pk]
    offer(three, counsel)
    assert order() == [three.pk, one.pk, two.pk]
    request(case, counsel, exhibits=[two.pk, three.pk])
    four = receive(1)
    assert order() == [two.pk, three.pk, one.pk, four.pk]


def test_progress_rises_to_the_end(case, counsel, receive):
    receive(1)
    export = request(case, counsel, volume_mb=50)

    def progress():
        return queries.progress(export.pk, actor=counsel, at=AT)

    waiting = progress()
    assert (waiting.percent, waiting.volume_mb, waiting.format, waiting.files) == (0, 50, "pdf", ())
    assert (waiting.is_unfinished, waiting.requested_by) == (True, counsel.code)
    claimed = actions.claim(export.pk, actor=WORKER, at=AT, stale_after=AT - AT)
    actions.beat(claimed, at=AT, stage="assemble", detail="E-7", done=1, steps=4)
    told = progress()
    assert (told.status_label, told.stage, told.detail, told.done, told.steps) == (
        "Being built",
        "assemble",
        "E-7",
        1,
        4,
    )
    actions.beat(claimed, at=AT, stage="assemble", detail="E-8", done=3, steps=4)
    assert 0 < told.percent < progress().percent < 100
    actions.cancel_bundle(export.pk, actor=counsel, at=AT)
    assert progress().is_stopping
    build.run(export.pk, actor=WORKER, clock=lambda: AT + timedelta(hours=1))
    assert (progress().status, progress().is_stopping) == ("cancelled", False)


def test_a_finished_export_tells_its_files(case, counsel, receive):
    receive(1)
    export = run(request(case, counsel))
    done = queries.progress(export.pk, actor=counsel, at=AT)

    assert (done.status, done.percent, done.bytes > 0, len(done.file_sha256)) == ("sealed", 100, True, 64)
    (file,) = done.files
    assert (file.volume, file.name, file.sha256) == (1, done.name, done.file_sha256)
    assert done.name == "BHEC-2026-00001-board-freeze-1.pdf"


def test_the_size_is_that_of_all_volumes(case, counsel, receive):
    receive(4)
    receive(4)
    export = run(request(case, counsel, volume_pages=5))
    done = queries.progress(export.pk, actor=counsel, at=AT)

    assert [file.name[-7:] for file in done.files] == ["-v1.pdf", "-v2.pdf"]
    assert done.bytes == sum(file.bytes for file in done.files)


def test_a_finished_file_is_found_by_its_volume(case, counsel, receive):
    receive(1)
    export = request(case, counsel)

    def find(volume=None, pk=export.pk):
        return queries.finished_file(pk, actor=counsel, at=AT, volume=volume)

    with pytest.raises(ActionRefused, match="not finished"):
        find()
    done = run(export)
    assert find().file == find(1).file == done.stored_file
    for wrong in ({"volume": 2}, {"volume": 0}, {"pk": uuid4()}):
        with pytest.raises(OutOfScope):
            find(**wrong)


def test_who_may_not_export_sees_none_of_it(case, counsel, receive, staff):
    receive(1)
    export = request(case, counsel)
    for look in (queries.preview, queries.exports, queries.order_for):
        with pytest.raises(NotPermitted):
            look(case.pk, actor=staff("auditor"), at=AT)
        with pytest.raises(OutOfScope):
            look(case.pk, actor=staff("investigator"), at=AT)
        with pytest.raises(OutOfScope):
            look(uuid4(), actor=counsel, at=AT)
    for look in (queries.progress, queries.finished_file):
        with pytest.raises(OutOfScope):
            look(uuid4(), actor=counsel, at=AT)
        with pytest.raises(NotPermitted):
            look(export.pk, actor=staff("auditor"), at=AT)


def test_only_what_the_ledger_holds_is_a_recorded_seal(case, counsel, receive):
    receive(1)
    done = run(request(case, counsel))
    manifest, seal = done.manifest_sha256, done.files.get().seal_sha256

    assert queries.recorded_seal(manifest, seal).at == "2026-07-02 15:00 UTC"
    assert queries.recorded_seal(manifest, "ab" * 32) is None
    assert queries.recorded_seal("ab" * 32, seal) is None
    assert queries.recorded_seal(manifest, "") is None
    BundleFile.objects.update(seal_sha256="cd" * 32)
    assert queries.recorded_seal(manifest, "cd" * 32) is None


def test_a_seal_recorded_before_there_were_volumes_still_counts(case, counsel, receive):
    receive(1)
    export = request(case, counsel)
    actions.building.record("bundle.sealed", export, actor=WORKER, at=AT, facts={"seal_sha256": "ab" * 32, "pages": 9})

    assert BundleExport.objects.get().files.count() == 0
    assert queries.recorded_seal(export.manifest_sha256, "ab" * 32) is not None
