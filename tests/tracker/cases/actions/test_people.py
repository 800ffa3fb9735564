"""People on a case: assignments, conflict checks, counsel."""

from dataclasses import replace

import pytest

from tests.factories.cases import Story
from tests.factories.office import make_person
from tracker.access import separation
from tracker.access.models import Assignment, ConflictDeclaration
from tracker.access.policy import CAPACITY_ROLES, Capacity, Role
from tracker.cases.actions import charging, experts, investigation, people, voting
from tracker.cases.actions.experts import Engagement
from tracker.cases.models import Participant
from tracker.cases.queries import readers, tookpart
from tracker.errors import ActionRefused, NotPermitted, OutOfScope


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


CLASHING = [(one, other) for one in Capacity for other in sorted(separation.apart(one))]


@pytest.mark.parametrize(("first", "second"), CLASHING)
def test_functions_stay_apart_even_after_they_ended(story: Story, first: Capacity, second: Capacity) -> None:
    person = make_person(story.office.board, CAPACITY_ROLES[first][0])
    if CAPACITY_ROLES[second] != CAPACITY_ROLES[first]:
        row = {"role": CAPACITY_ROLES[second][0], "valid_from": "2020-01-01"}
        person.memberships.create(board=story.office.board, **row)
    story.assign(person, first)
    row = {"email": person.email, "capacity": first, "reason": "On leave."}
    story.do(people.end_assignment, story.office.manager, **row)
    with pytest.raises(ActionRefused) as refusal:
        story.do(people.assign, story.office.manager, email=person.email, capacity=second)
    assert refusal.value.reasons == [f"{person.full_name} was {first.label} on this case and cannot be {second.label}."]
    assert not Assignment.objects.filter(user=person, capacity=second).exists()


def test_who_voted_on_probable_cause_or_was_its_expert_does_not_preside(story: Story) -> None:
    story.before("charges_filed")
    office, member = story.office, story.office.panel[0]
    assert tookpart.judged_probable_cause({story.case.pk}) == {one.pk for one in office.panel}
    # As if the place had never been kept: the ballot alone tells.
    Assignment.objects.filter(user=member).delete()
    member.memberships.create(board=office.board, role=Role.PRESIDING_OFFICER, valid_from="2020-01-01")
    words = story.refused(people.assign, office.manager, email=member.email, capacity="presiding")
    assert words == f"{member.full_name} was a voter on probable cause on this case and cannot be Presiding officer."
    assert voting.deciding_body(story.case, "order", "panel", story.today).barred[str(member.pk)] == (
        "voted on probable cause"
    )
    assert str(member.pk) not in voting.deciding_body(story.case, "order", "board", story.today).barred


@pytest.mark.parametrize("capacity", [Capacity.ADVISER, Capacity.PRESIDING, Capacity.PANEL])
def test_who_prosecuted_without_a_place_gets_none_that_stays_apart(story: Story, capacity: Capacity) -> None:
    story.to("probable_cause_review")
    office, person = story.office, make_person(story.office.board, Role.BOARD_COUNSEL)
    person.memberships.get_or_create(
        board=office.board, role=CAPACITY_ROLES[capacity][0], defaults={"valid_from": "2020-01-01"}
    )
    row = {"allegations": ["A1"], "citation": "22 TAC 681.41", "text": "Fostered dependency."}
    story.do(charging.draft_count, person, **row)
    words = story.refused(people.assign, office.manager, email=person.email, capacity=capacity)
    assert words == (
        f"{person.full_name} was acting as Prosecuting counsel on this case and cannot be {capacity.label}."
    )
    story.assign(person, "prosecutor")


def test_who_advises_the_board_does_not_prosecute(story: Story) -> None:
    story.to("report_submitted")
    office, adviser = story.office, make_person(story.office.board, Role.BOARD_COUNSEL)
    story.assign(adviser, "adviser")
    words = "This does not go with another part in the same matter, held now or before: Board's advice counsel."
    assert story.refused(investigation.pass_legal_review, adviser, NotPermitted, memo="Sufficient.") == words
    story.do(people.end_assignment, office.manager, email=adviser.email, capacity="adviser", reason="On leave.")
    assert story.refused(investigation.pass_legal_review, adviser, NotPermitted, memo="Sufficient.") == words
    story.do(investigation.pass_legal_review, office.counsel, memo="Sufficient.")


def test_an_expert_decides_nothing_in_the_case(story: Story) -> None:
    story.to("investigating")
    office, person = story.office, make_person()
    asked = Engagement("Dr. Roe", "None.", "Why?", "Please.", email=office.voters[0].email)
    words = story.refused(experts.refer_to_expert, office.investigator, engagement=asked)
    assert words == "Who presides or votes at the board cannot be an expert in its case."
    story.do(experts.refer_to_expert, office.investigator, engagement=replace(asked, email=person.email.upper()))
    # The expert joins the board afterwards.
    person.memberships.create(board=office.board, role=Role.BOARD_MEMBER, valid_from="2020-01-01")
    words = story.refused(people.assign, office.manager, email=person.email, capacity="panel")
    assert words == f"{person.full_name} was an expert on this case and cannot be Panel member."
    barred = voting.deciding_body(story.case, "order", "panel", story.today).barred
    assert barred[str(person.pk)] == "was asked as an expert"


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


@pytest.mark.parametrize("who", ["intake", "manager", "director", "custodian", "auditor", "administrator"])
def test_who_reaches_the_case_by_a_role_alone_can_stand_aside(story: Story, who: str) -> None:
    person = getattr(story.office, who)
    story.do(people.declare_conflict, person, has_conflict=True, reason="A neighbor.")
    assert story.entry("access.conflict_declared")["actor"] == f"staff:{person.pk}"
    assert not readers.reader(person.pk, at=story.at).cases().exists()
    story.refused(investigation.add_note, person, OutOfScope, text="x")


def test_a_member_who_stands_aside_is_neither_seated_nor_counted(story: Story) -> None:
    member = story.office.panel[0]
    story.to("charges_filed")
    voter = story.office.voters[0]
    story.do(people.declare_conflict, voter, has_conflict=True, reason="A partner.")
    words = story.refused(people.assign, story.office.manager, email=voter.email, capacity="panel")
    assert words == f"{voter.full_name} declared a conflict on this case."
    barred = voting.deciding_body(story.case, "order", "panel", story.today).barred
    assert barred[str(voter.pk)] == "declared a conflict"
    # One who sits on its panel sees the file, and can stand aside too.
    story.do(people.declare_conflict, member, has_conflict=True, reason="A friend.")
    assert not readers.reader(member.pk, at=story.at).cases().exists()


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
