"""The vault: bytes in under their own digest, bytes out only when they still have it.

Every read and write goes through `STORAGES["vault"]`; nothing else in the product knows where bytes lie. A
key is `{board}/{case}/{sha256}` or `drafts/{draft}/{sha256}`. Bytes move before the transaction that records
them, so a stored file without a row is an orphan for `sweep_orphans`, and a row without a file cannot come
about.
"""

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast
from uuid import UUID

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from tracker.errors import IntegrityBroken
from tracker.files.models import StagedUpload, StoredFile

# A thread that hashes waits for the interpreter between two chunks, which must not be the longer part.
CHUNK_BYTES = 2 * 1024 * 1024
DRAFTS = "drafts"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stored:
    """Bytes that lie in the vault: SHA-256 in hex, size in bytes, and their key."""

    digest: str
    size: int
    key: str


class Kept(Protocol):
    """Anything that names bytes in the vault: a `StoredFile`, a `StagedUpload`, a `Stored`."""

    @property
    def key(self) -> str: ...
    @property
    def digest(self) -> str: ...


class Readable(Protocol):
    """An open file that can be read again from its beginning."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, /) -> int: ...


def case_prefix(board_id: UUID, case_id: UUID) -> str:
    """Key prefix of everything that belongs to one case."""
    return f"{board_id}/{case_id}"


def draft_prefix(draft_id: UUID) -> str:
    """Key prefix of files that wait in a draft."""
    return f"{DRAFTS}/{draft_id}"


def vault() -> Storage:
    """The storage that holds all bytes."""
    return storages["vault"]


def store(source: Path | Readable, *, key_prefix: str) -> Stored:
    """Put bytes into the vault under their digest. Storing the same bytes twice keeps one copy.

    `source` is a path or a readable, seekable file. Raises `IntegrityBroken` when the source changed while it
    was read, or when a row names this key and other bytes lie there now.
    """
    if isinstance(source, Path):
        with source.open("rb") as opened:
            return store(opened, key_prefix=key_prefix)
    digest, size = digest_of(source)
    key = f"{key_prefix}/{digest}"
    stored = Stored(digest, size, key)
    if _is_there(stored):
        return stored
    source.seek(0)
    written = vault().save(key, _Plain(source))
    if written != key:
        # Another writer brought the same bytes a moment earlier; its copy is the one that counts.
        vault().delete(written)
    _check(stored)
    return stored


def move_in(source: Path, digest: str, *, key_prefix: str) -> Stored:
    """Put a file of our own making into the vault and remove it where it lay.

    `digest` is its SHA-256 in hex, known from reading the finished file a moment ago; nobody may write to it any more.
    Where the vault is a folder of the same file system the file itself goes in, in one step and unread; anywhere else
    its bytes are copied as by `store`. Raises `IntegrityBroken` as `store` does, and when a copy has another digest.
    """
    stored = Stored(digest, source.stat().st_size, f"{key_prefix}/{digest}")
    if not _is_there(stored) and not _link(source, stored):
        copied = store(source, key_prefix=key_prefix)
        if copied.digest != digest:
            raise IntegrityBroken("A finished file changed on its way into the vault.")
    source.unlink()
    return stored


def _is_there(stored: Stored) -> bool:
    """Whether these very bytes lie under their key already; other bytes that nothing relies on are removed."""
    if not vault().exists(stored.key):
        return False
    try:
        _check(stored)
    except IntegrityBroken:
        if is_recorded(stored.key):
            raise
        # Cut off midway by a crash, and nothing relies on it: written again.
        vault().delete(stored.key)
        return False
    return True


def _link(source: Path, stored: Stored) -> bool:
    """Give a file its place in the vault as a second name; False where only a copy will do."""
    place = vault()
    # Another class of storage, one that encrypts for instance, may do more than write bytes to a path.
    if type(place) is not FileSystemStorage:
        return False
    target = Path(place.path(stored.key))
    try:
        if place.file_permissions_mode is not None:
            source.chmod(place.file_permissions_mode)
        # The sweep of orphans goes by the time at which bytes came into the vault.
        os.utime(source)
        os.link(source, target)
    except FileExistsError:
        # Another writer brought the same bytes a moment earlier; its copy is the one that counts.
        _check(stored)
    except OSError:
        return False
    return True


def digest_of(source: Readable) -> tuple[str, int]:
    """SHA-256 in hex and size in bytes of a seekable file, read from its beginning."""
    source.seek(0)
    hasher, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK_BYTES):
        hasher.update(chunk)
        size += len(chunk)
        del chunk  # so that there is one in memory while the next is read
    return hasher.hexdigest(), size


def open_verified(kept: Kept) -> "File[bytes]":
    """Open kept bytes for reading, after checking that they are still the bytes that were received.

    The file is read once to compare its digest and then stands at its beginning; close it. Raises
    `IntegrityBroken` when the bytes are missing or others.
    """
    try:
        opened = vault().open(kept.key, "rb")
    except FileNotFoundError:
        raise IntegrityBroken(f"The stored file {kept.digest} is missing.") from None
    digest, _size = digest_of(opened)
    if digest != kept.digest:
        opened.close()
        raise IntegrityBroken(f"The stored file {kept.digest} has changed: its digest is now {digest}.")
    opened.seek(0)
    return opened


def copy_verified(kept: Kept, target: Path) -> Path:
    """Copy kept bytes to a path, hashing what is written. Raises `IntegrityBroken`; then nothing is left at
    `target`.
    """
    hasher = hashlib.sha256()
    with open_verified(kept) as source, target.open("wb") as out:
        while chunk := source.read(CHUNK_BYTES):
            hasher.update(chunk)
            out.write(chunk)
    if hasher.hexdigest() != kept.digest:
        target.unlink()
        raise IntegrityBroken(f"The stored file {kept.digest} changed while it was read.")
    return target


def local_path(kept: Kept) -> Path | None:
    """The file in which kept bytes lie on this machine, None where there is none because the storage is elsewhere.

    Its content is not checked: whoever reads it compares the digest.
    """
    try:
        path = Path(vault().path(kept.key))
    except NotImplementedError:
        return None
    return path if path.is_file() else None


def discard(key: str) -> None:
    """Remove bytes that no row names any more. Missing ones are no fault."""
    vault().delete(key)


def is_recorded(key: str) -> bool:
    """Whether a row relies on the bytes under `key`: a stored file, or an upload that still waits in its
    draft.
    """
    kept = StoredFile.objects.filter(key=key).exists()
    return kept or StagedUpload.objects.waiting().filter(key=key).exists()


def sweep_orphans(*, before: datetime) -> list[str]:
    """Remove bytes that no row names and that were written before `before`; answers their keys."""
    swept = []
    for key in _keys(""):
        if vault().get_modified_time(key) < before and not is_recorded(key):
            vault().delete(key)
            swept.append(key)
    if swept:
        logger.info("swept %d orphaned files from the vault", len(swept))
    return swept


def _keys(folder: str) -> Iterator[str]:
    try:
        folders, files = vault().listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from _keys(f"{folder}/{name}" if folder else name)


def _check(stored: Stored) -> None:
    with open_verified(stored):
        pass


class _Plain(File):  # type: ignore[type-arg]
    """A file without a temporary path, so that the storage copies the source and never moves it away."""

    def __init__(self, source: Readable) -> None:
        super().__init__(cast(BinaryIO, source), name="content")

    def close(self) -> None:
        """The source belongs to the caller."""
