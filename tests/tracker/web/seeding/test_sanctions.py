"""What the demo's orders impose lacks nothing, and is due when it says."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tracker.hearings import rules
from tracker.web.seeding import sanctions

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("code", sorted(sanctions.SANCTIONS))
def test_each_sanction_can_be_drafted_and_offered(code: str) -> None:
    empty = {"days": None, "amount_cents": None, "terms": ""}
    for row in sanctions.drafted(code, TODAY):
        given = {**empty, **{key: row[key] for key in empty if key in row}}
        assert rules.sanction_faults(row["code"], **given) == []
        assert rules.is_term(row["code"], given["terms"]) == ("due_on" in row)
    offered = sanctions.offered(code, TODAY)
    assert [term.code for term in offered] == [row["code"] for row in sanctions.SANCTIONS[code]]


def test_probation_is_due_when_it_is_over_and_courses_earlier() -> None:
    probation, courses = sanctions.drafted("PROBATION", TODAY)
    assert probation["due_on"] == TODAY + timedelta(days=1095)
    assert courses["due_on"] == TODAY + timedelta(days=sanctions.TERM_DAYS)


def test_a_share_of_the_days_is_offered() -> None:
    probation, _courses = sanctions.offered("PROBATION", TODAY, Fraction(2, 3))
    assert (probation.days, probation.due_on) == (730, TODAY + timedelta(days=730))


def test_only_terms_are_monitored() -> None:
    found = {code for code in sanctions.SANCTIONS if sanctions.has_terms(code)}
    assert {"PROBATION", "CE_ORDER", "CITATION_FINE", "STAYED_REVOCATION"} <= found
    assert not {"REPRIMAND", "SUSPENSION", "SURRENDER", "NO_FINDING"} & found
