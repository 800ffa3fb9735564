"""Abeyance, hold, seal and the lifting of a recusal: what they write, what they refuse, what they change."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories.cases import Story
from tracker.access import gate
from tracker.access.models import ConflictDeclaration
from tracker.audit.actors import Actor
from tracker.cases.actions import investigation, overlays, people
from tracker.cases.models import Deadline, Overlay
from tracker.errors import NotPermitted, OutOfScope


def sees(story: Story, who: Any) -> bool:
    """Whether somebody sees the case at all."""
    return gate.sees(Actor.staff(who.pk), story.case, at=story.at)


def test_an_abeyance_stops_the_targets_and_never_the_age(story: Story) -> None:
    office = story.office
    before = {kind: story.clock(kind).due_on for kind in ("intake", "investigation_target", "danger_screen")}
    story.wait(3)
    row = story.do(overlays.begin_abeyance, office.counsel, reason="A criminal case.", ends_on=date(2026, 6, 1))
    assert (row.kind, row.starts_on, row.ends_on, row.placed_by) == (
        "abeyance", date(2026, 3, 5), date(2026, 6, 1), office.counsel,
    )  # fmt: skip
    states = {kind: story.clock(kind).state for kind in before}
    assert states == {"intake": "tolled", "investigation_target": "tolled", "danger_screen": "running"}
    entry = story.entry("case.abeyance_begun")
    assert entry["facts"]["stops"] == ["intake", "investigation_target"]
    assert entry["private"] == {"reason": "A criminal case."}
    assert story.case.next_due_on == min(
        Deadline.objects.filter(case=story.case_id, state="running").values_list("due_on", flat=True)
    )
    assert "already" in story.refused(overlays.begin_abeyance, office.counsel, reason="Again.")

    story.wait(9)
    ended = story.do(overlays.end_abeyance, office.manager, reason="It was decided.")
    assert (ended.ended_at, ended.end_reason) == (story.at, "It was decided.")
    target = story.clock("investigation_target")
    # Ten days stood still: March 5 to 14, both included. 180 days from March 2 ended on August 29, a Saturday.
    assert (target.state, target.due_on) == ("running", date(2026, 9, 8))
    assert "paused from Thu Mar 5 to Sat Mar 14 (abeyance)" in target.explanation
    assert "criminal" not in target.explanation + target.details
    assert story.entry("case.abeyance_ended")["facts"]["due"]["investigation_target"] == "2026-09-08"
    old = Deadline.objects.get(case=story.case_id, kind="investigation_target", state="superseded")
    assert (old.due_on, old.superseded_by) == (before["investigation_target"], target)
    assert story.case.age_days(story.today) == 12
    assert "not in abeyance" in story.refused(overlays.end_abeyance, office.manager, reason="Again.")


def test_a_target_that_was_missed_is_not_stopped_and_one_that_was_met_stays_met(story: Story) -> None:
    story.to("investigating").wait(400)
    story.do(overlays.begin_abeyance, story.office.counsel, reason="A civil case.")
    assert story.entry("case.abeyance_begun")["facts"]["stops"] == []
    assert story.clock("investigation_target").state == "running"


def test_work_goes_on_in_an_abeyance_and_what_it_meets_stays_met(story: Story) -> None:
    story.before("report_submitted")
    story.do(overlays.begin_abeyance, story.office.counsel, reason="A civil case.")
    story.do(investigation.submit_report, story.office.investigator, report="What was found.")
    assert story.clock("investigation_target").state == "met"
    story.do(overlays.end_abeyance, story.office.counsel, reason="Done.")
    assert story.entry("case.abeyance_ended")["facts"]["due"] == {}
    assert story.clock("investigation_target").state == "met"


def test_a_hold_has_an_end_or_a_review(story: Story) -> None:
    office, ahead = story.office, story.today + timedelta(days=30)
    row = story.do(overlays.place_hold, office.counsel, reason="A lawsuit.", review_on=ahead)
    assert (row.kind, row.review_on, row.ends_on) == ("hold", ahead, None)
    assert story.entry("case.hold_placed")["facts"]["review_on"] == ahead.isoformat()
    assert "already" in story.refused(overlays.place_hold, office.counsel, reason="x", review_on=ahead)
    assert story.refused(overlays.review_hold, office.counsel, reason=" ", review_on=story.today) == (
        "Give the reason. The next review must be after today."
    )
    later = ahead + timedelta(days=30)
    assert story.do(overlays.review_hold, office.director, reason="Not decided.", review_on=later).review_on == later
    assert story.entry("case.hold_reviewed")["private"] == {"reason": "Not decided."}
    assert story.refused(overlays.lift_hold, office.counsel, reason="") == "Give the reason."
    story.do(overlays.lift_hold, office.counsel, reason="Settled.")
    assert Overlay.objects.get().end_reason == "Settled."
    assert story.refused(overlays.lift_hold, office.counsel, reason="x") == "No hold is in force."
    assert story.refused(overlays.review_hold, office.counsel, reason="x", review_on=later) == "No hold is in force."


@pytest.mark.parametrize(
    ("act", "data", "sentence"),
    [
        ("begin_abeyance", {"reason": " "}, "Give the reason."),
        ("begin_abeyance", {"reason": "x", "ends_on": date(2026, 3, 1)}, "The end cannot be in the past."),
        ("place_hold", {"reason": "x"}, "Name the end of the hold, or the day on which it is reviewed."),
        ("place_hold", {"reason": "x", "ends_on": date(2026, 3, 1)}, "The end cannot be in the past."),
        ("place_hold", {"reason": "x", "review_on": date(2026, 3, 1)}, "The review cannot be in the past."),
        ("place_hold", {"reason": "", "review_on": date(2026, 3, 2)}, "Give the reason."),
        ("seal_case", {"reason": ""}, "Give the reason."),
        ("unseal_case", {"reason": "x"}, "The case is not sealed."),
        ("end_abeyance", {"reason": "x"}, "The case is not in abeyance."),
    ],
)
def test_an_overlay_is_refused(story: Story, act: str, data: dict, sentence: str) -> None:
    assert story.refused(getattr(overlays, act), story.office.counsel, **data) == sentence


def test_a_sealed_case_is_for_its_own_people_and_for_those_who_keep_seals(story: Story) -> None:
    office = story.office
    story.to("charges_filed")
    story.assign(office.presiding, "presiding")
    row = story.do(overlays.seal_case, office.counsel, reason="A minor is named.")
    assert (row.kind, story.case.sealed_at) == ("seal", story.at)
    assert story.entry("case.sealed")["private"] == {"reason": "A minor is named."}
    seen = {name: sees(story, who) for name, who in vars(office).items() if hasattr(who, "email")}
    assert {name for name, yes in seen.items() if yes} == {
        "investigator", "manager", "counsel", "presiding", "director", "custodian", "auditor",
    }  # fmt: skip
    assert sees(story, office.panel[0])
    assert not sees(story, office.voters[0])
    story.refused(investigation.add_note, office.intake, OutOfScope, text="x")
    assert story.refused(overlays.seal_case, office.counsel, reason="x") == "The case is sealed already."
    assert story.refused(overlays.unseal_case, office.director, reason=" ") == "Give the reason."
    story.do(overlays.unseal_case, office.director, reason="Redacted.")
    assert story.case.sealed_at is None
    assert sees(story, office.intake)
    assert sees(story, office.voters[0])


def test_only_counsel_and_the_director_seal(story: Story) -> None:
    words = story.refused(overlays.seal_case, story.office.manager, NotPermitted, reason="x")
    assert words == "This needs another role: Board counsel, Executive director."


def test_who_declares_a_conflict_is_out_until_the_director_lifts_it(story: Story) -> None:
    office = story.office
    person = office.investigator
    story.assign(person, "investigator")
    assert story.refused(overlays.lift_recusal, office.director, email=person.email, reason="x") == (
        "Nobody is recused."
    )
    story.do(people.declare_conflict, person, has_conflict=True, reason="My cousin.")
    assert not sees(story, person)
    story.refused(people.declare_conflict, person, OutOfScope, has_conflict=False)
    row = {"email": person.email, "capacity": "investigator"}
    story.do(people.end_assignment, office.manager, **row, reason="Conflict.")
    assert story.refused(people.assign, office.manager, **row) == (
        f"{person.full_name} declared a conflict on this case."
    )
    story.refused(overlays.lift_recusal, office.manager, NotPermitted, email=person.email, reason="x")
    assert story.refused(overlays.lift_recusal, office.director, email=office.intake.email, reason="x") == (
        "Nobody with this e-mail address is recused from this case."
    )
    assert story.refused(overlays.lift_recusal, office.director, email=person.email, reason=" ") == "Give the reason."
    story.do(overlays.lift_recusal, office.director, email=f" {person.email.upper()}", reason="Another cousin.")
    assert story.entry("access.recusal_lifted")["facts"] == {"user": str(person.pk)}
    assert list(ConflictDeclaration.objects.order_by("declared_at").values_list("has_conflict", flat=True)) == [
        True, False,
    ]  # fmt: skip
    story.do(people.assign, office.manager, **row)
    assert sees(story, person)
