"""Tags: the structure of the generated pages (headings, tables, lists, links), recorded while they are drawn.

Front matter, dividers, slip sheets and logs are tagged; exhibits are as received, and nothing is said of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.bundle.pdfwriter import PdfWriter, Ref, serialize


@dataclass(frozen=True)
class Marked:
    """A marked stretch of a page's content: index of the generated page, number of the mark on it."""

    page: int
    number: int


@dataclass(frozen=True)
class Linked:
    """A link annotation, by its place among the layout's links."""

    link: int


@dataclass(frozen=True)
class Inner:
    """An element inside another, by its place among the elements."""

    element: int


Content = Marked | Linked | Inner


@dataclass(frozen=True)
class Element:
    """One structure element (ISO 32000-1, 14.7.2) of a standard kind.

    `parent` is its place among the elements, -1 at the top; `scope` ("Column", "Row"), `rows` and `columns` (spans)
    belong to cells of tables; `alt` is said instead of a figure.
    """

    kind: str
    parent: int
    contents: tuple[Content, ...]
    scope: str = ""
    rows: int = 1
    columns: int = 1
    alt: str = ""


@dataclass
class _Open:
    kind: str
    parent: int
    scope: str
    rows: int
    columns: int
    alt: str
    contents: list[Content] = field(default_factory=list)


class Tree:
    """The elements of one volume while it is drawn. Contents belong to the element opened last."""

    def __init__(self) -> None:
        self._made: list[_Open] = []
        self._stack: list[int] = []
        self._marks: dict[int, int] = {}

    @property
    def kind(self) -> str:
        """Kind of the element opened last, "" where none is open."""
        return self._made[self._stack[-1]].kind if self._stack else ""

    def begin(
        self, kind: str, *, scope: str = "", spans: tuple[int, int] = (1, 1), alt: str = "", top: bool = False
    ) -> None:
        """Open an element; `spans` are rows and columns of a cell; `top` puts it beside what is open, not inside."""
        parent = self._stack[-1] if self._stack and not top else -1
        if parent >= 0:
            self._made[parent].contents.append(Inner(len(self._made)))
        self._stack.append(len(self._made))
        self._made.append(_Open(kind, parent, scope, *spans, alt))

    def end(self) -> None:
        """Close the element opened last."""
        self._stack.pop()

    def mark(self, page: int) -> int:
        """Give out the next mark of a page to the open element."""
        number = self._marks.get(page, 0)
        self._marks[page] = number + 1
        self._made[self._stack[-1]].contents.append(Marked(page, number))
        return number

    def link(self, link: int) -> None:
        """Say that the open element is that link."""
        self._made[self._stack[-1]].contents.append(Linked(link))

    def elements(self) -> tuple[Element, ...]:
        """Everything recorded, in the order of reading."""
        return tuple(
            Element(one.kind, one.parent, tuple(one.contents), one.scope, one.rows, one.columns, one.alt)
            for one in self._made
        )


def page_key(page: int) -> int:
    """The StructParents of a generated page, by its index."""
    return page


def link_key(pages: int, link: int) -> int:
    """The StructParent of a link, by its place among the layout's links; `pages` counts the generated pages."""
    return pages + link


def write_tree(writer: PdfWriter, elements: Sequence[Element], pages: Sequence[Ref], links: Sequence[Ref]) -> Ref:
    """Write the structure tree; return its root.

    `pages` and `links` are the generated pages and their link annotations in the layout's order; they must carry
    `page_key` and `link_key`.
    """
    return _TreeWriter(writer, elements, pages, links).write()


class _TreeWriter:
    def __init__(
        self, writer: PdfWriter, elements: Sequence[Element], pages: Sequence[Ref], links: Sequence[Ref]
    ) -> None:
        self._writer = writer
        self._elements = elements
        self._pages = pages
        self._links = links
        self._root, self._document, self._parents = (writer.allocate() for _number in range(3))
        self._first = writer.allocate(len(elements)) if elements else 0
        self._of_page: dict[int, dict[int, int]] = {}
        self._of_link: dict[int, int] = {}

    def write(self) -> Ref:
        for place, element in enumerate(self._elements):
            self._writer.write_raw(self._first + place, self._element(place, element))
        top = _array(self._first + place for place, element in enumerate(self._elements) if element.parent < 0)
        self._writer.write_raw(self._document, b"<</S/Document/P %d 0 R/K%s>>" % (self._root, top))
        self._writer.write_raw(self._parents, b"<</Nums[%s]>>" % b" ".join(self._numbers()))
        root = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
        count = link_key(len(self._pages), len(self._links))
        self._writer.write_raw(self._root, root % (self._document, self._parents, count))
        return Ref(self._root)

    def _numbers(self) -> Iterable[bytes]:
        for page in range(len(self._pages)):
            marks = self._of_page.get(page, {})
            yield b"%d %s" % (page_key(page), _array(marks[number] for number in range(len(marks))))
        for link, number in sorted(self._of_link.items()):
            yield b"%d %d 0 R" % (link_key(len(self._pages), link), number)

    def _element(self, place: int, element: Element) -> bytes:
        number = self._first + place
        parent = self._document if element.parent < 0 else self._first + element.parent
        home = next((one.page for one in element.contents if isinstance(one, Marked)), None)
        parts = [b"<</S/%s/P %d 0 R" % (element.kind.encode(), parent)]
        if home is not None:
            parts.append(b"/Pg %d 0 R" % self._pages[home].number)
        kids = [self._kid(one, number, home) for one in element.contents]
        if kids:
            parts.append(b"/K[%s]" % b" ".join(kids) if len(kids) > 1 else b"/K " + kids[0])
        attributes = _attributes(element)
        if attributes:
            parts.append(b"/A<</O/Table%s>>" % attributes)
        if element.alt:
            parts.append(b"/Alt" + serialize(element.alt))
        return b"".join(parts) + b">>"

    def _kid(self, content: Content, number: int, home: int | None) -> bytes:
        match content:
            case Inner():
                return b"%d 0 R" % (self._first + content.element)
            case Linked():
                self._of_link[content.link] = number
                return b"<</Type/OBJR/Obj %d 0 R>>" % self._links[content.link].number
            case Marked():
                self._of_page.setdefault(content.page, {})[content.number] = number
                if content.page == home:
                    return b"%d" % content.number
                page = self._pages[content.page].number
                return b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, content.number)


def _attributes(element: Element) -> bytes:
    out = b"/Scope/%s" % element.scope.encode() if element.scope else b""
    if element.rows > 1:
        out += b"/RowSpan %d" % element.rows
    if element.columns > 1:
        out += b"/ColSpan %d" % element.columns
    return out


def _array(numbers: Iterable[int]) -> bytes:
    return b"[%s]" % b" ".join(b"%d 0 R" % number for number in numbers)
