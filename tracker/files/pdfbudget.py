"""What reading one received PDF may cost: a few kilobytes can ask for hours of work or for more memory than there is.

The limits are far above any document of paper. Pages may share their content and their annotations, so what counts is
what is read, not what the file holds.
"""

from dataclasses import dataclass

import pikepdf

from tracker.files import pagedigest
from tracker.files.pagedigest import PageTooComplex

MAX_STREAMS_PER_PAGE = 5_000
MAX_PAGE_BYTES = 256 * 1024 * 1024
MAX_BYTES = 1024 * 1024 * 1024
# Of those that open and close graphics states and texts; each one read takes about 160 bytes of memory.
MAX_PAGE_OPERATORS = 1_000_000
MAX_OPERATORS = 10_000_000
MAX_OBJECTS = 20_000_000
MAX_ANNOTATIONS = 200_000
# Drawing annotations into a page takes time with the square of their number.
MAX_BURNED_PER_PAGE = 2_000
MAX_BURNED = 20_000

_COUNTED = (b"q", b"Q", b"BT", b"ET")


@dataclass
class Budget:
    """What was spent on the pages of one document so far: unpacked bytes of content, and operators at most."""

    content_bytes: int = 0
    operators: int = 0

    def spend(self, page: pikepdf.Object) -> None:
        """Count the content of a page before it is parsed. Raises PageTooComplex past a limit."""
        contents = page.get("/Contents")
        if isinstance(contents, pikepdf.Array) and len(contents) > MAX_STREAMS_PER_PAGE:
            raise PageTooComplex("A page has more content streams than this program reads.")
        size = operators = 0
        for stream in pagedigest.content_streams(page):
            data = pagedigest.stream_data(stream)
            size += len(data)
            # An upper bound, cheaply: letters within texts and pictures count as well.
            operators += sum(data.count(word) for word in _COUNTED)
            if size > MAX_PAGE_BYTES or operators > MAX_PAGE_OPERATORS:
                raise PageTooComplex("A page holds more content than this program reads.")
        self.content_bytes += size
        self.operators += operators
        if self.content_bytes > MAX_BYTES or self.operators > MAX_OPERATORS:
            raise PageTooComplex("The pages together hold more content than this program reads.")


@dataclass
class AnnotationBudget:
    """How many annotations were met in one document so far, and how many are drawn into its pages."""

    met: int = 0
    burned: int = 0

    def meet(self, number: int) -> None:
        """Count the annotations of a page before they are read. Raises PageTooComplex past the limit."""
        self.met += number
        if self.met > MAX_ANNOTATIONS:
            raise PageTooComplex("The pages have more annotations than this program reads.")

    def burn(self, number: int) -> None:
        """Count those of a page that are to be drawn into it. Raises PageTooComplex past a limit."""
        self.burned += number
        if number > MAX_BURNED_PER_PAGE or self.burned > MAX_BURNED:
            raise PageTooComplex("The pages have more form fields than this program draws.")
