"""Which papers go into a court record."""

import re
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tests.tracker.bundle import samples
from tests.tracker.bundle.conftest import AT, WORKER
from tests.tracker.bundle.gathering import draft, person
from tracker.bundle import actions
from tracker.bundle.actions import build
from tracker.bundle.contents import read_labels
from tracker.bundle.plan import BundlePlan
from tracker.cases.models import Case, CaseDocument
from tracker.files import storage
from tracker.hearings.models import JudicialReview, Settlement


@pytest.fixture
def file(case):
    """File a paper a minute after the one before."""
    filed = []

    def file(kind, text="Words.", title="", **fields):
        filed.append(kind)
        return CaseDocument.objects.create(
            board=case.board,
            case=case,
            kind=kind,
            version=filed.count(kind),
            title=title or kind,
            text=text,
            digest="ab" * 32,
            dated_on=AT.date(),
            filed_at=AT + timedelta(minutes=len(filed)),
            **fields,
        )

    return file


def titles(case, edition="court"):
    """The titles of the papers of an edition."""
    return [paper.title for paper in draft(case, edition).tables.papers]


def test_the_record_has_its_papers_in_the_order_of_filing(case, file):
    for kind in ("report_of_investigation", "charges", "settlement_offer", "legal_memo", "answer", "order"):
        file(kind)
    assert titles(case) == ["charges", "answer", "order"]
    assert titles(case, "board") == []
    assert draft(case, "court").reasons == ()


def test_of_settlements_the_one_that_the_board_accepted_belongs_to_it(case, file):
    for number, state in ((1, "rejected"), (2, "signed")):
        Settlement.objects.create(
            board=case.board, case=case, number=number, side="board", text="An offer.", state=state,
            offered_on=AT.date(), offered_at=AT, respondent_signed_on=AT.date(), counsel_signed_on=AT.date(),
            paper=file("stipulation", title=f"Stipulation {number}"),
        )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(stipulated_at=AT)
    case.refresh_from_db()
    assert titles(case) == []
    Settlement.objects.filter(number=2).update(state="accepted")
    assert titles(case) == ["Stipulation 2"]


def test_a_waiver_that_came_with_a_settlement_belongs_to_it_once_the_board_accepted(case, file):
    Settlement.objects.create(
        board=case.board, case=case, number=1, side="board", text="An offer.", offered_on=AT.date(), offered_at=AT
    )
    file("waiver", title="Exceptions", period="exceptions")
    file("waiver", title="Review", period="appeal", given_by="respondent")
    assert titles(case) == ["Exceptions"]
    signed = {"respondent_signed_on": AT.date(), "counsel_signed_on": AT.date(), "paper": file("stipulation")}
    Settlement.objects.update(state="signed", **signed)
    Case.objects.filter(pk=case.pk).update(stipulated_at=AT)
    case.refresh_from_db()
    assert titles(case) == ["Exceptions"]
    Settlement.objects.update(state="accepted")
    assert titles(case) == ["Exceptions", "Review", "stipulation"]


def test_a_sealed_name_is_not_told_by_a_paper(case, file):
    person(case, "complainant", "Maya Ortiz-Bell", is_sealed=True)
    file("charges", "Maya Ortiz-Bell was pressed.")
    assert draft(case, "court").tables.papers[0].words == "[Complainant] was pressed."


def built_record(story: Docketed, folder: Path):
    """The record of a decided case, built by the stages as the worker does it: its export, and the label and text of
    every page.
    """
    actor = story.actor(story.office.custodian)
    (export,) = actions.request_bundle(story.case.pk, actor=actor, at=story.at, editions=("court",), queue=False)
    export = build.run(export.pk, actor=WORKER, clock=lambda: story.at)
    path = storage.copy_verified(export.stored_file, folder / "record.pdf")
    with pikepdf.open(path) as pdf:
        labels = read_labels(pdf, len(pdf.pages))
    return export, list(zip(labels, samples.page_texts(path), strict=True))


@pytest.mark.once
def test_a_record_for_the_court_lists_every_paper_on_its_page_and_is_certified(db, vault, tmp_path):
    office = make_staffed()
    story = Docketed(office).ordered()
    petition = {"court": "Travis County District Court", "filed_on": story.today(), "text": "It is wrong."}
    story.do("record_judicial_review", office.manager, petition)
    export, pages = built_record(story, tmp_path)
    story.do("certify_record", office.custodian, {"note": "With all exhibits."})

    assert JudicialReview.objects.get().certified_pages == export.page_count == len(pages)
    front = " ".join(" ".join(text.split()) for _label, text in pages[:2])
    assert office.custodian.full_name in front
    assert "This is the record of the proceeding." in front
    papers = BundlePlan.from_json(export.plan).tables.papers
    assert {"Charges", "Answer", "Notice of hearing", "Proposed decision", "Order"} <= {paper.kind for paper in papers}
    index = next(text for _label, text in pages if "Papers of the record" in text.splitlines()[:4])
    begins = [(label, text) for label, text in pages if label.startswith("R-") and ", continued" not in text]
    for (label, text), paper in zip(begins, papers, strict=True):
        assert paper.title[:40] in " ".join(text.split())
        assert paper.sha256 in "".join(text.split())
        assert re.search(rf"\b{label}\b", index), f"the index names the page of {paper.title}"
