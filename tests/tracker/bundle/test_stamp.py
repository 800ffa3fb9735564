"""The stamp: upright in the displayed corner of every geometry, found once by two engines, nothing else touched."""

import itertools
import re
import subprocess
from dataclasses import dataclass, replace
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest

from tests.data import pdfs
from tests.tracker.bundle import samples
from tests.tracker.bundle.conftest import build_one
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle.stamp import numbered_sheets
from tracker.bundle.stampline import fit
from tracker.files.pagedigest import PageDigester
from tracker.files.pdf import PageFacts, geometry_of

CONTENTS = (
    b"q 0.9 0.95 0.97 rg 0 0 2000 2000 re f Q",
    b"q q 0.3 0 0 0.3 90 90 cm 1 0 0 rg",
    b"Q Q q 7 0 0 7 0 0 cm 3 Tr BT 5 Ts",
)
CROPS = (None, (30, 20, 380, 285), (-20, -10, 330, 250))
MEDIA = {None: (0, 0, 400, 300), CROPS[1]: (0, 0, 400, 300), CROPS[2]: (-50, -40, 350, 260)}
CASES = list(itertools.product((0, 90, 180, 270), CROPS, (1, 2)))


@pytest.fixture(scope="module")
def shaped(tmp_path_factory):
    """One exhibit for every geometry, with contents that leave their graphics state open."""
    folder = tmp_path_factory.mktemp("shapes")
    items = []
    for number, (rotate, crop, unit) in enumerate(CASES, start=1):
        source = pdfs.shaped(
            folder / "source.pdf",
            rotate=rotate,
            crop=crop,
            media=MEDIA[crop],
            unit=unit,
            content=CONTENTS[number % 3],
        )
        facts = samples.rendition(source, folder / f"E-{number}.pdf")
        items.append(samples.shown(f"E-{number}", facts, number))
    plan = replace(plan_of(*items), fonts=tuple(sorted(samples.fonts().pins.items())))
    return build_one(plan, folder)


@dataclass(frozen=True)
class Found:
    """A numbered page of the volume."""

    index: int
    facts: PageFacts
    number: str


def numbered_pages(built):
    for one in built.places.placed:
        for offset, sheet in enumerate(numbered_sheets(one, built.places, built.layout)):
            yield Found(one.first + offset, sheet.facts, sheet.number)


def test_what_is_stamped_is_marked_as_decoration(built):
    with pikepdf.open(built.path) as pdf:
        for numbered in numbered_pages(built):
            drawn = [
                (str(step.operator), [str(operand) for operand in step.operands])
                for step in pikepdf.parse_content_stream(pdf.pages[numbered.index].Contents[-1])
            ]
            names = [operator for operator, _operands in drawn]
            begins, ends = names.index("BDC"), names.index("EMC")
            assert drawn[begins][1][0] == "/Artifact"
            assert names.count("BDC") == names.count("EMC") == 1
            assert [begins < place < ends for place, name in enumerate(names) if name == "Tj"] == [True] * 3


def test_pdfium_finds_every_number_once_inside_its_corner(shaped):
    path = shaped.path
    pdf = pypdfium2.PdfDocument(path)
    for numbered in numbered_pages(shaped):
        page = pdf[numbered.index]
        text = page.get_textpage()
        assert text.get_text_bounded().count(numbered.number) == 1
        found = text.search(numbered.number)
        index, count = found.get_next()
        boxes = [text.get_charbox(at) for at in range(index, index + count)]
        assert_in_corner(page, numbered, boxes)
    pdf.close()


