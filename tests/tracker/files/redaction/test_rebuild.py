"""The redacted copy: what is covered is gone from every part of the file, all else stays."""

import subprocess

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.data import pdfs, statements
from tests.data.statements import FONTS, OVER_NAME, OVER_NUMBER, SECRET, box
from tracker.files import pdf
from tracker.files.pdflinks import OutlineItem
from tracker.files.redaction import engines, opening, pixels, rebuild, words
from tracker.files.redaction.rebuild import CannotRedact


def redact(source, *areas, outline=()):
    return rebuild.redact(source, areas, source.with_suffix(".redacted.pdf"), fonts=FONTS, outline=outline)


def copy_of(source):
    return source.with_suffix(".redacted.pdf")


def rendition(source):
    """What the evidence room redacts: the cleaned copy of what was received."""
    target = source.with_suffix(".rendition.pdf")
    return target, pdf.inspect_and_rewrite(source, target)


def texts(path):
    return [words.plain(text) for reader in engines.readers() for text in reader.texts(path)]


def unpacked(path, tmp_path):
    """All bytes of a file with every stream unpacked."""
    plain = tmp_path / "unpacked.pdf"
    with pikepdf.open(path) as opened:
        opened.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
    return plain.read_bytes().lower()


@pytest.mark.parametrize("face", ["", "serif", "sans"])
def test_covered_words_are_gone_and_all_others_stay(tmp_path, face):
    source, _facts = rendition(statements.statement(tmp_path / "a.pdf", face=face))
    made = redact(source, OVER_NAME, OVER_NUMBER)

    assert made.proof.is_clean
    assert (made.proof.dropped, made.proof.kept) == (6, 8)
    for text in texts(copy_of(source)):
        assert "quarrington" not in text
        assert "12345678" not in text
        for left in ("member", "account", "harborstreet", "depositsareinsured"):
            assert left in text


def test_the_page_is_a_picture_of_the_same_size_and_black_in_the_boxes(tmp_path):
    source, _facts = rendition(statements.statement(tmp_path / "a.pdf"))
    made = redact(source, OVER_NAME)

    with pikepdf.open(copy_of(source)) as copy:
        page = copy.pages[0].obj
        assert [float(one) for one in page.MediaBox] == [0, 0, 612, 792]
        assert page.Rotate == 0
    assert made.facts.pages[0].displayed_size == (612, 792)
    assert pixels.faults(copy_of(source), [OVER_NAME]) == []
    assert pixels.faults(copy_of(source), [box(1, 75, 110, 60, 16)]) == [1]


def test_other_pages_keep_their_digest(tmp_path):
    source, facts = rendition(statements.statement(tmp_path / "a.pdf", face="sans", others=("One.", "Two.")))
    made = redact(source, box(2, 70, 80, 100, 20))

    before, after = ([page.sha256 for page in one.pages] for one in (facts, made.facts))
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]
    assert made.facts.removed == ()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 100, 560, 760)])
@pytest.mark.parametrize("unit", [1, 2])
def test_turned_cropped_and_scaled_pages(tmp_path, rotate, crop, unit):
    source, facts = rendition(statements.turned(tmp_path / "a.pdf", rotate=rotate, crop=crop, unit=unit))
    with opening.opened(source) as document:
        found = [word for word in words.read(document[0], unit) if word.text in SECRET.split()]
    areas = [box(1, w.box[0], w.box[1], w.box[2] - w.box[0], w.box[3] - w.box[1]) for w in found]
    made = redact(source, *areas)

    assert made.proof.hits == ()
    assert made.proof.dropped == 2
    assert made.facts.pages[0].displayed_size == facts.pages[0].displayed_size
    assert all("harbor" in text and "street" in text and "quarrington" not in text for text in texts(copy_of(source)))


def test_a_scan_has_no_text_and_says_so(tmp_path):
    source, _facts = rendition(statements.scan(tmp_path / "a.pdf"))
    made = redact(source, box(1, 140, 100, 120, 20))

    assert made.proof.is_clean
    assert made.proof.textless == (1,)
    with pikepdf.open(copy_of(source)) as copy:
        assert copy.pages[0].obj.Resources.XObject["/Picture"].Filter == "/DCTDecode"


