"""Where the signature of a bundle stands, and what is said of it. Light: every start of the program reads it.

The libraries that judge a signature take longer to load than a small bundle to build; `signature` needs them.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.bundle.sealtag import END

NONE = "none"
VALID = "valid"
UNTRUSTED = "untrusted"
BROKEN = "broken"

# The longest container, its dictionary, and the few objects around it.
MOST_BYTES = 96 * 1024

_RANGE = re.compile(rb"/ByteRange ?\[0 (\d{1,15}) (\d{1,15}) (\d{1,15})\]")


class ContainerBroken(ValueError):
    """The container is not what our signer writes, or does not fit the file; the text says what."""


@dataclass(frozen=True)
class Hole:
    """The bytes that a signature leaves out, `<` and `>` included: offsets of the first and behind the last."""

    start: int
    end: int
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class SignatureReport:
    """What is known of a file's signature.

    `status` is NONE, VALID (by a certificate that is trusted here), UNTRUSTED (whole, but the certificate is not on
    the list of this installation, or is a demonstration's) or BROKEN. `signer` is the certificate's name,
    `fingerprint` its SHA-256 in hex; `signed_at` is UTC, "2026-11-18 16:42", as the signer says, `timestamp` the same
    as a timestamp authority says, "" without one. `sentences` say it in words.
    """

    status: str
    signer: str = ""
    fingerprint: str = ""
    is_demo: bool = False
    signed_at: str = ""
    timestamp: str = ""
    sentences: tuple[str, ...] = ()


UNSIGNED = SignatureReport(NONE)


def find_hole(path: Path, length: int) -> Hole:
    """Find the hole of the only signature behind the first `length` bytes of a file.

    Raises ContainerBroken when what stands there is not one update with one signature over the whole file.
    """
    size = path.stat().st_size
    if size - length > MOST_BYTES:
        raise ContainerBroken(_("More was added after the sealing than a signature."))
    with path.open("rb") as file:
        file.seek(length)
        update = file.read()
    ranges = _RANGE.findall(update)
    if len(ranges) != 1 or not update.endswith(END) or update.count(END[:-1]) != 1:
        raise ContainerBroken(_("What was added after the sealing is not one signature."))
    start, end, rest = (int(number) for number in ranges[0])
    if not length <= start < end or end + rest != size:
        raise ContainerBroken(_("The signature does not cover the whole file."))
    return Hole(start, end, update[start - length : end - length])
