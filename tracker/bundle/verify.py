"""Checking a bundle: one function for the builder, the desk and any outsider. It needs the file and nothing else.

The seal covers every byte and finds any accident; it does not find a forger, who can compute it anew. That is
what signature and ledger are for: `trusted` says whose signatures count, a `lookup` whether the seal was recorded.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from tracker.bundle.contents import Opened, check_contents, check_printed, open_contents
from tracker.bundle.sealtag import Digests, SealTag, digests, find_tag
from tracker.bundle.signature_hole import BROKEN, UNSIGNED, VALID, ContainerBroken, Hole, SignatureReport, find_hole

_TRACES = re.compile(rb"RCS1 len=|/RCSSeal|/RCSBundle|recourse-bundle/")


class Outcome(StrEnum):
    """What a check found."""

    INTACT = "intact"
    ALTERED = "altered"
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class LedgerMatch:
    """The ledger entry that recorded a seal: its number in the docket's chain, its time (UTC), whose board it is.

    `file_sha256` is the digest of the whole file as it was recorded, "" where only the seal was.
    """

    entry: int
    at: str
    board: str = ""
    file_sha256: str = ""


# Given the digests of manifest and seal (of a package: of manifest and file).
Lookup = Callable[[str, str], LedgerMatch | None]


@dataclass(frozen=True)
class VerifyResult:
    """Outcome and whole sentences that say why, where and what it proves; digests are SHA-256 in hex or "".

    `ledger` is the matching entry, None when none was found or none was asked for. `kind` is "pdf" or "zip";
    `members` are the checks of the PDFs inside a package, by their names. `volumes` counts those of the whole bundle.
    """

    outcome: Outcome
    sentences: tuple[str, ...]
    docket: str = ""
    edition: str = ""
    freeze: int = 0
    volume: int = 1
    manifest_sha256: str = ""
    seal_sha256: str = ""
    file_sha256: str = ""
    signature: SignatureReport = UNSIGNED
    is_signature_required: bool = False
    kind: str = "pdf"
    members: tuple[tuple[str, "VerifyResult"], ...] = ()
    volumes: int = 1
    ledger: LedgerMatch | None = None

    @property
    def lacks_signature(self) -> bool:
        """Whether the board requires a signature that is missing or not trusted here."""
        own = self.is_signature_required and self.kind == "pdf" and self.signature.status != VALID
        return own or any(member.lacks_signature for _name, member in self.members)

    @property
    def exit_code(self) -> int:
        """0 intact, 1 altered, 2 not one of ours or unreadable, 3 intact without the signature it must have."""
        if self.outcome is Outcome.INTACT:
            return 3 if self.lacks_signature else 0
        return 1 if self.outcome is Outcome.ALTERED else 2

    def to_plain(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "VerifyResult":
        """Read what `to_plain` wrote."""
        signature = {**plain["signature"], "sentences": tuple(plain["signature"]["sentences"])}
        return cls(
            **{
                **plain,
                "outcome": Outcome(plain["outcome"]),
                "sentences": tuple(plain["sentences"]),
                "signature": SignatureReport(**signature),
                "members": tuple((name, cls.from_plain(member)) for name, member in plain["members"]),
                "ledger": LedgerMatch(**plain["ledger"]) if plain["ledger"] else None,
            }
        )


def verify(path: Path | str, lookup: Lookup | None = None, trusted: Sequence[bytes] = ()) -> VerifyResult:
    """Check one PDF of a bundle.

    `lookup(manifest_sha256, seal_sha256)` may ask a ledger; `trusted` are certificates (DER) whose signatures count.
    Without them only the file speaks. Never raises for a bad file: what cannot be read is NOT_OURS, a bundle of ours
    with any changed byte is ALTERED.
    """
    return with_ledger(examine(Path(path), trusted), lookup)


def examine(path: Path, trusted: Sequence[bytes] = ()) -> VerifyResult:
    """Check a PDF without any ledger; see `verify`."""
    try:
        if not path.is_file() or path.stat().st_size == 0:
            return not_ours(_("There is no such file, or it is empty."))
        return _examine(path, trusted)
    except OSError as error:
        return not_ours(_("The file could not be read: %(error)s.") % {"error": error.strerror})


def not_ours(words: str, file_sha256: str = "") -> VerifyResult:
    """The answer for a file that is no bundle."""
    return VerifyResult(Outcome.NOT_OURS, (words,), file_sha256=file_sha256)


def _examine(path: Path, trusted: Sequence[bytes]) -> VerifyResult:
    tag, hole, faults = _find_seal(path)
    # Hashing leaves the other processor to the pages.
    with ThreadPoolExecutor(max_workers=1) as pool, open_contents(path) as opened:
        range_left_out = (hole.start, hole.end) if hole else None
        hashed = pool.submit(digests, path, tag if tag and tag.is_possible else None, range_left_out)
        if tag is None and opened.manifest is None and not has_traces(path):
            return not_ours(_("This is not a bundle of Recourse."), hashed.result().whole)
        differences = check_contents(opened)
        found = hashed.result()
        faults += _judge_seal(tag, found) if not faults else []
        signature = _signature(path, opened, hole=hole, found=found, trusted=trusted) if not faults else UNSIGNED
        facts = _facts(opened, tag, found, signature)
    if faults or signature.status == BROKEN:
        faults += signature.sentences
        return replace(facts, outcome=Outcome.ALTERED, sentences=(*faults, *_where(opened, differences)))
    if differences or (differences := check_printed(path, opened.manifest_sha256)):
        return replace(facts, outcome=Outcome.ALTERED, sentences=tuple(differences))
    return replace(facts, sentences=(*_proof(facts), *_signature_words(facts, opened)))


def _find_seal(path: Path) -> tuple[SealTag | None, Hole | None, list[str]]:
    """The seal, the hole of a signature behind the sealed bytes, and what already speaks against them."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        tag = find_tag(file)
        if tag is None:
            return None, None, [_("The seal is missing or damaged.")]
        if not tag.is_possible:
            return tag, None, [_("The seal states an impossible length.")]
        if tag.length > size:
            facts = {"sealed": f"{tag.length:,}", "left": f"{size:,}"}
            words = _("The file is cut off, or its seal was changed: %(sealed)s bytes were sealed, %(left)s are left.")
            return tag, None, [words % facts]
        if not _ends_well(file, tag.length):
            return tag, None, [_("The end of the file was changed.")]
    if tag.length == size:
        return tag, None, []
    try:
        return tag, find_hole(path, tag.length), []
    except ContainerBroken as error:
        words = _("%(count)s bytes were added after the file was sealed.") % {"count": f"{size - tag.length:,}"}
        return tag, None, [words, str(error)]


