"""Until when the file of a closed case is kept."""

from datetime import date

import pytest

from tracker.cases import retention

OHIO = {"default": 10, "no_action": 5, "order": "keep"}


@pytest.mark.parametrize(
    ("code", "was_decided", "line", "until"),
    [
        ("NO_VIOLATION", False, "no_action", date(2033, 3, 1)),
        ("NO_JURISDICTION", False, "no_action", date(2033, 3, 1)),
        ("LETTER_OF_CONCERN", False, "action", date(2038, 3, 1)),
        ("CONFIDENTIAL_CONSENT", False, "order", None),
        ("PROBATION", True, "order", None),
        ("PETITION_DENIED", True, "order", None),
        ("NO_VIOLATION", True, "order", None),
    ],
)
def test_each_ending_has_its_line_of_the_schedule(code: str, was_decided: bool, line: str, until: date | None) -> None:
    assert retention.family(code, was_decided=was_decided) == line
    assert retention.keep_until(OHIO, line, date(2028, 2, 29)) == until


def test_by_default_everything_is_kept() -> None:
    assert retention.keep_until({"default": "keep"}, "no_action", date(2028, 2, 29)) is None
