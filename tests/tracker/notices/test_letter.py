import io
import subprocess
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from boards.models import Board
from tracker.notices import letter

LETTER = letter.Letter(
    board_name="Texas Behavioral Health Executive Council",
    jurisdiction="Texas",
    board_lines=("1801 Congress Ave., Austin, TX 78701", "(512) 305-7700"),
    docket="BHEC-2026-00012",
    letter_date=date(2026, 7, 3),
    addressee=("Pat Quill", "12 Main St", "Austin, TX 78701"),
    copies=("Sam Okafor",),
    subject="Notice of hearing",
    body="Dear Pat,\n\nFirst.\n\n## A heading\n\n- item one\n- item <two>",
    language="en",
)


def text_of(content, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(letter.draw(content))
    run = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return run.stdout


def test_has_a_title_and_a_language_and_letter_pages():
    with pikepdf.open(io.BytesIO(letter.draw(LETTER))) as pdf:
        assert pdf.docinfo["/Title"] == "Notice of hearing, BHEC-2026-00012"
        assert pdf.Root.Lang == "en"
        assert list(pdf.pages[0].mediabox) == [0, 0, 612, 792]


def test_the_same_letter_gives_the_same_bytes():
    assert letter.draw(LETTER) == letter.draw(LETTER)


def test_every_face_is_embedded():
    with pikepdf.open(io.BytesIO(letter.draw(LETTER))) as pdf:
        names = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert names
    assert all("+" in name for name in names), names


@pytest.mark.poppler
def test_prints_all_its_words(tmp_path):
    text = text_of(LETTER, tmp_path)
    for words in (
        "TEXAS",
        "Texas Behavioral Health Executive Council",
        "July 3, 2026",
        "Docket BHEC-2026-00012",
        "Pat Quill",
        "12 Main St",
        "Notice of hearing",
        "A heading",
        "item <two>",
        "Copy to: Sam Okafor",
        "Page 1 of 1",
    ):
        assert words in text


@pytest.mark.poppler
def test_a_long_letter_goes_over_pages_that_say_which_they_are(tmp_path):
    text = text_of(replace(LETTER, body="\n\n".join(["Many words in a row. " * 30] * 12)), tmp_path)
    pages = text.strip("\f").split("\f")
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert "BHEC-2026-00012" in page


@pytest.mark.poppler
def test_the_longest_board_name_and_any_script_fit(tmp_path):
    name = "South Carolina Board of Examiners for the Licensure of Professional Counselors, " * 2
    text = text_of(replace(LETTER, board_name=name.strip(" ,"), addressee=("Łukasz Ελένη 王小明",)), tmp_path)
    assert "Licensure of Professional Counselors" in text
    assert "Łukasz Ελένη" in text


def test_the_letterhead_has_what_is_known_of_the_board():
    full = Board(mailing_address="1 St", city="Austin", state="TX", postal_code="78701", phone="1", email="a@b.example")
    assert letter.board_lines(full) == ("1 St, Austin, TX 78701", "1 · a@b.example")
    assert letter.board_lines(Board(city="Austin")) == ("Austin",)
    assert letter.board_lines(Board()) == ()
