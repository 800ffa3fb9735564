"""Handing out kept bytes: checked first, always as an attachment, never to be guessed at by a browser."""

from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from tracker.files import kinds, names, storage
from tracker.files.models import StoredFile
from tracker.web.desk import ranges
from tracker.web.desk.ranges import Asked, Part

BLOCK_BYTES = 256 * 1024


def asked(request: HttpRequest, kept: StoredFile) -> Asked:
    """Which part of a kept file a request asks for; asking for its head only is asking for all of it."""
    if request.method == "HEAD":
        return Asked()
    head = request.headers
    return ranges.asked(head.get("Range", ""), head.get("If-Range", ""), size=kept.size, etag=_etag(kept))


def attachment(kept: StoredFile, *, name: str, request: HttpRequest | None = None) -> HttpResponseBase:
    """The bytes of a stored file under a name whose ending fits them, or the part that `request` asks for.

    The whole file is compared with its digest each time. Raises IntegrityBroken when it changed.
    """
    part = Asked()
    if request is not None:
        if request.method == "HEAD":
            return _with_heads(HttpResponse(), kept, name, size=kept.size)
        part = asked(request, kept)
    if part.is_outside:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{kept.size}"
        return response
    opened = storage.open_verified(kept)
    if part.part is None:
        return _with_heads(FileResponse(opened), kept, name, size=kept.size)
    return _partly(opened, part.part, kept, name)


def _partly(opened: BinaryIO, part: Part, kept: StoredFile, name: str) -> HttpResponseBase:
    opened.seek(part.first)
    response = StreamingHttpResponse(_Blocks(opened, part.size), status=206)
    response["Content-Range"] = f"bytes {part.first}-{part.last}/{kept.size}"
    return _with_heads(response, kept, name, size=part.size)


def _with_heads(response: HttpResponseBase, kept: StoredFile, name: str, *, size: int) -> HttpResponseBase:
    plain = names.download_name(name, kinds.KINDS[kept.kind].suffixes)
    response["Content-Type"] = kept.media_type
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=plain)
    response["Content-Length"] = str(size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _etag(kept)
    return response


def _etag(kept: StoredFile) -> str:
    return f'"{kept.digest}"'


class _Blocks:
    """So many bytes of an open file, in blocks; the response closes the file with it."""

    def __init__(self, opened: BinaryIO, size: int) -> None:
        self._opened = opened
        self._left = size

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        block = self._opened.read(min(BLOCK_BYTES, self._left)) if self._left else b""
        if not block:
            raise StopIteration
        self._left -= len(block)
        return block

    def close(self) -> None:
        """Close the file."""
        self._opened.close()
