"""People on a case: assignments, conflict checks, counsel."""

import pytest

from tests.factories.cases import Story
from tests.factories.office import make_person
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import Role
from tracker.cases.actions import people
from tracker.cases.models import Participant
from tracker.errors import NotPermitted, OutOfScope


def places(story: Story, capacity: str) -> list[str]:
    """The e-mail addresses of who has a place now."""
    rows = Assignment.objects.filter(case=story.case, capacity=capacity, ended_at=None)
    return [row.user.email for row in rows.order_by("assigned_at")]


def test_somebody_gets_a_place(story: Story) -> None:
    person = story.office.investigator
    row = story.do(people.assign, story.office.manager, email=f" {person.email.upper()}", capacity="investigator")
    assert (row.user, row.assigned_at) == (person, story.at)
    entry = story.entry("case.assigned")
    assert entry["facts"] == {"capacity": "investigator", "user": str(person.pk)}
    assert entry["private"] == {"name": person.full_name}
    assert story.case.version == 2


@pytest.mark.parametrize("capacity", ["investigator", "presiding", "monitor", "prosecutor"])
def test_one_person_has_such_a_place_at_a_time(story: Story, capacity: str) -> None:
    role = {"presiding": Role.PRESIDING_OFFICER, "monitor": Role.COMPLIANCE_MONITOR, "prosecutor": Role.BOARD_COUNSEL}
    first, second = (make_person(story.office.board, role.get(capacity, Role.INVESTIGATOR)) for _ in range(2))
    story.assign(first, capacity)
    story.assign(second, capacity)
    assert places(story, capacity) == [second.email]


def test_a_panel_has_several_members(story: Story) -> None:
    story.seat_panel()
    assert places(story, "panel") == [member.email for member in story.office.panel]


@pytest.mark.parametrize(
    ("who", "capacity", "sentence"),
    [
        ("intake", "king", "Choose the place on the case."),
        ("intake", "investigator", "{name} does not hold the role for this place at the board: Investigator."),
        ("director", "panel", "{name} does not hold the role for this place at the board: Panel member."),
    ],
)
def test_an_assignment_is_refused(story: Story, who: str, capacity: str, sentence: str) -> None:
    person = getattr(story.office, who)
    words = story.refused(people.assign, story.office.manager, email=person.email, capacity=capacity)
    assert words == sentence.format(name=person.full_name)


def test_nobody_unknown_or_gone_is_assigned(story: Story) -> None:
    gone = make_person(story.office.board, Role.INVESTIGATOR, is_active=False)
    for email in (gone.email, "nobody@board.example"):
        words = story.refused(people.assign, story.office.manager, email=email, capacity="investigator")
        assert words == "Nobody with this e-mail address can sign in."


def test_the_same_place_is_given_once(story: Story) -> None:
    person = story.office.panel[0]
    story.assign(person, "panel")
    words = story.refused(people.assign, story.office.manager, email=person.email, capacity="panel")
    assert words == f"{person.full_name} has this place already."


@pytest.mark.parametrize(
    ("first", "second", "role"),
    [
        ("investigator", "presiding", Role.INVESTIGATOR),
        ("panel", "presiding", Role.BOARD_MEMBER),
        ("presiding", "panel", Role.PRESIDING_OFFICER),
        ("investigator", "panel", Role.INVESTIGATOR),
        ("panel", "investigator", Role.BOARD_MEMBER),
        ("prosecutor", "panel", Role.BOARD_COUNSEL),
        ("presiding", "prosecutor", Role.PRESIDING_OFFICER),
    ],
)
def test_functions_stay_apart_even_after_they_ended(story: Story, first: str, second: str, role: str) -> None:
    roles = {
        "investigator": Role.INVESTIGATOR,
        "panel": Role.BOARD_MEMBER,
        "presiding": Role.PRESIDING_OFFICER,
        "prosecutor": Role.BOARD_COUNSEL,
    }
    person = make_person(story.office.board, role)
    person.memberships.create(board=story.office.board, role=roles[second], valid_from="2020-01-01")
    story.assign(person, first)
    row = {"email": person.email, "capacity": first, "reason": "On leave."}
    story.do(people.end_assignment, story.office.manager, **row)
    words = story.refused(people.assign, story.office.manager, email=person.email, capacity=second)
    assert f"{person.full_name} was " in words
    assert "on this case and cannot be" in words


def test_an_assignment_ends_with_a_reason(story: Story) -> None:
    person = story.office.investigator
    story.assign(person, "investigator")
    row = {"email": person.email, "capacity": "investigator"}
    assert story.refused(people.end_assignment, story.office.manager, **row, reason=" ") == (
        "Say why the assignment ends."
    )
    story.do(people.end_assignment, story.office.manager, **row, reason="On leave.")
    assert places(story, "investigator") == []
    entry = story.entry("case.assignment_ended")
    assert entry["facts"] == {"capacity": "investigator", "user": str(person.pk)}
    assert entry["private"] == {"reason": "On leave."}
    assert story.refused(people.end_assignment, story.office.manager, **row, reason="x") == "Nobody is assigned."
    story.assign(story.office.counsel, "prosecutor")
    words = story.refused(people.end_assignment, story.office.manager, **row, reason="x")
    assert words == "Nobody with this e-mail address has that place on the case."


def test_only_the_manager_assigns(story: Story) -> None:
    row = {"email": story.office.investigator.email, "capacity": "investigator"}
    words = story.refused(people.assign, story.office.intake, NotPermitted, **row)
    assert words == "This needs another role: Enforcement manager."


def test_the_conflict_check_is_answered_under_ones_own_name(story: Story) -> None:
    story.assign(story.office.investigator, "investigator")
    row = story.do(people.declare_conflict, story.office.investigator, has_conflict=False)
    assert (row.user, row.has_conflict) == (story.office.investigator, False)
    person = str(story.office.investigator.pk)
    assert story.entry("access.conflict_declared")["facts"] == {"answer": "none", "user": person}
    unsaid = story.refused(people.declare_conflict, story.office.investigator, has_conflict=True)
    assert unsaid == "Say in a few words what the conflict is."
    story.do(people.declare_conflict, story.office.investigator, has_conflict=True, reason="My cousin.")
    assert story.entry("access.conflict_declared")["private"] == {"reason": "My cousin."}
    assert ConflictDeclaration.objects.count() == 2


def test_who_is_not_on_the_case_answers_nothing(story: Story) -> None:
    story.refused(people.declare_conflict, story.office.investigator, OutOfScope, has_conflict=False)


def test_counsel_appears_and_replaces_counsel_before(story: Story) -> None:
    row = {"name": " Ann Bell ", "address": "1 Court Sq"}
    first = story.do(people.appear_counsel, story.office.manager, **row)
    assert (first.identity.name, first.identity.sort_name) == ("Ann Bell", "bell ann")
    assert first.represents.role == "respondent"
    entry = story.entry("case.counsel_appeared")
    assert entry["facts"] == {"participant": str(first.pk)}
    story.do(people.appear_counsel, story.office.manager, name="Bo Katz", email="katz@law.example")
    now = Participant.objects.filter(case=story.case, role="counsel", until=None)
    assert [person.identity.name for person in now] == ["Bo Katz"]


def test_counsel_needs_a_name_and_a_way_to_serve(story: Story) -> None:
    words = story.refused(people.appear_counsel, story.office.manager, name=" ")
    assert words == "Give counsel's name. Give an e-mail or mailing address for service."
