"""What this installation's ledger says of a file or a printed number, whoever asks: the entry, not the rows, counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

from django.db.models import Q

from tracker.audit import queries as audit_queries
from tracker.audit.models import LedgerEntry
from tracker.bundle.models import BundleExport, BundleFile
from tracker.bundle.verify import LedgerMatch
from tracker.cases.models import Case

# How much of a manifest's digest stands in the address that a cover prints.
PRINTED_DIGITS = 16


@dataclass(frozen=True)
class PrintedRecord:
    """A bundle whose cover prints an address: whose it is and when it was frozen (UTC); nothing of the case."""

    board: str
    at: str


def recorded_seal(manifest_sha256: str, digest: str) -> LedgerMatch | None:
    """The ledger entry that recorded a seal, or a package by the digest of its file; None where there is none.

    For `verify(path, lookup=recorded_seal)`. Bundles that were sealed before volumes were recorded one by one have
    their seal in the entry of the whole.
    """
    if not digest:
        return None
    for case_id in _cases_with(manifest_sha256, digest):
        for entry, facts in audit_queries.facts_of(case_id, "bundle.volume_sealed", "bundle.sealed"):
            if facts.get("manifest_sha256") != manifest_sha256:
                continue
            if digest in (facts.get("seal_sha256"), facts.get("sha256")):
                whole = facts.get("sealed_sha256") or facts.get("sha256") or ""
                return LedgerMatch(entry.seq, _moment(entry), _board(case_id), whole)
    return None


def printed_record(digits: str) -> PrintedRecord | None:
    """The bundle whose manifest's digest begins with the PRINTED_DIGITS hex digits of a printed address."""
    found = BundleExport.objects.filter(manifest_sha256__startswith=digits.lower()).order_by("requested_at")
    for case_id in dict.fromkeys(found.values_list("case_id", flat=True)):
        for entry, facts in audit_queries.facts_of(case_id, "bundle.requested"):
            if str(facts.get("manifest_sha256", "")).startswith(digits.lower()):
                return PrintedRecord(_board(case_id), _moment(entry))
    return None


def _cases_with(manifest_sha256: str, digest: str) -> Iterator[UUID]:
    with_files = BundleFile.objects.filter(seal_sha256=digest).values_list("export__case_id", flat=True)
    older = Q(files__isnull=True) | Q(stored_file__digest=digest)
    exports = BundleExport.objects.filter(older, manifest_sha256=manifest_sha256).values_list("case_id", flat=True)
    yield from dict.fromkeys([*with_files, *exports])


def _moment(entry: LedgerEntry) -> str:
    return f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M UTC}"


def _board(case_id: UUID) -> str:
    return Case.objects.values_list("board__name", flat=True).get(pk=case_id)
