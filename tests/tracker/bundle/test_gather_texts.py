"""Names that an edition may not tell: in generated words and on pages."""

import contextlib

import pikepdf
import pytest

from tests.factories.offices import make_rule
from tests.tracker.bundle import samples
from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.gathering import (
    add_layer,
    add_note,
    draft,
    give_copy_with,
    give_redacted_copy,
    give_text,
    on_record,
    person,
    restrict,
    words_of,
)
from tracker.bundle import actions, gather_texts
from tracker.bundle.actions import build
from tracker.evidence import actions as evidence_actions
from tracker.evidence.models import Exhibit


class TestNames:
    """The complainant is Maya Ann Rivers, the client José Muñoz; no masked edition says so."""

    @pytest.fixture
    def named(self, case, counsel, receive):
        person(case, "complainant", "Maya Ann Rivers", email="mrivers77@example.org", phone="512-555-0142")
        person(case, "patient", "José Muñoz")
        exhibit = receive(
            2, title="Letter of Maya Rivers about Muñoz", name="MayaRivers-letter.pdf", source="Maya Rivers"
        )
        give_text(exhibit, "Dear Board,", "Sincerely, the writer")
        odd = receive(content=bytes(range(255)), name="jose_munoz.bin", title="Calls of JOSE MUNOZ")
        told = '{"reason":"Calls","facts":[["To","mrivers77@example.org"]],"listing":["maya/jose.txt"]}'
        Exhibit.objects.filter(pk=odd.pk).update(slip_facts=told)
        for row in (exhibit, odd):
            on_record(row, counsel, sponsor="Maya A. Rivers", objection="Ms. Rivers is no expert")
        return exhibit

    def leaks(self, drafted):
        said = words_of(drafted).casefold()
        return [name for name in ("maya", "rivers", "muñoz", "munoz", "josé", "jose", "512-555") if name in said]

    @pytest.mark.parametrize("edition", ["respondent", "public"])
    def test_no_masked_edition_names_them(self, case, named, edition):
        drafted = draft(case, edition)

        assert drafted.is_masked
        assert drafted.reasons == ()
        assert self.leaks(drafted) == []
        assert drafted.exhibits[0].title == "Letter of [Complainant] about [Client]"
        assert drafted.exhibits[1].native.name == "[Client].bin"
        assert drafted.tables.witnesses[0].name == "[Complainant]"

    def test_the_board_and_the_hearing_read_the_names(self, case, named):
        for edition in ("board", "hearing"):
            assert not draft(case, edition).is_masked
            assert draft(case, edition).exhibits[0].source == "Maya Rivers"

    def test_a_board_that_shares_the_name_shares_it(self, case, named):
        make_rule(case.board, "complainant_identity", "shared")

        assert not draft(case, "respondent").is_masked
        assert draft(case, "public").is_masked

    def test_a_sealed_identity_is_named_nowhere(self, case, named):
        make_rule(case.board, "complainant_identity", "shared")
        case.participants.get(role="complainant").identity.__class__.objects.filter(name__startswith="Maya").update(
            is_sealed=True
        )
        for edition in ("board", "hearing", "respondent"):
            assert "Maya" not in words_of(draft(case, edition))
        assert draft(case, "respondent").is_masked

    def test_who_reports_on_themselves_is_the_respondent(self, case, receive):
        person(case, "complainant", "Robin Vale")
        receive(1, title="Letter of Robin Vale")

        assert draft(case, "respondent").exhibits[0].title == "Letter of Robin Vale"

    def test_a_page_that_names_them_stops_the_edition(self, case, named):
        give_text(named, "I am Maya Rivers", "RIVERS,\nMAYA signed")
        drafted = draft(case, "public")

        assert drafted.reasons == (
            "Exhibit E-1 names who is masked in this edition on pages 1 to 2: redact or withhold them.",
        )
        assert draft(case, "hearing").reasons == ()

    def test_a_note_beside_the_text_that_names_them_stops_the_edition(self, case, named, counsel):
        give_copy_with(named, lambda pdf: add_note(pdf, 1, T="Maya Rivers", Contents="Call me"))

        (reason,) = draft(case, "public").reasons
        assert "in a note or in words that are not drawn, on page 2: redact or withhold them." in reason
        restrict(named, counsel, first_page=2, last_page=2)
        assert draft(case, "public").reasons == ()

    def test_a_part_of_a_name_in_a_note_is_for_a_person_to_look_at(self, case, named):
        give_copy_with(named, lambda pdf: add_note(pdf, 0, Contents="Ask Maya"))
        drafted = draft(case, "public")

        assert drafted.reasons == ()
        assert "Exhibit E-1 has a part of a masked name on page 1. Look at them." in drafted.notes

    def test_a_copy_that_names_them_outside_its_pages_stops_the_edition(self, case, named):
        for name, told in (("Notes of Maya Rivers", True), ("Maya", False)):
            give_copy_with(named, lambda pdf, name=name: add_layer(pdf, name))
            drafted = draft(case, "public")

            assert any("outside its pages: withhold it" in reason for reason in drafted.reasons) is told
            assert any("outside its pages, as in" in note for note in drafted.notes) is not told

    def test_a_page_that_is_hidden_may_name_them(self, case, counsel, named):
        give_text(named, "I am Maya Rivers", "nobody")
        restrict(named, counsel)

        assert draft(case, "public").reasons == ()

    def test_a_page_whose_redacted_copy_is_free_of_them_may_go(self, case, named):
        give_text(named, "I am Maya Rivers", "Maya Rivers again")
        copy = give_redacted_copy(named, (1, "M-1"))
        assert "on page 2:" in draft(case, "public").reasons[0]

        give_text(named, "I am", "R-1 again", source=copy)
        assert draft(case, "public").reasons == ()
        give_text(named, "I am Maya Rivers", "", source=copy)
        assert draft(case, "public").reasons

    def test_a_redacted_copy_that_still_names_them_does_not(self, case, named):
        give_text(named, "I am Maya Rivers", "nobody")
        give_redacted_copy(named, (1, "M-1"), words="Maya Rivers")

        assert "on page 1:" in draft(case, "public").reasons[0]

    def test_parts_of_a_name_and_pages_without_text_are_for_a_person_to_look_at(self, case, named):
        give_text(named, "Dear Maya", " ")
        notes = draft(case, "public").notes

        assert "Exhibit E-1 has a part of a masked name on page 1. Look at them." in notes
        assert any("no text that can be searched for masked names on page 2" in note for note in notes)
        assert any("Exhibit E-2 has no pages to search for masked names." in note for note in notes)
        assert draft(case).notes == ()


