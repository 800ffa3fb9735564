"""The whole policy as one table, judged by cases in every situation; check and list must agree everywhere."""

import random
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from tests.factories.cases import set_rule
from tests.factories.office import make_person
from tests.tracker.access.conftest import NOW, TODAY, assign, reached
from tests.tracker.access.matrix import COLUMNS, HERE, MATRIX, REACH
from tracker.access import gate
from tracker.access.models import ConflictDeclaration, Membership, User
from tracker.access.policy import CAPACITY_ROLES, POLICY, SYSTEM, Capacity, Permission, Role
from tracker.audit.actors import Actor
from tracker.cases.models import Case, CaseComplaint, Complaint
from tracker.errors import NotPermitted, OutOfScope

pytestmark = pytest.mark.django_db


def place(cases, person, role):
    """Every place of a role but the adviser's, which does not go with prosecuting and is judged apart."""
    places = [capacity for capacity, roles in CAPACITY_ROLES.items() if role in roles]
    for capacity in (place for place in places if place is not Capacity.ADVISER):
        for name in ("assigned", "charged_assigned", "elsewhere_assigned"):
            assign(cases[name], person, capacity)
        assign(cases["left"], person, capacity, ended=True)


def declare(case: Case, person: User, has_conflict: bool) -> None:
    """An answer to the conflict check; of those at one moment the last counts."""
    ConflictDeclaration.objects.create(
        board=case.board, case=case, user=person, has_conflict=has_conflict, reason="A cousin.", declared_at=NOW
    )


def test_the_table_knows_every_permission_and_role():
    assert set(MATRIX) == set(Permission)
    assert {len(row) for row in MATRIX.values()} == {len(Role)}


@pytest.mark.parametrize("role", Role)
def test_matrix(role, texas, cases):
    person = make_person(texas, role)
    place(cases, person, role)

    found = {permission: reached(person, permission, cases) for permission in Permission}

    column = COLUMNS.index(role)
    assert found == {permission: REACH[MATRIX[permission][column]] for permission in Permission}


@pytest.mark.parametrize("role", Role)
def test_a_role_at_a_board_itself(role, texas, ohio):
    actor = Actor.staff(make_person(texas, role).pk)

    for permission in Permission:
        held = MATRIX[permission][COLUMNS.index(role)] in "barwc"
        assert gate.can(actor, permission, texas, at=NOW) is held
        assert gate.can(actor, permission, None, at=NOW) is held
        assert gate.can(actor, permission, ohio, at=NOW) is False
        boards = gate.board_ids(actor.user_id, permission, on=TODAY)
        assert boards == ({texas.pk} if held else set())


def test_counsel_finds_probable_cause_only_where_staff_does(texas, ohio, cases):
    counsel = make_person(texas, Role.BOARD_COUNSEL)
    Membership.objects.create(user=counsel, board=ohio, role=Role.BOARD_COUNSEL, valid_from=date(2020, 1, 1))

    assert reached(counsel, Permission.PROBABLE_CAUSE, cases) == set()

    set_rule(ohio, "pc_body", "staff")

    assert reached(counsel, Permission.PROBABLE_CAUSE, cases) == {"elsewhere", "elsewhere_assigned"}
    assert gate.board_ids(counsel.pk, Permission.PROBABLE_CAUSE, on=TODAY) == {ohio.pk}
    assert gate.can(Actor.staff(counsel.pk), Permission.PROBABLE_CAUSE, ohio, at=NOW)
    assert not gate.can(Actor.staff(counsel.pk), Permission.PROBABLE_CAUSE, None, at=NOW)


