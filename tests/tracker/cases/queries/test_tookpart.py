"""Who took part in a matter, with a place on the case and without."""

from typing import Any

import pytest

from tests.factories.cases import Story, set_rule
from tests.factories.office import make_person
from tracker.access.models import Delegation
from tracker.access.policy import Capacity, Role
from tracker.audit.events import EVENTS
from tracker.cases.actions import companions, experts, investigation, linking, people, voting
from tracker.cases.actions.experts import Engagement
from tracker.cases.filingdata import RespondentData
from tracker.cases.queries import tookpart
from tracker.evidence.states import Party


def test_members_are_those_whose_ballot_was_counted(story: Story) -> None:
    story.to("probable_cause_review")
    story.seat_panel()
    story.vote("probable_cause", choices="ynr")
    assert tookpart.judged_probable_cause({story.case.pk}) == {one.pk for one in story.office.panel[:2]}


@pytest.mark.parametrize(
    ("event", "facts", "part"),
    [
        ("case.count_drafted", {}, "prosecutor"),
        ("case.legal_review_passed", {}, "prosecutor"),
        ("hearing.settlement_signed", {}, "prosecutor"),
        ("hearing.default_entered", {}, "prosecutor"),
        ("hearing.violation_petitioned", {}, "prosecutor"),
        ("case.more_information_asked", {}, "prosecutor"),
        ("case.closed_without_discipline", {}, "prosecutor"),
        ("case.report_submitted", {}, "investigator"),
        ("case.finding_recorded", {"by": "investigator"}, "investigator"),
        ("case.finding_recorded", {"by": "board"}, None),
        ("case.finding_recorded", {"by": "presiding_officer"}, None),
        ("hearing.petition_opened", {"charges": "x"}, "prosecutor"),
        ("hearing.petition_opened", {}, None),
        ("evidence.marked", {"party": Party.BOARD}, "prosecutor"),
        ("evidence.offered", {"party": Party.JOINT}, "prosecutor"),
        ("evidence.marked", {"party": Party.RESPONDENT}, None),
        ("evidence.marked", {"party": Party.PRESIDING_OFFICER}, "presiding"),
        ("evidence.ruled", {"party": Party.BOARD}, "presiding"),
        ("case.note_added", {}, None),
    ],
)
def test_what_somebody_is_who_did_this(event: str, facts: dict[str, Any], part: str | None) -> None:
    assert event in EVENTS
    assert tookpart.part_of(event, facts) == part


def test_acts_are_parts_also_without_a_place_and_for_both_who_act_as_one(story: Story) -> None:
    office = story.office
    deputy = make_person(office.board, Role.AUDITOR)
    days = {"valid_from": story.today, "valid_until": story.today, "recorded_at": story.at}
    row = {"absent": office.investigator, "deputy": deputy, "role": Role.INVESTIGATOR, "reason": "x", **days}
    story.to("investigating")
    Delegation.objects.create(board=office.board, **row)
    finding = {"allegation": "A1", "value": "substantiated", "reasons": "E-1."}
    story.do(investigation.record_finding, deputy, **finding)
    story.to("charges_filed")
    # The panel's member who issued the charges judged; counsel prosecutes without having a place.
    assert tookpart.by_acts({story.case.pk}) == {
        office.investigator.pk: {Capacity.INVESTIGATOR},
        deputy.pk: {Capacity.INVESTIGATOR},
        office.counsel.pk: {Capacity.PROSECUTOR},
    }
    parts = tookpart.parts({story.case.pk})
    assert {who: parts[who.pk] for who in office.panel} == dict.fromkeys(office.panel, {Capacity.PANEL})
    assert parts[deputy.pk] == {Capacity.INVESTIGATOR}


