"""Drawing a field: its value is there to be read, in its box, whatever the field says of itself."""

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from tracker.files.fieldlooks import FieldLooks, inherited

COMBO, MULTILINE, PASSWORD = 1 << 17, 1 << 12, 1 << 13


def field(*, size=(200, 20), **keys):
    values = {"FT": Name.Tx, "DA": String("/Helv 0 Tf 0 g"), "Rect": Array([100, 100, 100 + size[0], 100 + size[1]])}
    return Dictionary(**{**values, **keys})


def drawn(tmp_path, widget, words=None):
    """The text that a reader finds in a drawn field, whether all of it could be drawn, and the lines it stands in."""
    looks = FieldLooks(widget)
    whole = looks.text(looks.words() if words is None else words)
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792)).obj
        page.Resources = Dictionary(XObject=Dictionary(F=looks.made(pdf)))
        page.Contents = pdf.make_stream(b"1 0 0 1 100 100 cm /F Do")
        pdf.save(tmp_path / "a.pdf")
    read = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = read[0].get_textpage().get_text_range()
    read.close()
    return text.split("\r\n"), whole


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"V": String("Dr. Pat Ortiz")}, ["Dr. Pat Ortiz"]),
        ({"V": String("Größe: 3 €")}, ["Größe: 3 €"]),
        ({"V": String("paren (and) \\ slash")}, ["paren (and) \\ slash"]),
        ({"V": String("secret"), "Ff": PASSWORD}, ["******"]),
        ({"V": String("b"), "FT": Name.Ch, "Ff": COMBO, "Opt": Array([Array([String("b"), String("Bee")])])}, ["Bee"]),
        ({"V": String("other"), "FT": Name.Ch, "Ff": COMBO, "Opt": Array([7])}, ["other"]),
        ({"V": String("right"), "Q": 2}, ["right"]),
        ({"V": Name.Yes}, [""]),
        ({}, [""]),
    ],
)
def test_a_value_is_shown(tmp_path, keys, shown):
    assert drawn(tmp_path, field(**keys)) == (shown, True)


def test_a_list_shows_its_choices(tmp_path):
    options = Array([String("one"), Array([String("2"), String("two")]), String("three")])
    widget = field(size=(100, 60), FT=Name.Ch, Opt=options, V=String("2"))

    assert drawn(tmp_path, widget) == (["one", "two", "three"], True)


def test_long_text_is_broken_into_lines_and_shrinks_to_fit(tmp_path):
    words = "The session of the third of June was moved without notice. " * 6
    lines, whole = drawn(tmp_path, field(size=(200, 100), V=String(words), Ff=MULTILINE))

    assert whole
    assert len(lines) > 4
    assert " ".join(" ".join(lines).split()) == words.strip()


def test_lines_of_the_value_stay_lines(tmp_path):
    assert drawn(tmp_path, field(size=(200, 60), V=String("one\r\ntwo\rthree"), Ff=MULTILINE))[0] == [
        "one",
        "two",
        "three",
    ]


def test_letters_that_cannot_be_drawn_are_told(tmp_path):
    lines, whole = drawn(tmp_path, field(V=String("שלום ok")))

    assert not whole
    assert lines == ["???? ok"]


@settings(max_examples=40, deadline=None)
@given(
    words=st.text(max_size=200),
    look=st.sampled_from([b"", b"/Helv 9999 Tf", b"/F 8 Tf 1 0 0 rg", b"junk ( Tf 9..9 Tf", b"0 0 0 1 k /X 4 Tf"]),
    flags=st.sampled_from([0, MULTILINE, PASSWORD, 1 << 40]),
    size=st.sampled_from([(200, 20), (3, 3), (14_000, 1), (1, 5_000)]),
)
def test_any_field_is_drawn_as_a_picture_that_can_be_read(words, look, flags, size):
    widget = field(size=size, V=String(words), DA=pikepdf.Object.parse(b"<" + look.hex().encode() + b">"), Ff=flags)
    looks = FieldLooks(widget)
    looks.text(looks.words())
    with pikepdf.new() as pdf:
        operators = [str(item.operator) for item in pikepdf.parse_content_stream(looks.made(pdf))]

    assert operators.count("q") == operators.count("Q")


def test_frames_are_drawn_in_the_colors_of_the_field():
    looks = FieldLooks(field(MK=Dictionary(BG=Array([1, 0, 0]), BC=Array([0])), BS=Dictionary(W=2)))
    looks.text("")

    assert looks.parts == [b"q 1 0 0 rg 0 0 200 20 re f Q", b"q 0 G 2 w 1 1 198 18 re S Q"]


@pytest.mark.parametrize("mark", [Dictionary(BC=Array([1, 2])), Dictionary(BG=String("x")), String("none")])
def test_frames_that_are_none_are_left_out(mark):
    looks = FieldLooks(field(MK=mark))
    looks.text("")

    assert looks.parts == []


def test_a_button_shows_its_words_or_its_mark(tmp_path):
    push = FieldLooks(field(FT=Name.Btn, Ff=1 << 16, MK=Dictionary(CA=String("Send"))))
    push.button()
    box = FieldLooks(field(FT=Name.Btn, AS=Name.Yes))
    box.button()
    empty = FieldLooks(field(FT=Name.Btn, AS=Name.Off))
    empty.button()

    assert b"Send".hex().encode() in push.parts[0]
    assert len(box.parts) == 1
    assert empty.parts == []


@pytest.mark.parametrize("rect", [None, Array([1, 2]), Array([0, 0, 0, 9]), String("x")])
def test_a_field_without_extent_cannot_be_drawn(rect):
    assert not FieldLooks(Dictionary(**({} if rect is None else {"Rect": rect}))).is_drawable


def test_values_are_inherited_and_circles_end():
    pdf = pikepdf.new()
    top = pdf.make_indirect(Dictionary(FT=Name.Tx))
    widget = Dictionary(Parent=top)

    assert inherited(widget, "/FT") == Name.Tx
    top.Parent = top
    assert inherited(widget, "/V") is None
