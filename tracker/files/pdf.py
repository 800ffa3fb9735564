"""Opening a received PDF once: its sanitized copy (the rendition) and what a bundle must know of its pages.

Untrusted files are opened here and nowhere else. What cannot be shown as pages raises NotRenderable; the file
itself is evidence all the same and is kept as it is.
"""

import json
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf

from tracker.files import pagedigest, pdfbox, pdfbudget, pdfclean, pdfframe
from tracker.files.pdfframe import Balance, Frame
from tracker.files.pdflinks import OutlineItem

# Where a stamp may stand on a displayed page: corner, and distance of its baseline from the edge in points, in the
# order in which they are tried: the usual baseline first.
STAMP_PLACES = tuple(
    (corner, baseline)
    for corner in ("bottom_right", "bottom_left", "bottom_center", "top_right", "top_left")
    for baseline in (22, 16, 30, 12)
)

MAX_PAGES = 20_000
MAX_WARNINGS = 20
TOOL = f"pikepdf {pikepdf.__version__}, libqpdf {pikepdf.__libqpdf_version__}"

REASONS = {
    "password": "The PDF is protected by a password, so its pages cannot be read.",
    "damaged": "The PDF is damaged: its structure could not be read.",
    "cut_off": "The PDF is cut off: the file ends before the document does.",
    "no_pages": "The PDF holds no page that could be read.",
    "too_many_pages": f"The PDF has more than {MAX_PAGES:,} pages.",
    "too_complex": "The PDF unpacks or nests beyond what can be read safely.",
}

# What the PDF library raises on broken structure beside its own error: wrong types, missing keys, numbers.
_BROKEN = (
    pikepdf.PdfError, pikepdf.DeletedObjectError, pikepdf.ForeignObjectError, ValueError, TypeError,
    LookupError, AttributeError, ArithmeticError, RuntimeError, NotImplementedError, OSError,
)  # fmt: skip


class NotRenderable(Exception):
    """A PDF whose pages cannot be shown. `code` is a key of REASONS, `reason` its plain sentence."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.reason = REASONS[code]
        super().__init__(self.reason)


@dataclass(frozen=True)
class PageFacts:
    """One page of a rendition. Lengths are user units as decimal text.

    `box` is the visible box (left, bottom, right, top); `rotate` 0, 90, 180 or 270 degrees clockwise; `unit`
    the size of a user unit in points; `open_saves` and `extra_restores` count q without Q and Q without q;
    `open_text` says that a text object is left open; `sha256` is the page digest. `places` are the object numbers of
    the page, its stamp and its link in the rendition; `strip` has a bit set for each of `STAMP_PLACES` where a stamp
    covers nothing (-1: everywhere).
    """

    box: tuple[str, str, str, str]
    rotate: int
    unit: str
    open_saves: int
    extra_restores: int
    open_text: bool
    sha256: str
    places: tuple[int, int, int] = (0, 0, 0)
    strip: int = -1

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "PageFacts":
        """Read what `dataclasses.asdict` wrote."""
        return cls(**{**plain, "box": tuple(plain["box"]), "places": tuple(plain["places"])})

    @property
    def balance(self) -> Balance:
        """What the page's own content leaves open."""
        return Balance(self.open_saves, self.extra_restores, self.open_text)

    @property
    def displayed_size(self) -> tuple[Decimal, Decimal]:
        """Width and height as displayed, in points."""
        left, bottom, right, top = (Decimal(item) for item in self.box)
        unit = Decimal(self.unit)
        width, height = (right - left) * unit, (top - bottom) * unit
        return (height, width) if self.rotate in (90, 270) else (width, height)