def test_panel_members_see_the_file_but_never_as_those_who_decide(texas, make_case):
    case = make_case(texas, charged=True)
    panel, voter = make_person(texas, Role.BOARD_MEMBER), make_person(texas, Role.BOARD_MEMBER)
    presiding = make_person(texas, Role.PRESIDING_OFFICER)
    assign(case, panel, Capacity.PANEL)
    assign(case, presiding, Capacity.PANEL)

    def may(person, permission):
        return gate.can(Actor.staff(person.pk), permission, case, at=NOW)

    assert may(panel, Permission.CASE_VIEW)
    assert may(panel, Permission.PROBABLE_CAUSE)
    assert not may(voter, Permission.CASE_VIEW)
    assert may(voter, Permission.RECORD_VIEW)
    # Somebody on the panel is barred from the record scope, whatever the role.
    assert not may(presiding, Permission.HEARING_HOLD)
    assert not may(presiding, Permission.RECORD_VIEW)
    listed = Case.objects.filter(gate.scope_filter(presiding.pk, Permission.RECORD_VIEW, on=TODAY))
    assert not listed.exists()


def test_a_settlement_alone_is_a_record_for_those_who_vote_on_it(texas, make_case):
    """Nobody presides over what is not heard: neither list nor check knows of it, not even with the place on it."""
    cases = {"settled": make_case(texas), "charged": make_case(texas, charged=True)}
    for case in cases.values():
        case.stipulated_at = NOW
        case.save()
    voter, presiding = make_person(texas, Role.BOARD_MEMBER), make_person(texas, Role.PRESIDING_OFFICER)
    assign(cases["settled"], presiding, Capacity.PRESIDING)

    for permission in (Permission.RECORD_VIEW, Permission.EVIDENCE_VIEW):
        assert reached(voter, permission, cases) == {"settled", "charged"}
    for permission in (Permission.RECORD_VIEW, Permission.HEARING_HOLD, Permission.CONFLICT_DECLARE):
        assert reached(presiding, permission, cases) == {"charged"}


def test_a_place_in_another_capacity_opens_nothing(texas, cases):
    person = make_person(texas, Role.INVESTIGATOR)
    assign(cases["assigned"], person, Capacity.MONITOR)

    assert reached(person, Permission.CASE_VIEW, cases) == set()


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "held"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY - timedelta(days=9), TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
    ],
)
def test_a_role_holds_on_its_days_first_and_last_included(texas, cases, valid_from, valid_until, held):
    person = make_person()
    Membership.objects.create(
        user=person, board=texas, role=Role.AUDITOR, valid_from=valid_from, valid_until=valid_until
    )

    assert reached(person, Permission.CASE_VIEW, cases) == (HERE if held else set())
    assert gate.held_roles(person.pk, TODAY) == ([gate.Held(texas.pk, "auditor")] if held else [])


def test_who_may_not_sign_in_holds_nothing(texas, cases):
    person = make_person(texas, Role.ADMINISTRATOR, is_active=False)

    assert reached(person, Permission.CASE_VIEW, cases) == set()
    assert gate.held_roles(person.pk, TODAY, texas.pk) == []


def test_unknown_people_and_permissions():
    assert not gate.can(Actor.staff(uuid4()), Permission.CASE_VIEW, None, at=NOW)
    with pytest.raises(ValueError, match="unknown permission"):
        gate.can(Actor.staff(uuid4()), "fly", None, at=NOW)


def test_roles_at_one_board_only(texas, ohio):
    person = make_person(texas, Role.AUDITOR)
    Membership.objects.create(user=person, board=ohio, role=Role.INVESTIGATOR, valid_from=date(2020, 1, 1))

    assert gate.held_roles(person.pk, TODAY, ohio.pk) == [gate.Held(ohio.pk, "investigator")]
    assert len(gate.held_roles(person.pk, TODAY)) == 2


def test_out_of_scope_and_not_permitted_are_told_apart(texas, ohio, cases):
    intake = Actor.staff(make_person(texas, Role.INTAKE_ANALYST).pk)
    investigator = Actor.staff(make_person(texas, Role.INVESTIGATOR).pk)

    gate.require(intake, Permission.INTAKE_SCREEN, cases["plain"], at=NOW)
    with pytest.raises(NotPermitted) as refusal:
        gate.require(intake, Permission.LEGAL_REVIEW, cases["plain"], at=NOW)
    assert refusal.value.who_may == "This needs another role: Board counsel."
    for actor, case in ((intake, cases["elsewhere"]), (investigator, cases["plain"])):
        for permission in (Permission.CASE_VIEW, Permission.LEGAL_REVIEW):
            with pytest.raises(OutOfScope):
                gate.require(actor, permission, case, at=NOW)
        assert not gate.sees(actor, case, at=NOW)
    assert gate.sees(intake, cases["plain"], at=NOW)
    with pytest.raises(NotPermitted):
        gate.require(intake, Permission.BOARD_EDIT, ohio, at=NOW)
    with pytest.raises(NotPermitted):
        gate.require(intake, Permission.BOARD_EDIT, None, at=NOW)


