"""From which day a case is public: the event of the board's rule, on the day on which it came."""

from datetime import date, timedelta

import pytest

from tests.factories.cases import START, Story, set_rule
from tracker.cases.actions import charging
from tracker.cases.models import Case, Vote
from tracker.cases.queries import publicity


def since(story: Story, event: str, days: int = 0) -> date | None:
    return publicity.public_since(story.case, {"event": event, "plus_days": days})


def test_probable_cause_counts_from_the_vote_and_charges_from_their_issue(story: Story) -> None:
    story.before("charges_filed").wait(15)
    events = ("charges", "probable_cause", "order", "never")
    assert [since(story, event) for event in events] == [None] * 4
    story.do(charging.issue_charges, story.office.panel[0], memo="Cause.")
    assert since(story, "probable_cause", 10) == Vote.objects.get().held_on + timedelta(days=10) == date(2026, 3, 12)
    assert since(story, "charges", 10) == date(2026, 3, 27)
    assert (since(story, "order"), since(story, "never")) == (None, None)
    Case.objects.filter(pk=story.case_id).update(decided_at=START + timedelta(days=40))
    assert since(story, "order", 1) == date(2026, 4, 12)


def test_where_staff_find_cause_it_is_the_day_of_the_charges(story: Story) -> None:
    set_rule(story.office.board, "pc_body", "staff")
    story.to("probable_cause_review").wait(5)
    story.charge()
    story.do(charging.issue_charges, story.office.counsel, memo="Cause.")
    assert since(story, "probable_cause", 10) == story.today + timedelta(days=10)


@pytest.mark.parametrize("event", ["charges", "probable_cause"])
def test_a_case_settled_before_charges_is_known_by_its_order(story: Story, event: str) -> None:
    story.to("probable_cause_review")
    Case.objects.filter(pk=story.case_id).update(stipulated_at=START)
    assert since(story, event, 3) is None
    Case.objects.filter(pk=story.case_id).update(decided_at=START + timedelta(days=20))
    assert since(story, event, 3) == date(2026, 3, 25)


@pytest.mark.parametrize(
    ("code", "is_public", "rule", "known"),
    [
        ("LETTER_OF_CONCERN", False, "charges", False),
        ("LETTER_OF_CONCERN", True, "charges", True),
        ("LETTER_OF_CONCERN", True, "never", False),
        ("NO_VIOLATION", True, "charges", False),
        ("CORRECTIVE_AGREEMENT", False, "order", True),
    ],
)
def test_what_is_closed_without_charges_is_known_by_its_ending(
    story: Story, code: str, is_public: bool, rule: str, known: bool
) -> None:
    set_rule(story.office.board, "letter_of_concern_public", is_public)
    Case.objects.filter(pk=story.case_id).update(
        status="closed", stage="disposition", disposition=code, closed_at=START + timedelta(days=20)
    )
    assert since(story, rule) == (date(2026, 3, 22) if known else None)


def test_a_rule_adopted_after_the_closing_opens_no_letter(story: Story) -> None:
    set_rule(story.office.board, "letter_of_concern_public", True, valid_from=date(2026, 3, 23))
    row = {"status": "closed", "stage": "disposition", "disposition": "LETTER_OF_CONCERN"}
    Case.objects.filter(pk=story.case_id).update(**row, closed_at=START + timedelta(days=20))
    assert since(story, "charges") is None
    Case.objects.filter(pk=story.case_id).update(closed_at=START + timedelta(days=21))
    assert since(story, "charges") == date(2026, 3, 23)
