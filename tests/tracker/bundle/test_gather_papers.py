"""Which papers go into a court record."""

from datetime import timedelta

import pytest

from tests.tracker.bundle.conftest import AT
from tests.tracker.bundle.gathering import draft, person
from tracker.cases.models import Case, CaseDocument


@pytest.fixture
def file(case):
    """File a paper a minute after the one before."""
    filed = []

    def file(kind, text="Words.", title=""):
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


def test_a_stipulation_belongs_to_it_once_the_board_accepted(case, file):
    file("stipulation")
    assert titles(case) == []
    Case.objects.filter(pk=case.pk).update(stipulated_at=AT)
    case.refresh_from_db()
    assert titles(case) == ["stipulation"]


def test_a_sealed_name_is_not_told_by_a_paper(case, file):
    person(case, "complainant", "Maya Ortiz-Bell", is_sealed=True)
    file("charges", "Maya Ortiz-Bell was pressed.")
    assert draft(case, "court").tables.papers[0].words == "[Complainant] was pressed."