def test_record_only_people_see_charged_cases_and_are_told_who_may(texas, cases):
    voter = Actor.staff(make_person(texas, Role.BOARD_MEMBER).pk)

    with pytest.raises(NotPermitted):
        gate.require(voter, Permission.ORDER_ISSUE, cases["charged"], at=NOW)
    with pytest.raises(OutOfScope):
        gate.require(voter, Permission.ORDER_ISSUE, cases["plain"], at=NOW)
    assert gate.sees(voter, cases["charged"], at=NOW)


def test_who_is_recused_reaches_nothing_of_that_case(texas, cases):
    counsel, other = make_person(texas, Role.BOARD_COUNSEL), make_person(texas, Role.BOARD_COUNSEL)
    assign(cases["plain"], counsel, Capacity.PROSECUTOR)
    declare(cases["plain"], counsel, True)

    assert all("plain" not in reached(counsel, permission, cases) for permission in Permission)
    assert reached(counsel, Permission.CASE_VIEW, cases) == HERE - {"plain"}
    assert reached(other, Permission.CASE_VIEW, cases) == HERE
    with pytest.raises(OutOfScope):
        gate.require(Actor.staff(counsel.pk), Permission.CONFLICT_DECLARE, cases["plain"], at=NOW)

    declare(cases["plain"], counsel, False)

    assert reached(counsel, Permission.CASE_VIEW, cases) == HERE


@pytest.mark.parametrize("role", Role)
def test_a_sealed_case_needs_a_role_that_opens_seals_or_a_place(role, texas, make_case):
    cases = {"sealed": make_case(texas, charged=True), "open": make_case(texas, charged=True)}
    Case.objects.filter(pk=cases["sealed"].pk).update(sealed_at=NOW)
    cases["sealed"].refresh_from_db()
    person = make_person(texas, role)
    opens = MATRIX[Permission.SEALED_VIEW][COLUMNS.index(role)] == "b"

    for permission in Permission:
        assert ("sealed" in reached(person, permission, cases)) is (
            opens and "open" in reached(person, permission, cases)
        )

    places = [capacity for capacity, roles in CAPACITY_ROLES.items() if role in roles]
    if places:
        assign(cases["sealed"], person, places[0])
        assert "sealed" in reached(person, Permission.RECORD_VIEW, cases)


@pytest.mark.parametrize("job", sorted(SYSTEM))
def test_jobs_hold_what_their_line_says(job, texas, cases):
    for permission in Permission:
        for target in (texas, cases["plain"], None):
            assert gate.can(Actor.system(job), permission, target, at=NOW) is (permission in SYSTEM[job])


def test_unknown_jobs_and_respondents_hold_nothing(cases):
    for actor in (Actor.system("stranger"), Actor.respondent(uuid4())):
        assert not any(gate.can(actor, permission, cases["charged"], at=NOW) for permission in Permission)


def test_the_tracking_code_reaches_its_own_complaint_only(texas, cases):
    complaint = Complaint.objects.create(
        board=texas, draft_id=uuid4(), source="public", channel="portal", received_at=NOW, entered_at=NOW
    )
    CaseComplaint.objects.create(board=texas, case=cases["plain"], complaint=complaint)
    filer = Actor.filer(complaint.pk)

    def may(permission, target):
        return gate.can(filer, permission, target, at=NOW)

    assert {permission for permission in Permission if may(permission, cases["plain"])} == {
        Permission.TRACK,
        Permission.EVIDENCE_RECEIVE,
        Permission.COMPLAINT_FILE,
        Permission.WITHDRAWAL_RECORD,
    }
    assert not any(may(permission, cases["charged"]) for permission in Permission)
    assert {permission for permission in Permission if may(permission, texas)} == {Permission.COMPLAINT_FILE}
    assert not any(may(permission, None) for permission in Permission)


