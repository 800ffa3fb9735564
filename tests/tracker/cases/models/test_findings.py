"""What can never be false of claims, charges and findings."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.cases import START, Story
from tracker.cases.models import Allegation, ChargingDocument, Count, Finding


def test_numbers_are_given_once(story: Story) -> None:
    row = Allegation.objects.get(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Allegation.objects.filter(number=2).update(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Allegation.objects.filter(pk=row.pk).update(occurred_from=date(2026, 2, 10), occurred_to=date(2026, 2, 9))
    assert (row.key, str(row)) == ("A1", "A1")


def test_one_draft_of_charges_and_nothing_is_served_before_it_is_issued(story: Story) -> None:
    charges = ChargingDocument.objects.create(board=story.office.board, case=story.case)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChargingDocument.objects.create(board=story.office.board, case=story.case)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChargingDocument.objects.filter(pk=charges.pk).update(served_on=date(2026, 3, 2))
    ChargingDocument.objects.filter(pk=charges.pk).update(issued_at=START, served_on=date(2026, 3, 2))
    assert ChargingDocument.objects.create(board=story.office.board, case=story.case).pk


@pytest.mark.parametrize("fields", [{"citation": ""}, {"answer": "perhaps"}, {"number": 1}])
def test_a_count_cites_the_law_and_has_a_known_answer(story: Story, fields: dict[str, Any]) -> None:
    charges = ChargingDocument.objects.create(board=story.office.board, case=story.case)
    row = {"board": story.office.board, "charges": charges, "citation": "22 TAC 681.41", "text": "x"}
    Count.objects.create(**row, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Count.objects.create(**{**row, "number": 2, **fields})


def test_a_finding_is_on_one_thing_with_reasons_and_on_a_count_with_its_burden(story: Story) -> None:
    charges = ChargingDocument.objects.create(board=story.office.board, case=story.case)
    count = Count.objects.create(board=story.office.board, charges=charges, number=1, citation="x", text="x")
    claim = Allegation.objects.get(number=1)
    good = {
        "board": story.office.board,
        "case": story.case,
        "allegation": claim,
        "by": "investigator",
        "value": "substantiated",
        "reasons": "E-1.",
        "found_at": START,
    }
    assert Finding.objects.create(**good).pk
    bad = [{"allegation": None}, {"count": count}, {"reasons": ""}, {"allegation": None, "count": count, "burden": ""}]
    for fields in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.create(**{**good, **fields})
    assert Finding.objects.create(**{**good, "allegation": None, "count": count, "burden": "preponderance"}).pk
