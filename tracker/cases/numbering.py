"""Docket and other numbers without gaps, and codes that nobody can guess."""

import hashlib
import hmac
import secrets
import string
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import F

from boards import queries as board_queries
from boards.models import Board
from tracker.cases.models import Counter

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 20
GROUP = 4


def next_number(key: str) -> int:
    """The next number under a key, inside the caller's transaction: rolled back with it, so there are no gaps."""
    Counter.objects.bulk_create([Counter(key=key)], ignore_conflicts=True)
    Counter.objects.filter(pk=key).update(value=F("value") + 1)
    return Counter.objects.values_list("value", flat=True).get(pk=key)


def next_docket(board: Board, received_on: date) -> str:
    """The next docket number by the board's `docket_format`; by default the sequence runs per board and year."""
    pattern = str(board_queries.rule_in_force(board, "docket_format", received_on).value)
    parts = {"BOARD": board.short_code, "YYYY": received_on.year}
    return pattern.format(**parts, seq=next_number(_series(pattern, parts)))


def _series(pattern: str, parts: Mapping[str, object]) -> str:
    """The counter of a format: all that stands around the number, so that no two series can give the same docket."""
    pieces = [
        text + (str(parts.get(name, "#")) if name else "")
        for text, name, _spec, _conversion in string.Formatter().parse(pattern)
    ]
    return f"docket:{''.join(pieces)}"


def next_allegation(case_id: UUID) -> int:
    """The next allegation number of a case (A1, A2 …)."""
    return next_number(f"allegation:{case_id}")


def new_code() -> str:
    """A code of 20 random Crockford base-32 characters (100 bits) and a check character, in groups of four."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return grouped(body + check_character(body))


def code_from(draft_code: str) -> str:
    """The tracking code that a draft's code gives: the same however often the button is pressed, and stored nowhere.

    It is a keyed digest, so neither the database nor the draft's code alone gives it away.
    """
    mac = hmac.new(settings.SECRET_KEY.encode(), b"tracking:" + plain(draft_code).encode(), hashlib.sha256).digest()
    number = int.from_bytes(mac, "big")
    body = "".join(ALPHABET[number >> (5 * place) & 31] for place in range(CODE_LENGTH))
    return grouped(body + check_character(body))


def check_character(body: str) -> str:
    """The check character: a polynomial over GF(32), so every single wrong sign and every swap of two is told.

    Each sign weighs another power of the generator, from the first power on: the check character itself weighs one,
    and a last sign of the same weight could be swapped with it unseen.
    """
    total = 0
    for sign in body:
        total = (total ^ ALPHABET.index(sign)) << 1
        total ^= 0b100101 if total & 32 else 0
    return ALPHABET[total]


def grouped(code: str) -> str:
    """A code in groups of four, for reading and typing."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def plain(code: str) -> str:
    """A typed code without separators, with the letters that Crockford reads as digits."""
    kept = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    return kept.replace("O", "0").replace("I", "1").replace("L", "1")


def is_well_formed(code: str) -> bool:
    """Whether a typed code can be one of ours at all; a typo is told by this without a look-up."""
    text = plain(code)
    if len(text) != CODE_LENGTH + 1 or any(sign not in ALPHABET for sign in text):
        return False
    return check_character(text[:-1]) == text[-1]


def hash_code(code: str) -> str:
    """What is stored of a code: the SHA-256 of its plain form."""
    return hashlib.sha256(plain(code).encode()).hexdigest()