def _ends_well(file: BinaryIO, length: int) -> bool:
    file.seek(length - 6)
    return file.read(6) == b"%%EOF\n"


def _judge_seal(tag: SealTag | None, found: Digests) -> list[str]:
    return [] if tag and found.core == tag.digest else [_("The file was changed after it was sealed.")]


def _signature(
    path: Path, opened: Opened, *, hole: Hole | None, found: Digests, trusted: Sequence[bytes]
) -> SignatureReport:
    if hole is None:
        return UNSIGNED
    from tracker.bundle.signature import check_signature  # noqa: PLC0415 - heavy, and only signed files need it

    pinned = str(opened.signing().get("certificate_sha256", ""))
    return check_signature(path, hole, signed_sha256=found.signed, certificate_sha256=pinned, trusted=trusted)


def _facts(opened: Opened, tag: SealTag | None, found: Digests, signature: SignatureReport) -> VerifyResult:
    manifest = opened.manifest or {}
    freeze = manifest.get("freeze")
    number = freeze.get("number") if isinstance(freeze, dict) else 0
    return VerifyResult(
        Outcome.INTACT,
        (),
        docket=str(manifest.get("docket", "")),
        edition=str(manifest.get("edition", "")),
        freeze=number if isinstance(number, int) else 0,
        volume=opened.volume,
        volumes=len(volumes) if isinstance(volumes := manifest.get("volumes"), list) else 1,
        manifest_sha256=opened.manifest_sha256,
        seal_sha256=tag.digest if tag else "",
        file_sha256=found.whole,
        signature=signature,
        is_signature_required=bool(opened.signing().get("required")),
    )


