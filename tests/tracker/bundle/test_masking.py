"""Names in any spelling: found, replaced, and nothing else touched."""

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.bundle import samples
from tracker.bundle.lists import Aside, Cite, Event, MatrixLine, MatrixRow, Tables, Witness
from tracker.bundle.masking import Masker, Person, fold, mask_exhibit, mask_tables
from tracker.bundle.plan import CustodyLine, Hidden
from tracker.files.pdfclean import OutlineItem

MAYA = Person("Maya Ann Rivers", "[Complainant]", ("maya.r77@example.org", "512-555-0142"))
JOSE = Person("José Muñoz-Ortiz", "[Client]")
MASKER = Masker([MAYA, JOSE], keep=["Robin Rivers", "Ada Clerk"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Letter of Maya Rivers", "Letter of [Complainant]"),
        ("MAYA A. RIVERS wrote", "[Complainant] wrote"),
        ("Rivers, Maya", "[Complainant]"),
        ("Maya said; Ms. Rivers left", "[Complainant] said; Ms. [Complainant] left"),
        ("maya_rivers-letter.pdf", "[Complainant]-letter.pdf"),
        ("MayaRivers.pdf", "[Complainant].pdf"),
        ("riversmaya2025.txt", "[Complainant]2025.txt"),
        ("maya.r77@example.org", "[Complainant]"),
        ("call 512-555-0142", "call [Complainant]"),
        ("Jose Munoz Ortiz", "[Client]"),
        ("JOSE\u0301 and Mun\u0303oz", "[Client] and [Client]"),
        ("ＭＡＹＡ", "[Complainant]"),
        ("Mayas rivership", "Mayas rivership"),
        ("mayaR", "mayaR"),
        ("ann", "[Complainant]"),
        ("annex", "annex"),
        ("Robin Rivers, LPC", "Robin Rivers, LPC"),
        ("Dr. Rivers", "Dr. [Complainant]"),
        ("Ada Clerk", "Ada Clerk"),
        ("", ""),
        ("Nothing here", "Nothing here"),
    ],
)
def test_names_are_replaced_in_every_spelling(text, masked):
    assert MASKER.text(text) == masked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I, Maya Rivers, write", True),
        ("maya ann rivers", True),
        ("Maya\nRivers", True),
        ("Maya Riv-\ners", True),
        ("RIVERS, MAYA", True),
        ("Jose Munoz-Ortiz", True),
        ("Maya went to the rivers", False),
        ("Maya", False),
        ("Rivers", False),
        ("Robin Rivers", False),
        ("", False),
    ],
)
def test_full_names_on_pages_are_found(text, found):
    assert MASKER.names_in_full(text) is found


def test_parts_and_contacts_on_pages_are_told_apart():
    assert MASKER.names_in_part("Dear Maya,")
    assert MASKER.names_in_part("Maya.R77@Example.org")
    assert not MASKER.names_in_part("Dear Board,")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("MayaLetter.pdf", "[Complainant]Letter.pdf"),
        ("toMayaR.pdf", "to[Complainant]R.pdf"),
        ("banners.pdf", "banners.pdf"),
        ("drivers.pdf", "d[Complainant].pdf"),
    ],
)
def test_in_file_names_longer_parts_are_found_inside_words(text, masked):
    assert MASKER.file_name(text) == masked


def test_titles_and_particles_are_no_names():
    masker = Masker([Person("Dr. Ludwig van der Rohe", "[X]")])

    assert masker.text("Dr. van der Berg") == "Dr. van der Berg"
    assert masker.text("Ludwig van der Rohe") == "[X]"
    assert masker.text("Rohe") == "[X]"


@pytest.mark.parametrize("name", ["王芳", "Li", "Ng Bo", "נעמי לוי", "O'Brien", "Ó Briain"])
def test_short_and_foreign_names_are_masked_as_a_whole(name):
    masker = Masker([Person(name, "[X]")])

    assert masker.text(f"to {name}.") == "to [X]."
    assert masker.names_in_full(f"to {name}.")


@pytest.mark.parametrize("people", [[], [Person("", "[X]")], [Person(" ", "[X]")]])
def test_nobody_to_mask_changes_nothing(people):
    masker = Masker(people)

    assert not masker
    assert masker.text("Maya Rivers") == "Maya Rivers"
    assert not masker.names_in_full("Maya Rivers")
    item = samples.slip("E-1", 1)
    assert mask_exhibit(item, masker) is item
    assert mask_tables(Tables(), masker) == Tables()


def test_a_name_to_keep_that_is_masked_is_masked():
    assert Masker([Person("Ada Clerk", "[X]")], keep=["Ada  CLERK"]).text("Ada Clerk") == "[X]"


NAME = "Maya Rivers"


def test_no_word_of_an_exhibit_carries_a_name():
    item = samples.slip("E-1", 1)
    item = replace(
        item,
        title=f"Letter of {NAME}",
        source=NAME,
        sponsor=NAME,
        state_note=f"Heard {NAME}",
        objection=f"{NAME} is no witness",
        native=replace(item.native, name="MayaRivers.m4a"),
        outline=(OutlineItem(0, NAME, 0),),
        removed=(f"p1 /URI mailto:{NAME}",),
        slip_reason=f"{NAME} speaks",
        slip_facts=(("Artist", NAME),),
        listing=("maya/rivers.txt",),
        withheld_reason=NAME,
        custody=(CustodyLine("2026-01-01 10:00", "Received", f"{NAME} to Ada Clerk", f"from {NAME}", 3),),
        hidden=(Hidden(1, 1, "W-1", NAME),),
    )
    text = fold(json.dumps(asdict(mask_exhibit(item, MASKER)), ensure_ascii=False))

    assert "maya" not in text
    assert "rivers" not in text
    assert "ada clerk" in text


def test_no_word_of_the_lists_carries_a_name():
    tables = Tables(
        witnesses=(Witness(NAME, "Called by the Board", NAME, NAME, (Cite("E-1"),)),),
        chronology=(Event("2026-01-01", f"{NAME} wrote", NAME, (Cite("E-1"),)),),
        matrix=(MatrixRow("1", NAME, NAME, (MatrixLine(Cite("E-1"), "for", NAME),), "", NAME),),
        aside=(Aside(NAME, "Board member", "2026-01-01"),),
    )
    text = fold(json.dumps(asdict(mask_tables(tables, MASKER))))

    assert "maya" not in text
    assert "rivers" not in text


WORDS = st.text(st.characters(codec="utf-8"), max_size=30)


@given(WORDS, st.sampled_from(["Maya Rivers", "maya", "RIVERS", "José", "maya.r77@example.org"]), WORDS)
def test_whatever_stands_around_it_a_name_goes(before, name, after):
    said = MASKER.text(f"{before} {name} {after}")

    assert fold(name) not in fold(said).replace(fold(before), "").replace(fold(after), "")
    assert not MASKER.names_in_full(said)
    assert MASKER.text(said) == said


@given(WORDS)
def test_texts_without_a_name_stay_as_they_are(text):
    if not MASKER.names_in_part(text):
        assert MASKER.text(text) == text