@dataclass(frozen=True)
class PdfFacts:
    """What is known of a PDF and its rendition; digests are SHA-256 in hex, sizes bytes.

    `removed` lists what the rendition no longer carries, one line each; `warnings` are plain sentences on what the
    pages do not show, then what the reader had to repair; `outline` the document's own bookmarks; `tool` the library
    that made the rendition; `frame` where its parts stand in the file.
    """

    pages: tuple[PageFacts, ...]
    pages_sha256: str
    rendition_sha256: str
    rendition_bytes: int
    removed: tuple[str, ...]
    warnings: tuple[str, ...]
    outline: tuple[OutlineItem, ...]
    tool: str
    frame: Frame = Frame()

    @property
    def page_count(self) -> int:
        """Number of pages."""
        return len(self.pages)

    def to_json(self) -> str:
        """Write the facts as canonical JSON text without floats."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    def to_plain(self) -> dict[str, Any]:
        """Return the facts as plain dicts, lists, strings and integers (for a JSON column)."""
        plain: dict[str, Any] = json.loads(self.to_json())
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "PdfFacts":
        """Read what `to_plain` wrote."""
        return cls(
            **{
                **plain,
                "pages": tuple(PageFacts.from_plain(page) for page in plain["pages"]),
                "removed": tuple(plain["removed"]),
                "warnings": tuple(plain["warnings"]),
                "outline": tuple(OutlineItem(**item) for item in plain["outline"]),
                "frame": Frame.from_plain(plain["frame"]),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> "PdfFacts":
        """Read what `to_json` wrote."""
        return cls.from_plain(json.loads(text))


def inspect_and_rewrite(src: Path, dst: Path) -> PdfFacts:
    """Write a sanitized rendition of the PDF `src` to `dst` and return its facts.

    The rendition keeps pages, looks and links inside the document; actions, scripts, attachments, form fields
    and metadata are removed and reported. The same source gives the same bytes. Raises NotRenderable and
    then leaves no `dst`.
    """
    try:
        removed, warnings, outline = _rewrite(src, dst)
        frame, pages = read_copy(dst)
    except NotRenderable:
        dst.unlink(missing_ok=True)
        raise
    except pikepdf.PasswordError as error:
        dst.unlink(missing_ok=True)
        raise NotRenderable("password") from error
    except (pagedigest.PageTooComplex, RecursionError, MemoryError) as error:
        dst.unlink(missing_ok=True)
        raise NotRenderable("too_complex") from error
    except _BROKEN as error:
        dst.unlink(missing_ok=True)
        raise NotRenderable("cut_off" if _is_cut_off(src) else "damaged") from error
    return PdfFacts(
        pages=pages,
        pages_sha256=pagedigest.pages_digest([page.sha256 for page in pages]),
        rendition_sha256=_file_digest(dst),
        rendition_bytes=dst.stat().st_size,
        removed=removed,
        warnings=warnings,
        outline=outline,
        tool=TOOL,
        frame=frame,
    )


def _rewrite(src: Path, dst: Path) -> tuple[tuple[str, ...], tuple[str, ...], tuple[OutlineItem, ...]]:
    with pikepdf.open(src, suppress_warnings=True) as pdf:
        count = len(pdf.pages)
        if count == 0:
            raise NotRenderable("cut_off" if _is_cut_off(src) else "no_pages")
        if count > MAX_PAGES:
            raise NotRenderable("too_many_pages")
        found = list(pdf.get_warnings())  # asking empties the list
        if found and _is_cut_off(src):
            raise NotRenderable("cut_off")
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                pagedigest.check_unpacked_size(item)
        cleaning = pdfclean.clean(pdf)
        budget = pdfbudget.Budget()
        pdfframe.give_frame(pdf, {index: _balance(page, budget) for index, page in enumerate(pdf.pages)})
        pdfframe.save_copy(pdf, dst)
        warnings = [_plain_warning(item, src) for item in [*found, *pdf.get_warnings()]]
    removed = list(cleaning.removed)
    if cleaning.more:
        removed.append(f"and {cleaning.more} more")
    shown = warnings[:MAX_WARNINGS]
    if len(warnings) > MAX_WARNINGS:
        shown.append(f"and {len(warnings) - MAX_WARNINGS} more")
    return tuple(removed), tuple(shown), tuple(cleaning.outline)


def _plain_warning(item: Any, src: Path) -> str:
    return str(item).replace(str(src), "file")[:200]


def _is_cut_off(src: Path) -> bool:
    with src.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 4096))
        return b"%%EOF" not in file.read()


def read_copy(path: Path) -> tuple[Frame, tuple[PageFacts, ...]]:
    """Read a written copy again: where its parts stand, and the facts and digest of every page."""
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        digester = pagedigest.PageDigester()
        return pdfframe.read_frame(pdf), tuple(_read_page(page, digester) for page in pdf.pages)


def _read_page(page: pikepdf.Page, digester: pagedigest.PageDigester) -> PageFacts:
    digest = digester.digest(page.obj, stamped=True)
    if digester.visits > pdfbudget.MAX_OBJECTS:
        raise pagedigest.PageTooComplex("The pages refer to more objects than this program reads.")
    closing = page.obj.Contents[-1].read_bytes()
    return replace(
        geometry_of(page.obj),
        open_saves=closing.split(b"q BT", 1)[0].count(b"Q\n") - 1,
        extra_restores=page.obj.Contents[0].read_bytes().count(b"q\n") - 1,
        open_text=closing.startswith(b"\nET\n"),
        sha256=digest,
        places=pdfframe.page_places(page.obj),
    )


def geometry_of(page: pikepdf.Object) -> PageFacts:
    """Return only the geometry of a page: its content is not read."""
    return PageFacts(pdfbox.visible_box(page), pdfbox.rotation(page), pdfbox.unit(page), 0, 0, False, "")


def _balance(page: pikepdf.Page, budget: pdfbudget.Budget) -> Balance:
    budget.spend(page.obj)
    found = [str(item.operator) for item in pikepdf.parse_content_stream(page, "q Q BT ET")]
    depth = lowest = text = 0
    for operator in found:
        depth += (operator == "q") - (operator == "Q")
        text += (operator == "BT") - (operator == "ET")
        lowest = min(lowest, depth)
    return Balance(depth - lowest, -lowest, text > 0)


def _file_digest(path: Path) -> str:
    total = sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            total.update(chunk)
    return total.hexdigest()
