"""The ledger as a story: sentences without codes, names joined at reading time."""

from datetime import date

from tests.factories.docketed import Docketed
from tracker.cases.queries import casefile, readers
from tracker.web.desk import story


def told(office, case, group=""):
    reader = readers.reader(office.counsel.pk, at=Docketed(office).wait(1000).at)
    seen = casefile.find(reader, case.docket)
    return story.lines(seen, casefile.timeline(seen), group)


def test_no_code_of_ours_is_left_in_a_sentence(scheduled, office):
    sentences = [line.sentence for line in told(office, scheduled.case)]

    assert [words for words in sentences if "_" in words or "2026-" in words.replace(scheduled.case.docket, "")] == []
    assert "Letter queued: We received your complaint" in sentences


def test_who_did_it_and_from_where_to_where(filed, office):
    filed.do("begin_review", office.intake, {"priority": "high", "reasons": "Because of E-1"})
    line = told(office, filed.case)[0]

    assert line.who == office.intake.full_name
    assert line.moved == "Received to Intake review"
    assert line.words == "Because of E-1"
    assert line.is_step
    assert line.seq == max(one.seq for one in told(office, filed.case))


def test_an_assignment_says_who_was_assigned(filed, office):
    filed.do("begin_review", office.intake, {"priority": "high", "reasons": "Because"})
    filed.assign(office.investigator, "investigator")
    [line] = [one for one in told(office, filed.case) if one.sentence == "Assigned as Investigator"]

    assert line.words == office.investigator.full_name


def test_everybody_has_a_name(office):
    actors = {"system:worker", "filer:1", "respondent:1", f"staff:{office.intake.pk}"}

    assert set(story.names(actors).values()) == {"System", "Complainant", "Respondent", office.intake.full_name}


def test_groups_are_offered_where_they_have_entries(filed, office):
    reader = readers.reader(office.counsel.pk, at=filed.at)
    entries = casefile.timeline(casefile.find(reader, filed.case.docket))

    assert [group["key"] for group in story.groups(entries, "")] == ["", "step", "letter"]
    assert [group["is_current"] for group in story.groups(entries, "letter")] == [False, False, True]


def test_short_dates():
    assert story.short(date(2026, 11, 30), date(2026, 1, 1)) == "Nov 30"
    assert story.short(date(2025, 11, 30), date(2026, 1, 1)) == "Nov 30, 2025"


def test_classes_of_evidence_are_told_in_words():
    facts = {"exhibit": "E-1", "first_page": 2, "last_page": 3, "why": "part2"}

    assert story.told("evidence.pages_restricted", facts) == (
        "Exhibit E-1, pages 2 to 3 restricted: Substance use treatment records (42 CFR Part 2)"
    )
    assert story.told("evidence.restriction_lifted", facts | {"why": "W-1"}) == (
        "Exhibit E-1, pages 2 to 3 no longer restricted: W-1"
    )


def test_editions_of_a_bundle_are_told_by_their_names():
    facts = {"freeze": 2, "edition": "respondent", "pages": 9}

    assert story.told("bundle.sealed", facts) == "Bundle 2 (Respondent disclosure) sealed, pages: 9"


def test_a_waiver_says_who_gave_it():
    facts = {"period": "exceptions", "given_by": "prosecution", "signed_on": "2026-03-02"}

    assert story.told("case.waiver_filed", facts) == (
        "Waiver filed: Exceptions to the proposed decision, by the board's counsel"
    )
