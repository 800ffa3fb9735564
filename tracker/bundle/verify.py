"""Checking a bundle: one function for the builder, the desk and any outsider. It needs the file and nothing else.

The seal covers every byte and finds any accident; it does not find a forger, who can compute it anew. That is
what the ledger is for: a `lookup` says whether the seal found in the file was recorded.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from tracker.bundle.contents import Opened, check_contents, check_printed, open_contents
from tracker.bundle.seal import END, TAG, digests, tail

_TRACES = re.compile(rb"RCS1 len=|/RCSSeal|/RCSBundle|\(recourse-bundle/")


class Outcome(StrEnum):
    """What a check found."""

    INTACT = "intact"
    ALTERED = "altered"
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class LedgerMatch:
    """The ledger entry that recorded a seal: its number in the docket's chain and its time (UTC, ISO)."""

    entry: int
    at: str


Lookup = Callable[[str, str], LedgerMatch | None]


@dataclass(frozen=True)
class VerifyResult:
    """Outcome and whole sentences that say why, where and what it proves; digests are SHA-256 in hex or "".

    `sentences` are English; `ledger` is the matching entry, None when none was found or none was asked for.
    """

    outcome: Outcome
    sentences: tuple[str, ...]
    docket: str = ""
    edition: str = ""
    freeze: int = 0
    manifest_sha256: str = ""
    seal_sha256: str = ""
    file_sha256: str = ""
    ledger: LedgerMatch | None = field(default=None)

    @property
    def exit_code(self) -> int:
        """0 intact, 1 altered, 2 not one of ours or unreadable."""
        return {Outcome.INTACT: 0, Outcome.ALTERED: 1, Outcome.NOT_OURS: 2}[self.outcome]


def verify(path: Path | str, lookup: Lookup | None = None) -> VerifyResult:
    """Check a bundle file.

    `lookup(manifest_sha256, seal_sha256)` may ask a ledger; without it only the file speaks. Never raises for a
    bad file: what cannot be read is NOT_OURS, a bundle of ours with any changed byte is ALTERED.
    """
    path = Path(path)
    try:
        if not path.is_file() or path.stat().st_size == 0:
            return VerifyResult(Outcome.NOT_OURS, ("There is no such file, or it is empty.",))
        with path.open("rb") as file:
            return _verify(path, file, lookup)
    except OSError as error:
        return VerifyResult(Outcome.NOT_OURS, (f"The file could not be read: {error.strerror}.",))


def _verify(path: Path, file: BinaryIO, lookup: Lookup | None) -> VerifyResult:
    faults, found, file_digest = _check_seal(file)
    with open_contents(path) as opened:
        if found is None and opened.manifest is None and not _has_traces(file):
            return VerifyResult(Outcome.NOT_OURS, ("This is not a bundle of Recourse.",), file_sha256=file_digest)
        faults += check_contents(opened) if not faults else _where(opened)
        if not faults:
            faults += check_printed(path, opened.manifest_sha256)
        manifest = opened.manifest or {}
        freeze = manifest.get("freeze")
        number = freeze.get("number") if isinstance(freeze, dict) else 0
        common = {
            "docket": str(manifest.get("docket", "")),
            "edition": str(manifest.get("edition", "")),
            "freeze": number if isinstance(number, int) else 0,
            "manifest_sha256": opened.manifest_sha256,
            "seal_sha256": found or "",
            "file_sha256": file_digest,
        }
    if faults:
        return VerifyResult(Outcome.ALTERED, tuple(faults), **common)  # type: ignore[arg-type]
    match = lookup(opened.manifest_sha256, found or "") if lookup else None
    return VerifyResult(Outcome.INTACT, _proof(common, match, lookup), **common, ledger=match)  # type: ignore[arg-type]


def _check_seal(file: BinaryIO) -> tuple[list[str], str | None, str]:
    """Return what is wrong with the seal, the digest it states (None where there is none), the file's digest."""
    size, at, window = tail(file)
    tag = TAG.search(window)
    if tag is None:
        return ["The seal is missing or damaged."], None, digests(file, 0, 0)[1]
    length, stated, digits_at = int(tag[1]), tag[2].decode(), at + tag.start(2)
    if length < digits_at + 64:
        return ["The seal states an impossible length."], stated, digests(file, 0, 0)[1]
    core, whole = digests(file, digits_at, length)
    if length > size:
        return [f"The file is cut off: {length:,} bytes were sealed, {size:,} are left."], stated, whole
    if length < size:
        return [f"{size - length:,} bytes were added after the file was sealed."], stated, whole
    if not window.endswith(END):
        return ["The end of the file was changed."], stated, whole
    if core != stated:
        return ["The file was changed after it was sealed."], stated, whole
    return [], stated, whole


def _has_traces(file: BinaryIO) -> bool:
    file.seek(0)
    before = b""
    while chunk := file.read(1 << 20):
        if _TRACES.search(before + chunk):
            return True
        before = chunk[-64:]
    return False


def _where(opened: Opened) -> list[str]:
    """Say where a damaged file differs, as far as it can still be read."""
    if opened.pdf is None:
        return ["Its structure can no longer be read, so the place of the change is not known."]
    if opened.manifest is None:
        return ["Its manifest can no longer be read."]
    faults = check_contents(opened)
    if faults:
        return faults
    return [
        "Every exhibit page is still what was sealed; the change is elsewhere: in the front matter, a log, a "
        "stamp or the structure of the file."
    ]


def _proof(common: dict[str, object], match: LedgerMatch | None, lookup: Lookup | None) -> tuple[str, ...]:
    sentences = [
        f"The file is intact: every byte is as it was sealed ({common['docket']}, {common['edition']} edition, "
        f"freeze {common['freeze']}).",
    ]
    if match:
        sentences.append(f"Its seal is recorded in the ledger of the docket, entry {match.entry}, {match.at}.")
    elif lookup:
        sentences.append("Its seal was not found in this ledger, so a forgery is not excluded.")
    else:
        sentences.append("The seal alone excludes accidents, not forgery: compare it with the board's ledger.")
    return tuple(sentences)