def test_a_purely_black_and_white_page_is_packed_as_such(tmp_path):
    source, _facts = rendition(statements.scan(tmp_path / "a.pdf", is_pure=True))
    assert redact(source, box(1, 140, 100, 120, 20)).proof.is_clean
    with pikepdf.open(copy_of(source)) as copy:
        assert copy.pages[0].obj.Resources.XObject["/Picture"].Filter == "/CCITTFaxDecode"


def test_a_picture_that_another_page_only_lists_goes(tmp_path):
    source = statements.scan(tmp_path / "a.pdf", pages=2, shared=True)
    with pikepdf.open(source) as opened:
        secret = opened.pages[0].obj.Resources.XObject["/Im1"].read_raw_bytes()
    made = redact(source, box(1, 140, 100, 120, 20))

    assert made.proof.is_clean
    assert made.proof.pictures == ()
    with pikepdf.open(copy_of(source)) as copy:
        assert all(one.read_raw_bytes() != secret for one in copy.objects if isinstance(one, pikepdf.Stream))


def test_a_picture_that_another_page_shows_is_told(tmp_path):
    source = statements.scan(tmp_path / "a.pdf", pages=2, shared=True)
    with pikepdf.open(source, allow_overwriting_input=True) as opened:
        opened.pages[1].obj.Contents = opened.make_stream(b"q 300 0 0 400 0 0 cm /Im1 Do Q")
        opened.save(source)
    made = redact(source, box(1, 140, 100, 120, 20))

    assert made.proof.pictures == ((2, 1),)
    assert made.proof.elsewhere == (2,)


@pytest.mark.parametrize("off", [0, 9, 14])
def test_recognized_text_that_lies_a_little_beside_the_picture(tmp_path, off):
    source, _facts = rendition(statements.recognized(tmp_path / "a.pdf", off=off))
    made = redact(source, box(1, 140, 104, 130, 14))

    assert made.proof.is_clean
    assert made.proof.dropped == 3
    for text in texts(copy_of(source)):
        assert "leftwhereitis" in text
        assert "quarrington" not in text


def test_drawn_letters_that_another_page_only_lists_go(tmp_path):
    source = statements.drawn_letters(tmp_path / "a.pdf")
    made = redact(source, OVER_NAME, OVER_NUMBER)

    assert made.proof.is_clean
    assert b"zyxwelda" not in unpacked(copy_of(source), tmp_path)
    with pikepdf.open(copy_of(source)) as copy:
        assert "/T3" not in copy.pages[1].obj.Resources.Font


def test_form_values_and_comments_on_a_redrawn_page(tmp_path):
    source = statements.form(tmp_path / "a.pdf")
    made = redact(source, box(1, 160, 105, 260, 25), box(1, 160, 208, 250, 30))

    assert made.proof.is_clean
    assert all("quarrington" not in text for text in texts(copy_of(source)))
    everything = unpacked(copy_of(source), tmp_path)
    assert b"quarrington" not in everything
    assert SECRET.lower().encode("utf-16-be") not in everything


@pytest.mark.parametrize("is_cleaned", [True, False])
def test_title_xmp_attachment_bookmark_layer_and_label_do_not_tell(tmp_path, is_cleaned):
    source = statements.telltale(tmp_path / "a.pdf")
    outline = [OutlineItem(0, f"About {SECRET}", 0), OutlineItem(0, "Second page", 1)]
    if is_cleaned:
        source, facts = rendition(source)
        assert list(facts.outline) == outline
    made = redact(source, OVER_NAME, outline=outline if is_cleaned else ())

    assert made.proof.is_clean
    assert [item.title for item in made.facts.outline] == ["Second page"]
    everything = unpacked(copy_of(source), tmp_path)
    assert b"quarrington" not in everything
    assert "quarrington".encode("utf-16-be") not in everything


def test_links_to_a_redrawn_page_still_lead_there(tmp_path):
    source, _facts = rendition(pdfs.linked(tmp_path / "a.pdf"))
    redact(source, box(3, 100, 100, 50, 50))

    with pikepdf.open(copy_of(source)) as copy:
        third = copy.pages[2].obj
        links = [one for one in copy.pages[0].obj.Annots if "/Dest" in one]
        assert links
        assert all(one.Dest[0].objgen == third.objgen for one in links)


def test_links_on_a_redrawn_page_go(tmp_path):
    source, _facts = rendition(pdfs.linked(tmp_path / "a.pdf"))
    made = redact(source, box(1, 100, 100, 50, 50))

    assert made.proof.is_clean
    with pikepdf.open(copy_of(source)) as copy:
        assert [one for one in copy.pages[0].obj.Annots if "/Dest" in one] == []


