"""Rows of the table of moves that rest on a rule of the board."""

from boards.rules import RULES
from tracker.cases.states import Status
from tracker.cases.steptable import TRANSITIONS


def test_a_rule_is_asked_from_every_source_or_from_those_named() -> None:
    rows = {row.key: row for row in TRANSITIONS}
    assert rows["deem_adopted"].rests_on_rule(Status.BOARD_REVIEW)
    settled = rows["sign_settlement"]
    assert [source for source in settled.sources if settled.rests_on_rule(source)] == [Status.PROBABLE_CAUSE_REVIEW]
    assert not rows["issue_order"].rests_on_rule(Status.BOARD_REVIEW)


def test_rules_and_statuses_of_such_rows_exist() -> None:
    for row in TRANSITIONS:
        assert row.uses is None or row.uses[0] in RULES
        assert set(row.uses_at) <= set(row.sources)
