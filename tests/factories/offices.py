"""Boards for tests: one that takes complaints here, one under oath, one that does not, and what people file about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from boards import ids
from boards.models import Board, BoardRule, Ground, Jurisdiction, Profession
from tests.factories.kept import kept

AS_OF = date(2026, 11, 1)
GROUNDS = (
    ("sexual_misconduct", "Sexual contact, advances or romantic relationship"),
    ("exploitation_business", "Pushed into the therapist's business or other venture"),
    ("refusal_to_terminate", "Would not end treatment, pressured you to stay"),
    ("confidentiality_breach", "Shared your information without permission"),
    ("other", "Something else"),
)


@dataclass(frozen=True)
class Offices:
    """What was made."""

    texas: Board
    oath: Board
    elsewhere: Board
    counseling: Profession


def make_place(code: str, name: str, zone: str) -> Jurisdiction:
    """A state."""
    return Jurisdiction.objects.create(id=ids.of("jurisdiction", code), code=code, name=name, time_zone=zone)


def make_board(place: Jurisdiction, craft: Profession, slug: str, code: str, **fields: object) -> Board:
    """A board for one profession."""
    given = {"name": f"Board {code}", "as_of": AS_OF, "source_url": "https://board.example/a;https://board.example/b"}
    board = Board.objects.create(
        id=ids.of("board", slug), slug=slug, short_code=code, jurisdiction=place, **{**given, **fields}
    )
    board.professions.add(craft)
    return board


def make_rule(board: Board | None, key: str, value: object, **fields: object) -> BoardRule:
    """A rule in force since 2020."""
    given = {
        "citation": "22 TAC 884.10",
        "source_url": "https://law.example",
        "as_of": AS_OF,
        "valid_from": date(2020, 1, 1),
        "recorded_at": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return BoardRule.objects.create(board=board, key=key, value=value, **{**given, **fields})


def make_grounds() -> list[Ground]:
    """The five grounds of the tests, in order."""
    return [
        Ground.objects.create(
            id=ids.of("ground", key),
            key=key,
            labels={"en": label},
            help_texts={"en": f"Help on {key}."},
            helps_board_texts={"en": "Messages and dates."},
            npdb_codes=["99"],
            order=order,
        )
        for order, (key, label) in enumerate(GROUNDS)
    ]


@kept
def make_offices() -> Offices:
    """Texas (hosted, sourced rules), Ohio (hosted, oath), Utah (not hosted), each for counselors; and the grounds."""
    craft = Profession.objects.create(
        id=ids.of("profession", "counseling"),
        key="counseling",
        labels={"en": "Professional counseling"},
        plain_labels={"en": "Counselor or psychotherapist"},
        license_letters="LPC",
    )
    make_grounds()
    texas = make_board(
        make_place("TX", "Texas", "America/Chicago"),
        craft,
        "tx-bhec",
        "BHEC",
        name="Texas Behavioral Health Executive Council",
        hosted=True,
        phone="512-305-7700",
        email="enforcement@board.example",
        license_lookup_url="https://lookup.example",
    )
    make_rule(texas, "response_days", 30)
    oath = make_board(make_place("OH", "Ohio", "America/New_York"), craft, "oh-cswmft", "CSWMFT", hosted=True)
    make_rule(oath, "oath_required", True, citation="OAC 4757-11-01")
    elsewhere = make_board(
        make_place("UT", "Utah", "America/Denver"),
        craft,
        "ut-dopl",
        "DOPL",
        mailing_address="160 East 300 South",
        city="Salt Lake City",
        state="UT",
        files_by_mail="yes",
        files_online="no",
        complaint_url="https://dopl.example/complaint",
        written_required="yes",
    )
    return Offices(texas, oath, elsewhere, craft)
