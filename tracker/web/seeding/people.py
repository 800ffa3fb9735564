"""Who works at the demo's boards: one sign-in per role, seven board members, and staff without a sign-in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from boards import queries as boards_of
from boards.models import Board
from tracker.access import queries as access
from tracker.access.models import User
from tracker.access.policy import Role
from tracker.audit.actors import Actor, Origin
from tracker.directory import actions as directory
from tracker.errors import ActionRefused
from tracker.web.seeding import demofile

SEEDER = Actor.system("seed_demo", Origin.DEMO)
SINCE = date(2024, 1, 1)
DOMAIN = "demo.example"
HOSTED = tuple(demofile.boards())

# Local part of the e-mail address, name, title, role. They work at every board of the demo.
SIGN_INS: tuple[tuple[str, str, str, Role], ...] = (
    ("intake", "Rosa Abara", "Intake analyst", Role.INTAKE_ANALYST),
    ("investigator", "Theo Nakamura", "Investigator", Role.INVESTIGATOR),
    ("manager", "Inez Calloway", "Enforcement manager", Role.ENFORCEMENT_MANAGER),
    ("counsel", "Sam Okafor", "Board counsel", Role.BOARD_COUNSEL),
    ("presiding", "Judge Miriam Feld", "Administrative law judge", Role.PRESIDING_OFFICER),
    ("monitor", "Pilar Reyes", "Compliance monitor", Role.COMPLIANCE_MONITOR),
    ("director", "Grace Whitcomb", "Executive director", Role.EXECUTIVE_DIRECTOR),
    ("custodian", "Walter Boone", "Records custodian", Role.RECORDS_CUSTODIAN),
    ("auditor", "Ada Lindqvist", "Auditor", Role.AUDITOR),
    ("admin", "Noor Haddad", "Administrator", Role.ADMINISTRATOR),
    ("member1", "Dr. Adaeze Lindgren", "Board member", Role.BOARD_MEMBER),
    ("member2", "Paul Ferreira", "Board member", Role.BOARD_MEMBER),
    ("member3", "Dr. Joan Keller", "Board member", Role.BOARD_MEMBER),
    ("member4", "Hector Salas", "Public member", Role.BOARD_MEMBER),
    ("member5", "Dr. Ruth Ames", "Board member", Role.BOARD_MEMBER),
    ("member6", "Kwame Mensah", "Board member", Role.BOARD_MEMBER),
    ("member7", "Lena Ostrow", "Public member", Role.BOARD_MEMBER),
)
# Staff of one board each, who cannot sign in to the demo: they make the scopes visible.
OTHERS: tuple[tuple[str, str, str, Role, str], ...] = tuple(
    (row["name"], row["full_name"], row["title"], Role(row["role"]), row["board"]) for row in demofile.read()["staff"]
)


@dataclass(frozen=True)
class Office:
    """A board of the demo and everybody by the local part of the e-mail address."""

    board: Board
    people: Mapping[str, User]

    def actor(self, name: str) -> Actor:
        """Somebody as actor of a told past."""
        return Actor.staff(self.people[name].pk, Origin.DEMO)

    def email(self, name: str) -> str:
        """Somebody's e-mail address."""
        return self.people[name].email


def make_people(password: str, *, at: datetime) -> dict[str, Office]:
    """Everybody of the demo, by board; people who are there already are kept."""
    boards = {slug: _board(slug) for slug in HOSTED}
    people: dict[str, User] = {}
    for name, full_name, title, role in SIGN_INS:
        people[name] = _person(f"{name}@{DOMAIN}", full_name, title, password=password, at=at)
        for board in boards.values():
            _grant(people[name].pk, board, role, at)
    for name, full_name, title, role, slug in OTHERS:
        people[name] = _person(f"{name}@{DOMAIN}", full_name, title, password=None, at=at)
        _grant(people[name].pk, boards[slug], role, at)
    return {slug: Office(boards[slug], people) for slug in HOSTED}


def _board(slug: str) -> Board:
    """A hosted board; the reference data must be loaded first."""
    found = boards_of.board_by_slug(slug)
    if found is None:
        raise ActionRefused([_("Load the boards first: manage.py load_reference.")])
    return found


def _person(email: str, full_name: str, title: str, *, password: str | None, at: datetime) -> User:
    found = access.person_by_email(email)
    return found or directory.create_user(
        email=email,
        full_name=full_name,
        title=title,
        password=password,
        is_demo=password is not None,
        actor=SEEDER,
        at=at,
    )


def _grant(user_id: UUID, board: Board, role: Role, at: datetime) -> None:
    if not access.holds_role(user_id, board.pk, role):
        directory.grant_role(user_id, board_id=board.pk, role=role, valid_from=SINCE, actor=SEEDER, at=at)


def appoint_deputies(offices: Mapping[str, Office], *, at: datetime) -> None:
    """Who stands in for somebody absent from today on, as the file says; not where somebody stands in already."""
    for row in demofile.read()["deputies"]:
        office = offices[row["board"]]
        today = boards_of.local_day(office.board, at)
        if access.delegations_at([office.board.pk], today):
            continue
        directory.record_delegation(
            office.board.pk,
            actor=office.actor(row["absent"]),
            at=at,
            absent=office.email(row["absent"]),
            deputy=office.email(row["deputy"]),
            role=row["role"],
            valid_from=today,
            valid_until=today + timedelta(days=row["days"]),
            reason=row["reason"],
        )
