"""The pages of a bundle file by their place, read in stretches, so that memory does not grow with the file.

The PDF library keeps every object that it has read until the document is closed. So the document is opened anew after
a number of pages; what it says is found again by object numbers.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import pikepdf

from tracker.files.pagedigest import PageDigester, content_streams

MOST_READ = 500

Number = tuple[int, int]

_NOTHING: Number = (0, 0)
_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")


def open_pdf(path: Path) -> pikepdf.Pdf:
    """Open a document without reading its pages, which is what takes time and memory."""
    return pikepdf.open(path, suppress_warnings=True, inherit_page_attributes=False)


class Pages:
    """The pages of a document. Raises what the PDF library raises when something in it is broken, and ValueError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pdf: pikepdf.Pdf | None = None
        self._digester = PageDigester()
        self._read, self._last = 0, _NOTHING
        try:
            self._numbers = list(self._leaves())
        except BaseException:
            self._close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __len__(self) -> int:
        return len(self._numbers)

    def digest(self, place: int) -> str:
        """The page digest of a page of an exhibit (index from 0), without what a bundle added."""
        return self._digester.digest(self._page(place), stamped=True)

    def last_stream(self, place: int) -> bytes | None:
        """The last content stream of a page, unpacked; None where it has fewer than two."""
        streams = content_streams(self._page(place))
        return bytes(streams[-1].read_bytes()) if len(streams) > 1 else None

    def _leaves(self) -> Iterator[Number]:
        """The object numbers of the pages, in order."""
        waiting, seen = [self._opened().Root.Pages.objgen], set[Number]()
        while waiting:
            number = waiting.pop()
            node = self._object(number)
            if not isinstance(node, pikepdf.Dictionary):
                raise ValueError("something in the page tree is no page")
            kids = node.get("/Kids")
            if kids is None:
                yield number
                continue
            if number in seen:
                raise ValueError("the page tree goes in a circle")
            seen.add(number)
            # Written out, the references can be read without reading what they lead to.
            found = [(int(one), int(two)) for one, two in _REFERENCE.findall(kids.unparse(resolved=True))]
            waiting += reversed(found)

    def _page(self, place: int) -> pikepdf.Object:
        return self._object(self._numbers[place])

    def _object(self, number: Number) -> pikepdf.Object:
        if number != self._last:
            if self._read >= MOST_READ:
                self._close()
            self._read += 1
            self._last = number
        return self._opened().get_object(number)

    def _opened(self) -> pikepdf.Pdf:
        if self._pdf is None:
            self._pdf = open_pdf(self._path)
        return self._pdf

    def _close(self) -> None:
        if self._pdf is not None:
            self._pdf.close()
        # What is left of a closed document goes with the last object that belonged to it.
        self._pdf, self._digester = None, PageDigester()
        self._read = 0
