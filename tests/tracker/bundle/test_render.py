"""The generated pages as a whole."""

import subprocess
from dataclasses import replace

import pikepdf
import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.rich import many, rich_plan
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle import stages
from tracker.bundle.index import locate
from tracker.bundle.lists import Cite, Event, MatrixLine, MatrixRow, Tables, Witness
from tracker.bundle.places import full_range, segment_numbers
from tracker.bundle.plan import PAGES
from tracker.bundle.render import generated_path, render
from tracker.files.fonts import FontsChanged

FIRST = "generated-1.pdf"


def test_every_generated_page_is_known(built):
    layout = built.layout
    roles = [(mark.role, mark.key) for mark in layout.marks]

    assert roles[:4] == [("front", ""), ("front", ""), ("front", ""), ("divider", "E-1")]
    assert ("sheet", "E-3") in roles
    assert ("sheet", "E-1") not in roles
    assert layout.lengths == {"cover": 1, "certificate": 1, "list": 1, "withheld": 1, "custody": 1, "hashes": 1}
    assert layout.missing == ()


def test_lists_are_there_where_there_is_something_to_say(rich):
    assert list(rich.layouts[0].lengths) == [
        "cover",
        "certificate",
        "list",
        "witnesses",
        "chronology",
        "matrix",
        "withheld",
        "custody",
        "hashes",
    ]
    assert rich.layouts[1].lengths == {"cover": 1}


def test_every_link_leads_somewhere(rich):
    shelf = [layout.places(rich.plan) for layout in rich.layouts]
    for layout in rich.layouts:
        for link in layout.links:
            volume, page = locate(link.target, layout.volume, shelf)
            assert 0 <= page < shelf[volume - 1].total
            left, low, right, high = link.rect
            assert 40 < left < right < 570
            assert 20 < low < high < 760


def test_the_way_back_stands_on_every_page_with_a_foot(rich):
    for layout, back in zip(rich.layouts, ("section:list", "section:cover"), strict=True):
        with_back = {link.page for link in layout.links if link.target == back and link.rect[1] == 30}
        for number, mark in enumerate(layout.marks):
            is_list = layout.volume == 1 and number == 2
            expected = mark.role in ("divider", "log") or (mark.role == "front" and number > 0 and not is_list)
            assert (number in with_back) == expected


def test_every_font_is_embedded_and_none_draws_a_missing_glyph(rich):
    for volume in (1, 2):
        with pikepdf.open(generated_path(rich.folder, volume)) as pdf:
            for page in pdf.pages:
                for font in page.Resources.Font.values():
                    assert "/FontFile2" in font.FontDescriptor


def test_the_same_plan_gives_the_same_pages(built, tmp_path):
    render(built.plan, tmp_path, samples.fonts())
    one = (tmp_path / FIRST).read_bytes()
    render(built.plan, tmp_path, samples.fonts())

    assert one == (tmp_path / FIRST).read_bytes() == (built.folder / FIRST).read_bytes()


def test_other_typefaces_than_the_pinned_are_refused(built, tmp_path):
    plan = replace(built.plan, fonts=(("NotoSans_400Regular.ttf", "00" * 32),))

    with pytest.raises(FontsChanged):
        render(plan, tmp_path, samples.fonts())


def test_a_long_list_settles_and_keeps_its_numbers(tmp_path):
    plan = many(120)
    (layout,) = render(plan, tmp_path, samples.fonts())
    places = layout.places(plan)

    assert layout.lengths["list"] > 5
    texts = samples.page_texts(tmp_path / FIRST)
    assert sum("Exhibit list" in text.splitlines()[0:3] for text in texts) == 1
    last = "\n".join(texts[2 : 2 + layout.lengths["list"]])
    assert f"{places.dividers['E-119'] + 1}" in last


def test_three_hundred_exhibits_over_volumes_settle(tmp_path):
    plan = many(300, sheets=120)
    layouts = render(plan, tmp_path, samples.fonts())
    shelf = [layout.places(plan) for layout in layouts]

    assert [layout.volume for layout in layouts] == [1, 2, 3]
    assert [layout.lengths.get("list", 0) > 1 for layout in layouts] == [True, True, True]
    first = " ".join(" ".join(samples.page_texts(tmp_path / FIRST)).split())
    assert f"V3·{shelf[2].dividers['E-300'] + 1}" in first
    third = samples.page_texts(tmp_path / "generated-3.pdf")
    assert "V3-ii" in third[1]


def test_nothing_of_a_withheld_exhibit_is_in_any_byte(tmp_path):
    secret = samples.withheld("E-4", 14, 19, mark="4", party="board")
    plan = rich_plan(tmp_path)
    render(plan, tmp_path, samples.fonts())
    secrets = (secret.title, secret.native.sha256, secret.exhibit_id)
    for volume in (1, 2):
        with pikepdf.open(generated_path(tmp_path, volume)) as pdf:
            raw = b"".join(
                one.read_bytes() if isinstance(one, pikepdf.Stream) else one.unparse() for one in pdf.objects
            )
        text = " ".join(samples.page_texts(generated_path(tmp_path, volume)))
        for word in secrets:
            assert word.encode() not in raw
            assert word.encode("utf-16-be") not in raw
            assert word not in text


def test_titles_from_right_to_left_are_drawn_everywhere(tmp_path):
    plan = plan_of(samples.slip("E-1", 1, title="תגובה בכתב של המשיב", sponsor="שם", source="מקור"))
    cite = Cite("E-1")
    tables = Tables(
        (Witness("עד", "Called by the Board", "מה", "שפה", (cite,)),),
        (Event("2026-01-01", "אירוע", "", (cite,)),),
        (MatrixRow("1", "טענה", "חוק", (MatrixLine(cite, "for", "הערה"),)),),
    )
    plan = replace(plan, fonts=tuple(sorted(samples.fonts().pins.items())), tables=tables)
    (layout,) = render(plan, tmp_path, samples.fonts())

    assert layout.missing == ()
    assert sum("תגובה" in text for text in samples.page_texts(tmp_path / FIRST)) >= 3


@pytest.mark.poppler
def test_characters_without_a_typeface_are_told(tmp_path):
    plan = plan_of(samples.slip("E-1", 1, title="Notes 中文"))
    plan = replace(
        plan, fonts=tuple(sorted((k, v) for k, v in samples.fonts().pins.items() if k.startswith(("Noto", "DejaVu"))))
    )
    (layout,) = render(plan, tmp_path, samples.fonts())

    assert layout.missing == ("U+4E2D", "U+6587")
    text = subprocess.run(["pdftotext", tmp_path / FIRST, "-"], capture_output=True, text=True, check=True).stdout
    assert "Notes ▯▯" in text
    assert "no typeface is installed" in text


def test_a_sheet_carries_its_number_once(rich):
    sealed = stages.build(rich.plan, samples.copies(rich.plan, rich.folder), rich.folder, samples.fonts())
    for layout, one in zip(rich.layouts, sealed, strict=True):
        texts = samples.page_texts(one.path)
        for placed in layout.places(rich.plan).placed:
            if placed.piece.segment.kind != PAGES:
                first, last = segment_numbers(placed.item, placed.piece)
                assert texts[placed.first].count(full_range(rich.plan, first, last)) == 1
                assert texts[placed.first].count(rich.plan.digits(first)) == 1
