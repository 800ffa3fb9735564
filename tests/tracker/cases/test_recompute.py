"""Clocks told from entries alone: which start, which end and how, and on which day."""

from datetime import date, timedelta
from uuid import uuid4

from tracker.audit.events import EVENTS
from tracker.cases import recompute
from tracker.cases.recompute import Clocked, Told

FILED = date(2026, 3, 2)
SIDES = ("prosecution", "respondent")


def plain(kind, starts_on, pauses, by_mail):
    """Thirty days after the start, the days of the pauses, and five for an answer by mail."""
    mail = 5 if by_mail and kind == "answer" else 0
    return starts_on + timedelta(days=30 + mail + sum(pause.days for pause in pauses))


def told(event: str, on: date, **facts: object) -> Told:
    return Told(uuid4(), event, on, facts)


def filed(**facts: object) -> Told:
    return told("case.filed", FILED, received_at="2026-02-27T23:00:00.000000Z", to="received", **facts)


def clocks(*entries: Told, came_on: date = FILED) -> dict[str, list[Clocked]]:
    found: dict[str, list[Clocked]] = {}
    for row in recompute.replay(entries, due_on=plain, received_on=came_on):
        found.setdefault(str(row.kind), []).append(row)
    return found


def test_receipt_starts_the_clocks_on_the_day_it_came() -> None:
    came_on = recompute.received_on([filed()], lambda moment: moment.date())
    assert came_on == date(2026, 2, 27)
    assert recompute.received_on([told("hearing.petition_opened", FILED)], lambda moment: moment.date()) is None
    found = clocks(filed(), came_on=came_on)
    assert found["intake"][0].starts_on == came_on
    assert (found["acknowledgement"][0].state, found["acknowledgement"][0].ended_on) == ("waived", FILED)
    letter = told("notice.queued", FILED, kind="acknowledgement")
    assert clocks(filed(), letter)["acknowledgement"][0].state == "met"


def test_a_step_turns_the_clocks_of_its_row_and_what_its_entry_says_differently() -> None:
    later = FILED + timedelta(days=4)
    begun = told("case.review_begun", later, to="intake_review", clocks={"emergency_action": "skipped"})
    found = clocks(filed(), begun)
    assert (found["danger_screen"][0].state, found["danger_screen"][0].ended_on) == ("met", later)
    assert "emergency_action" not in found
    accepted = told("case.accepted", later, to="assigned")
    first, second = clocks(filed(), accepted)["status_update"]
    assert (first.state, second.state, second.starts_on, second.anchor) == ("met", "running", later, accepted.id)
    withheld = {"response": "skipped", "licensee_notice": "waived"}
    found = clocks(filed(), told("case.licensee_notified", later, to="response_requested", clocks=withheld))
    assert (found["licensee_notice"][0].state, "response" in found) == ("waived", False)


def test_days_named_by_an_event_count_from_there() -> None:
    served = told("case.charges_served", FILED + timedelta(days=3), served_on="2026-03-03", to="answer_due")
    answered = told("case.answer_recorded", FILED + timedelta(days=20), received_on="2026-03-20", to="prehearing")
    row = clocks(served, answered)["answer"][0]
    assert (row.starts_on, row.due_on, row.state, row.ended_on) == (
        date(2026, 3, 3), date(2026, 4, 7), "met", date(2026, 3, 20),
    )  # fmt: skip
    denied = told("hearing.reconsideration_denied", FILED + timedelta(days=9), denied_on="2026-03-05", to="compliance")
    assert clocks(denied)["appeal"][0].starts_on == date(2026, 3, 5)


def test_days_for_mail_are_counted_by_the_method_that_the_entry_names_also_after_a_pause() -> None:
    stop = told("case.clock_tolled", date(2026, 3, 12), kind="answer", from_on="2026-03-10")
    go_on = told("case.clock_resumed", date(2026, 3, 20), kind="answer", paused_to="2026-03-19")
    for method, first, second in (
        ("certified_mail", date(2026, 4, 6), date(2026, 4, 16)),
        ("personal", date(2026, 4, 1), date(2026, 4, 11)),
    ):
        served = told("case.charges_served", FILED, served_on="2026-03-02", method=method, to="answer_due")
        assert [row.due_on for row in clocks(served, stop, go_on)["answer"]] == [first, second]


