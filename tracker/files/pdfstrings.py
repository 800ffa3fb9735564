"""What a PDF says beside the text of its pages: comments and their authors, form values, bookmarks, titles. Pure.

None of it is seen by a reader of page texts, and all of it leaves with the file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from tracker.files import pagedigest
from tracker.files.pdfwords import printable, text_words

MAX_OBJECTS = 500_000
_TAG = re.compile(r"<[^>]*>")
_MARKS = (b"\xfe\xff", b"\xff\xfe")
# These lead to other pages, or upwards; what is upwards of a form field is asked for by itself.
_AWAY = frozenset(("/P", "/Pg", "/Parent", "/Prev", "/Popup", "/IRT"))
_OF_A_PAGE = ("/Annots", "/PieceInfo", "/Metadata")
_STREAMS = frozenset(("/Metadata", "/RC", "/RV", "/V", "/DV", "/Contents", "/JS"))
# The values of a form field stand in its parents.
_MAX_PARENTS = 40


@dataclass(frozen=True)
class PdfStrings:
    """What is said on each page in order, and in the document: bookmarks, titles, names of layers and places, forms.

    One text a line, each once. `is_whole` is false where there is more than is read here.
    """

    pages: tuple[str, ...]
    document: str
    is_whole: bool = True


def strings_of(path: Path) -> PdfStrings:
    """Read every text of a PDF that is not drawn on its pages. Raises pikepdf.PdfError for what is no PDF."""
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        pages = [page.obj for page in pdf.pages]
        walk = _Walk({page.objgen for page in pages} | {pdf.Root.objgen}, MAX_OBJECTS)
        found = tuple(_lines(_of_page(page, walk)) for page in pages)
        root = [(key, pdf.Root[key]) for key in pdf.Root.keys() if key != "/Pages"]  # noqa: SIM118
        info = [("", pdf.trailer["/Info"])] if "/Info" in pdf.trailer else []
        return PdfStrings(found, _lines(walk.strings([*root, *info])), walk.left > 0)


@dataclass
class _Walk:
    """A way through the objects of a document; `closed` are not entered. At most `left` objects are read."""

    closed: set[tuple[int, int]]
    left: int

    def strings(self, start: Iterable[tuple[str, Any]]) -> Iterator[str]:
        """Every text below some values, each given with its key."""
        todo, seen = list(start), set(self.closed)
        while todo and self.left > 0:
            self.left -= 1
            key, value = todo.pop()
            if isinstance(value, pikepdf.String):
                yield text_words(value)
            elif isinstance(value, Array | Dictionary | Stream) and value.objgen not in seen:
                if value.is_indirect:
                    seen.add(value.objgen)
                if isinstance(value, Stream) and key in _STREAMS:
                    yield self._stream(value)
                for inner, item in _parts(value, key):
                    if key == "/Dests" and inner:
                        yield printable(inner[1:])
                    todo.append((inner or key, item))

    def _stream(self, value: Stream) -> str:
        """The words of a stream of text or XML."""
        try:
            data = pagedigest.stream_data(value)
        except pagedigest.PageTooComplex:
            self.left = 0
            return ""
        encoding = "utf-16" if data[:2] in _MARKS else "utf-8"
        return " ".join(printable(unescape(_TAG.sub(" ", data.decode(encoding, "replace")))).split())


def _of_page(page: pikepdf.Object, walk: _Walk) -> Iterator[str]:
    yield from walk.strings((key, page[key]) for key in _OF_A_PAGE if key in page)
    for annotation in _listed(page.get("/Annots")):
        yield from _of_parents(annotation)
    properties = pagedigest.inherited(page, "/Resources")
    if isinstance(properties, Dictionary) and "/Properties" in properties:
        yield from walk.strings([("/Properties", properties["/Properties"])])
    yield from _of_marks(page, walk)


def _of_parents(annotation: Any) -> Iterator[str]:
    """The names and values that a form field has from its parents; for every page that shows it."""
    node = annotation
    for _level in range(_MAX_PARENTS):
        node = node.get("/Parent") if isinstance(node, Dictionary) else None
        if not isinstance(node, Dictionary):
            return
        for key in node.keys():  # noqa: SIM118 - a PDF dictionary cannot be iterated
            if isinstance(node[key], pikepdf.String):
                yield text_words(node[key])
            elif key in ("/V", "/DV", "/Opt", "/I"):
                yield from (text_words(one) for one in _listed(node[key]))


def _of_marks(page: pikepdf.Object, walk: _Walk) -> Iterator[str]:
    """What drawing commands say of themselves: other words for what is drawn (ISO 32000-2, 14.9.4)."""
    try:
        commands = pikepdf.parse_content_stream(pikepdf.Page(page), "BDC DP")
    except (pikepdf.PdfError, TypeError, ValueError, RuntimeError):
        return
    for command in commands:
        yield from walk.strings(("", one) for one in command.operands)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else []


def _parts(value: Any, of: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Array):
        for item in value:
            yield "", item
        return
    for key in value.keys():  # noqa: SIM118 - a PDF dictionary cannot be iterated
        if key not in _AWAY or of == "/Dests" or isinstance(value[key], pikepdf.String):
            yield key, value[key]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(text for text in texts if text))
