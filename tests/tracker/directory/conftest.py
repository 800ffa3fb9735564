"""A small directory: two boards, an administrator of the first, and ways to read the ledger."""

from datetime import UTC, date

import pytest
from django.utils import timezone

from boards import ids
from boards.models import Board, Ground, Jurisdiction, NpdbCode, Profession
from tracker.access.models import Membership, User
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry, LedgerPrivate


@pytest.fixture
def at():
    return timezone.now().astimezone(UTC)


@pytest.fixture
def texas(db):
    return Jurisdiction.objects.create(
        id=ids.of("jurisdiction", "TX"), code="TX", name="Texas", time_zone="America/Chicago"
    )


@pytest.fixture
def counseling(db):
    return Profession.objects.create(
        id=ids.of("profession", "counseling"), key="counseling", labels={"en": "Counseling"}
    )


@pytest.fixture
def psychology(db):
    return Profession.objects.create(
        id=ids.of("profession", "psychology"), key="psychology", labels={"en": "Psychology"}
    )


@pytest.fixture
def ground(db):
    for code, retired_on in (("D1", None), ("D2", None), ("05", date(2022, 12, 16))):
        NpdbCode.objects.create(
            id=ids.of("npdb", "basis", code), kind="basis", code=code, label=code, retired_on=retired_on
        )
    return Ground.objects.create(
        id=ids.of("ground", "other"), key="other", labels={"en": "Something else"}, npdb_codes=["D1"]
    )


def make_board(place, craft, slug, code):
    board = Board.objects.create(
        id=ids.of("board", slug),
        slug=slug,
        short_code=code,
        jurisdiction=place,
        name=f"Board {code}",
        phone="512-555-0100",
        source_url="https://board.example",
        as_of=date(2026, 1, 1),
    )
    board.professions.add(craft)
    return board


@pytest.fixture
def board(texas, counseling):
    return make_board(texas, counseling, "tx-one", "ONE")


@pytest.fixture
def other_board(texas, counseling):
    return make_board(texas, counseling, "tx-two", "TWO")


def make_person(email, board=None, role=None):
    person = User.objects.create(email=email, full_name="Pat Example")
    if board:
        Membership.objects.create(user=person, board=board, role=role, valid_from=date(2020, 1, 1))
    return person


@pytest.fixture
def administrator(board):
    return Actor.staff(make_person("admin@board.example", board, "administrator").pk)


@pytest.fixture
def outsider(board):
    return Actor.staff(make_person("analyst@board.example", board, "intake_analyst").pk)


@pytest.fixture
def person(db):
    return make_person("pat@board.example")


class Ledger:
    """The entries written since the test began, and the private part of the last one."""

    def events(self):
        return list(LedgerEntry.objects.order_by("recorded_at", "seq").values_list("event", flat=True))

    def last(self):
        return LedgerEntry.objects.order_by("-recorded_at", "-seq").first()

    def private(self):
        return LedgerPrivate.objects.get(entry=self.last().pk).body


@pytest.fixture
def ledger():
    return Ledger()
