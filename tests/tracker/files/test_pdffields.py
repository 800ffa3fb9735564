"""Fields keep their own looks; where they have none, or these do not show the value, it is drawn and reported."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.proof import engines
from tracker.files.pdf import inspect_and_rewrite
from tracker.files.pdffields import give_looks

FROM_VALUE = "p1 /Widget drawn here from its value"


def document(fields, *, fresh=None):
    """A page with fields: each a dictionary of keys."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792)).obj
    made = []
    for number, keys in enumerate(fields):
        rect = Array([100, 700 - 60 * number, 300, 720 - 60 * number])
        values = {"Type": Name.Annot, "Subtype": Name.Widget, "FT": Name.Tx, "Rect": rect, "F": 4,
                  "T": String(f"field {number}"), "DA": String("/Helv 10 Tf 0 g")}  # fmt: skip
        made.append(pdf.make_indirect(Dictionary(**{**values, **keys})))
    page.Annots = Array(made)
    pdf.Root.AcroForm = Dictionary(Fields=Array(made))
    if fresh is not None:
        pdf.Root.AcroForm.NeedAppearances = fresh
    return pdf, made


def looks(pdf, content=b"/Tx BMC EMC"):
    return Dictionary(N=pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20])))


def given(pdf, made):
    return give_looks(pdf, [(1, item) for item in made])


@pytest.mark.parametrize("fresh", [None, False, True])
def test_a_value_without_looks_is_drawn(fresh):
    pdf, made = document([{"V": String("a statement")}], fresh=fresh)

    assert given(pdf, made) == [FROM_VALUE]
    assert b"a statement".hex().encode() in made[0].AP.N.read_bytes()
    assert "/NeedAppearances" not in pdf.Root.AcroForm


@pytest.mark.parametrize(
    ("content", "fresh", "is_drawn"),
    [
        (b"/Tx BMC EMC", True, True),
        (b"/Tx BMC EMC", False, False),
        (b"BT (a statement) Tj ET", True, False),
        (b"BT [(a st) 20 (atement)] TJ ET", True, False),
        (b"BT (an older statement) Tj ET", True, True),
        (b"BT <0001000200ff> Tj ET", True, False),  # numbers of glyphs
    ],
)
def test_looks_of_its_own_stand_unless_they_do_not_show_what_is_asked_for(content, fresh, is_drawn):
    pdf, made = document([{"V": String("a statement")}], fresh=fresh)
    made[0].AP = looks(pdf, content)
    before = bytes(made[0].AP.N.read_bytes())

    assert given(pdf, made) == ([FROM_VALUE] if is_drawn else [])
    assert (made[0].AP.N.read_bytes() == before) is not is_drawn


def test_what_cannot_be_drawn_is_said():
    pdf, made = document([{"V": String("שלום")}])

    assert given(pdf, made) == [f"{FROM_VALUE}; not all of it could be: see the original"]


def test_an_empty_field_without_a_frame_is_left_alone():
    pdf, made = document([{}, {"V": String("")}])

    assert given(pdf, made) == []
    assert all("/AP" not in item for item in made)


def test_a_button_shows_the_state_of_its_value():
    pdf, made = document([{"FT": Name.Btn, "V": Name.Yes}, {"FT": Name.Btn, "V": Name.No}])
    for item in made:
        item.AP = Dictionary(N=Dictionary(Yes=pdf.make_stream(b"0 0 9 9 re f"), Off=pdf.make_stream(b"")))

    assert given(pdf, made) == []
    assert [item.AS for item in made] == [Name.Yes, Name.Off]


def test_a_button_whose_state_has_no_looks_shows_its_frame():
    pdf, made = document([{"FT": Name.Btn, "AS": Name.Off, "MK": Dictionary(BC=Array([1, 0, 0]))}])
    made[0].AP = Dictionary(N=Dictionary(Yes=pdf.make_stream(b"0 0 9 9 re f")))
    given(pdf, made)

    assert b"1 0 0 RG" in made[0].AP.N.Off.read_bytes()


def test_a_button_without_looks_is_drawn():
    pdf, made = document([{"FT": Name.Btn, "AS": Name.Yes}])

    assert given(pdf, made) == ["p1 /Widget drawn here: it had no looks"]


def test_signatures_and_unknown_fields_are_left_alone():
    pdf, made = document([{"FT": Name.Sig}, {"FT": Name.Odd}, {"FT": 7}])

    assert given(pdf, made) == []


def test_a_filled_form_reads_the_same_in_its_copy(tmp_path):
    pdf, _made = document(
        [
            {"V": String("Dr. Pat Ortiz")},
            {"V": String("first line\nsecond line"), "Ff": 1 << 12},
            {"FT": Name.Ch, "Ff": 1 << 17, "V": String("TX")},
        ],
        fresh=True,
    )
    pdf.save(tmp_path / "a.pdf")
    facts = inspect_and_rewrite(tmp_path / "a.pdf", tmp_path / "copy.pdf")
    (text,) = engines.pdfium_texts(tmp_path / "copy.pdf")

    assert text.split() == ["Dr.", "Pat", "Ortiz", "first", "line", "second", "line", "TX"]
    assert facts.removed.count(FROM_VALUE) == 3
