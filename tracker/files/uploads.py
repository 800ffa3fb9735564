"""Receiving uploads: hashed while they arrive, over the limit only that file is dropped.

The handler is set for the whole site, because the CSRF check reads the body before any view could choose one.
A file over the limit is skipped: the other fields and files of the form arrive all the same, and `refused`
tells the form which ones did not. What a cut connection leaves is closed, and with that removed, before the
error goes on.
"""

import hashlib
import logging
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from tracker.files import names

TEMP_PREFIX = "upload-"
CHECK_PREFIX = "verify-"
REFUSED_KEY = "recourse.refused_uploads"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RefusedUpload:
    """A file that did not arrive: form field, cleaned name, and `too_large` or `too_many`."""

    field: str
    name: str
    reason: str


class HashedUpload(UploadedFile):  # type: ignore[type-arg]
    """A received file in a temporary place, with the SHA-256 of its bytes. Closing it removes it."""

    def __init__(self, file: Any, name: str, content_type: str, charset: str | None) -> None:
        super().__init__(file, name, content_type, 0, charset)
        self.received = file
        self.original_name = name
        self.digest = ""

    def temporary_file_path(self) -> str:
        """Where the bytes are until this file is closed."""
        path: str = self.received.name
        return path

    @property
    def path(self) -> Path:
        """The same as a path, for the rooms that look into files."""
        return Path(self.temporary_file_path())

    def close(self) -> None:
        """Close and remove; a file already removed is no fault."""
        try:
            self.received.close()
        except FileNotFoundError:
            logger.debug("a temporary upload was gone before it was closed")


class HashingUploadHandler(FileUploadHandler):
    """Writes every file to the temporary folder while hashing it and counting its bytes."""

    @property
    def most_files(self) -> int:
        """How many files of one form are taken."""
        return settings.UPLOAD_MAX_FILES

    @property
    def most_bytes(self) -> int:
        """How large one file may be."""
        return settings.UPLOAD_MAX_BYTES

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.count = 0
        self.size = 0
        self.upload: HashedUpload | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the next file; over the number of files it is skipped."""
        super().new_file(*args, **kwargs)
        self.count += 1
        if self.count > self.most_files:
            self._refuse("too_many")
        folder = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
        folder.mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(prefix=TEMP_PREFIX, dir=folder)  # noqa: SIM115 - lives as long as the upload
        self.upload = HashedUpload(
            file, names.display_name(self.file_name or ""), self.content_type or "", self.charset
        )
        # Not `self.file`: Django closes that when a later file is skipped, and this one must outlive the
        # skip.
        self.hasher, self.size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write and hash one chunk; over the limit the file is dropped and the rest of the form goes on."""
        if self.upload is None:
            return
        self.size += len(raw_data)
        if self.size > self.most_bytes:
            self._refuse("too_large")
        self.hasher.update(raw_data)
        self.upload.write(raw_data)

    def file_complete(self, file_size: int) -> HashedUpload | None:
        """The finished file, at its beginning, with its size and digest."""
        upload, self.upload = self.upload, None
        if upload is None:
            return None
        upload.flush()
        upload.seek(0)
        upload.size, upload.digest = file_size, self.hasher.hexdigest()
        return upload

    def upload_interrupted(self) -> None:
        """The connection ended within a file: remove what there is of it."""
        if self.upload is not None:
            self.upload.close()
            self.upload = None

    def _refuse(self, reason: str) -> None:
        if self.upload is not None:
            self.upload.close()
            self.upload = None
        refusal = RefusedUpload(self.field_name or "", names.display_name(self.file_name or ""), reason)
        if self.request is not None:
            self.request.META.setdefault(REFUSED_KEY, []).append(refusal)
        raise SkipFile


class BundleUploadHandler(HashingUploadHandler):
    """Takes one bundle to be checked, which may be far larger than what people may hand in."""

    @property
    def most_files(self) -> int:
        """One at a time."""
        return 1

    @property
    def most_bytes(self) -> int:
        """How large a bundle may be: never so large that the disk, which others need too, is filled with it."""
        room = shutil.disk_usage(settings.FILE_UPLOAD_TEMP_DIR).free - settings.VERIFY_KEEP_FREE_BYTES
        return min(settings.VERIFY_MAX_BYTES, self.size + room)


def refused(meta: dict[str, Any], field: str | None = None) -> list[RefusedUpload]:
    """The files of a form that did not arrive, from the META of its request; of one field, or of all."""
    return [upload for upload in meta.get(REFUSED_KEY, []) if field in (None, upload.field)]


def sweep_temporary(*, before: datetime) -> int:
    """Remove temporary uploads, and folders of checks, last written before `before`: left by a killed server.

    Answers how many.
    """
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
    swept = 0
    for path in [*folder.glob(f"{TEMP_PREFIX}*"), *folder.glob(f"{CHECK_PREFIX}*")]:
        try:
            if path.stat().st_mtime < before.timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                swept += 1
        except FileNotFoundError:
            continue
    return swept
