"""The hosted boards with their own rules, and somebody in every role at each."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from boards import queries
from boards.catalog import RULES
from boards.models import Board
from boards.queries import local_day as board_day
from boards.rules import RuleValue
from tests.conftest import ROOT
from tests.factories.cases import set_rule
from tests.factories.office import make_person
from tests.factories.staffed import Staffed, staff
from tracker.access.models import Membership, User
from tracker.access.policy import Role
from tracker.audit.actors import Actor, Origin
from tracker.directory import actions as directory

BEGIN = datetime(2025, 1, 6, 15, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
# What decides whether a complaint is taken or a bundle built at all, not how a case goes on.
AT_THE_DOOR = {"anonymous_allowed", "oath_required", "release_required", "signature_required"}
CONTRARY = {"pc_body": "board", "emergency_by": "executive_director"}


@dataclass(frozen=True)
class Office(Staffed):
    """A staffed board with a second counsel, who may advise the board, and an investigator of other cases."""

    other_counsel: User
    other_investigator: User


@dataclass(frozen=True)
class World:
    """Every hosted board by its slug, with its people and its rules."""

    offices: Mapping[str, Office]
    rules: Mapping[str, Mapping[str, RuleValue]]


def build() -> World:
    """Load the reference data, and staff every board that it hosts, and one that decides every question otherwise."""
    directory.load_reference(ROOT / "fixtures", actor=Actor.system("load_reference", Origin.DEMO), at=BEGIN)
    host_the_contrary_board()
    hosted = Board.objects.filter(hosted=True).select_related("jurisdiction").order_by("slug")
    offices = {board.slug: open_office(board) for board in hosted}
    Membership.objects.update(valid_from=SINCE)
    rules = {slug: queries.rules_in_force(office.board, BEGIN.date()) for slug, office in offices.items()}
    return World(offices, rules)


def open_office(board: Board) -> Office:
    """Everybody who works at a board."""
    staffed = staff(board, members=9)
    rest = {field.name: getattr(staffed, field.name) for field in fields(staffed)}
    counsel, investigator = make_person(board, Role.BOARD_COUNSEL), make_person(board, Role.INVESTIGATOR)
    return Office(**rest, other_counsel=counsel, other_investigator=investigator)


def host_the_contrary_board() -> None:
    """A board of the list that no law describes here: whatever the rules ask with yes or no, it answers otherwise.

    So every road is walked, also one that no hosted board's law opens.
    """
    board = Board.objects.filter(hosted=False).order_by("slug").first()
    assert board is not None
    Board.objects.filter(pk=board.pk).update(hosted=True)
    for key, spec in RULES.items():
        if isinstance(spec.default, bool) and key not in AT_THE_DOOR:
            set_rule(board, key, not spec.default)
    for key, value in CONTRARY.items():
        set_rule(board, key, value)


def bystanders(office: Office) -> list[tuple[User, Role]]:
    """Who has no part in the case yet."""
    return [(office.other_counsel, Role.BOARD_COUNSEL), (office.other_investigator, Role.INVESTIGATOR)]


# Who may stand in for whom: a role, who holds it, and a deputy.
_DEPUTIES = (
    (Role.INVESTIGATOR, "investigator", "second"),
    (Role.ENFORCEMENT_MANAGER, "manager", "monitor"),
    (Role.BOARD_COUNSEL, "counsel", "second"),
    (Role.COMPLIANCE_MONITOR, "monitor", "manager"),
    (Role.EXECUTIVE_DIRECTOR, "director", "manager"),
    (Role.INTAKE_ANALYST, "intake", "monitor"),
    (Role.RECORDS_CUSTODIAN, "custodian", "second"),
)


def stand_in(office: Office, dice: random.Random, at: datetime) -> list[tuple[User, Role]]:
    """Let somebody stand in for somebody absent, for a season; gives the deputy with the role."""
    role, absent, deputy = dice.choice(_DEPUTIES)
    today = board_day(office.board, at)
    person: User = getattr(office, deputy)
    directory.record_delegation(
        office.board.pk,
        actor=Actor.staff(office.administrator.pk, Origin.DEMO),
        at=at,
        absent=getattr(office, absent).email,
        deputy=person.email,
        role=role,
        valid_from=today,
        valid_until=today + timedelta(days=dice.randint(60, 900)),
        reason="Parental leave.",
    )
    return [(person, role)]


def everybody(office: Staffed) -> list[tuple[User, Role]]:
    """All people of a board, each with the role."""
    single = {
        "intake": Role.INTAKE_ANALYST,
        "second": Role.INTAKE_ANALYST,
        "investigator": Role.INVESTIGATOR,
        "manager": Role.ENFORCEMENT_MANAGER,
        "counsel": Role.BOARD_COUNSEL,
        "presiding": Role.PRESIDING_OFFICER,
        "monitor": Role.COMPLIANCE_MONITOR,
        "director": Role.EXECUTIVE_DIRECTOR,
        "custodian": Role.RECORDS_CUSTODIAN,
        "auditor": Role.AUDITOR,
        "administrator": Role.ADMINISTRATOR,
    }
    members = [(person, Role.BOARD_MEMBER) for person in (*office.panel, *office.voters)]
    return [*((getattr(office, name), role) for name, role in single.items()), *members]
