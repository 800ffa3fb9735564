"""What shuts a case to one person, and the matter it asks about."""

from datetime import date

import pytest

from tests.factories.cases import set_rule
from tests.factories.office import make_person
from tests.tracker.access.conftest import NOW, TODAY, assign, link, reached
from tests.tracker.access.matrix import HERE
from tracker.access import bars, gate
from tracker.access.models import Assignment, ConflictDeclaration, Delegation, Membership
from tracker.access.policy import Capacity, Permission, Role
from tracker.audit.actors import Actor
from tracker.cases.models import Case
from tracker.errors import NotPermitted

pytestmark = pytest.mark.django_db


def test_a_matter_is_every_docket_ever_linked_as_about_the_same_facts(texas, make_case):
    root, *others = (make_case(texas) for _ in range(8))
    companion, sibling, merged, consolidated, petition, same_respondent, alone = others
    link(companion, root, "same_complaint")
    link(sibling, root, "same_complaint")
    link(merged, companion, "duplicate")
    link(root, consolidated, "consolidated", ended=True)
    link(petition, root, "petition")
    link(same_respondent, root, "same_respondent")

    def matter(*cases):
        return set(Case.objects.filter(bars.in_matter([case.pk for case in cases], "pk")))

    assert matter(root) == {root, companion, sibling, merged, consolidated}
    # Siblings know each other through the case they came from; a third link is another matter.
    assert matter(sibling) == {root, companion, sibling, consolidated}
    assert matter(petition, alone) == {petition, alone}
    theirs = Assignment.objects.filter(case__in=[assign(companion, make_person(), "adviser").case])
    assert set(Case.objects.filter(bars.in_matter(theirs.values("case"), "pk"))) == matter(companion)
    assert list(Assignment.objects.filter(bars.in_matter([sibling.pk]))) == list(theirs)


def test_what_shuts_a_case_is_read_at_once(texas, make_case, django_assert_num_queries):
    case, before, elsewhere = (make_case(texas) for _ in range(3))
    link(before, case, "consolidated", ended=True)
    person, absent, other = (make_person(texas, Role.BOARD_COUNSEL) for _ in range(3))
    assign(before, person, Capacity.ADVISER, ended=True)
    assign(case, absent, Capacity.PROSECUTOR)
    assign(elsewhere, person, Capacity.PANEL)
    for one in (person, other):
        ConflictDeclaration.objects.create(board=texas, case=case, user=one, has_conflict=True, declared_at=NOW)

    with django_assert_num_queries(1):
        found = bars.of(person.pk, [person.pk, absent.pk], case.pk)
    # Of others only the places are asked for.
    assert set(found) == {(person.pk, "recused"), (person.pk, "adviser"), (absent.pk, "prosecutor")}
    assert bars.of(person.pk, [], case.pk) == [(person.pk, "recused")]

    ConflictDeclaration.objects.create(board=texas, case=case, user=person, has_conflict=False, declared_at=NOW)

    assert not bars.recused_from(person.pk).exists()
    assert [row.user for row in bars.recusals()] == [other]
    assert set(bars.places([person.pk]).values_list("capacity", flat=True)) == {"adviser", "panel"}


def test_cases_without_a_place_that_is_in_the_way(texas, make_case):
    case, free = make_case(texas), make_case(texas)
    person = make_person(texas, Role.BOARD_COUNSEL)
    assign(case, person, Capacity.ADVISER)

    def left(user_id, part):
        return set(Case.objects.filter(bars.without(user_id, part)))

    assert left(person.pk, Capacity.PROSECUTOR) == {free}
    assert left(person.pk, Capacity.MONITOR) == left(person.pk, None) == left(None, Capacity.PROSECUTOR) == {case, free}


PROSECUTING = {
    Permission.LEGAL_REVIEW, Permission.COUNT_DRAFT, Permission.PROBABLE_CAUSE,
    Permission.SETTLEMENT_NEGOTIATE, Permission.EXHIBIT_MARK,
}  # fmt: skip


def test_who_advises_or_advised_on_the_matter_does_not_prosecute_it(texas, cases, make_case):
    set_rule(texas, "pc_body", "staff")
    adviser, other = make_person(texas, Role.BOARD_COUNSEL), make_person(texas, Role.BOARD_COUNSEL)
    cases = {name: case for name, case in cases.items() if case.board == texas} | {"linked": make_case(texas)}
    assign(cases["assigned"], adviser, Capacity.ADVISER)
    assign(cases["left"], adviser, Capacity.ADVISER, ended=True)
    link(cases["linked"], cases["left"], "consolidated", ended=True)
    link(cases["plain"], cases["left"], "same_respondent")

    assert {one for one in Permission if reached(adviser, one, cases) == {"plain", "charged", "charged_assigned"}} == (
        PROSECUTING
    )
    for permission in PROSECUTING | {Permission.CASE_VIEW}:
        assert reached(other, permission, cases) == set(cases)
    assert reached(adviser, Permission.CASE_VIEW, cases) == set(cases)
    with pytest.raises(NotPermitted) as refusal:
        gate.require(Actor.staff(adviser.pk), Permission.COUNT_DRAFT, cases["linked"], at=NOW)
    assert refusal.value.who_may == (
        "This does not go with another part in the same matter, held now or before: Board's advice counsel."
    )


def test_nobody_prosecutes_for_an_absent_adviser(texas, cases):
    adviser, absent = make_person(texas, Role.BOARD_COUNSEL), make_person(texas, Role.BOARD_COUNSEL)
    deputy = make_person(texas, Role.INTAKE_ANALYST)
    assign(cases["plain"], adviser, Capacity.ADVISER)
    for away in (adviser, absent):
        days = {"valid_from": TODAY, "valid_until": TODAY, "recorded_at": NOW}
        Delegation.objects.create(board=texas, absent=away, deputy=deputy, role=Role.BOARD_COUNSEL, reason="x", **days)
        here = HERE - {"plain"} if away == adviser else HERE
        # For a second absent counsel, who is nothing there, it is done.
        assert reached(deputy, Permission.COUNT_DRAFT, cases) == here


def test_who_presides_does_nothing_else_and_nobody_else_presides(texas, cases):
    person = make_person(texas, Role.BOARD_COUNSEL)
    for role in (Role.PRESIDING_OFFICER, Role.BOARD_MEMBER):
        Membership.objects.create(user=person, board=texas, role=role, valid_from=date(2020, 1, 1))
    assign(cases["charged"], person, Capacity.PRESIDING, ended=True)
    assign(cases["charged_assigned"], person, Capacity.PROSECUTOR, ended=True)

    assert reached(person, Permission.COUNT_DRAFT, cases) == HERE - {"charged"}
    assert reached(person, Permission.HEARING_HOLD, cases) == {"charged"}
    assert reached(person, Permission.EXHIBIT_RULE, cases) == {"charged"}
