"""What the chronology tells, and to whom."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.audit.events import EVENTS
from tracker.bundle import milestones

EDITIONS = ("board", "hearing", "respondent", "public")
INSIDE = {
    "case.review_begun",
    "case.accepted",
    "case.report_submitted",
    "case.legal_review_passed",
    "case.closed_at_intake",
    "hearing.sent_to_board",
    "hearing.settlement_signed",
    "evidence.received",
}


def test_every_milestone_is_an_event_of_the_ledger():
    assert set(milestones.MILESTONES) <= set(EVENTS)


def test_the_board_is_told_everything_and_nobody_else_of_the_investigation():
    assert set(milestones.events_for("board")) == set(milestones.MILESTONES)
    for edition in EDITIONS[1:]:
        assert not INSIDE & set(milestones.events_for(edition))
    for event in milestones.MILESTONES:
        assert not event.startswith(("case.finding", "case.vote", "case.closure", "case.note", "case.priority"))


def test_the_public_is_told_nothing_from_before_the_charges():
    assert set(milestones.events_for("public")) <= set(milestones.events_for("hearing"))
    assert not {"case.filed", "case.licensee_notified", "case.response_recorded"} & set(milestones.events_for("public"))
    assert milestones.sentence("case.filed", {}, edition="public") == ""


@pytest.mark.parametrize(
    ("event", "facts", "said"),
    [
        ("case.charges_issued", {"counts": 3}, "Charges issued, counts: 3."),
        ("hearing.scheduled", {"starts_on": "2026-12-14"}, "Notice of hearing: set for Dec\u00a014,\u00a02026."),
        ("evidence.ruled", {"ruling": "admitted_over_objection"}, "Ruling on exhibit 4: admitted over objection."),
        ("case.document_filed", {"kind": "motion"}, "Motion filed."),
        ("case.document_filed", {"kind": "legal_memo"}, ""),
        ("hearing.order_issued", {}, "Order issued, effective –."),
        ("case.note_added", {}, ""),
        ("no.such_event", {}, ""),
    ],
)
def test_sentences_say_codes_and_days_in_words(event, facts, said):
    assert milestones.sentence(event, facts, edition="hearing", mark="4") == said


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_sentence_can_be_said_without_facts(edition):
    for event, row in milestones.MILESTONES.items():
        if not row.kinds:
            assert bool(milestones.sentence(event, {}, edition=edition)) == (edition in row.editions)


@pytest.mark.parametrize(
    ("event", "facts", "day"),
    [
        ("case.filed", {"received_at": "2026-02-11T03:30:00Z"}, date(2026, 2, 10)),
        ("case.charges_served", {"served_on": "2026-06-01"}, date(2026, 6, 1)),
        ("case.charges_served", {"served_on": "soon"}, date(2026, 7, 2)),
        ("case.charges_served", {}, date(2026, 7, 2)),
        ("hearing.opened", {"received_on": "2026-01-01"}, date(2026, 7, 2)),
    ],
)
def test_an_event_has_the_day_it_tells_at_the_board(event, facts, day):
    at = datetime(2026, 7, 3, 2, 0, tzinfo=UTC)

    assert milestones.day_of(event, facts, at=at, zone=ZoneInfo("America/Chicago")) == day
