"""What a PDF says beside the text of its pages."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.data import pdfs
from tracker.files import pdfstrings
from tracker.files.pdfstrings import strings_of


@pytest.fixture
def told(tmp_path):
    """Change a two-page letter and read its strings."""

    def of(change):
        path = pdfs.letter(tmp_path / "a.pdf", 2)
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)
        return strings_of(path)

    return of


def note(pdf, **more):
    return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), **more))


def test_a_note_its_author_and_its_formatted_words_belong_to_their_page(told):
    def change(pdf):
        rich = pdf.make_stream("<p>José <b>Muñoz</b></p>".encode())
        one = note(pdf, T="Maya Rivers", Contents="called back", RC=rich)
        answer = note(pdf, T="Robin", IRT=one, P=pdf.pages[0].obj)
        pdf.pages[1].obj.Annots = Array([one, answer])

    found = told(change)

    assert found.pages[0] == ""
    for words in ("Maya Rivers", "called back", "José Muñoz", "Robin"):
        assert words in found.pages[1]
    assert "Maya" not in found.document


def test_a_fields_value_is_found_on_its_page_and_in_the_form(told):
    def change(pdf):
        widget = note(pdf, T="name", FT=Name.Tx, V="Maya Rivers")
        pdf.pages[0].obj.Annots = Array([widget])
        unseen = pdf.make_indirect(Dictionary(T="hidden", FT=Name.Tx, V=pdf.make_stream("Muñoz".encode("utf-16"))))
        pdf.Root.AcroForm = Dictionary(Fields=Array([widget, unseen]))

    found = told(change)

    assert "Maya Rivers" in found.pages[0]
    assert "Maya Rivers" in found.document
    assert "Muñoz" in found.document


def test_bookmarks_layers_and_properties_belong_to_the_document(told):
    def change(pdf):
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Letter of Maya", 0))
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Notes of Rivers"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = "A title in XML"
        pdf.docinfo.Author = "José Muñoz"

    found = told(change)

    for words in ("Letter of Maya", "Notes of Rivers", "José Muñoz", "A title in XML"):
        assert words in found.document
    assert found.pages == ("", "")


def test_what_is_said_instead_of_drawn_text_is_found(told):
    def change(pdf):
        page = pdf.pages[0].obj
        drawn = b"/Span <</ActualText (Maya Rivers)>> BDC BT ET EMC /P /Mc1 BDC EMC"
        page.Contents = pdf.make_stream(drawn)
        page.Resources.Properties = Dictionary(Mc1=Dictionary(Alt="Photo of Muñoz"))

    assert "Maya Rivers" in told(change).pages[0]
    assert "Photo of Muñoz" in told(change).pages[0]


def test_what_leads_in_a_circle_ends(told):
    def change(pdf):
        one = note(pdf, T="around")
        one.Other = Array([one, pdf.pages[1].obj, pdf.Root])
        pdf.pages[0].obj.Annots = Array([one])

    assert told(change).pages[0].count("around") == 1


def test_broken_contents_say_nothing(told):
    def change(pdf):
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/Span <</ActualText (Maya BDC", Filter=Name.FlateDecode)

    assert told(change).pages[0] == ""


def test_a_value_that_a_field_has_from_its_parents(told):
    def change(pdf):
        top = pdf.make_indirect(Dictionary(T="Maya Rivers", V=Array([pikepdf.String("Muñoz")]), Kids=Array([])))
        for page in pdf.pages:
            page.obj.Annots = Array([note(pdf, Parent=top)])

    found = told(change)
    assert ["Maya Rivers" in page and "Muñoz" in page for page in found.pages] == [True, True]


def test_labels_of_pages_lists_of_layers_and_names_of_places(told):
    def change(pdf):
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P="Maya ")]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([]), D=Dictionary(Order=Array([pikepdf.String("Rivers")])))
        pdf.Root.Dests = Dictionary({"/Muñoz": Array([pdf.pages[1].obj, Name.Fit])})

    found = told(change).document
    for words in ("Maya", "Rivers", "Muñoz"):
        assert words in found


def test_more_than_is_read_is_told(told, monkeypatch):
    monkeypatch.setattr(pdfstrings, "MAX_OBJECTS", 2)

    def change(pdf):
        pdf.pages[0].obj.Annots = Array([note(pdf, T="Maya"), note(pdf, T="Rivers")])

    assert not told(change).is_whole
