"""Boards and the people who work there, made as rows: `make_board()`, `make_person(board, Role.INVESTIGATOR)`."""

import itertools
from datetime import date

from boards import ids
from boards.models import Board, Jurisdiction, Profession
from tracker.access.models import Membership, User

_numbers = itertools.count(1)


def make_jurisdiction(code: str = "TX", name: str = "Texas", time_zone: str = "America/Chicago") -> Jurisdiction:
    """A state; the same row when asked for twice."""
    row = {"id": ids.of("jurisdiction", code), "name": name, "time_zone": time_zone}
    return Jurisdiction.objects.get_or_create(code=code, defaults=row)[0]


def make_profession(key: str = "professional_counselor", label: str = "Professional counselor") -> Profession:
    """A profession; the same row when asked for twice."""
    row = {"id": ids.of("profession", key), "labels": {"en": label}}
    return Profession.objects.get_or_create(key=key, defaults=row)[0]


def make_board(slug: str = "tx-bhec", short_code: str = "BHEC", **fields: object) -> Board:
    """A hosted board in Texas for professional counselors, unless `fields` say otherwise."""
    row = {
        "id": ids.of("board", slug),
        "name": f"State Board {short_code}",
        "hosted": True,
        "as_of": date(2026, 1, 1),
        **fields,
    }
    row.setdefault("jurisdiction", make_jurisdiction())
    board = Board.objects.create(slug=slug, short_code=short_code, **row)
    board.professions.add(make_profession())
    return board


def make_person(board: Board | None = None, role: str = "", **fields: object) -> User:
    """A person who can sign in, with one role at one board when both are given."""
    number = next(_numbers)
    row = {"email": f"person{number}@board.example", "full_name": f"Person {number}", **fields}
    person = User.objects.create(**row)
    if board is not None:
        Membership.objects.create(user=person, board=board, role=role, valid_from=date(2020, 1, 1))
    return person
