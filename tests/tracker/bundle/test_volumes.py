"""How sheets are divided over volumes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle.plan import PAGES, Hidden, Limits, RenditionFacts
from tracker.bundle.planning import Extras
from tracker.bundle.volumes import estimated_bytes, file_stem, volume_file, volume_name, volumes_of


def exhibits(*counts, size=0):
    out, at = [], 1
    for number, count in enumerate(counts, start=1):
        pages = (samples.SAMPLE_PAGE,) * count
        copy = RenditionFacts("00", size * count, "", "")
        out.append(samples.slip(f"E-{number}", at, kind=PAGES, bates_last=at + count - 1, pages=pages, rendition=copy))
        at += count
    return out


def divided(items, **limits):
    plan = plan_of(*items, extras=Extras(limits=Limits(**limits)))
    return [
        [(piece.key, piece.segment.first, piece.segment.last, piece.begins) for piece in volume.pieces]
        for volume in volumes_of(plan)
    ]


def test_without_limits_there_is_one_volume():
    assert divided(exhibits(2, 3)) == [[("E-1", 1, 2, True), ("E-2", 1, 3, True)]]


def test_an_exhibit_stays_whole_where_it_can():
    assert divided(exhibits(3, 2, 3), sheets=5) == [
        [("E-1", 1, 3, True), ("E-2", 1, 2, True)],
        [("E-3", 1, 3, True)],
    ]


def test_a_long_exhibit_is_divided_and_begins_again_in_each_volume():
    assert divided(exhibits(1, 7), sheets=3) == [
        [("E-1", 1, 1, True)],
        [("E-2", 1, 3, True)],
        [("E-2", 4, 6, True)],
        [("E-2", 7, 7, True)],
    ]


def test_bytes_count_as_well_as_sheets():
    assert divided(exhibits(2, 2, size=500_000), megabytes=2) == [
        [("E-1", 1, 2, True)],
        [("E-2", 1, 2, True)],
    ]


def test_the_papers_of_the_first_volume_grow_with_the_bundle_and_the_others_hold_more():
    volumes = divided(exhibits(*[1] * 80, size=40_000), megabytes=2)

    assert len(volumes) == 3
    assert len(volumes[0]) < len(volumes[1])
    assert divided(exhibits(*[1] * 10, size=40_000), megabytes=2) == [[(f"E-{n}", 1, 1, True) for n in range(1, 11)]]


def test_a_page_larger_than_a_volume_gets_one_of_its_own():
    assert divided(exhibits(2, size=9_000_000), megabytes=5) == [[("E-1", 1, 1, True)], [("E-1", 2, 2, True)]]


def test_a_hidden_stretch_is_one_sheet_with_its_exhibit():
    item = replace(exhibits(6)[0], hidden=(Hidden(2, 5, "W-1"),))

    assert divided([item], sheets=3) == [[("E-1", 1, 1, True), ("E-1", 2, 5, False), ("E-1", 6, 6, False)]]


def test_a_hidden_stretch_does_not_overfill_a_volume():
    item = replace(exhibits(4)[0], hidden=(Hidden(3, 4, "W-1"),))

    assert divided([item], sheets=2) == [[("E-1", 1, 2, True)], [("E-1", 3, 4, True)]]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(1, 12))
def test_every_page_is_in_one_volume_and_none_is_larger_than_asked(counts, sheets):
    items = exhibits(*counts)
    pages = [
        (key, page) for volume in divided(items, sheets=sheets) for key, a, b, _x in volume for page in range(a, b + 1)
    ]

    assert pages == [(item.key, page) for item in items for page in range(1, len(item.pages) + 1)]
    for volume in divided(items, sheets=sheets):
        assert 1 <= sum(b - a + 1 for _key, a, b, _begins in volume) <= sheets
        assert volume[0][3]


@pytest.mark.parametrize(("of", "name"), [(1, "A-1-hearing-freeze-2.pdf"), (3, "A-1-hearing-freeze-2-v2.pdf")])
def test_file_names_hold_docket_edition_freeze_and_volume(of, name):
    assert volume_file(plan_of(*exhibits(1), docket="A/1", edition="hearing", freeze=2), 2, of) == name


def test_what_is_not_shown_counts_for_little_in_the_size():
    shown = exhibits(2, size=400_000)[0]
    partly = replace(shown, hidden=(Hidden(2, 2, "W-1"),))

    assert 900_000 < estimated_bytes([shown], 1) < 1_000_000
    assert estimated_bytes([shown], 1) - estimated_bytes([partly], 1) == 400_000
    assert estimated_bytes([shown], 2) > estimated_bytes([shown], 1)


@pytest.mark.parametrize(("of", "name"), [(1, "A-1-hearing-freeze-2.pdf"), (3, "A-1-hearing-freeze-2-v1.pdf")])
def test_files_are_named_without_anything_of_the_case(of, name):
    assert volume_name(file_stem("A/1", "hearing", 2), 1, of) == name
