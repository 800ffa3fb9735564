import pytest

from tests.tracker.evidence.conftest import AT
from tracker.audit.models import LedgerEntry
from tracker.errors import ActionRefused, NotPermitted
from tracker.evidence import actions
from tracker.evidence.models import CustodyEvent

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