ODD = "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 8 more"


@pytest.mark.parametrize(
    ("pages", "words"),
    [([3], "page 3"), ([1, 2, 3, 7], "pages 1 to 3, 7"), (list(range(1, 41, 2)), ODD)],
)
def test_pages_in_words(pages, words):
    assert gather_texts.page_words(pages) == words


def everything_in(path):
    """All text of a PDF as it is drawn, and every decoded stream, string and name in it."""
    found = samples.page_texts(path)
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            # Subset fonts and pictures hold no words.
            if isinstance(item, pikepdf.Stream):
                found.append(item.read_raw_bytes().decode("latin-1"))
                with contextlib.suppress(pikepdf.PdfError):
                    found.append(item.read_bytes().decode("latin-1"))
            found.append(repr(item.unparse()))
            found += [str(text) for text in strings_in(item)]
    text = "\n".join(found).casefold()
    return text + text.replace("\x00", "")


def strings_in(item, depth=0):
    if depth > 6:
        return
    if isinstance(item, pikepdf.String):
        yield str(item)
    elif isinstance(item, pikepdf.Array):
        for one in item:
            yield from strings_in(one, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for _name, one in item.items():
            yield from strings_in(one, depth + 1)


@pytest.mark.once
def test_nothing_of_what_is_withheld_or_masked_is_in_the_finished_file(case, counsel, receive, vault):
    person(case, "complainant", "Maya Rivers", email="mrivers77@example.org")
    shown = receive(2, title="Letter of Maya Rivers", name="maya-rivers.pdf", source="Maya Rivers")
    give_text(shown, "Dear Board", "Yours")
    # Its pages carry the title; a real one would be redacted first.
    pages = receive(3, title="Statement", name="statement.pdf")
    give_text(pages, "one", "two", "three")
    sealed = receive(2, title="XYZZYTITLE", name="XYZZYNAME.pdf", source="XYZZYSOURCE")
    notes = receive(1, title="PLUGHTITLE", name="PLUGHNAME.pdf")
    for row in (pages, sealed, notes):
        on_record(row, counsel, sponsor="XYZZYSPONSOR" if row is sealed else "")
    by = {"actor": counsel, "at": AT}
    evidence_actions.classify(sealed.pk, **by, confidentiality="sealed", reason="XYZZYREASON")
    evidence_actions.withhold(notes.pk, **by, code="W-1", reason="PLUGHREASON")
    restrict(pages, counsel, first_page=2, last_page=2, reason="HIDDENREASON")
    person(case, "witness", "Nora Quiet", is_sealed=True)
    chosen = [row.pk for row in (pages, sealed, notes)]
    (export,) = actions.request_bundle(case.pk, **by, exhibits=chosen, editions=["public"])
    built = build.run(export.pk, actor=WORKER, clock=lambda: AT)

    assert built.reason == ""
    said = everything_in(vault / built.stored_file.key)
    assert "statement" in said
    assert "page 1 of 3" in said
    for word in ("XYZZY", "PLUGH", "HIDDENREASON", "Maya", "Rivers", "Nora Quiet", "Statement, page 2", "of page 2:"):
        assert word.casefold() not in said, word
    for row in (sealed, notes):
        assert row.stored_file.digest not in said
        assert row.renditions.first().stored_file.digest not in said