def test_a_dated_clock_ends_on_the_day_the_entry_names() -> None:
    days = {"hearing": "2026-05-04", "exhibit_exchange": "2026-04-20"}
    found = clocks(told("hearing.scheduled", FILED, to="hearing_scheduled", clocks=days))
    assert (found["hearing"][0].due_on, found["exhibit_exchange"][0].due_on) == (date(2026, 5, 4), date(2026, 4, 20))
    later = FILED + timedelta(days=9)
    signed = told("hearing.settlement_signed", later, to="board_review")
    found = clocks(told("hearing.scheduled", FILED, to="hearing_scheduled", clocks=days), signed)
    assert {row.state for rows in found.values() for row in rows if row.kind in days} == {"superseded"}


def test_pauses_add_up_and_the_old_row_names_when_it_was_replaced() -> None:
    notified = told("case.licensee_notified", FILED, to="response_requested")
    stop = told("case.clock_tolled", date(2026, 3, 12), kind="response", from_on="2026-03-10")
    go_on = told("case.clock_resumed", date(2026, 3, 20), kind="response", paused_to="2026-03-19")
    assert clocks(notified, stop)["response"][0].state == "tolled"
    old, new = clocks(notified, stop, go_on)["response"]
    assert (old.state, old.ended_on) == ("superseded", date(2026, 3, 19))
    assert (new.state, new.due_on, new.anchor) == ("running", date(2026, 4, 11), old.anchor)
    rest = told("case.abeyance_begun", date(2026, 4, 1), stops=["response"], from_on="2026-04-01")
    end = told("case.abeyance_ended", date(2026, 4, 2), due={"response": "2026-04-13"})
    assert clocks(notified, stop, go_on, rest, end)["response"][-1].due_on == date(2026, 4, 13)


def test_a_dated_clock_is_moved_by_the_days_of_a_stay_and_of_an_abeyance_each_day_once() -> None:
    begun = told("hearing.compliance_begun", FILED, to="compliance", clocks={"terms": "2026-06-01"})
    stayed = told("hearing.stay_recorded", date(2026, 3, 12), stops={"terms": "2026-03-10"})
    assert clocks(begun, stayed)["terms"][0].state == "tolled"
    lifted = told("hearing.stay_recorded", date(2026, 3, 20), resumes={"terms": "2026-03-19"})
    old, new = clocks(begun, stayed, lifted)["terms"]
    assert (old.state, old.ended_on) == ("superseded", date(2026, 3, 19))
    assert (new.state, new.starts_on, new.due_on) == ("running", FILED, date(2026, 6, 11))
    # Stayed again on the day on which the first stay was lifted, and decided three days later.
    again = told("hearing.stay_recorded", date(2026, 3, 19), stops={"terms": "2026-03-19"})
    decided = told("hearing.review_decided", date(2026, 3, 22), to="compliance", resumes={"terms": "2026-03-22"})
    assert clocks(begun, stayed, lifted, again, decided)["terms"][-1].due_on == date(2026, 6, 14)
    rest = told("case.abeyance_begun", date(2026, 4, 1), stops=["terms"], from_on="2026-04-01")
    end = told("case.abeyance_ended", date(2026, 4, 2), due={"terms": "2026-06-13"})
    assert clocks(begun, stayed, lifted, rest, end)["terms"][-1].due_on == date(2026, 6, 13)


def test_a_petition_filed_in_time_met_its_clock_on_that_day_whenever_it_was_recorded() -> None:
    issued = told("hearing.order_issued", FILED, to="order_issued")
    late = FILED + timedelta(days=40)
    asked = told("hearing.reconsideration_asked", late, filed_on="2026-03-30", to="reconsideration")
    sued = told("hearing.review_filed", late, filed_on="2026-03-31", to="judicial_review")
    (row,) = clocks(issued, asked)["reconsideration"]
    assert (row.state, row.ended_on) == ("met", date(2026, 3, 30))
    (row,) = clocks(issued, sued)["appeal"]
    assert (row.state, row.ended_on) == ("met", date(2026, 3, 31))


def test_a_waiver_ends_the_clock_of_its_period_and_those_to_come_until_the_case_is_heard_anew() -> None:
    waiver = told("case.waiver_filed", FILED, period="exceptions")
    proposed = told("hearing.decision_proposed", FILED, to="proposed_decision")
    assert clocks(proposed, waiver)["exceptions"][0].state == "waived"
    assert clocks(waiver, proposed)["exceptions"][0].state == "waived"
    remanded = told("hearing.remanded", FILED, to="prehearing")
    assert clocks(waiver, remanded, proposed)["exceptions"][0].state == "running"


