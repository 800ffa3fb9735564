"""The filing window: in time, late, undated, leap days."""

from datetime import date

from boards.filing import Incident, filing_window, public_on, years_after


def test_without_a_limit_everything_is_in_time():
    found = filing_window(None, [date(1990, 1, 1)], date(2026, 7, 1))
    assert found.accepted
    assert found.reasons == ("This board sets no time limit for filing.",)


def test_the_last_day_is_in_time_and_the_next_is_late():
    assert filing_window(6, [date(2020, 7, 1)], date(2026, 7, 1)).accepted
    late = filing_window(6, [date(2020, 7, 1)], date(2026, 7, 2))
    assert late.is_late
    assert late.reasons == (
        "What ended on Jul 1, 2020 could be filed for 6 years, until Jul 1, 2026: too late, received on Jul 2, 2026.",
    )


def test_conduct_that_went_on_counts_from_its_end():
    ongoing = Incident(date(2015, 1, 1), date(2024, 1, 1))
    assert filing_window(6, [ongoing], date(2026, 7, 1)).accepted


def test_one_incident_in_time_keeps_the_complaint_in_time_and_both_are_explained():
    found = filing_window(6, [date(2010, 1, 1), date(2025, 1, 1)], date(2026, 7, 1))
    assert found.accepted
    assert ["too late" in reason for reason in found.reasons] == [True, False]


def test_an_undated_incident_cannot_be_judged_late():
    found = filing_window(1, [Incident(), date(2010, 1, 1)], date(2026, 7, 1))
    assert found.accepted
    assert found.reasons[0] == "Something without a date cannot be judged late."


def test_no_incident_at_all_is_not_late():
    assert filing_window(1, [], date(2026, 7, 1)).accepted


def test_a_leap_day_ends_on_march_first():
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_no_weekend_moves_the_day_from_which_a_case_is_public():
    assert public_on(date(2026, 5, 14), 10) == date(2026, 5, 24)
    assert public_on(date(2026, 5, 24), 0) == date(2026, 5, 24)
