import json

import pytest

from tests.tracker.evidence.conftest import AT, process
from tracker.audit.models import LedgerEntry
from tracker.errors import ActionRefused, NotPermitted
from tracker.evidence import actions
from tracker.evidence.models import CustodyEvent, PageRestriction

pytestmark = pytest.mark.django_db


def last():
    return LedgerEntry.objects.order_by("seq").last()


def test_a_withheld_exhibit_has_a_code_and_a_reason(exhibit, counsel):
    withheld = actions.withhold(exhibit.pk, actor=counsel, at=AT, code="W-1", reason=" Attorney work product ")
    assert (withheld.withheld_code, withheld.withheld_reason, withheld.is_withheld) == (
        "W-1",
        "Attorney work product",
        True,
    )
    assert last().event == "evidence.withheld"
    assert "Attorney" not in last().body


@pytest.mark.parametrize("values", [{"code": "X", "reason": "x"}, {"code": "W-1", "reason": " "}])
def test_refuses_to_withhold_without_code_and_reason(exhibit, counsel, values):
    with pytest.raises(ActionRefused):
        actions.withhold(exhibit.pk, actor=counsel, at=AT, **values)
    exhibit.refresh_from_db()
    assert not exhibit.is_withheld


def test_can_be_released_again(exhibit, counsel):
    with pytest.raises(ActionRefused, match="not withheld"):
        actions.release(exhibit.pk, actor=counsel, at=AT, reason="Waived")
    actions.withhold(exhibit.pk, actor=counsel, at=AT, code="W-1", reason="x")
    assert not actions.release(exhibit.pk, actor=counsel, at=AT, reason="Waived").is_withheld
    assert last().event == "evidence.released"


def test_a_class_is_set_with_its_basis(exhibit, counsel):
    classed = actions.classify(
        exhibit.pk, actor=counsel, at=AT, confidentiality="part2", reason="Clinic records", release_basis="Order 12"
    )
    assert (classed.confidentiality, classed.release_basis) == ("part2", "Order 12")
    assert "Order 12" not in last().body


def test_sealing_and_unsealing_are_handlings(exhibit, counsel):
    for value in ("sealed", "sealed", "none"):
        actions.classify(exhibit.pk, actor=counsel, at=AT, confidentiality=value, reason="By order")
    acts = CustodyEvent.objects.of_exhibits([exhibit.pk]).values_list("act", flat=True)
    assert list(acts)[-2:] == ["sealed", "unsealed"]


@pytest.mark.parametrize(
    "values", [{"confidentiality": "x", "reason": "x"}, {"confidentiality": "sealed", "reason": ""}]
)
def test_refuses_an_odd_class_or_no_reason(exhibit, counsel, values):
    with pytest.raises(ActionRefused):
        actions.classify(exhibit.pk, actor=counsel, at=AT, **values)


def test_says_who_may(exhibit, staff):
    with pytest.raises(NotPermitted, match="Board counsel"):
        actions.withhold(exhibit.pk, actor=staff("investigator"), at=AT, code="W-1", reason="x")


def restrict(exhibit, actor, **values):
    row = {"first_page": 1, "last_page": 1, "code": "W-1", "reason": "Attorney notes"} | values
    return actions.restrict_pages(exhibit.pk, actor=actor, at=AT, **row)


def test_pages_are_restricted_by_code_or_class(exhibit, counsel):
    row = restrict(exhibit, counsel)
    assert (row.first_page, row.last_page, row.code, row.confidentiality) == (1, 1, "W-1", "none")
    assert (row.recorded_by, row.recorded_at, row.lifted_at) == (counsel.code, AT, None)
    entry = last()
    assert entry.event == "evidence.pages_restricted"
    facts = json.loads(entry.body)["facts"]
    assert (facts["first_page"], facts["last_page"], facts["code"], facts["class"]) == (1, 1, "W-1", "none")
    assert "Attorney" not in entry.body

    classed = restrict(exhibit, counsel, code="", confidentiality="part2", release_basis=" Consent of May 2 ")
    assert (classed.code, classed.confidentiality, classed.release_basis) == ("", "part2", "Consent of May 2")
    assert json.loads(last().body)["facts"]["has_basis"] is True
    assert "Consent" not in last().body


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"first_page": 0}, "has pages 1 to 1"),
        ({"last_page": 2}, "has pages 1 to 1"),
        ({"first_page": 2}, "has pages 1 to 1"),
        ({"code": "R-1"}, "why the pages are withheld"),
        ({"code": ""}, "or their class"),
        ({"confidentiality": "secret"}, "class of the pages"),
        ({"reason": " "}, "reason in your own words"),
    ],
)
def test_odd_restrictions_are_refused_and_nothing_is_written(exhibit, counsel, values, reason):
    before = LedgerEntry.objects.count()
    with pytest.raises(ActionRefused, match=reason):
        restrict(exhibit, counsel, **values)
    assert not PageRestriction.objects.exists()
    assert LedgerEntry.objects.count() == before


def test_all_reasons_are_told_at_once(exhibit, counsel):
    with pytest.raises(ActionRefused) as refused:
        restrict(exhibit, counsel, first_page=9, code="", reason="")
    assert len(refused.value.reasons) == 3


def test_what_has_no_pages_cannot_have_restricted_ones(receive, counsel):
    slip = process(receive(b"%PDF-1.7 nothing", name="broken.pdf"))
    with pytest.raises(ActionRefused, match="no pages that could be restricted"):
        restrict(slip, counsel)


def test_a_restriction_is_lifted_and_its_row_stays(exhibit, counsel):
    row = restrict(exhibit, counsel, code="G-1")
    with pytest.raises(ActionRefused, match="reason in your own words"):
        actions.lift_restriction(exhibit.pk, actor=counsel, at=AT, restriction_id=row.pk, reason="")
    lifted = actions.lift_restriction(exhibit.pk, actor=counsel, at=AT, restriction_id=row.pk, reason="Filed again")
    assert lifted.lifted_at == AT
    assert PageRestriction.objects.get().code == "G-1"
    assert last().event == "evidence.restriction_lifted"
    assert "Filed again" not in last().body
    with pytest.raises(ActionRefused, match="no such restriction"):
        actions.lift_restriction(exhibit.pk, actor=counsel, at=AT, restriction_id=row.pk, reason="Again")


def test_a_restriction_of_another_exhibit_is_not_lifted(exhibit, second, counsel):
    row = restrict(exhibit, counsel)
    with pytest.raises(ActionRefused, match="no such restriction"):
        actions.lift_restriction(second.pk, actor=counsel, at=AT, restriction_id=row.pk, reason="x")
    row.refresh_from_db()
    assert row.lifted_at is None


def test_only_who_may_restrict_touches_pages(exhibit, counsel, staff):
    row = restrict(exhibit, counsel)
    investigator = staff("investigator")
    with pytest.raises(NotPermitted, match="Board counsel"):
        restrict(exhibit, investigator)
    with pytest.raises(NotPermitted, match="Board counsel"):
        actions.lift_restriction(exhibit.pk, actor=investigator, at=AT, restriction_id=row.pk, reason="x")
