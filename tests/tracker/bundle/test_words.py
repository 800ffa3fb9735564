"""What pages say."""

from dataclasses import replace

from tests.tracker.bundle import samples
from tracker.bundle import words
from tracker.bundle.plan import Signing


def test_days_have_no_break_spaces_and_none_is_a_dash():
    assert words.day("2025-09-18") == "Sep\u00a018,\u00a02025"
    assert words.day("") == "—"


def test_moments_say_utc():
    assert words.moment("2026-11-18T16:42:07Z") == "November 18, 2026, 16:42:07 UTC"


def test_ranges_and_counts():
    assert words.range_text(8, 8) == "000008"
    assert words.range_text(8, 9) == "000008–000009"
    assert (words.pages(1), words.pages(1200)) == ("1 page", "1,200 pages")
    assert (words.byte_count(1), words.byte_count(1084117)) == ("1 byte", "1,084,117 bytes")


def test_codes_have_names_and_unknown_ones_are_shown_plainly():
    assert words.state("admitted_over_objection") == "Admitted over objection"
    assert words.state("") == "Not offered"
    assert words.code_label("W-3") == "Psychotherapy notes"
    assert words.code_label("R-1") == "Personal identifier"
    assert words.code_label("M-1") == "Complainant masked"
    assert words.code_label("G-1") == "Withdrawn page"
    assert words.code_label("X-9") == "Withheld"
    assert words.group("presiding_officer") == "Hearing officer’s exhibits"
    assert words.party_exhibit("presiding_officer") == "Hearing officer’s exhibit"
    assert words.group("joint") == "Joint exhibits"
    assert words.group("") == "Exhibits not yet marked"
    assert words.party_exhibit("respondent") == "Respondent’s exhibit"
    assert words.edition("board").startswith("Board edition")
    assert "confidential" in words.edition_mark("board")
    assert "confidential" not in words.edition_mark("public")


def test_the_bookmark_of_a_withheld_exhibit_names_nothing(built):
    assert words.bookmark(samples.slip("E-3", 1)) == "E-3  Recording E-3"
    assert words.bookmark(samples.withheld("E-4", 1, 2)) == "E-4  Withheld in this edition"
    assert words.state_name("Texas") == "State of Texas"
    assert words.state_name("District of Columbia") == "District of Columbia"
    assert words.matter(built.plan) == "In the Matter of Marian L. Ostrander, LPC"


def test_numbers_are_written_with_the_boards_digits(built):
    plan = replace(built.plan, stamping=replace(built.plan.stamping, digits=4))

    assert words.numbers(plan, 8, 8) == "0008"
    assert words.numbers(plan, 8, 9) == "0008–0009"
    assert words.full_numbers(plan, 8, 8) == "BHP-2026-0417-0008"
    assert words.full_numbers(plan, 8, 9) == "BHP-2026-0417-0008 to 0009"


def test_a_demonstration_key_is_called_one():
    assert words.signature(Signing()) == "Not signed electronically"
    assert words.signature(Signing("ab" * 32)) == "Certificate abababababababab…"
    assert words.signature(Signing("ab" * 32, is_demo=True)).startswith("DEMONSTRATION KEY")


def test_short_texts_stay_and_long_ones_are_cut():
    assert words.short(" a \n b ") == "a b"
    assert len(words.short("word " * 60)) == 90
