"""The honest test: what only looks redacted is found out, by text, bytes and pixels."""

import shutil

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.data import statements
from tests.data.statements import FONTS, OVER_NAME, OVER_NUMBER, SECRET, box
from tracker.files.pdflinks import OutlineItem
from tracker.files.redaction import engines, opening, prove, rebuild

BOTH = (OVER_NAME, OVER_NUMBER)


@pytest.fixture
def source(tmp_path):
    return statements.statement(tmp_path / "source.pdf", face="sans", others=("The second page.",))


@pytest.fixture
def derived(source, tmp_path):
    target = tmp_path / "derived.pdf"
    assert rebuild.redact(source, BOTH, target, fonts=FONTS).proof.is_clean
    return target


def hits(source, derived, **known):
    return {(hit.page, hit.where) for hit in prove.prove(source, derived, BOTH, **known).hits}


def changed(derived, tmp_path, change):
    target = tmp_path / "changed.pdf"
    with pikepdf.open(derived) as pdf:
        change(pdf)
        pdf.save(target)
    return target


@pytest.mark.parametrize("face", ["", "sans"])
def test_boxes_over_live_text_are_no_redaction(tmp_path, face):
    source = statements.statement(tmp_path / "source.pdf", face=face)
    fake = statements.covered_only(tmp_path / "fake.pdf", BOTH)

    assert hits(source, fake) >= {(1, "text"), (1, "pixels")}


def test_a_proof_of_the_real_thing_holds(source, derived):
    proof = prove.prove(source, derived, BOTH)
    assert proof.is_clean
    assert (proof.dropped, proof.kept, proof.also, proof.elsewhere) == (6, 8, (), ())
    assert len(proof.readers) == 2


def test_text_left_in_the_layer_is_found(source, derived, tmp_path):
    def leak(pdf):
        page = pdf.pages[0].obj
        page.Resources.Font = Dictionary(F9=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier))
        page.Contents.append(pdf.make_stream(b"q BT 3 Tr /F9 9 Tf 300 30 Td (Quar) Tj (rington) Tj ET Q"))

    assert (1, "text") in hits(source, changed(derived, tmp_path, leak))


def test_a_short_number_is_found_by_its_phrase(source, derived, tmp_path):
    def leak(pdf):
        page = pdf.pages[0].obj
        page.Resources.Font = Dictionary(F9=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier))
        page.Contents.append(pdf.make_stream(b"q BT 3 Tr /F9 9 Tf 300 30 Td (12 34 5) Tj 20 0 Td (6 78) Tj ET Q"))

    assert (1, "text") in hits(source, changed(derived, tmp_path, leak))


LEAKS = {
    "title": lambda pdf: pdf.trailer.__setitem__("/Info", pdf.make_indirect(Dictionary(Title=String(SECRET)))),
    "utf-16": lambda pdf: pdf.Root.__setitem__("/Lang", String("quarrıngton " + SECRET)),
    "name": lambda pdf: pdf.Root.__setitem__("/PieceInfo", Dictionary({"/Quarrington": 1})),
    "stream": lambda pdf: pdf.Root.__setitem__("/Other", pdf.make_stream(b"<x>QUARRINGTON</x>")),
    "attachment": lambda pdf: pdf.attachments.__setitem__(
        "a.txt", pikepdf.AttachedFileSpec(pdf, SECRET.encode("utf-16-be"), filename="a.txt")
    ),
    "unused object": lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(Fields=Array([String(SECRET)]))),
    "property": lambda pdf: pdf.pages[0].obj.Contents.append(
        pdf.make_stream(b"/Span <</ActualText (Quarrington)>> BDC EMC")
    ),
    "split string": lambda pdf: pdf.pages[0].obj.Contents.append(pdf.make_stream(b"BT [(Quar) -20 (rington)] TJ ET")),
}


@pytest.mark.parametrize("where", LEAKS)
def test_what_the_file_says_elsewhere_is_found(source, derived, tmp_path, where):
    found = hits(source, changed(derived, tmp_path, LEAKS[where]))
    assert {where for _page, where in found} == {"file"}


def test_an_earlier_state_of_the_file_is_found(source, derived):
    with derived.open("ab") as file:
        file.write(b"\nxref\n0 0\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n")
    assert (0, "states") in hits(source, derived)


def test_a_bookmark_is_found(source, derived):
    assert hits(source, derived, outline=[OutlineItem(0, "Of Q uarrington", 0)]) == {(0, "outline")}


def test_a_comment_left_on_the_page_is_found(source, derived, tmp_path):
    def leak(pdf):
        pdf.pages[0].obj.Annots.append(
            pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([1, 1, 9, 9])))
        )

    assert hits(source, changed(derived, tmp_path, leak)) == {(1, "pixels")}


def test_what_stays_on_other_pages_is_told_not_refused(tmp_path):
    source = statements.statement(tmp_path / "a.pdf", others=("About the member", "Zyxwelda, and Quarringtons"))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([1, 1, 9, 9]), Contents=String(SECRET))
        pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])
        pdf.save(source)
    proof = rebuild.redact(source, BOTH, tmp_path / "b.pdf", fonts=FONTS).proof

    assert proof.is_clean
    told = {one.word: one.pages for one in proof.also}
    assert told == {SECRET: (2,), "Quarrington": (2,), "Zyxwelda": (2, 3)}
    assert proof.elsewhere == (2, 3)


def test_words_of_every_text_are_not_told(tmp_path):
    source = statements.statement(tmp_path / "a.pdf", others=("and the rest, which was theirs",))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"BT /F1 11 Tf 300 670 Td (and the Rest) Tj ET")
        pdf.save(source)
    proof = rebuild.redact(source, BOTH, tmp_path / "b.pdf", fonts=FONTS).proof

    assert [(one.word, one.pages) for one in proof.also] == [("Rest", (2,)), ("and the Rest", (2,))]


def test_looking_ahead_tells_the_same_without_making_anything(tmp_path):
    source = statements.statement(tmp_path / "a.pdf", others=("x", "Zyxwelda was there", "Zyxwelda"))
    ahead = prove.look_ahead(source, BOTH, most_pages=3)

    assert (ahead.dropped, ahead.kept) == (6, 8)
    assert [(one.word, one.pages) for one in ahead.also] == [("Zyxwelda", (3,))]
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["a.pdf"]


def test_a_page_that_is_not_there_is_an_error_of_its_own(source):
    with pytest.raises(opening.CannotOpen):
        prove.splits_of(source, [box(9, 0, 0, 9, 9)])
    with pytest.raises(opening.CannotOpen):
        prove.units_of(source.with_name("nothing.pdf"))


def test_without_poppler_our_own_reader_finds_it_too(tmp_path, monkeypatch):
    source = statements.statement(tmp_path / "source.pdf")
    fake = statements.covered_only(tmp_path / "fake.pdf", BOTH)
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert engines.readers()[1].name.startswith("pikepdf")
    assert hits(source, fake) >= {(1, "text"), (1, "pixels")}
    assert rebuild.redact(source, BOTH, tmp_path / "b.pdf", fonts=FONTS).proof.is_clean
