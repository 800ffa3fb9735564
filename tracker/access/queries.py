"""What is looked up about people and their roles."""

from dataclasses import dataclass
from uuid import UUID

from tracker.access.models import Membership, User


@dataclass(frozen=True)
class DemoPerson:
    """A sign-in of the demo: e-mail address, labels of roles, short codes of boards, sorted."""

    email: str
    roles: tuple[str, ...]
    boards: tuple[str, ...]


def demo_people() -> list[DemoPerson]:
    """The active sign-ins of the demo with the roles they hold now, by e-mail; empty anywhere else."""
    people = User.objects.filter(is_demo=True, is_active=True).order_by("email")
    held: dict[str, tuple[set[str], set[str]]] = {person.email: (set(), set()) for person in people}
    open_ones = Membership.objects.filter(user__in=people, valid_until__isnull=True)
    for membership in open_ones.select_related("user", "board"):
        roles, boards = held[membership.user.email]
        roles.add(str(membership.get_role_display()))
        boards.add(membership.board.short_code)
    return [DemoPerson(email, tuple(sorted(roles)), tuple(sorted(boards))) for email, (roles, boards) in held.items()]


def person_by_email(email: str) -> User | None:
    """The active person with an e-mail address, typed in any case, or None."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def holds_role(user_id: UUID, board_id: UUID, role: str) -> bool:
    """Whether a person ever got a role at a board."""
    return Membership.objects.filter(user_id=user_id, board_id=board_id, role=role).exists()
