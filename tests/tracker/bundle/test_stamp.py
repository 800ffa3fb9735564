"""The stamp: upright in the displayed corner of every geometry, found once by two engines, nothing else touched."""

import itertools
import re
import subprocess
from dataclasses import replace
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest

from tests.data import pdfs
from tests.tracker.bundle import samples
from tests.tracker.bundle.test_plan import plan_of
from tracker.bundle import stages
from tracker.bundle.render import Layout
from tracker.bundle.stamp import numbered_pages, plain
from tracker.bundle.stampline import fit
from tracker.files.pagedigest import PageDigester
from tracker.files.pdf import geometry_of

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
    sealed = stages.build(plan, folder, samples.fonts())
    return plan, Layout.read(folder), sealed.path


def test_pdfium_finds_every_number_once_inside_its_corner(shaped):
    plan, layout, path = shaped
    pdf = pypdfium2.PdfDocument(path)
    for numbered in numbered_pages(plan, layout):
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
    place = fit(*facts.displayed_size, numbered.number)
    assert max(x for x, _y in points) == pytest.approx(width - float(place.margin), abs=1.5)
    assert min(x for x, _y in points) > 0
    assert min(y for _x, y in points) == pytest.approx(float(place.baseline), abs=1.5)
    assert max(y for _x, y in points) < float(place.baseline) + float(place.size)
    lefts = [min(turned(left, bottom)[0], turned(right, top)[0]) for left, bottom, right, top in boxes]
    assert lefts == sorted(lefts)  # reads from left to right as displayed
    assert height > width or facts.rotate in (0, 180)


@pytest.mark.poppler
def test_poppler_finds_every_number_once_upright(shaped):
    plan, layout, path = shaped
    words = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    pages = words.split("<page ")[1:]
    for numbered in numbered_pages(plan, layout):
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
    plan, layout, path = shaped
    numbered = list(numbered_pages(plan, layout))[number - 1]
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
    plan, layout, path = shaped
    with pikepdf.open(path) as pdf:
        digester = PageDigester()
        for numbered in numbered_pages(plan, layout):
            page = pdf.pages[numbered.index].obj
            assert digester.digest(page, stamped=True) == numbered.facts.sha256
            assert geometry_of(page).box == numbered.facts.box


def test_links_lead_back_to_the_list(shaped):
    plan, layout, path = shaped
    with pikepdf.open(path) as pdf:
        target = pdf.pages[2].obj.objgen
        for numbered in numbered_pages(plan, layout):
            width, _height = numbered.facts.displayed_size
            annotations = list(pdf.pages[numbered.index].obj.get("/Annots", []))
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
    sealed = stages.build(plan, tmp_path, samples.fonts())

    with pikepdf.open(sealed.path) as pdf:
        names = set(pdf.pages[4].Resources.Font.keys())
    assert names == {"/RcsB", "/RcsB1", "/RcsR1"}
    assert "OTHER-000001" in samples.page_texts(sealed.path)[4]


@pytest.mark.parametrize(
    ("value", "text"), [("1", b"1"), ("1.50000", b"1.5"), ("-0.00001", b"0"), ("0.12345", b"0.1234")]
)
def test_lengths_are_written_plainly(value, text):
    assert plain(Decimal(value)) == text
