"""Who can sign in to the demo."""

from datetime import datetime

from tracker.access.models import Delegation, Membership, User
from tracker.access.policy import Role
from tracker.web.seeding import people


def test_one_sign_in_per_role_and_members_for_panel_and_quorum(offices: dict[str, people.Office]) -> None:
    signing_in = User.objects.filter(is_demo=True)
    assert signing_in.count() == len(people.SIGN_INS)
    assert all(user.has_usable_password() for user in signing_in)
    roles = Membership.objects.filter(user__in=signing_in).values_list("role", flat=True)
    assert set(roles) == set(Role.values)
    members = signing_in.filter(memberships__role=Role.BOARD_MEMBER).distinct().count()
    panel, quorum = 3, members // 2 + 1
    assert members - panel >= quorum


def test_administrator_and_custodian_hold_every_board(offices: dict[str, people.Office]) -> None:
    for name in ("admin", "custodian"):
        held = Membership.objects.filter(user__email=f"{name}@{people.DOMAIN}")
        assert {row.board.slug for row in held} == set(people.HOSTED)


def test_staff_of_one_board_cannot_sign_in(offices: dict[str, people.Office]) -> None:
    for name, *_rest in people.OTHERS:
        assert not User.objects.get(email=f"{name}@{people.DOMAIN}").has_usable_password()


def test_a_second_run_changes_nothing(offices: dict[str, people.Office], now: datetime) -> None:
    before = (User.objects.count(), Membership.objects.count())
    people.make_people("another password here", at=now)
    assert (User.objects.count(), Membership.objects.count()) == before


def test_a_deputy_is_appointed_once(offices: dict[str, people.Office], now: datetime) -> None:
    for _run in range(2):
        people.appoint_deputies(offices, at=now)

    row = Delegation.objects.get()
    assert (row.board.slug, row.role) == ("oh-cswmft", Role.EXECUTIVE_DIRECTOR)
    assert (row.absent.email, row.deputy.email) == ("director@demo.example", "manager@demo.example")
