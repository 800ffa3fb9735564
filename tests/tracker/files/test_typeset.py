"""Setting lines: every script readable, searchable and in order; nothing vanishes."""

import unicodedata
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.tracker.bundle import samples
from tracker.files.fonts import find_fonts
from tracker.files.typeset import PLACEHOLDER, Typesetter, balanced, clean, wrap

# Without system packages, so that the tests say the same on every machine.
FILES = find_fonts(samples.FONTS_ROOT, Path("/nonexistent"))
# For many lines of one test: to read the fonts takes longer than to set a line.
SHARED = Typesetter(FILES)


@pytest.fixture
def setter():
    return Typesetter(FILES)


def drawn(path, *lines, face="sans"):
    setter = Typesetter(FILES)
    canvas = Canvas(str(path), pagesize=(600, 800), invariant=1, initialFontName=setter.font("sans").fontName)
    for number, line in enumerate(lines):
        setter.draw(canvas, (50, 700 - 40 * number), line, (face, 20))
    canvas.save()
    pdf = pypdfium2.PdfDocument(path)
    text = pdf[0].get_textpage().get_text_bounded()
    pdf.close()
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    "line",
    [
        "You may end therapy at any time.",
        "Quý vị có thể ngừng trị liệu bất cứ lúc nào",
        "Μπορείτε να σταματήσετε τη θεραπεία",
        "Вы можете прекратить терапию",
        "אפשר לסיים את הטיפול בכל עת",
        "يمكنك إنهاء العلاج",
        "आप कभी भी चिकित्सा समाप्त कर सकते हैं",
        "a ≤ b → c ✓ ■ −1",
    ],
)
def test_text_of_every_script_is_found_again(tmp_path, line):
    assert unicodedata.normalize("NFKC", line) in drawn(tmp_path / "a.pdf", line)


def test_words_between_two_directions_keep_their_order(setter):
    runs = setter.runs("אפשר (LPC-104882) היום", "sans")

    assert [run.source.strip() for run in runs if run.source.strip("() ")] == ["היום", "LPC-104882", "אפשר"]
    assert "".join(run.text for run in runs) == "םויה (LPC-104882) רשפא"


def test_a_line_follows_the_direction_of_the_text_it_belongs_to(setter):
    def order(turned):
        return [run.source.strip() for run in setter.runs("LPC-104882 אין", "sans", turned) if run.source.strip()]

    assert order(None) == order(False) == ["LPC-104882", "אין"]
    assert order(True) == ["אין", "LPC-104882"]


def test_measured_lines_can_be_forgotten(setter):
    width = setter.width("some words", "sans", 9)
    setter.forget()

    assert setter.width("some words", "sans", 9) == width


def test_arabic_is_shaped_and_hebrew_is_not(setter):
    assert [run.kind for run in setter.runs("العلاج", "sans")] == ["shaped"]
    assert [run.kind for run in setter.runs("ייִדיש", "sans")] == ["plain"]
    assert [run.kind for run in setter.runs("हिन्दी", "sans")] == ["indic"]


def test_a_character_without_a_glyph_is_shown_and_reported(setter, tmp_path):
    assert setter.shown("title 中文", "serif") == f"title {PLACEHOLDER * 2}"
    assert setter.missing == {"中", "文"}
    assert PLACEHOLDER * 2 in drawn(tmp_path / "a.pdf", "title 中文")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_no_missing_glyph_is_ever_drawn(text):
    setter = SHARED
    faces = {setter.font(face).fontName: setter.font(face) for face in FILES.paths}
    for run in setter.runs(text, "serif"):
        if run.kind == "plain":
            assert all(ord(letter) in faces[run.font].face.charToGlyph for letter in run.text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.integers(min_value=20, max_value=300))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    setter = SHARED
    lines = wrap(setter, text, ("sans", 9), width)

    assert "".join(lines).replace(" ", "") == setter.shown(text, "sans").replace(" ", "")
    assert all(setter.width(line, "sans", 9) <= width or len(line) == 1 for line in lines)


def test_direction_controls_and_line_ends_are_removed():
    assert clean("exe\u202efdp.\u2066x\n\ty\x00") == "exefdp.x  y "


def test_balanced_lines_are_even_and_no_more(setter):
    text = "Verified complaint, form 12-A, with two attachments and a long list"
    plain, even = (found(setter, text, ("serif", 17), 420) for found in (wrap, balanced))

    assert len(even) == len(plain) == 2
    widths = [setter.width(line, "serif", 17) for line in even]
    assert max(widths) - min(widths) < 120


def test_width_is_what_is_drawn(setter):
    canvas = Canvas("unused.pdf")
    for line in ("plain", "العلاج", "आप कभी", "é中"):
        assert setter.draw(canvas, (0, 0), line, ("sans", 9)) == pytest.approx(setter.width(line, "sans", 9))


def test_plain_text_with_dashes_and_quotes_is_one_run(setter):
    text = "“Sept–Oct” §\u00a03, Ärzte"

    assert [(run.text, run.kind) for run in setter.runs(text, "sans")] == [(text, "plain")]
    assert len(setter.runs("Sept–Oct אב", "sans")) > 1
    assert len(setter.runs("a ■", "sans")) > 1
