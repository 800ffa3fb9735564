"""Where a wish to withdraw stands."""

import pytest

from tests.factories.cases import Story
from tracker.cases.actions import withdrawals as acts
from tracker.cases.queries import withdrawals
from tracker.cases.queries.withdrawals import PublicWithdrawal


@pytest.mark.parametrize("rule", [True, False])
def test_it_waits_is_answered_and_can_be_made_again(story: Story, rule: bool) -> None:
    assert withdrawals.of_case(story.case, ends_case=rule) == PublicWithdrawal(None, rule, True)
    story.do(acts.record_withdrawal, story.office.intake, text="Stop.")
    assert withdrawals.of_case(story.case, ends_case=rule) == PublicWithdrawal(story.today, rule, False)
    story.do(acts.answer_withdrawal, story.office.intake, text="Understood.")
    assert withdrawals.of_case(story.case, ends_case=rule) == PublicWithdrawal(None, rule, True)


def test_after_charges_it_ends_nothing_and_a_closed_case_asks_nothing(story: Story) -> None:
    story.to("charges_filed")
    assert withdrawals.of_case(story.case, ends_case=True) == PublicWithdrawal(None, False, True)
    other = Story(story.office).to("intake_review").close_at_intake()
    assert not withdrawals.of_case(other.case, ends_case=True).may_ask
