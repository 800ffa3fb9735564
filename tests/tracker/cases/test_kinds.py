"""The ways to serve a paper: which of them is mail."""

from tracker.cases.kinds import ServiceMethod


def test_only_what_the_post_carries_gets_the_days_for_mail() -> None:
    assert [method for method in ServiceMethod if method.is_mail] == [ServiceMethod.CERTIFIED_MAIL]