def test_a_period_of_both_sides_runs_until_both_have_waived_it() -> None:
    proposed = told("hearing.decision_proposed", FILED, to="proposed_decision")
    ours, theirs = (told("case.waiver_filed", FILED, period="exceptions", given_by=side) for side in SIDES)
    assert clocks(proposed, ours)["exceptions"][0].state == "running"
    assert clocks(ours, proposed)["exceptions"][0].state == "running"
    assert clocks(ours, proposed, theirs)["exceptions"][0].state == "waived"


def test_a_waived_challenge_is_waived_for_one_order_or_for_the_settlement_that_it_came_with() -> None:
    offered = told("hearing.settlement_offered", FILED, number=1)
    waiver = told("case.waiver_filed", FILED, period="appeal", given_by="respondent")
    rejected = told("hearing.settlement_rejected", FILED, number=1, to="prehearing")
    adopted = told("hearing.order_issued", FILED, to="order_issued", decision="adopt")
    accepted = told("hearing.order_issued", FILED, to="order_issued", decision="accept_settlement")
    granted = told("hearing.reconsideration_granted", FILED, to="board_review")

    def states(*entries: Told) -> list[str]:
        return [str(row.state) for row in clocks(*entries)["appeal"]]

    assert states(offered, waiver, accepted) == ["waived"]
    assert states(offered, waiver, rejected, adopted) == ["running"]
    assert states(offered, waiver, adopted) == ["running"]
    assert states(adopted, waiver, granted, adopted) == ["waived", "running"]


def test_the_time_for_a_proposal_runs_while_the_record_is_closed() -> None:
    opened = told("hearing.opened", FILED, to="hearing_held")
    closed, again = (told("hearing.record_closed", FILED + timedelta(days=days)) for days in (3, 9))
    turned = {"proposed_decision": "superseded"}
    reopened = told("hearing.record_reopened", FILED + timedelta(days=5), clocks=turned)
    proposed = told("hearing.decision_proposed", FILED + timedelta(days=12), to="proposed_decision")
    assert "proposed_decision" not in clocks(opened, proposed)
    first, second = clocks(opened, closed, reopened, again, proposed)["proposed_decision"]
    assert (first.starts_on, first.state, first.ended_on) == (closed.on, "superseded", reopened.on)
    assert (second.starts_on, second.state, second.ended_on) == (again.on, "met", proposed.on)


def test_closing_ends_everything_and_a_window_that_was_over_was_met() -> None:
    issued = told("hearing.order_issued", FILED, to="order_issued")
    closed = told("case.closed", FILED + timedelta(days=31), to="closed")
    found = clocks(issued, closed)
    states = {kind: found[kind][0].state for kind in ("reconsideration", "appeal", "npdb_report")}
    assert states == {"reconsideration": "met", "appeal": "met", "npdb_report": "superseded"}
    early = told("case.closed", FILED + timedelta(days=30), to="closed")
    assert clocks(issued, early)["appeal"][0].state == "superseded"


def test_emergency_action_has_its_own_clocks() -> None:
    own = {"emergency_notice": "opened", "emergency_hearing": "opened", "emergency_expiry": "2026-05-01"}
    taken = told("hearing.emergency_taken", FILED, clocks=own)
    served = told("hearing.emergency_served", FILED + timedelta(days=2), served_on="2026-03-03")
    lapsed = told("hearing.emergency_ended", date(2026, 5, 2), end="expired")
    found = clocks(taken, served, lapsed)
    assert (found["emergency_notice"][0].state, found["emergency_notice"][0].ended_on) == ("met", date(2026, 3, 3))
    assert (found["emergency_hearing"][0].state, found["emergency_expiry"][0].state) == ("superseded", "met")
    merged = told("hearing.order_issued", FILED, to="order_issued", merged_emergency=str(uuid4()))
    assert clocks(taken, merged)["emergency_expiry"][0].state == "superseded"
    vacated = told("hearing.emergency_heard", FILED, heard_on="2026-03-02", outcome="vacate")
    assert clocks(taken, vacated)["emergency_hearing"][0].state == "met"


def test_every_event_of_the_tables_is_declared() -> None:
    named = {event for event, _kind in recompute.DAYS} | set(recompute.STARTS) | set(recompute.ENDS)
    assert named <= set(EVENTS)
    assert set(recompute.STEPS) <= set(EVENTS)
