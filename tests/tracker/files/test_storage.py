import errno
import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tracker.errors import IntegrityBroken
from tracker.files import kinds, storage
from tracker.files.models import StagedUpload, StoredFile

AT = datetime(2026, 6, 3, 15, 0, tzinfo=UTC)
CONTENT = b"what happened" * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()

pytestmark = pytest.mark.django_db


def record(stored, board_id, case_id):
    return StoredFile.objects.record(stored, board_id=board_id, case_id=case_id, kind=kinds.KINDS["text"], at=AT)


def test_keeps_bytes_under_board_case_and_digest(vault, tmp_path):
    board_id, case_id = uuid4(), uuid4()
    source = tmp_path / "x.txt"
    source.write_bytes(CONTENT)
    stored = storage.store(source, key_prefix=storage.case_prefix(board_id, case_id))
    assert stored == storage.Stored(DIGEST, len(CONTENT), f"{board_id}/{case_id}/{DIGEST}")
    assert (vault / stored.key).read_bytes() == CONTENT
    assert source.read_bytes() == CONTENT


def test_the_same_bytes_twice_are_one_file_and_one_row(vault):
    board_id, case_id = uuid4(), uuid4()
    prefix = storage.case_prefix(board_id, case_id)
    first = record(storage.store(io.BytesIO(CONTENT), key_prefix=prefix), board_id, case_id)
    second = record(storage.store(io.BytesIO(CONTENT), key_prefix=prefix), board_id, case_id)
    assert first.pk == second.pk
    assert [path.name for path in vault.rglob("*") if path.is_file()] == [DIGEST]


def test_two_cases_never_share_bytes(vault):
    board_id = uuid4()
    rows = []
    for case_id in (uuid4(), uuid4()):
        stored = storage.store(io.BytesIO(CONTENT), key_prefix=storage.case_prefix(board_id, case_id))
        rows.append(record(stored, board_id, case_id))
    assert rows[0].pk != rows[1].pk
    assert len([path for path in vault.rglob("*") if path.is_file()]) == 2


def test_reads_back_what_was_received():
    stored = storage.store(io.BytesIO(CONTENT), key_prefix="a/b")
    with storage.open_verified(stored) as opened:
        assert opened.read() == CONTENT


def test_refuses_to_hand_out_changed_bytes(vault, tmp_path):
    stored = storage.store(io.BytesIO(CONTENT), key_prefix="a/b")
    kept = vault / stored.key
    kept.chmod(0o600)
    kept.write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(IntegrityBroken, match="has changed"):
        storage.open_verified(stored)
    with pytest.raises(IntegrityBroken, match="has changed"):
        storage.copy_verified(stored, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_says_that_bytes_are_missing(vault):
    stored = storage.store(io.BytesIO(CONTENT), key_prefix="a/b")
    (vault / stored.key).unlink()
    with pytest.raises(IntegrityBroken, match="missing"):
        storage.open_verified(stored)


def test_copies_verified_bytes_to_a_path(tmp_path):
    stored = storage.store(io.BytesIO(CONTENT), key_prefix="a/b")
    assert storage.copy_verified(stored, tmp_path / "copy").read_bytes() == CONTENT


def test_writes_again_what_a_crash_left_cut_off_and_nobody_relies_on(vault):
    board_id, case_id = uuid4(), uuid4()
    kept = vault / str(board_id) / str(case_id) / DIGEST
    kept.parent.mkdir(parents=True)
    kept.write_bytes(CONTENT[:10])
    storage.store(io.BytesIO(CONTENT), key_prefix=storage.case_prefix(board_id, case_id))
    assert kept.read_bytes() == CONTENT


def test_does_not_paper_over_recorded_bytes_that_changed(vault):
    board_id, case_id = uuid4(), uuid4()
    prefix = storage.case_prefix(board_id, case_id)
    row = record(storage.store(io.BytesIO(CONTENT), key_prefix=prefix), board_id, case_id)
    (vault / row.key).write_bytes(b"other")
    with pytest.raises(IntegrityBroken):
        storage.store(io.BytesIO(CONTENT), key_prefix=prefix)
    assert (vault / row.key).read_bytes() == b"other"


def age(path, days):
    moment = (AT - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))


def made(folder, content=CONTENT):
    """A finished file of our own, as a build leaves it."""
    path = folder / "made.pdf"
    path.write_bytes(content)
    return path