def assert_in_corner(page, numbered, boxes):
    """The number's box in displayed points: right end at its margin, upright, on its baseline."""
    facts = numbered.facts
    x0, y0, x1, y1 = (float(item) for item in facts.box)
    unit, width, height = float(facts.unit), *(float(item) for item in facts.displayed_size)
    # PDFium gives boxes in user space; turn their corners into displayed points.
    turned = {
        0: lambda x, y: ((x - x0) * unit, (y - y0) * unit),
        90: lambda x, y: ((y - y0) * unit, (x1 - x) * unit),
        180: lambda x, y: ((x1 - x) * unit, (y1 - y) * unit),
        270: lambda x, y: ((y1 - y) * unit, (x - x0) * unit),
    }[facts.rotate]
    points = [turned(x, y) for left, bottom, right, top in boxes for x, y in ((left, bottom), (right, top))]
    place = fit(facts, numbered.number, samples.STAMPING)
    assert max(x for x, _y in points) == pytest.approx(width - float(place.margin), abs=1.5)
    assert min(x for x, _y in points) > 0
    assert min(y for _x, y in points) == pytest.approx(float(place.baseline), abs=1.5)
    assert max(y for _x, y in points) < float(place.baseline) + float(place.size)
    lefts = [min(turned(left, bottom)[0], turned(right, top)[0]) for left, bottom, right, top in boxes]
    assert lefts == sorted(lefts)  # reads from left to right as displayed
    assert height > width or facts.rotate in (0, 180)


@pytest.mark.poppler
def test_poppler_finds_every_number_once_upright(shaped):
    path = shaped.path
    words = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    pages = words.split("<page ")[1:]
    for numbered in numbered_pages(shaped):
        found = re.findall(
            rf'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">{numbered.number}<',
            pages[numbered.index],
        )
        assert len(found) == 1
        left, top, right, bottom = map(float, found[0])
        assert right - left > bottom - top


@pytest.mark.poppler
@pytest.mark.parametrize("number", [1, 8, 13, 24])
def test_the_number_is_drawn_dark_in_the_displayed_corner(shaped, tmp_path, number):
    """Text that is found may still be invisible: look at the pixels, too."""
    path = shaped.path
    numbered = list(numbered_pages(shaped))[number - 1]
    page = str(numbered.index + 1)
    subprocess.run(
        ["pdftoppm", "-r", "144", "-gray", "-cropbox", "-f", page, "-l", page, path, tmp_path / "p"], check=True
    )
    image = next(tmp_path.glob("p*.pgm")).read_bytes()
    width, height = (int(item) for item in image.split(maxsplit=3)[1:3])
    pixels = image[-width * height :]
    # Neither program scales by UserUnit when it draws, so the stamp is half as large there.
    scale = 2 / float(numbered.facts.unit)
    rows = range(height - int(30 * scale), height - int(20 * scale))
    columns = range(width - int(120 * scale), width - int(36 * scale))
    dark = sum(pixels[row * width + column] < 90 for row in rows for column in columns)
    assert dark > len(rows) * len(columns) * 0.08


def test_page_size_and_content_stay_what_they_were(shaped):
    path = shaped.path
    with pikepdf.open(path) as pdf:
        digester = PageDigester()
        for numbered in numbered_pages(shaped):
            page = pdf.pages[numbered.index].obj
            assert digester.digest(page, stamped=True) == numbered.facts.sha256
            assert geometry_of(page).box == numbered.facts.box


def test_links_lead_back_to_the_list(shaped):
    path = shaped.path
    with pikepdf.open(path) as pdf:
        target = pdf.pages[2].obj.objgen
        for numbered in numbered_pages(shaped):
            width, _height = numbered.facts.displayed_size
            annotations = [item for item in pdf.pages[numbered.index].obj.Annots if "/Dest" in item]
            assert len(annotations) == (1 if width >= 260 else 0)
            x0, y0, x1, y1 = (Decimal(item) for item in numbered.facts.box)
            for link in annotations:
                assert link.Dest[0].objgen == target
                left, bottom, right, top = link.Rect
                assert x0 <= left < right <= x1
                assert y0 <= bottom < top <= y1