def has_traces(path: Path) -> bool:
    """Whether something of ours stands in a file, however damaged it is."""
    with path.open("rb") as file:
        before = b""
        while chunk := file.read(1 << 20):
            if _TRACES.search(before + chunk):
                return True
            before = chunk[-64:]
    return False


def _where(opened: Opened, differences: Sequence[str]) -> Sequence[str]:
    """Say where a damaged file differs, as far as it can still be read."""
    if opened.pdf is None:
        return [_("Its structure can no longer be read, so the place of the change is not known.")]
    if opened.manifest is None:
        return [_("Its manifest can no longer be read.")]
    return differences or [
        _(
            "Text and drawings of every exhibit page are still what was sealed. The change is elsewhere: in a note or "
            "link on a page, the front matter, a log, a stamp, the signature or the structure of the file."
        )
    ]


def _proof(facts: VerifyResult) -> list[str]:
    words = _(
        "The file is intact: every byte is as it was sealed (%(docket)s, %(edition)s edition, freeze %(freeze)s)."
    )
    return [words % {"docket": facts.docket, "edition": facts.edition, "freeze": facts.freeze}]


def _signature_words(facts: VerifyResult, opened: Opened) -> list[str]:
    out = list(facts.signature.sentences)
    if facts.signature == UNSIGNED:
        announced = bool(opened.signing().get("certificate_sha256"))
        out.append(_("Its signature is missing.") if announced else _("It is not signed."))
    if facts.lacks_signature:
        out.append(_("The board requires a signature that is trusted here, so do not rely on this copy."))
    return out


def with_ledger(result: VerifyResult, lookup: Lookup | None) -> VerifyResult:
    """Add what a ledger says of an intact file; `lookup` None: only what the file alone leaves open."""
    if result.outcome is not Outcome.INTACT:
        return result
    if lookup is None:
        return replace(result, sentences=(*result.sentences, _limits(result)))
    members = tuple((name, with_ledger(member, lookup)) for name, member in result.members)
    match = lookup(result.manifest_sha256, result.seal_sha256 if result.kind == "pdf" else result.file_sha256)
    found = replace(result, members=members, ledger=match)
    return replace(found, sentences=(*found.sentences, *_ledger_words(found)))


def _limits(result: VerifyResult) -> str:
    if result.signature.status == VALID:
        return _("Seal and signature exclude accidents and any change since the signing.")
    return _("The seal alone excludes accidents, not forgery: compare it with the board's ledger.")


def _ledger_words(result: VerifyResult) -> list[str]:
    if result.kind == "zip":
        return _package_words(result)
    if result.ledger is None:
        return [_("Its seal was not found in this ledger, so a forgery is not excluded.")]
    words = [_("Its seal is recorded in the ledger of the docket, entry %(entry)s, %(at)s.") % asdict(result.ledger)]
    if result.ledger.file_sha256 and result.ledger.file_sha256 != result.file_sha256:
        words.append(_("The ledger recorded the file together with another signature than this copy carries."))
    return words


def _package_words(result: VerifyResult) -> list[str]:
    missing = [name for name, member in result.members if member.ledger is None]
    if missing:
        said = _("The seal of %(file)s was not found in this ledger, so a forgery is not excluded.")
        words = [said % {"file": name} for name in missing]
    else:
        words = [_("The seal of every PDF in it is recorded in the ledger of the docket.")]
    if result.ledger:
        words.append(_("The package is recorded in the ledger, entry %(entry)s, %(at)s.") % asdict(result.ledger))
    else:
        words.append(_("The package as a whole was not found in this ledger: what lies beside the PDFs may be forged."))
    return words
