"""Freezing the papers of a step, filing papers by hand, and waivers of time."""

import hashlib
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.factories.cases import Story, refused
from tracker.audit.actors import Actor, Origin
from tracker.cases.actions import papers
from tracker.cases.kinds import FILED_BY_HAND, DocumentKind, Period
from tracker.cases.models import CaseDocument
from tracker.cases.queries import recomputed
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.files import storage
from tracker.hearings.actions import holding, reopening

PAPER = {"kind": "motion", "title": "Motion to compel", "text": "Compel it."}


@pytest.mark.parametrize("kind", FILED_BY_HAND)
def test_papers_that_no_step_makes_are_filed_by_hand(story: Story, kind: str) -> None:
    paper = story.do(papers.file_document, story.office.manager, **{**PAPER, "kind": kind})
    assert (paper.kind, paper.title, paper.version) == (kind, "Motion to compel", 1)
    assert paper.digest == hashlib.sha256(b"Compel it.").hexdigest()
    assert paper.author == story.office.manager
    entry = story.entry("case.document_filed")
    assert entry["facts"] == {"kind": kind, "document": str(paper.pk), "digest": paper.digest}
    assert entry["private"] == {"title": "Motion to compel"}


def test_versions_count_up_per_kind(story: Story) -> None:
    kinds = ("motion", "motion", "other")
    made = [story.do(papers.file_document, story.office.manager, **{**PAPER, "kind": kind}) for kind in kinds]
    assert [paper.version for paper in made] == [1, 2, 1]


def test_a_file_is_kept_with_its_bytes(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "motion.pdf"
    path.write_bytes(b"%PDF-1.7\n%%EOF\n")
    paper = story.do(papers.file_document, story.office.manager, **{**PAPER, "text": ""}, path=path)
    assert paper.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    with storage.open_verified(paper.stored_file) as kept:
        assert kept.read() == path.read_bytes()


@pytest.mark.parametrize("kind", sorted(set(DocumentKind) - set(FILED_BY_HAND)) + ["poem"])
def test_papers_of_a_step_are_not_filed_by_hand(story: Story, kind: str) -> None:
    words = story.refused(papers.file_document, story.office.manager, **{**PAPER, "kind": kind})
    assert words == "Papers of this kind are made by the step that needs them."


def test_a_paper_has_content(story: Story) -> None:
    words = story.refused(papers.file_document, story.office.manager, **{**PAPER, "text": " "})
    assert words == "Write the paper's words, or choose a file."


def test_bytes_of_somebody_who_may_not_file_are_not_kept(story: Story, tmp_path: Path, vault: Path) -> None:
    path = tmp_path / "motion.txt"
    path.write_text("Compel it.", encoding="utf-8")
    story.refused(papers.file_document, story.office.auditor, NotPermitted, **PAPER, path=path)
    story.refused(papers.file_document, story.office.investigator, OutOfScope, **PAPER, path=path)
    actor = Actor.staff(story.office.manager.pk, Origin.DEMO)
    refused(lambda: papers.file_document(uuid4(), actor=actor, at=story.at, **PAPER, path=path), OutOfScope)
    assert not [found for found in vault.rglob("*") if found.is_file()]


@pytest.mark.parametrize("period", Period)
def test_a_filed_waiver_names_its_period(story: Story, period: Period) -> None:
    story.to("order_issued").wait(3)
    signed = story.today - timedelta(days=2)
    paper = story.waive(period, "respondent", signed_on=signed, text="Waived by counsel.")
    assert (paper.kind, paper.period, paper.text) == ("waiver", period, "Waived by counsel.")
    assert (paper.given_by, paper.dated_on, paper.title) == (
        "respondent",
        signed,
        f"Waiver: {period.label}, by the respondent",
    )
    entry = story.entry("case.waiver_filed")
    told = {"period": period, "given_by": "respondent", "signed_on": signed.isoformat()}
    assert entry["facts"] == {**told, "document": str(paper.pk), "digest": paper.digest}
    assert entry["private"] == {"note": "Waived by counsel."}


@pytest.mark.parametrize("period", ["appeal", "reconsideration"])
def test_nobody_gave_up_a_challenge_before_there_was_something_to_challenge(story: Story, period: str) -> None:
    story.to("order_issued")
    row = {"period": period, "given_by": "both", "text": "Waived.", "signed_on": story.today - timedelta(days=1)}
    words = story.refused(papers.file_waiver, story.office.manager, **row)
    assert words == "It was signed before the order or the offer that it would be about."
    assert story.case.documents.filter(kind="waiver").count() == 0


def test_a_waiver_ends_the_clock_of_its_period_once_all_have_waived_it(story: Story) -> None:
    story.to("proposed_decision")
    assert "exceptions" in story.clocks()
    story.waive("exceptions", "respondent")
    assert story.clock("exceptions").state == "running"
    words = story.refused(holding.submit_to_board, story.office.manager)
    assert words.endswith("The respondent has waived it, the board's counsel has not.")
    story.waive("exceptions", "prosecution")
    assert story.clock("exceptions").state == "waived"
    assert recomputed.differences(story.case) == []
    assert story.case.next_due_on == min(row.due_on for row in story.case.deadlines.filter(state="running"))


def test_a_waiver_filed_early_waives_the_clock_when_it_starts(story: Story) -> None:
    story.to("charges_filed")
    story.waive("exceptions", "respondent")
    story.waive("exceptions", "prosecution")
    story.to("proposed_decision")
    assert story.clock("exceptions").state == "waived"


def test_a_waiver_is_refused(story: Story) -> None:
    act, manager = papers.file_waiver, story.office.manager
    good = {"period": "answer", "given_by": "respondent", "signed_on": story.today, "text": "x"}
    assert story.refused(act, manager, **good) == "This cannot be done while the case is at: Received."
    story.to("charges_filed")
    tomorrow = story.today + timedelta(days=1)
    words = story.refused(act, manager, period="lunch", given_by="court", signed_on=tomorrow, text=" ")
    assert words == (
        "Name the period that is waived. Say who waives it. Write the waiver's words. "
        "It cannot have been signed in the future."
    )
    words = story.refused(act, manager, **{**good, "given_by": "prosecution"})
    assert words == "This time is the respondent's. Only the respondent can waive it."
    words = story.refused(act, manager, **{**good, "period": "appeal"})
    assert words.startswith("This can be waived once an order is issued, or with an offer of settlement")
    story.refused(act, story.office.counsel, NotPermitted, **good)


def test_a_waiver_from_before_the_reopening_is_spent(story: Story) -> None:
    story.to("charges_filed")
    story.waive("hearing_notice", "respondent")
    story.to("closed")
    story.do(reopening.reopen, story.office.director, to="prehearing", reason="Remanded.")
    story.before("hearing_scheduled")
    row = {"starts_at": story.at, "place": "Room 1", "prehearing_order": "None."}
    words = story.refused(holding.schedule_hearing, story.office.presiding, **row)
    assert words == "Notice must be at least 20 days; this date gives 0. A waiver by the respondent would do."


def test_what_was_filed_is_never_changed_by_what_follows(story: Story) -> None:
    story.to("intake_review")
    before = list(CaseDocument.objects.values())
    story.to("assigned")
    assert list(CaseDocument.objects.order_by("filed_at", "id").values())[: len(before)] == before
    with pytest.raises(ActionRefused):
        story.do(papers.file_document, story.office.manager, **{**PAPER, "kind": "order"})
