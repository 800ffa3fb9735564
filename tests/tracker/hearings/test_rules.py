"""Yes or no about orders: terms, the principal sanction, reportability, notice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cases.states import DISPOSITIONS, SANCTIONS
from tracker.hearings import rules

DAY = date(2026, 3, 2)
codes = st.lists(st.sampled_from(SANCTIONS), max_size=6)
NONE = {"days": None, "amount_cents": None, "terms": ""}


@pytest.mark.parametrize("code", sorted(rules.TERM_CODES))
def test_some_sanctions_must_be_fulfilled(code: str) -> None:
    assert rules.is_term(code, "")


def test_a_suspension_is_a_term_when_it_states_conditions() -> None:
    assert not rules.is_term("SUSPENSION", " ")
    assert rules.is_term("SUSPENSION", "Until treatment is completed.")
    assert not rules.is_term("REVOCATION", "Hand in the license.")
    assert not rules.is_term("REPRIMAND", "")


@given(codes)
def test_the_principal_sanction_is_the_heaviest_whatever_the_order(found: list[str]) -> None:
    principal = rules.principal(found)
    if not found:
        assert principal == "NO_VIOLATION"
        return
    assert principal in found
    assert all(DISPOSITIONS[code].weight <= DISPOSITIONS[principal].weight for code in found)
    assert rules.principal(reversed(found)) == principal


@pytest.mark.parametrize(
    "code",
    [
        "REVOCATION", "SUSPENSION", "STAYED_SUSPENSION", "STAYED_REVOCATION", "PROBATION", "REPRIMAND", "CENSURE",
        "SURRENDER", "CE_ORDER", "PRACTICE_MONITOR", "SUPERVISED_PRACTICE", "PRACTICE_RESTRICTION",
        "CEASE_AND_DESIST", "OTHER_PUBLIC",
    ],
)  # fmt: skip
def test_an_adverse_action_is_reportable_after_a_formal_proceeding_only(code: str) -> None:
    assert rules.is_reportable([code], from_formal_proceeding=True)
    assert rules.is_reportable([code, "CITATION_FINE"], from_formal_proceeding=True)
    assert not rules.is_reportable([code], from_formal_proceeding=False)


def test_a_fine_alone_and_nothing_at_all_are_not() -> None:
    assert not rules.is_reportable(["CITATION_FINE"], from_formal_proceeding=True)
    assert not rules.is_reportable([], from_formal_proceeding=True)


def test_every_sanction_is_judged() -> None:
    reportable = {code for code in SANCTIONS if rules.is_reportable([code], from_formal_proceeding=True)}
    assert set(SANCTIONS) - reportable == {"CITATION_FINE"}


@given(st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_notice_is_enough_or_waived(given_days: int, least: int, waived: bool) -> None:
    faults = rules.notice_faults(DAY, DAY + timedelta(days=given_days), least, waived=waived)
    assert (faults == []) is (waived or given_days >= least)


def test_too_little_notice_says_how_much_is_missing() -> None:
    assert rules.notice_faults(DAY, DAY + timedelta(days=19), 20, waived=False) == [
        "Notice must be at least 20 days; this date gives 19. A waiver by the respondent would do."
    ]
    assert rules.notice_faults(DAY, DAY - timedelta(days=1), 0, waived=True) == [
        "The hearing cannot be set for a day that is over."
    ]


@pytest.mark.parametrize(
    ("code", "given_fields", "sentence"),
    [
        ("CITATION_FINE", {}, "A fine needs an amount."),
        ("CITATION_FINE", {"amount_cents": 0}, "A fine needs an amount."),
        ("PROBATION", {"terms": "x"}, "Probation needs a length in days."),
        ("PROBATION", {"days": 365}, "Probation needs its terms in words."),
        ("STAYED_REVOCATION", {"terms": "x"}, "Revocation, stayed needs a length in days."),
        ("CE_ORDER", {}, "Continuing education needs its terms in words."),
        ("PRACTICE_RESTRICTION", {"terms": " "}, "Practice restriction needs its terms in words."),
    ],
)
def test_a_drafted_sanction_says_what_it_lacks(code: str, given_fields: dict, sentence: str) -> None:
    assert rules.sanction_faults(code, **{**NONE, **given_fields}) == [sentence]


@pytest.mark.parametrize("code", sorted(rules.WITHOUT_LENGTH))
def test_what_is_done_once_has_no_length_unless_it_is_stayed(code: str) -> None:
    given = {**NONE, "days": 30, "amount_cents": 100}
    (fault,) = rules.sanction_faults(code, **given)
    assert fault.endswith(" has no length. Leave the days empty.")
    assert rules.sanction_faults(code, **given, is_stayed=True) == []


def test_whole_sanctions_lack_nothing() -> None:
    assert rules.sanction_faults("CITATION_FINE", **{**NONE, "amount_cents": 50_000}) == []
    assert rules.sanction_faults("PROBATION", **{**NONE, "days": 365, "terms": "Supervision."}) == []
    assert rules.sanction_faults("REPRIMAND", **NONE) == []


def test_a_sanction_in_one_line() -> None:
    assert rules.describe("REPRIMAND", **NONE) == "Reprimand"
    fine = rules.describe("CITATION_FINE", **{**NONE, "amount_cents": 123_405})
    assert fine == "Fine, $1,234.05"
    assert rules.describe("PROBATION", days=365, amount_cents=None, terms=" Supervision. ") == (
        "Probation, 365 days: Supervision."
    )
