"""Handing out kept bytes: checked first, always as an attachment, never to be guessed at by a browser."""

from django.http import FileResponse

from tracker.files import kinds, names, storage
from tracker.files.storage import Kept


def attachment(kept: Kept, *, name: str) -> FileResponse:
    """The bytes of a stored file under a name whose ending fits them. Raises IntegrityBroken when they changed."""
    opened = storage.open_verified(kept)
    plain = names.download_name(name, kinds.KINDS[kept.kind].suffixes)
    response = FileResponse(opened, as_attachment=True, filename=plain, content_type=kept.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Length"] = str(kept.size)
    return response
