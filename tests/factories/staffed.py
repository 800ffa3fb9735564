"""A hosted board with everybody who works there."""

from dataclasses import dataclass

from boards import ids
from boards.models import Board, Ground
from tests.factories.kept import kept
from tests.factories.office import make_board, make_person, make_profession
from tracker.access.models import User
from tracker.access.policy import Role

GROUNDS = ("refusal_to_terminate", "exploitation_business", "sexual_misconduct", "noncooperation", "other")


@dataclass(frozen=True)
class Staffed:
    """The board and its people. `panel` and `voters` are seven members: four make a quorum without the panel."""

    board: Board
    intake: User
    second: User
    investigator: User
    manager: User
    counsel: User
    presiding: User
    monitor: User
    director: User
    custodian: User
    auditor: User
    administrator: User
    panel: tuple[User, ...]
    voters: tuple[User, ...]


@kept
def make_staffed(slug: str = "tx-bhec", short_code: str = "BHEC") -> Staffed:
    """A board by its slug, with one person per role and seven members."""
    board = make_board(slug, short_code)
    board.professions.add(make_profession("counseling", "Counseling"))
    for order, key in enumerate(GROUNDS):
        row = {"id": ids.of("ground", key), "labels": {"en": key.replace("_", " ")}, "order": order}
        Ground.objects.get_or_create(key=key, defaults=row)

    return staff(board, members=7)


def staff(board: Board, *, members: int) -> Staffed:
    """One person per role at a board that is there already, and so many members: three of them are the panel."""

    def person(role: Role) -> User:
        return make_person(board, role)

    seated = tuple(person(Role.BOARD_MEMBER) for _ in range(members))
    return Staffed(
        board=board,
        intake=person(Role.INTAKE_ANALYST),
        second=person(Role.INTAKE_ANALYST),
        investigator=person(Role.INVESTIGATOR),
        manager=person(Role.ENFORCEMENT_MANAGER),
        counsel=person(Role.BOARD_COUNSEL),
        presiding=person(Role.PRESIDING_OFFICER),
        monitor=person(Role.COMPLIANCE_MONITOR),
        director=person(Role.EXECUTIVE_DIRECTOR),
        custodian=person(Role.RECORDS_CUSTODIAN),
        auditor=person(Role.AUDITOR),
        administrator=person(Role.ADMINISTRATOR),
        panel=seated[:3],
        voters=seated[3:],
    )
