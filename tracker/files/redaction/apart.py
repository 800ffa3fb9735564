"""The engine of redactions, run in a child process with limits: whatever a copy does to it, this process goes on."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tracker.files.pdflinks import OutlineItem
from tracker.files.redaction import areas as boxes_of
from tracker.files.redaction import errands
from tracker.files.redaction.areas import Area
from tracker.files.redaction.errands import Errand
from tracker.files.redaction.prove import Proof
from tracker.files.redaction.rebuild import CannotRedact, Redacted
from tracker.files.rendering import child
from tracker.files.rendering.limits import Limits

# What a child may write that is no answer.
_ODD = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_CODES = {"time": "too_complex", "memory": "too_complex"}


def page_picture(path: Path, number: int, limits: Limits) -> bytes:
    """A page of a copy, counted from 1, as a PNG for the screen.

    Raises CannotRedact, with code `too_complex` when it takes too much, and RendererUnavailable.
    """
    with TemporaryDirectory() as folder:
        _ask("picture", Errand(path, Path(folder), page=number), limits)
        picture = Path(folder) / errands.PICTURE
        if not child.is_plain(picture, Path(folder)):
            raise CannotRedact("stopped", number)
        return picture.read_bytes()


def page_text(path: Path, number: int, limits: Limits) -> str:
    """The text that can be searched on a page, counted from 1. Raises CannotRedact and RendererUnavailable."""
    with TemporaryDirectory() as folder:
        return str(_ask("text", Errand(path, Path(folder), page=number), limits))


def look_ahead(path: Path, areas: Sequence[Area], limits: Limits, *, most_pages: int) -> Proof:
    """What a redaction would drop, and where else it stands (`prove.look_ahead`).

    Raises CannotRedact and RendererUnavailable.
    """
    with TemporaryDirectory() as folder:
        errand = Errand(path, Path(folder), areas=boxes_of.to_text(areas), most_pages=most_pages)
        return _read(errands.proof_in, _ask("ahead", errand, limits))


def redact(
    source: Path,
    areas: Sequence[Area],
    target: Path,
    limits: Limits,
    *,
    fonts: Path,
    outline: Sequence[OutlineItem] = (),
) -> Redacted:
    """Write to `target` a copy in which everything under the areas is gone, and search it (`rebuild.redact`).

    Raises CannotRedact, and then leaves no `target`; RendererUnavailable, which says nothing of the copy.
    """
    with TemporaryDirectory() as folder:
        errand = Errand(source, Path(folder), fonts, boxes_of.to_text(areas), errands.outline_text(outline))
        made = _read(errands.redacted_in, _ask("redact", errand, limits))
        copy = Path(folder) / errands.COPY
        if not child.is_plain(copy, Path(folder)):
            raise CannotRedact("stopped")
        shutil.move(copy, target)
        return made


def _ask(work: str, errand: Errand, limits: Limits) -> Any:
    try:
        return errands.answer_in(child.ask(work, errand, limits))
    except child.Stopped as stopped:
        raise CannotRedact(_CODES.get(stopped.how, "stopped"), errand.page) from stopped
    except _ODD as error:
        raise CannotRedact("stopped", errand.page) from error


def _read(reader: Any, plain: Any) -> Any:
    try:
        return reader(plain)
    except _ODD as error:
        raise CannotRedact("stopped") from error
