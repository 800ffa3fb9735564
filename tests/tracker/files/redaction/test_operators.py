"""The plain reader reads what others do not show: covered, white, outside, in forms."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.data import statements
from tracker.files.redaction import operators, words


def page(pdf, content, **resources):
    made = pdf.add_blank_page(page_size=(200, 200)).obj
    made.Resources = Dictionary(**resources)
    made.Contents = pdf.make_stream(content)
    return made


PLAIN = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


@pytest.mark.parametrize("face", ["", "sans", "serif-bold"])
def test_text_of_partly_embedded_typefaces(tmp_path, face):
    found = operators.texts(statements.statement(tmp_path / "a.pdf", face=face, others=("Zwei",)))
    assert "zyxweldaquarrington" in words.plain(found[0])
    assert words.plain(found[1]) == "zwei"


def test_kerned_text_and_forms_and_loops():
    pdf = pikepdf.new()
    form = pdf.make_stream(b"BT /F1 9 Tf (in a form) Tj ET /Me Do", Type=Name.XObject, Subtype=Name.Form)
    form = pdf.make_indirect(form)
    form.Resources = Dictionary(Font=Dictionary(F1=PLAIN), XObject=Dictionary(Me=form))
    made = page(
        pdf,
        b"BT /F1 9 Tf [(Se) -20 (cret) -400 (word)] TJ T* (next) ' ET /Fm Do",
        Font=Dictionary(F1=PLAIN),
        XObject=Dictionary(Fm=form),
    )
    text = operators.text_of(made)
    assert text.startswith("Secret word")
    assert "next" in text
    assert text.count("in a form") == operators.MAX_NESTED


def test_codes_of_two_bytes_and_ranges():
    pdf = pikepdf.new()
    table = (
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0003> <00660066> endbfchar"
        b" 2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0058> <0059>] endbfrange"
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, ToUnicode=pdf.make_stream(table))
    made = page(pdf, b"BT /F1 9 Tf <000300100012002000219999> Tj ET", Font=Dictionary(F1=font))

    assert operators.text_of(made) == "ffACXY\ufffd "
    assert set(operators.mapped(table).split("|")) == {"ff", "A", "B", "C", "X", "Y"}


@pytest.mark.parametrize("content", [b"", b"BT (", b"BT 5 Tj [1 2] TJ /None 3 Tf (x) Tj", b"\xff\x00 Do"])
def test_odd_content_is_no_error(content):
    pdf = pikepdf.new()
    assert isinstance(operators.text_of(page(pdf, content)), str)
    assert operators.text_of(Dictionary(Contents=Array([]))) == ""
