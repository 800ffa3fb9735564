"""The invisible text: read where it was, seen nowhere, and without effect on what follows."""

import zlib

import pikepdf
import pytest

from tests.data.statements import FONTS, box
from tracker.files import fonts
from tracker.files.redaction import engines, opening, textlayer, words
from tracker.files.redaction.raster import Picture
from tracker.files.redaction.words import Word

WHITE = Picture(10, 10, 72, "flate", zlib.compress(b"\xff" * 100))


def sheet(*found, areas=()):
    return textlayer.Sheet(1, 300.0, 200.5, WHITE, found, tuple(areas))


def page_of(tmp_path, one):
    """A document of one page that shows a sheet."""
    layers, target = tmp_path / "layers.pdf", tmp_path / "page.pdf"
    textlayer.write_layers([one], layers, fonts.find_fonts(FONTS))
    with pikepdf.new() as pdf, pikepdf.open(layers) as drawn:
        pdf.add_blank_page(page_size=(50, 50))
        page = pdf.pages[0].obj
        page["/PieceInfo"] = pikepdf.Dictionary(Old=1)
        textlayer.put_sheet(pdf, page, one, drawn.pages[0])
        pdf.save(target)
    return target


@pytest.mark.parametrize(
    "word",
    [
        Word("Across", (20.0, 30.0, 80.0, 45.0)),
        Word("Downwards", (20.0, 30.0, 35.0, 110.0), 90),
        Word("Upside", (20.0, 30.0, 80.0, 45.0), 180),
        Word("Upwards", (20.0, 30.0, 35.0, 110.0), 270),
        Word("Übergröße", (20.0, 30.0, 80.0, 45.0)),
        Word("Привет", (20.0, 30.0, 80.0, 45.0)),
        Word("i", (20.0, 30.0, 20.4, 30.3)),
    ],
)
def test_a_word_is_read_where_it_was(tmp_path, word):
    path = page_of(tmp_path, sheet(word))
    with opening.opened(path) as document:
        [found] = words.read(document[0])

    assert words.plain(found.text) == words.plain(word.text)
    assert found.box == pytest.approx(word.box, abs=2.5)
    if len(word.text) > 1:
        assert found.turn == word.turn


def test_words_without_a_typeface_are_counted(tmp_path):
    odd = sheet(Word("\U0001d4d0x", (20.0, 30.0, 80.0, 45.0)), Word("even", (20.0, 60.0, 80.0, 75.0)))
    assert textlayer.write_layers([odd], tmp_path / "layers.pdf", fonts.find_fonts(FONTS)) == 1
    assert words.plain(engines.pdfium_texts(tmp_path / "layers.pdf")[0]) == "even"


def test_it_is_not_seen(tmp_path):
    path = page_of(tmp_path, sheet(Word("Invisible", (20.0, 30.0, 200.0, 90.0))))
    with opening.opened(path) as document:
        image = document[0].render(scale=1).to_pil().convert("L")
    assert image.getextrema() == (255, 255)


def test_what_follows_on_the_page_is_seen(tmp_path):
    path = page_of(tmp_path, sheet(Word("Invisible", (20.0, 30.0, 200.0, 90.0))))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Resources.Font = pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        page.Contents = pikepdf.Array([page.Contents, pdf.make_stream(b"BT /F1 40 Tf 20 20 Td (Seen) Tj ET")])
        pdf.save(path)
    with opening.opened(path) as document:
        assert document[0].render(scale=1).to_pil().convert("L").getextrema()[0] < 50


def test_codes_are_white_small_and_centred(tmp_path):
    path = page_of(tmp_path, sheet(areas=[box(1, 100, 50, 100, 40, "R-1"), box(1, 10, 10, 12, 30, "M-1")]))
    with opening.opened(path) as document:
        found = {word.text: word.box for word in words.read(document[0])}
    left, top, right, bottom = found["R-1"]
    assert (left + right) / 2 == pytest.approx(150, abs=1)
    assert (top + bottom) / 2 == pytest.approx(70, abs=2)
    assert bottom - top < 10
    assert found["M-1"][0] >= 10
    assert found["M-1"][2] <= 22


def test_a_box_too_small_has_no_code(tmp_path):
    path = page_of(tmp_path, sheet(areas=[box(1, 100, 50, 4, 40, "R-1"), box(1, 100, 50, 90, 2, "R-2")]))
    assert engines.pdfium_texts(path) == [""]


def test_the_page_keeps_nothing_it_held(tmp_path):
    with pikepdf.open(page_of(tmp_path, sheet(Word("x", (1.0, 1.0, 9.0, 9.0))))) as pdf:
        page = pdf.pages[0].obj
        assert set(page.keys()) == {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents"}
        assert [float(one) for one in page.MediaBox] == [0, 0, 300, 200.5]
