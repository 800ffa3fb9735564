"""The papers of a court record: their list, their pages R-1 and following, and a record that has no exhibits."""

from dataclasses import replace

import pikepdf
import pytest

from tests.tracker.bundle import samples
from tests.tracker.bundle.conftest import build_one
from tracker.bundle.contents import read_labels
from tracker.bundle.lists import Paper, Tables
from tracker.bundle.plan import BundlePlan
from tracker.bundle.planning import Extras, make_plan
from tracker.bundle.verify import Outcome, verify

LONG = "\n\n".join(f"Paragraph {number}. " + "The board finds it. " * 24 for number in range(1, 25))
PAPERS = (
    Paper("Charges", "Charges", "2026-06-12", "2026-06-13", "ab" * 32, "Count 1. Rule 8.2(a). A business."),
    Paper("Order", "Order", "2026-10-01", "2026-10-01", "cd" * 32, LONG),
    Paper("Motion", "Motion to strike " + "everything " * 20, "2026-09-01", "2026-09-02", "ef" * 32, ""),
)
HEADING = replace(samples.HEADING, edition="court")


def record(*exhibits, papers=PAPERS):
    """A court record of these exhibits and papers."""
    rest = {"chains": samples.CHAINS, "tools": {"reportlab": "5"}, "fonts": samples.fonts().pins}
    extras = Extras(Tables(papers=papers))
    return make_plan(HEADING, exhibits, gaps=[], stamping=samples.STAMPING, extras=extras, **rest)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A court record with one excluded exhibit, which is a slip sheet."""
    return build_one(record(samples.slip("E-1", 1, state="excluded")), tmp_path_factory.mktemp("court"))


def labels(built):
    """The labels of its pages."""
    with pikepdf.open(built.path) as pdf:
        return read_labels(pdf, len(pdf.pages))


def test_every_paper_begins_a_page_and_is_listed_with_it(built):
    texts = samples.page_texts(built.path)
    listed = samples.section(built.path, "Papers of the record")
    found = labels(built)
    pages = {label: text for label, text in zip(found, texts, strict=True) if label.startswith("R-")}

    assert list(pages) == [f"R-{number}" for number in range(1, len(pages) + 1)]
    assert "Count 1. Rule 8.2(a). A business." in pages["R-1"]
    assert "ab" * 32 in pages["R-1"]
    last = f"R-{len(pages)}"
    for label in ("R-1", "R-2", last):
        assert label in listed
    assert "Paragraph 1." in pages["R-2"]
    assert "Paper 2, continued" in pages["R-3"]
    told = "\n".join(pages.values())
    assert [number for number in range(1, 25) if f"Paragraph {number}." not in told] == []
    assert "This paper was filed as a file" in pages[last]
    assert [label for label in found if label.startswith("A-")][0] == "A-1"


def test_the_custodian_certifies_the_record_and_the_manifest_names_the_papers(built):
    texts = "\n".join(samples.page_texts(built.path)).replace("\r\n", " ").replace("\n", " ")

    assert "This is the record of the proceeding." in texts
    assert "offers of proof" in texts
    assert verify(built.path).outcome is Outcome.INTACT
    with pikepdf.open(built.path) as pdf:
        manifest = bytes(pdf.attachments["manifest.json"].get_file().read_bytes())
    assert b'"papers":[{"dated_on":"2026-06-12","filed_on":"2026-06-13","kind":"Charges","number":1' in manifest


def test_a_record_may_have_no_exhibits(tmp_path):
    built = build_one(record(papers=PAPERS[:1]), tmp_path)
    cover = samples.page_texts(built.path)[0]

    assert "Papers of the record, no exhibits" in cover
    assert "Bates range" not in cover
    assert labels(built)[-3:] == ["R-1", "A-1", "A-2"]
    assert verify(built.path).outcome is Outcome.INTACT


def test_without_papers_a_bundle_needs_an_exhibit():
    with pytest.raises(ValueError, match="at least one exhibit"):
        record(papers=())


def test_a_plan_keeps_its_papers_and_an_old_one_has_none():
    plan = record(papers=PAPERS)
    assert BundlePlan.from_json(plan.to_json()).tables.papers == PAPERS
    old = plan.to_json().replace('"papers":', '"forgotten":')
    assert BundlePlan.from_json(old).tables.papers == ()