def test_a_word_that_stands_elsewhere_is_told_and_no_refusal(tmp_path):
    source, _facts = rendition(statements.statement(tmp_path / "a.pdf", others=("Nothing.", "Ms. Quarrington came.")))
    made = redact(source, OVER_NAME)

    assert made.proof.is_clean
    assert [(one.word, one.pages) for one in made.proof.also] == [("Quarrington", (3,))]


def test_words_in_letters_that_no_typeface_has_are_counted(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(612, 792), invariant=1)
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    canvas.setFont("HeiseiMin-W3", 20)
    canvas.drawString(100, 700, "\u9f98\u9f96")
    canvas.save()
    source, _facts = rendition(tmp_path / "a.pdf")
    made = redact(source, box(1, 400, 400, 50, 50))
    has_han = "han" in statements.fonts.find_fonts(FONTS).paths

    assert made.proof.is_clean
    assert (made.unsearchable, made.proof.kept) == (0 if has_han else 1, 1)


def test_the_code_stands_in_the_box(tmp_path):
    source, _facts = rendition(statements.statement(tmp_path / "a.pdf"))
    redact(source, box(1, 160, 110, 300, 16, "M-1"), box(1, 160, 130, 4, 4, "R-4"))

    text = engines.pdfium_texts(copy_of(source))[0]
    assert "M-1" in text
    assert "R-4" not in text


def test_the_same_boxes_give_the_same_bytes(tmp_path):
    source, _facts = rendition(statements.statement(tmp_path / "a.pdf", face="sans"))
    redact(source, OVER_NAME)
    first = copy_of(source).read_bytes()
    redact(source, OVER_NAME)

    assert copy_of(source).read_bytes() == first


@pytest.mark.qpdf
def test_another_program_finds_the_copy_sound(tmp_path):
    source, _facts = rendition(statements.statement(tmp_path / "a.pdf", face="serif", others=("x",)))
    redact(source, OVER_NAME, OVER_NUMBER)

    done = subprocess.run(["qpdf", "--check", copy_of(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_cannot_be_made_leaves_nothing(tmp_path):
    source = statements.statement(tmp_path / "a.pdf")
    with pytest.raises(CannotRedact) as no_page:
        redact(source, box(7, 0, 0, 10, 10))
    assert (no_page.value.code, no_page.value.page) == ("no_page", 7)

    huge = pdfs.shaped(tmp_path / "huge.pdf", media=(0, 0, 14400, 14400))
    with pytest.raises(CannotRedact) as too_large:
        redact(huge, box(1, 0, 0, 10, 10))
    assert too_large.value.code == "too_large"

    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(CannotRedact) as unreadable:
        redact(broken, box(1, 0, 0, 10, 10))
    assert unreadable.value.code == "unreadable"
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"a.pdf", "huge.pdf", "broken.pdf"}


WORDS = st.text(st.characters(whitelist_categories=["Lu", "Ll", "Nd"], max_codepoint=0x17F), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=12),
    boxes=st.lists(
        st.tuples(st.integers(40, 500), st.integers(40, 400), st.integers(3, 110), st.integers(3, 40)),
        min_size=1,
        max_size=4,
    ),
    rotate=st.sampled_from([0, 90, 180, 270]),
)
def test_no_covered_word_can_be_read_whatever_the_page_and_the_boxes(tmp_path, lines, boxes, rotate):
    name = statements.fonts.find_fonts(FONTS).load("sans").fontName
    canvas = Canvas(str(tmp_path / "any.pdf"), pagesize=(612, 500), invariant=1)
    canvas.setPageRotation(rotate)
    canvas.setFont(name, 12)
    for number, line in enumerate(lines):
        canvas.drawString(60, 440 - 30 * number, "  ".join(line))
    canvas.showPage()
    canvas.save()
    source, _facts = rendition(tmp_path / "any.pdf")
    areas = [box(1, *one) for one in boxes]
    with opening.opened(source) as document:
        parted = words.split(words.read(document[0]), areas)
    made = redact(source, *areas)

    assert made.proof.hits == ()
    kept = [words.plain(word.text) for word in parted.kept]
    for text in texts(copy_of(source)):
        left = text
        for word in sorted([*kept, *["r-1"] * len(areas)], key=len, reverse=True):
            left = left.replace(word, "", 1)
        for needle in parted.needles:
            assert needle not in left
