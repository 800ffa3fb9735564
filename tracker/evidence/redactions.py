"""Redactions as they are shown: the open draft, the pages to draw on, what a draft would drop. Writes nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.conf import settings

from tracker.audit import queries as audit_queries
from tracker.evidence.models import Exhibit, Redaction, Rendition
from tracker.files import storage
from tracker.files.pdf import PdfFacts
from tracker.files.redaction import apart, areas, verdict
from tracker.files.redaction.areas import Area
from tracker.files.redaction.prove import Proof
from tracker.files.redaction.rebuild import CannotRedact
from tracker.files.rendering.child import RendererUnavailable
from tracker.files.rendering.limits import Limits

# Looking ahead is done while a person waits; the proof itself reads every page.
LOOK_AHEAD_PAGES = 300
LOOKING_SECONDS = 60
OPEN = (Redaction.Status.DRAFTED, Redaction.Status.REQUESTED)


class NotShown(Exception):
    """A page that cannot be drawn; the text is a plain sentence."""


@dataclass(frozen=True)
class Drawing:
    """What can be drawn on: the copy, the displayed sizes of its pages in points, and the redactions so far.

    `current` is the open one, else the last one; `boxes` are its areas where they lie on this copy.
    """

    rendition: Rendition
    sizes: tuple[tuple[Decimal, Decimal], ...]
    current: Redaction | None
    boxes: tuple[Area, ...]

    @property
    def is_open(self) -> bool:
        """Whether a draft waits to be made, or is being made."""
        return self.current is not None and self.current.status in OPEN


def drawing(exhibit: Exhibit) -> Drawing | None:
    """What can be drawn on; None for an exhibit without pages."""
    rendition = exhibit.rendition
    if rendition is None or not exhibit.is_renderable:
        return None
    rows = list(Redaction.objects.filter(exhibit=exhibit).select_related("derived__stored_file"))
    current = next((row for row in rows if row.status in OPEN), rows[-1] if rows else None)
    boxes = areas.from_text(current.areas) if current is not None and current.source_id == rendition.pk else ()
    return Drawing(rendition, sizes(rendition), current, boxes)


def sizes(rendition: Rendition) -> tuple[tuple[Decimal, Decimal], ...]:
    """Width and height of every page of a copy as displayed, in points."""
    return tuple(page.displayed_size for page in PdfFacts.from_json(rendition.facts).pages)


def page_picture(rendition: Rendition, number: int) -> bytes:
    """A page of a copy, counted from 1, as a PNG.

    Raises NotShown, with a plain sentence, where it cannot be drawn; IntegrityBroken when the kept bytes changed.
    """
    with _copy_of(rendition) as path:
        try:
            return apart.page_picture(path, number, _looking())
        except CannotRedact as error:
            raise NotShown(str(verdict.CANNOT[error.code])) from error
        except RendererUnavailable as error:
            raise NotShown(str(error)) from error


def page_text(rendition: Rendition, number: int) -> str | None:
    """The text that can be searched on a page of a copy, counted from 1; None where it cannot be read.

    Raises IntegrityBroken when the kept bytes changed.
    """
    with _copy_of(rendition) as path:
        try:
            return apart.page_text(path, number, _looking())
        except (CannotRedact, RendererUnavailable):
            return None


def look_ahead(rendition: Rendition, boxes: tuple[Area, ...]) -> Proof | None:
    """What boxes on a copy would drop and where else it stands; None where that cannot be told.

    Raises IntegrityBroken when the kept bytes changed.
    """
    with _copy_of(rendition) as path:
        try:
            return apart.look_ahead(path, boxes, _looking(), most_pages=LOOK_AHEAD_PAGES)
        except (CannotRedact, RendererUnavailable):
            return None


def outcome(redaction: Redaction, case_id: UUID) -> Mapping[str, Any]:
    """What the ledger tells of a proved redaction (boxes, dropped, kept, textless …); empty where it tells nothing."""
    told = audit_queries.timeline(case_id, with_private=False)
    wanted = str(redaction.pk)
    found = (one.facts for one in told if one.event == "evidence.redacted" and one.facts.get("redaction") == wanted)
    return next(found, {})


def _looking() -> Limits:
    """What may be used while a person waits."""
    return Limits(min(LOOKING_SECONDS, settings.RENDER_SECONDS), settings.RENDER_MEMORY_MB)


@contextmanager
def _copy_of(rendition: Rendition) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield storage.copy_verified(rendition.stored_file, Path(folder) / "copy.pdf")
