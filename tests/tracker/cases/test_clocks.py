"""The table of clocks, and the fact by which an entry tells what it did to them."""

from datetime import date

from boards.rules import RULES
from tracker.audit import canonical
from tracker.cases.clocks import CLOCKS, WAIVED_BY, WINDOWS, DeadlineKind, Turn, told
from tracker.cases.kinds import DeadlineState


def test_every_clock_counts_by_a_setting_in_days() -> None:
    assert all(str(RULES[clock.rule_key].unit).endswith("days") for clock in CLOCKS.values())
    assert all(kind == clock.kind for kind, clock in CLOCKS.items())
    assert set(WINDOWS) <= set(WAIVED_BY)


def test_the_fact_holds_codes_and_dates_and_nothing_where_nothing_was_done() -> None:
    turns = {
        DeadlineKind.HEARING: date(2026, 5, 4),
        DeadlineKind.NPDB_REPORT: Turn.OPENED,
        DeadlineKind.TERMS: DeadlineState.SUPERSEDED,
        DeadlineKind.ANSWER: None,
        DeadlineKind.APPEAL: "",
    }
    facts = told(turns)
    assert facts == {"clocks": {"hearing": "2026-05-04", "npdb_report": "opened", "terms": "superseded"}}
    assert canonical.faults_in_facts(facts) == []
    assert told({DeadlineKind.ANSWER: None}) == {}
