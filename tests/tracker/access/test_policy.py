import pytest

from boards import catalog
from tracker.access import policy
from tracker.access.policy import CAPACITY_ROLES, POLICY, SYSTEM, Capacity, Outsider, Permission, Role, Scope

OUTSIDE = {Outsider.COMPLAINANT: Scope.OWN, Outsider.RESPONDENT_COUNSEL: Scope.RELEASED}


def test_every_permission_has_a_row_and_no_row_is_of_something_else():
    assert set(POLICY) == set(Permission)
    assert all(POLICY.values())


@pytest.mark.parametrize("permission", Permission)
def test_grants_are_of_known_roles_in_scopes_that_fit(permission):
    grants = POLICY[permission]

    assert len(grants) == len(set(grants))
    for grant in grants:
        if grant.who in Outsider.values:
            assert grant.scope == OUTSIDE[Outsider(grant.who)]
        else:
            assert Role(grant.who)
            assert grant.scope in (Scope.BOARD, Scope.ASSIGNED, Scope.RECORD)
        if grant.rule:
            key, value = grant.rule
            assert value in catalog.RULES[key].words


def test_whoever_is_assigned_somewhere_has_a_place_to_fill():
    placed = {role for roles in CAPACITY_ROLES.values() for role in roles}
    assigned = {grant.who for grants in POLICY.values() for grant in grants if grant.scope == Scope.ASSIGNED}

    assert set(CAPACITY_ROLES) == set(Capacity)
    assert assigned <= placed


def test_every_role_sees_something():
    seeing = {
        grant.who for permission in (Permission.CASE_VIEW, Permission.RECORD_VIEW) for grant in POLICY[permission]
    }

    assert set(Role) <= seeing


def test_auditors_only_read():
    held = {permission for permission in Permission if any(g.who == Role.AUDITOR for g in POLICY[permission])}

    assert held == {
        Permission.CASE_VIEW,
        Permission.RECORD_VIEW,
        Permission.EVIDENCE_VIEW,
        Permission.IDENTITY_VIEW,
        Permission.LEDGER_VIEW,
        Permission.ADMIN_READ,
        Permission.SETTLEMENT_VIEW,
        Permission.STIPULATION_VIEW,
        Permission.SEALED_VIEW,
        # By which they see less.
        Permission.CONFLICT_DECLARE,
    }


def test_investigating_prosecuting_and_deciding_are_different_people():
    # Separation of functions: SD 36-1C-11, OAC 4757-11-04.
    def roles(permission):
        return {grant.who for grant in POLICY[permission]}

    assert not roles(Permission.INVESTIGATE) & roles(Permission.HEARING_HOLD)
    assert not roles(Permission.EXHIBIT_MARK) & roles(Permission.EXHIBIT_RULE)
    assert roles(Permission.HEARING_HOLD) == {Role.PRESIDING_OFFICER}


def test_jobs_hold_known_permissions_only():
    assert all(permission in Permission for held in SYSTEM.values() for permission in held)
    assert SYSTEM["worker"] == ()


def test_who_may_names_roles_once_and_no_outsiders():
    assert policy.who_may(Permission.LEGAL_REVIEW) == "Board counsel"
    assert policy.who_may(Permission.EVIDENCE_VIEW).split(", ").count("Board member") == 1
    assert policy.who_may(Permission.TRACK) == ""
    assert "Complainant" not in policy.who_may(Permission.COMPLAINT_FILE)
