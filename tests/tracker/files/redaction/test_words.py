"""Words and their places, what a box covers, and how texts of two readers are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from tests.data import statements
from tests.data.statements import FONTS, OVER_NAME, OVER_NUMBER, box
from tracker.files.redaction import opening, words
from tracker.files.redaction.words import Text, Word


def read(path):
    with opening.opened(path) as document:
        return words.read(document[0])


def test_words_with_their_places(tmp_path):
    found = read(statements.statement(tmp_path / "a.pdf"))

    assert [word.text for word in found[:6]] == ["Member", "Zyxwelda", "Quarrington", "Account", "12", "34"]
    left, top, right, bottom = found[1].box
    assert left == pytest.approx(165, abs=1)
    assert 105 < top < 122 < bottom < 128
    assert right - left == pytest.approx(52, abs=6)


def test_columns_without_a_space_are_words_of_their_own(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(300, 100), invariant=1)
    canvas.drawString(10, 50, "Left")
    canvas.drawString(120, 50, "Right")
    canvas.save()
    assert [word.text for word in read(tmp_path / "a.pdf")] == ["Left", "Right"]


def test_words_outside_the_visible_page_are_not_read(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(300, 100), invariant=1)
    canvas.drawString(10, 50, "Seen")
    canvas.drawString(10, 150, "Unseen")
    canvas.save()
    assert [word.text for word in read(tmp_path / "a.pdf")] == ["Seen"]


def test_directions_of_writing(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 400), invariant=1)
    for angle, text in ((0, "across"), (90, "upwards"), (180, "over"), (270, "downwards")):
        canvas.saveState()
        canvas.translate(200, 200)
        canvas.rotate(angle)
        canvas.drawString(40, 0, text)
        canvas.restoreState()
    canvas.save()
    turns = {word.text: word.turn for word in read(tmp_path / "a.pdf")}
    assert turns == {"across": 0, "upwards": 270, "over": 180, "downwards": 90}


def test_right_to_left_writing_is_not_upside_down(tmp_path):
    font = statements.fonts.find_fonts(FONTS).load("hebrew")
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(300, 100), invariant=1)
    canvas.setFont(font.fontName, 14)
    canvas.drawString(20, 50, "םולש")
    canvas.save()
    assert [word.turn for word in read(tmp_path / "a.pdf")] == [0]


def test_a_box_takes_every_word_it_touches_and_a_point_more(tmp_path):
    found = read(statements.statement(tmp_path / "a.pdf"))
    _left, top, right, bottom = found[2].box
    near, far = box(1, right + 0.9, top, 50, 5), box(1, right + 1.2, bottom + 1.2, 50, 5)

    assert [word.text for word in words.split(found, [near]).dropped] == ["Quarrington"]
    assert words.split(found, [far]).dropped == ()


def test_unseen_text_is_taken_from_further_away(tmp_path):
    found = read(statements.recognized(tmp_path / "a.pdf", off=14))
    assert all(word.is_unseen for word in found)
    assert [word.text for word in words.split(found, [box(1, 140, 104, 200, 14)]).dropped] == [
        "Zyxwelda",
        "Quarrington",
        "1",
    ]
    assert not any(word.is_unseen for word in read(statements.statement(tmp_path / "b.pdf")))


def test_short_words_count_as_phrases_only(tmp_path):
    found = words.split(read(statements.statement(tmp_path / "a.pdf")), [OVER_NAME, OVER_NUMBER])

    assert found.phrases == ("Zyxwelda Quarrington", "12 34 56 78")
    assert set(found.needles) == {"zyxwelda", "quarrington", "zyxweldaquarrington", "12345678"}
    assert found.needles["quarrington"] == "Quarrington"


def test_phrases_of_two_boxes_are_two():
    row = [Word(text, (10.0 * at, 0.0, 10.0 * at + 8, 8.0)) for at, text in enumerate("abcdef")]
    found = words.split(row, [box(1, 0, 0, 15, 8), box(1, 40, 0, 15, 8)])
    assert found.phrases == ("a b", "e f")
    assert found.needles == {}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("O\ufb03ce", "office"), ("S t r a ß e", "strasse"), ("a\u00adb\u200bc\u2060", "abc"), ("１２", "12"),
        ("A\tB\r\nC", "abc"), ("", ""),
    ],
)  # fmt: skip
def test_texts_are_compared_without_spaces_and_case(text, plain):
    assert words.plain(text) == plain


@given(st.text())
def test_plain_is_stable_in_folding(text):
    assert not any(sign.isspace() for sign in words.plain(text))
    assert words.plain(words.plain(text)) == words.plain(words.plain(words.plain(text)))


@pytest.mark.parametrize(("text", "needle"), [("(Smith),", "smith"), ("O'Brien's", "o'brien's"), ("--", "")])
def test_punctuation_around_a_word_is_not_searched(text, needle):
    assert words.needle_of(text) == needle


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [("Ann came", True), ("annual", False), ("A N N!", True), ("Ann's", True), ("joanne", False), ("", False)],
)
def test_standing_alone(text, is_alone):
    assert Text(text).stands_alone("ann") is is_alone


def test_counting_finds_parts_of_words_too():
    assert Text("An nual, ANN").count("ann") == 2
