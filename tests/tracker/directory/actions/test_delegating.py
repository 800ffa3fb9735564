"""Who stands in for somebody absent: recorded, ended, refused; and what the deputy may do meanwhile."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.factories.cases import Story, refused
from tests.factories.office import make_person
from tests.factories.staffed import Staffed, make_staffed
from tracker.access import gate, holding
from tracker.access.models import Delegation, Membership, User
from tracker.access.policy import Permission, Role
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.cases.actions import intake, investigation
from tracker.cases.models import Case
from tracker.directory import actions
from tracker.errors import NotPermitted, OutOfScope


@pytest.fixture
def office(db: None) -> Staffed:
    """A hosted board with everybody who works there."""
    return make_staffed()


@pytest.fixture
def story(office: Staffed) -> Story:
    """A complaint just filed."""
    return Story(office)


def record(story: Story, who: User | None = None, **changed: Any) -> Delegation:
    """The second intake analyst stands in for the investigator, today and for nine more days."""
    office = story.office
    row = {"absent": office.investigator.email, "deputy": office.second.email, "role": "investigator"}
    row |= {"valid_from": story.today, "valid_until": story.today + timedelta(days=9), "reason": "On leave."}
    actor = Actor.staff((who or office.director).pk, Origin.DEMO)
    return actions.record_delegation(office.board.pk, actor=actor, at=story.at, **(row | changed))


def sees(story: Story, who: User) -> list[bool]:
    """Whether somebody sees the case: by the check, and by the list."""
    check = gate.can(Actor.staff(who.pk), Permission.INVESTIGATE, story.case, at=story.at)
    listed = Case.objects.filter(gate.scope_filter(who.pk, Permission.INVESTIGATE, on=story.at.date()))
    return [check, listed.filter(pk=story.case_id).exists()]


def test_a_deputy_has_role_and_places_on_those_days_and_acts_for_the_absent_person(story: Story) -> None:
    office = story.office
    story.to("investigating")
    deputy = office.second
    assert sees(story, deputy) == [False, False]
    row = record(story)
    assert holding.held_roles(deputy.pk, story.today)[-1] in (
        holding.Held(office.board.pk, "investigator", office.investigator.pk),
        holding.Held(office.board.pk, "intake_analyst"),
    )
    assert sees(story, deputy) == [True, True]
    data = {"allegation": "A1", "value": "substantiated", "reasons": "E-1."}
    story.do(investigation.record_finding, deputy, **data)
    finding = LedgerEntry.objects.filter(chain=story.case_id).order_by("-seq")[0]
    assert f'"on_behalf_of":"staff:{office.investigator.pk}"' in finding.body.replace(": ", ":")
    # What a role of one's own allows is done for nobody.
    story.do(investigation.add_note, deputy, text="As intake analyst.")
    assert story.entry("case.note_added")["on_behalf_of"] is None
    # Another investigator's cases stay closed, and so does this one on the day after.
    other = Story(office, at=story.at)
    other.assign(make_person(office.board, Role.INVESTIGATOR), "investigator")
    assert sees(other, deputy) == [False, False]
    story.wait(10)
    assert sees(story, deputy) == [False, False]

    story.at -= timedelta(days=5)
    director = Actor.staff(office.director.pk, Origin.DEMO)
    assert refused(lambda: actions.end_delegation(row.pk, actor=director, at=story.at, reason=" ")) == [
        "Give the reason."
    ]
    actions.end_delegation(row.pk, actor=director, at=story.at, reason="Back early.")
    assert sees(story, deputy) == [False, False]
    assert refused(lambda: actions.end_delegation(row.pk, actor=director, at=story.at, reason="x")) == [
        "This delegation has ended already."
    ]
    events = LedgerEntry.objects.filter(chain=office.board.pk).order_by("seq").values_list("event", flat=True)
    assert list(events)[-2:] == ["directory.delegation_recorded", "directory.delegation_ended"]


def test_functions_stay_apart_for_deputies_too(story: Story) -> None:
    office = story.office
    story.to("investigating")
    # Advises the board in this case, so the investigation is closed to counsel as a deputy.
    story.assign(office.counsel, "adviser")
    record(story, deputy=office.counsel.email)
    assert sees(story, office.counsel) == [False, False]
    other = Story(office, at=story.at)
    other.assign(office.investigator, "investigator")
    assert sees(other, office.counsel) == [True, True]


def test_a_lent_role_ends_with_its_holders_own(story: Story) -> None:
    story.to("investigating")
    record(story)
    office = story.office
    office.investigator.memberships.update(valid_until=story.today - timedelta(days=1))
    assert sees(story, office.second) == [False, False]


def test_a_deputy_is_no_second_person(story: Story) -> None:
    office = story.office
    helper = make_person(office.board, Role.AUDITOR)
    story.to("intake_review")
    record(story, absent=office.intake.email, deputy=helper.email, role="intake_analyst")
    words = story.refused(intake.verify_priority, helper)
    assert words == "The priority must be verified by a person other than the one who set it."
    story.do(intake.verify_priority, office.second)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"deputy": "nobody@board.example"}, "Nobody with this e-mail address can sign in."),
        ({"role": "board_member"}, "This role cannot be taken by a deputy."),
        ({"role": "king"}, "This role cannot be taken by a deputy."),
        ({"role": "administrator"}, "This role cannot be taken by a deputy."),
        ({"role": "board_counsel"}, "The absent person does not hold this role at the board."),
        ({"valid_until": date(2026, 3, 1)}, "The last day is before the first."),
        ({"valid_from": date(2026, 3, 1)}, "The first day cannot be in the past."),
        ({"reason": " "}, "Give the reason."),
    ],
)
def test_a_delegation_is_refused(story: Story, changed: dict, sentence: str) -> None:
    assert refused(lambda: record(story, **changed)) == [sentence]


def test_a_deputy_is_free_for_it(story: Story) -> None:
    office = story.office
    same = {"deputy": office.investigator.email}
    assert refused(lambda: record(story, **same)) == ["Nobody stands in for themselves."]
    twin = make_person(office.board, Role.INVESTIGATOR)
    assert refused(lambda: record(story, deputy=twin.email)) == ["The deputy holds this role already."]
    for person in (office.voters[0], office.presiding):
        assert refused(lambda person=person: record(story, deputy=person.email)) == [
            "Who hears or votes at the board cannot stand in for its staff."
        ]
    record(story)
    later = {"deputy": office.manager.email, "valid_from": story.today + timedelta(days=9)}
    assert refused(lambda: record(story, **later, valid_until=story.today + timedelta(days=20))) == [
        "Somebody stands in for this person in these days already."
    ]
    refused(lambda: record(story, office.manager, deputy=office.counsel.email), NotPermitted)
    unknown = Actor.staff(office.director.pk, Origin.DEMO)
    refused(lambda: actions.end_delegation(office.board.pk, actor=unknown, at=story.at, reason="x"), OutOfScope)
    assert Delegation.objects.count() == 1


def test_nobody_makes_or_keeps_themselves_a_deputy(story: Story) -> None:
    office = story.office
    lent = {"absent": office.director.email, "deputy": office.manager.email, "role": "executive_director"}
    own = {**lent, "absent": office.administrator.email, "deputy": office.director.email, "role": "administrator"}
    assert refused(lambda: record(story, **own)) == [
        "Nobody records themselves as a deputy. Somebody else must do it.",
        "This role cannot be taken by a deputy.",
    ]
    row = record(story, **lent, valid_until=story.today)
    tomorrow = {"valid_from": story.today + timedelta(days=1)}
    for deputy in (office.manager, office.counsel):
        further = {**lent, **tomorrow, "deputy": deputy.email}
        words = refused(lambda further=further: record(story, office.manager, **further))
        assert words[0] == "Who stands in for somebody does not record deputies."
    # Going back early takes nothing that is not the deputy's own.
    manager = Actor.staff(office.manager.pk, Origin.DEMO)
    actions.end_delegation(row.pk, actor=manager, at=story.at, reason="Back.")
    assert Delegation.objects.count() == 1


def test_who_will_sit_on_the_board_in_these_days_is_no_deputy(story: Story) -> None:
    office = story.office
    seat = Membership.objects.create(
        board=office.board, user=office.second, role="board_member", valid_from=story.today + timedelta(days=9)
    )
    assert refused(lambda: record(story)) == ["Who hears or votes at the board cannot stand in for its staff."]
    seat.valid_from = story.today + timedelta(days=10)
    seat.save()
    record(story)


@pytest.mark.parametrize("role", holding.DECIDES)
def test_who_stands_in_gets_no_seat_in_that_time(story: Story, role: str) -> None:
    office = story.office
    row = record(story)
    seat = {
        "board_id": office.board.pk,
        "role": role,
        "actor": Actor.staff(office.administrator.pk, Origin.DEMO),
        "at": story.at,
    }
    last = {"valid_from": row.valid_until}
    assert refused(lambda: actions.grant_role(office.second.pk, **seat, **last)) == [
        "This person stands in for somebody at this board in that time. Who does so never decides."
    ]
    actions.grant_role(office.second.pk, **{**seat, "role": "auditor"}, **last)
    actions.grant_role(office.second.pk, **seat, valid_from=row.valid_until + timedelta(days=1))


def test_an_earlier_act_of_a_deputy_stays_the_absent_persons(story: Story) -> None:
    """The priority: set by a deputy, it is not verified by whom the deputy stood in for, nor by the next deputy."""
    office = story.office
    first, next_one = make_person(office.board, Role.AUDITOR), make_person(office.board, Role.AUDITOR)
    lent = {"absent": office.intake.email, "role": "intake_analyst"}
    row = record(story, **lent, deputy=first.email)
    data = {"danger_found": False, "priority": "high", "reasons": "Contact goes on."}
    story.do(intake.begin_review, first, **data)
    story.at += timedelta(minutes=1)
    actions.end_delegation(
        row.pk, actor=Actor.staff(office.director.pk, Origin.DEMO), at=story.at, reason="Back early."
    )
    alike = "The priority must be verified by a person other than the one who set it."
    assert story.refused(intake.verify_priority, office.intake) == alike
    record(story, **lent, deputy=next_one.email)
    assert story.refused(intake.verify_priority, next_one) == alike
    story.do(intake.verify_priority, office.second)