def test_counsel_who_decides_on_probable_cause_does_not_preside(story: Story) -> None:
    office, member = story.to("probable_cause_review").office, story.office.panel[0]
    counsel = make_person(office.board, Role.BOARD_COUNSEL)
    counsel.memberships.create(board=office.board, role=Role.PRESIDING_OFFICER, valid_from="2020-01-01")
    story.seat_panel()
    story.do(investigation.ask_more_information, member, questions="When?")
    set_rule(office.board, "pc_body", "staff")
    story.to("probable_cause_review").do(investigation.ask_more_information, counsel, questions="Where?")
    acts = tookpart.by_acts({story.case.pk})
    # Who sits on the panel asks as a judge.
    assert (acts[counsel.pk], member.pk in acts) == ({Capacity.PROSECUTOR}, False)
    words = story.refused(people.assign, office.manager, email=counsel.email, capacity="presiding")
    assert words == (
        f"{counsel.full_name} was acting as Prosecuting counsel on this case and cannot be Presiding officer."
    )


def test_staff_who_approved_a_closure_do_not_preside(story: Story) -> None:
    director = story.to("probable_cause_review").office.director
    set_rule(story.office.board, "closure_approvers", {"by": "approval", "roles": ["executive_director"], "count": 1})
    story.do(voting.approve_closure, director, disposition="NO_VIOLATION")
    assert tookpart.judged_probable_cause({story.case.pk}) == {director.pk}
    director.memberships.create(board=story.office.board, role=Role.PRESIDING_OFFICER, valid_from="2020-01-01")
    words = story.refused(people.assign, story.office.manager, email=director.email, capacity="presiding")
    assert words == (
        f"{director.full_name} was a voter on probable cause on this case and cannot be Presiding officer."
    )


def test_a_link_that_ended_lifts_no_bar(story: Story) -> None:
    office = story.office
    other = Story(office, at=story.at)
    row = {"docket": other.docket, "kind": "consolidated", "reason": "One hearing."}
    story.do(linking.link_dockets, office.counsel, **row)
    story.do(linking.unlink_dockets, office.counsel, number=1, reason="Two hearings.")
    assert tookpart.matter(story.case) == tookpart.matter(other.case) == {story.case.pk, other.case.pk}
    other.to("charges_filed")
    barred = voting.deciding_body(story.case, "order", "panel", story.today).barred
    assert {str(member.pk): "took part as Panel member" for member in office.panel}.items() <= barred.items()
    words = other.refused(people.assign, office.manager, email=office.counsel.email, capacity="adviser")
    assert words == (
        f"{office.counsel.full_name} was acting as Prosecuting counsel on this case "
        "and cannot be Board's advice counsel."
    )
    story.at = other.at
    assert story.refused(people.assign, office.manager, email=office.counsel.email, capacity="adviser") == words


def test_an_expert_is_known_by_the_address(story: Story) -> None:
    story.to("investigating")
    person = make_person()
    assert tookpart.experts({story.case.pk}) == set()
    asked = Engagement("Dr. Roe", "None.", "Why?", "Please.", email=f" {person.email.upper()}")
    story.do(experts.refer_to_expert, story.office.investigator, engagement=asked)
    assert tookpart.experts({story.case.pk}) == {person.pk}


def test_who_charged_on_one_docket_does_not_judge_another_about_the_same_complaint(story: Story) -> None:
    story.to("probable_cause_review")
    person = RespondentData(name="Ines Farrow", license_number="7731")
    opened = [
        story.do(companions.open_companion, story.office.counsel, respondent=person, allegations=["A2"], reason="Both.")
        for _number in range(2)
    ]
    first, second = (story.on(case) for case in opened)
    # Two companions know each other through the case they both came from.
    assert tookpart.matter(first.case) == tookpart.matter(second.case) == {story.case.pk, *(one.pk for one in opened)}
    story.seat_panel()
    story.vote("probable_cause")
    body = voting.deciding_body(second.case, "order", "panel", story.today)
    seated = {str(one.pk) for one in story.office.panel}
    assert seated <= set(body.barred)
    # Seated on the first case is not seated here.
    assert voting.deciding_body(second.case, "probable_cause", "panel", story.today).members == frozenset()
