"""The generated pages as a whole."""

import subprocess
from dataclasses import replace

import pikepdf
import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_plan import plan_of
from tracker.bundle.fonts import FontsChanged
from tracker.bundle.render import Layout, render


@pytest.fixture
def layout(built):
    return Layout.read(built.folder)


def test_every_generated_page_is_known(built, layout):
    roles = [(mark.role, mark.key) for mark in layout.marks]

    assert roles[:4] == [("front", ""), ("front", ""), ("front", ""), ("divider", "E-1")]
    assert ("sheet", "E-3") in roles
    assert ("sheet", "E-1") not in roles
    assert layout.lengths == {"cover": 1, "certificate": 1, "list": 1, "withheld": 1, "custody": 1, "hashes": 1}
    assert layout.missing == ()


def test_every_font_is_embedded_and_none_draws_a_missing_glyph(built):
    with pikepdf.open(built.folder / "generated.pdf") as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor


def test_the_same_plan_gives_the_same_pages(built, tmp_path):
    one = render(built.plan, tmp_path, samples.fonts()).read_bytes()
    two = render(built.plan, tmp_path, samples.fonts()).read_bytes()

    assert one == two == (built.folder / "generated.pdf").read_bytes()


def test_other_typefaces_than_the_pinned_are_refused(built, tmp_path):
    plan = replace(built.plan, fonts=(("NotoSans_400Regular.ttf", "00" * 32),))

    with pytest.raises(FontsChanged):
        render(plan, tmp_path, samples.fonts())


def test_a_long_list_settles_and_keeps_its_numbers(tmp_path):
    items = [samples.slip(f"E-{number}", number, title="A title of some length " * 4) for number in range(1, 120)]
    plan = replace(plan_of(*items), fonts=tuple(sorted(samples.fonts().pins.items())))
    path = render(plan, tmp_path, samples.fonts())
    layout = Layout.read(tmp_path)
    places = layout.places(plan)

    assert layout.lengths["list"] > 5
    texts = samples.page_texts(path)
    assert sum("Exhibit list" in text.splitlines()[0:3] for text in texts) == 1
    last = "\n".join(texts[2 : 2 + layout.lengths["list"]])
    assert f"{places.divider_index('E-119') + 1}" in last


@pytest.mark.poppler
def test_characters_without_a_typeface_are_told(tmp_path):
    plan = plan_of(samples.slip("E-1", 1, title="Notes 中文"))
    plan = replace(
        plan, fonts=tuple(sorted((k, v) for k, v in samples.fonts().pins.items() if k.startswith(("Noto", "DejaVu"))))
    )
    path = render(plan, tmp_path, samples.fonts())

    assert Layout.read(tmp_path).missing == ("U+4E2D", "U+6587")
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Notes ▯▯" in text
    assert "no typeface is installed" in text