def test_capacities_of_a_role():
    assert gate.capacities(Role.BOARD_MEMBER) == [Capacity.PANEL, Capacity.LIAISON]
    assert gate.capacities(Role.AUDITOR) == []


def test_a_check_asks_few_queries(texas, cases, django_assert_max_num_queries):
    person = make_person(texas, Role.BOARD_MEMBER)

    with django_assert_max_num_queries(3):
        gate.can(Actor.staff(person.pk), Permission.RECORD_VIEW, cases["charged"], at=NOW)
    with django_assert_max_num_queries(2):
        list(Case.objects.filter(gate.scope_filter(person.pk, Permission.RECORD_VIEW, on=TODAY)))


@pytest.mark.parametrize("seed", range(6))
def test_check_and_list_agree_for_whoever_holds_whatever(seed, texas, ohio, make_case):
    dice = random.Random(seed)
    set_rule(dice.choice([texas, ohio]), "pc_body", "staff")
    cases = {str(n): make_case(dice.choice([texas, ohio]), charged=dice.random() < 0.5) for n in range(6)}
    for case in cases.values():
        case.sealed_at = dice.choice([None, NOW])
        case.save()
    person = make_person(is_active=dice.random() < 0.9)
    for role in dice.sample(list(Role), 4):
        start = TODAY + timedelta(days=dice.choice([-400, -1, 0, 1]))
        until = dice.choice([None, start, start + timedelta(days=400)])
        board = dice.choice([texas, ohio])
        Membership.objects.create(user=person, board=board, role=role, valid_from=start, valid_until=until)
    for case in cases.values():
        for capacity in dice.sample(list(Capacity), 2):
            assign(case, person, capacity, ended=dice.random() < 0.3)
        for answer in dice.sample([False, True], dice.randrange(3)):
            declare(case, person, answer)

    reach = {permission: reached(person, permission, cases) for permission in POLICY}

    # Seeing is wider than doing: nobody may act on what they may not see.
    seen = reach[Permission.CASE_VIEW] | reach[Permission.RECORD_VIEW]
    for permission in POLICY:
        assert reach[permission] <= seen, permission


def test_a_stranger_of_the_same_shape_is_judged_alike(texas):
    # The gate looks at five facts of a case and at nothing else.
    auditor = Actor.staff(make_person(texas, Role.AUDITOR).pk)
    shape = SimpleNamespace(pk=uuid4(), board_id=texas.pk, charged_at=None, stipulated_at=None, sealed_at=None)

    assert gate.can(auditor, Permission.CASE_VIEW, shape, at=NOW)


@pytest.mark.parametrize(
    ("role", "capacity"),
    [
        (Role.INVESTIGATOR, Capacity.INVESTIGATOR),
        (Role.BOARD_MEMBER, Capacity.PANEL),
        (Role.BOARD_COUNSEL, Capacity.ADVISER),
    ],
)
def test_an_asker_says_what_the_check_says_and_reads_once(
    texas, make_case, role, capacity, django_assert_max_num_queries
):
    case, person = make_case(texas, charged=True), make_person(texas, role)
    actor = Actor.staff(person.pk)
    assign(case, person, capacity)
    wanted = [permission for permission in MATRIX if not any(grant.rule for grant in POLICY[permission])]
    with django_assert_max_num_queries(3):
        may = gate.asker(actor, case, at=NOW)
        answers = {permission: may(permission) for permission in wanted}
    assert answers == {permission: gate.can(actor, permission, case, at=NOW) for permission in wanted}
    assert set(answers.values()) == {True, False}


def test_an_asker_for_others_than_staff_is_the_check(texas, make_case):
    case = make_case(texas)
    for actor in (Actor.system("deadlines"), Actor.filer(uuid4())):
        may = gate.asker(actor, case, at=NOW)
        assert {one: may(one) for one in MATRIX} == {one: gate.can(actor, one, case, at=NOW) for one in MATRIX}
