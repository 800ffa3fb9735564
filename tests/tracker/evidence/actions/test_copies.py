"""Notes on what was made: beside the pages or on the slip sheet, each once."""

from dataclasses import replace

from tracker.evidence.actions import copies
from tracker.files.pdf import PdfFacts
from tracker.files.rendering.rendered import Rendered, SlipFacts

FACTS = PdfFacts((), "", "", 0, (), ("cut",), (), "tool")


def test_notes_stand_beside_the_pages_once():
    made = Rendered(facts=FACTS, warnings=("cut", "shown in part"))
    done = copies.noted(copies.noted(made, ["two left"]), ["two left"])
    assert done.facts.warnings == done.warnings == ("cut", "shown in part", "two left")
    assert done.slip is None


def test_notes_stand_on_a_slip_sheet_once():
    slip = SlipFacts("No pages.", (("From", "a@example.org"), ("Note", "cut")))
    done = copies.noted(Rendered(slip=slip, warnings=("cut",)), ["two left"])
    assert done.slip == replace(slip, facts=(*slip.facts, ("Note", "two left")))


def test_without_notes_nothing_changes():
    made = Rendered(facts=FACTS, warnings=FACTS.warnings)
    assert copies.noted(made, ()) == made


def test_the_folder_of_translations(settings):
    settings.LOCALE_PATHS = ["a", "b"]
    assert copies.locale() == "a"
    settings.LOCALE_PATHS = []
    assert copies.locale() == ""
