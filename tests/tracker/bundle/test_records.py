"""What the ledger says to strangers: the entry counts, and nothing of the case but board and time."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import transaction

from tests.tracker.bundle.conftest import AT, WORKER
from tracker.audit import ledger
from tracker.bundle import queries
from tracker.bundle.models import BundleExport, BundleFile, ExportStatus
from tracker.bundle.verify import LedgerMatch
from tracker.files import kinds
from tracker.files.models import StoredFile
from tracker.files.storage import Stored

BOARD = "Texas Behavioral Health Executive Council"


def digest(word):
    return sha256(word.encode()).hexdigest()


def stored(case, word):
    """A row for a file that was handed out."""
    made = Stored(digest(word), 10, f"key/{word}")
    return StoredFile.objects.record(made, board_id=case.board_id, case_id=case.pk, kind=kinds.KINDS["pdf"], at=AT)


@pytest.fixture
def export(case):
    """A sealed export in the rows; what the ledger holds is each test's own."""
    return BundleExport.objects.create(
        board=case.board,
        case=case,
        freeze=1,
        edition="board",
        plan="{}",
        exhibit_count=1,
        withheld_count=0,
        manifest_sha256=digest("manifest"),
        requested_by="staff:1",
        requested_at=AT,
        status=ExportStatus.SEALED,
        ended_at=AT,
        stored_file=stored(case, "package"),
        page_count=1,
    )


@pytest.fixture
def volume(case, export):
    return BundleFile.objects.create(
        board=case.board,
        export=export,
        volume=1,
        stored_file=stored(case, "volume"),
        seal_sha256=digest("seal"),
        core_bytes=9,
        page_count=1,
    )


def record(case, event, at=AT, **facts):
    """Write an entry, with the manifest of the export."""
    with transaction.atomic():
        return ledger.record(
            event,
            board_id=case.board_id,
            chain=case.pk,
            actor=WORKER,
            at=at,
            facts={"freeze": 1, "edition": "board", "manifest_sha256": digest("manifest"), **facts},
        )


def test_a_seal_is_recorded_by_its_entry_and_not_by_the_row(case, volume):
    assert queries.recorded_seal(digest("manifest"), digest("seal")) is None
    entry = record(
        case, "bundle.volume_sealed", volume=1, seal_sha256=digest("seal"), sealed_sha256=digest("volume"), pages=1
    )

    match = LedgerMatch(entry.seq, "2026-07-02 15:00 UTC", BOARD, digest("volume"))
    assert queries.recorded_seal(digest("manifest"), digest("seal")) == match
    for manifest, seal in (("other", "seal"), ("manifest", "other")):
        assert queries.recorded_seal(digest(manifest), digest(seal)) is None
    assert queries.recorded_seal(digest("manifest"), "") is None


def test_a_package_is_recorded_by_the_digest_of_its_file(case, volume):
    entry = record(case, "bundle.sealed", sha256=digest("package"), pages=1)

    found = queries.recorded_seal(digest("manifest"), digest("package"))
    assert found == LedgerMatch(entry.seq, "2026-07-02 15:00 UTC", BOARD, digest("package"))


def test_a_bundle_sealed_before_volumes_were_recorded_is_found(case, export):
    record(case, "bundle.sealed", seal_sha256=digest("seal"), sha256=digest("package"), pages=1)

    assert queries.recorded_seal(digest("manifest"), digest("seal")).file_sha256 == digest("package")


def test_a_printed_number_tells_board_and_time_only(case, export):
    printed = digest("manifest")[: queries.PRINTED_DIGITS]
    assert queries.printed_record(printed) is None
    record(case, "bundle.requested", exhibits=1, withheld=0)
    record(case, "bundle.requested", at=AT + timedelta(days=1), exhibits=1, withheld=0)

    found = queries.printed_record(printed.upper())
    assert (found.board, found.at) == (BOARD, "2026-07-02 15:00 UTC")
    assert queries.printed_record("0" * 16) is None