def test_names_that_a_page_already_uses_are_not_taken(tmp_path):
    """A bundle of ours may be an exhibit of another bundle."""
    source = pdfs.shaped(tmp_path / "a.pdf", media=(0, 0, 612, 792))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
        )
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(RcsB=font))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /RcsB 20 Tf 100 300 Td (OTHER-000001) Tj ET")
        pdf.save()
    facts = samples.rendition(source, tmp_path / "E-1.pdf")
    plan = replace(plan_of(samples.shown("E-1", facts, 1)), fonts=tuple(sorted(samples.fonts().pins.items())))
    sealed = build_one(plan, tmp_path).sealed

    with pikepdf.open(sealed.path) as pdf:
        names = set(pdf.pages[4].Resources.Font.keys())
    assert names == {"/RcsB", "/RcsB1", "/RcsR1"}
    assert "OTHER-000001" in samples.page_texts(sealed.path)[4]


@pytest.fixture(scope="module")
def covered(tmp_path_factory):
    """A page with content under every place of the stamp."""
    folder = tmp_path_factory.mktemp("covered")
    source = pdfs.shaped(folder / "a.pdf", media=(0, 0, 612, 792), content=b"0 0 0.6 rg 0 0 612 792 re f")
    facts = samples.rendition(source, folder / "E-1.pdf")
    item = samples.shown("E-1", facts, 1)
    item = replace(item, pages=tuple(replace(page, strip=0) for page in item.pages))
    return build_one(replace(plan_of(item), fonts=tuple(sorted(samples.fonts().pins.items()))), folder)


def test_over_content_the_number_has_a_white_halo_and_is_one_text(covered, tmp_path):
    pdf = pypdfium2.PdfDocument(covered.path)
    assert pdf[4].get_textpage().get_text_bounded().count("BHP-2026-0417-000001") == 1
    image = pdf[4].render(scale=4).to_pil().convert("RGB").crop((1700, 3060, 2310, 3110))
    pdf.close()
    colors = {color for _count, color in image.getcolors(100_000)}
    assert (255, 255, 255) in colors  # the halo
    assert (0, 0, 153) in colors  # the page is seen between the letters: no box covers it
    assert any(sum(color) < 120 for color in colors - {(0, 0, 153)})


def test_a_confidentiality_mark_stands_at_the_other_end(tmp_path):
    facts = samples.rendition(pdfs.letter(tmp_path / "a.pdf", 1), tmp_path / "E-1.pdf")
    stamping = replace(samples.STAMPING, confidential="42 CFR Part 2: no redisclosure")
    plan = replace(
        plan_of(samples.shown("E-1", facts, 1), stamping=stamping), fonts=tuple(sorted(samples.fonts().pins.items()))
    )
    page = pypdfium2.PdfDocument(build_one(plan, tmp_path).path)[4].get_textpage()
    index, _count = page.search("42 CFR Part 2: no redisclosure").get_next()

    assert page.get_charbox(index)[0] == pytest.approx(36, abs=1)


@pytest.mark.parametrize("position", ["bottom_right", "bottom_left", "bottom_center", "top_right", "top_left"])
def test_the_stamp_stands_in_the_boards_corner(tmp_path, position):
    facts = samples.rendition(pdfs.letter(tmp_path / "a.pdf", 1), tmp_path / "E-1.pdf")
    stamping = replace(samples.STAMPING, position=position)
    plan = replace(
        plan_of(samples.shown("E-1", facts, 1), stamping=stamping), fonts=tuple(sorted(samples.fonts().pins.items()))
    )
    page = pypdfium2.PdfDocument(build_one(plan, tmp_path).path)[4].get_textpage()
    index, count = page.search("BHP-2026-0417-000001").get_next()
    left, bottom = page.get_charbox(index)[:2]
    right = page.get_charbox(index + count - 1)[2]

    assert (bottom > 700) == position.startswith("top")
    if position.endswith("right"):
        assert right == pytest.approx(576, abs=2)
    else:
        assert left < 320