def test_a_file_of_our_own_moves_in_unread(vault, tmp_path):
    board_id, case_id = uuid4(), uuid4()
    prefix = storage.case_prefix(board_id, case_id)
    storage.store(io.BytesIO(b"an exhibit"), key_prefix=prefix)  # so that the folder of the case is there
    source = made(tmp_path)
    age(source, 3)
    inode = source.stat().st_ino
    stored = storage.move_in(source, DIGEST, key_prefix=prefix)

    kept = vault / stored.key
    assert stored == storage.Stored(DIGEST, len(CONTENT), f"{prefix}/{DIGEST}")
    assert kept.read_bytes() == CONTENT
    assert (kept.stat().st_ino, kept.stat().st_nlink, kept.stat().st_mode & 0o777) == (inode, 1, 0o644)
    assert not source.exists()
    # It came in now, so that no sweep takes it before its row is written.
    assert storage.sweep_orphans(before=AT - timedelta(days=1)) == []


@pytest.mark.parametrize("is_first", [True, False])
def test_a_storage_of_another_kind_gets_a_copy_that_is_checked(settings, tmp_path, is_first):
    memory = "django.core.files.storage.InMemoryStorage"
    settings.STORAGES = {**settings.STORAGES, "vault": {"BACKEND": memory}}
    if not is_first:
        storage.store(io.BytesIO(CONTENT), key_prefix="a/b")
    source = made(tmp_path)
    stored = storage.move_in(source, DIGEST, key_prefix="a/b")

    assert storage.open_verified(stored).read() == CONTENT
    assert not source.exists()
    with pytest.raises(IntegrityBroken, match="on its way"):
        storage.move_in(made(tmp_path, b"other"), DIGEST.replace("0", "1"), key_prefix="a/b")


def test_a_vault_that_cannot_be_linked_to_gets_a_copy(vault, tmp_path, monkeypatch):
    (vault / "a" / "b").mkdir(parents=True)

    def on_another_disk(*_paths):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", on_another_disk)
    source = made(tmp_path)
    stored = storage.move_in(source, DIGEST, key_prefix="a/b")

    assert (vault / stored.key).read_bytes() == CONTENT
    assert not source.exists()


def test_what_moves_in_twice_is_kept_once_and_never_written_over(vault, tmp_path):
    board_id, case_id = uuid4(), uuid4()
    prefix = storage.case_prefix(board_id, case_id)
    row = record(storage.move_in(made(tmp_path), DIGEST, key_prefix=prefix), board_id, case_id)
    inode = (vault / row.key).stat().st_ino
    assert storage.move_in(made(tmp_path), DIGEST, key_prefix=prefix).key == row.key
    assert (vault / row.key).stat().st_ino == inode

    (vault / row.key).write_bytes(b"other")
    source = made(tmp_path)
    with pytest.raises(IntegrityBroken):
        storage.move_in(source, DIGEST, key_prefix=prefix)
    assert (vault / row.key).read_bytes() == b"other"
    assert source.exists()


def test_what_a_crash_left_cut_off_is_replaced_by_what_moves_in(vault, tmp_path):
    kept = vault / "a" / "b" / DIGEST
    kept.parent.mkdir(parents=True)
    kept.write_bytes(CONTENT[:10])
    storage.move_in(made(tmp_path), DIGEST, key_prefix="a/b")
    assert kept.read_bytes() == CONTENT


def test_sweeps_old_bytes_that_no_row_names(vault):
    board_id, case_id, draft_id = uuid4(), uuid4(), uuid4()
    kept = record(
        storage.store(io.BytesIO(b"kept"), key_prefix=storage.case_prefix(board_id, case_id)),
        board_id,
        case_id,
    )
    orphan = storage.store(io.BytesIO(b"orphan"), key_prefix=storage.case_prefix(board_id, case_id))
    fresh = storage.store(io.BytesIO(b"fresh"), key_prefix=storage.case_prefix(board_id, case_id))
    rows = {}
    for state in StagedUpload.State:
        stored = storage.store(io.BytesIO(state.encode()), key_prefix=storage.draft_prefix(draft_id))
        rows[state] = StagedUpload.objects.create(
            draft_id=draft_id, original_name="x", key=stored.key, digest=stored.digest, size=stored.size,
            kind="text", received_at=AT, state=state,
        )  # fmt: skip
    for path in vault.rglob("*"):
        if path.is_file() and path.name != fresh.digest:
            age(path, 3)
    age(vault / fresh.key, 0)
    swept = storage.sweep_orphans(before=AT - timedelta(days=1))
    assert set(swept) == {orphan.key, rows["taken"].key, rows["removed"].key}
    left = {str(path.relative_to(vault)) for path in vault.rglob("*") if path.is_file()}
    assert left == {kept.key, fresh.key, rows["staged"].key}


def test_says_where_bytes_lie_on_this_machine(vault, settings):
    stored = storage.store(io.BytesIO(CONTENT), key_prefix="a/b")
    assert storage.local_path(stored) == vault / stored.key
    memory = "django.core.files.storage.InMemoryStorage"
    settings.STORAGES = {**settings.STORAGES, "vault": {"BACKEND": memory}}
    assert storage.local_path(stored) is None
