"""The hosted boards with their own rules, and somebody in every role at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from boards.models import Board
from tests.conftest import ROOT
from tests.factories.staffed import Staffed, staff
from tracker.access.models import Membership, User
from tracker.access.policy import Role
from tracker.audit.actors import Actor, Origin
from tracker.directory import actions as directory

BEGIN = datetime(2025, 1, 6, 15, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class World:
    """Every hosted board by its slug."""

    offices: Mapping[str, Staffed]


def build() -> World:
    """Load the reference data, and staff every board that it hosts."""
    directory.load_reference(ROOT / "fixtures", actor=Actor.system("load_reference", Origin.DEMO), at=BEGIN)
    hosted = Board.objects.filter(hosted=True).select_related("jurisdiction").order_by("slug")
    offices = {board.slug: staff(board, members=9) for board in hosted}
    Membership.objects.update(valid_from=SINCE)
    return World(offices)


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
