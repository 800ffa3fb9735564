"""Stage 3: print number, mark and a link to the list on every numbered page, upright in its displayed corner.

Page size, boxes and content stay as they are: the original content is enclosed, the stamp follows it.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.bundle.fonts import FontFiles
from tracker.bundle.places import full_range
from tracker.bundle.plan import PAGES, WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.render import Layout
from tracker.bundle.stampfont import embed, encode
from tracker.bundle.stampline import LINK_GAP, NUMBER_GAP, TEXT_SIZE, fit, matrix
from tracker.files.pdf import PageFacts

_NAVY = b"0.122 0.227 0.373 rg"
_INK = b"0.086 0.098 0.114 rg"
_SHEET = PageFacts(
    box=("0", "0", "612", "792"),
    rotate=0,
    unit="1",
    open_saves=0,
    extra_restores=0,
    open_text=False,
    sha256="",
)


@dataclass(frozen=True)
class Numbered:
    """A page to stamp: its index, geometry, mark text and number."""

    index: int
    facts: PageFacts
    mark: str
    number: str


def numbered_pages(plan: BundlePlan, layout: Layout) -> Iterator[Numbered]:
    """Every page of the volume that carries a number, in order."""
    places = layout.places(plan)
    at = places.front
    for item in plan.exhibits:
        at += 1
        if item.kind == PAGES:
            for offset, facts in enumerate(item.pages):
                place = layout.page_words % {"page": offset + 1, "pages": len(item.pages)}
                mark = f"{layout.divider_prefix}{item.mark} · {place}"
                yield Numbered(at + offset, facts, mark, plan.bates(item.bates_first + offset))
        else:
            yield Numbered(at, _SHEET, f"{layout.divider_prefix}{item.mark}", _sheet_number(plan, item))
        at += item.sheets


def _sheet_number(plan: BundlePlan, item: PlannedExhibit) -> str:
    if item.kind == WITHHELD:
        return full_range(plan, item.bates_first, item.bates_last)
    return plan.bates(item.bates_first)


def stamp(pdf: pikepdf.Pdf, plan: BundlePlan, layout: Layout, fonts: FontFiles) -> None:
    """Stamp every numbered page of the merged document in place."""
    pages = [page.obj for page in pdf.pages]
    target = pdf.make_indirect(Array([pages[layout.places(plan).section_index("list")], Name.Fit]))
    stamper = _Stamper(pdf, target, layout.back_words, fonts)
    for numbered in numbered_pages(plan, layout):
        stamper.stamp(pages[numbered.index], numbered)


class _Stamper:
    def __init__(self, pdf: pikepdf.Pdf, target: pikepdf.Object, words: str, fonts: FontFiles) -> None:
        self._pdf = pdf
        self._target = target
        self._words = encode(words)
        self._tip = pikepdf.String(words)
        self._bold = embed(pdf, fonts, "sans-bold")
        self._plain = embed(pdf, fonts, "sans")
        self._save = pdf.make_stream(b"q\n")
        self._resources: dict[tuple[int, int] | None, tuple[pikepdf.Object, str]] = {}

    def stamp(self, page: pikepdf.Object, numbered: Numbered) -> None:
        facts = numbered.facts
        names = self._give_fonts(page)
        opening = self._save
        if facts.extra_restores:
            opening = self._pdf.make_stream(b"q\n" * (1 + facts.extra_restores))
        text, link = self._line(numbered, names)
        closing = b"\n" + (b"ET\n" if facts.open_text else b"") + b"Q\n" * (1 + facts.open_saves) + text
        original = page.get("/Contents")
        streams = list(original) if isinstance(original, Array) else [] if original is None else [original]
        page["/Contents"] = Array([opening, *streams, self._pdf.make_stream(closing)])
        if link:
            held = page.get("/Annots")
            others = list(held) if isinstance(held, Array) else []
            page["/Annots"] = Array([*others, link])

    def _line(self, numbered: Numbered, names: str) -> tuple[bytes, pikepdf.Object | None]:
        width, height = numbered.facts.displayed_size
        place = fit(width, height, numbered.number)
        if place.place == "log":
            # The fonts are named all the same: they are how a checker tells our stream from the page's own.
            return b"q BT /RcsB%s %s Tf ET Q\n" % (names.encode(), b"4"), None
        parts = [b"q", b" ".join(plain(item) for item in matrix(numbered.facts)), b"cm\n"]
        number = encode(numbered.number)
        y = place.baseline
        x = width - place.margin - self._bold.width(number, place.size)
        parts.append(_show((_INK, f"RcsB{names}", place.size), (x, y), number))
        link = None
        if place.place in ("whole", "no_link"):
            mark = encode(numbered.mark)
            x -= NUMBER_GAP + self._plain.width(mark, TEXT_SIZE)
            parts.append(_show((_INK, f"RcsR{names}", TEXT_SIZE), (x, y), mark))
        if place.place == "whole":
            end = x - LINK_GAP
            x = end - self._plain.width(self._words, TEXT_SIZE)
            parts.append(_show((_NAVY, f"RcsR{names}", TEXT_SIZE), (x, y), self._words))
            link = self._link(numbered.facts, (x - 3, y - 4, end + 3, y + 10))
        return b" ".join([*parts, b"Q\n"]), link

    def _link(self, facts: PageFacts, box: tuple[Decimal, Decimal, Decimal, Decimal]) -> pikepdf.Object:
        a, b, c, d, e, f = matrix(facts)
        corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in (box[:2], box[2:])]
        xs, ys = sorted(corner[0] for corner in corners), sorted(corner[1] for corner in corners)
        rect = [Decimal(plain(item).decode()) for item in (xs[0], ys[0], xs[1], ys[1])]
        return Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array(rect),
            Border=Array([0, 0, 0]),
            F=4,
            Contents=self._tip,
            Dest=self._target,
        )

    def _give_fonts(self, page: pikepdf.Object) -> str:
        """Give a page its own resources with our fonts; return the suffix of their names.

        Pages that shared their resources share the copy.
        """
        held = page.get("/Resources")
        shared = held.objgen if held is not None and held.is_indirect else None
        if shared in self._resources:
            made, suffix = self._resources[shared]
            page["/Resources"] = made
            return suffix
        own = copy.copy(held) if isinstance(held, Dictionary) else Dictionary()
        listed = own.get("/Font")
        font = copy.copy(listed) if isinstance(listed, Dictionary) else Dictionary()
        suffix, count = "", 0
        while f"/RcsB{suffix}" in font or f"/RcsR{suffix}" in font:
            count += 1
            suffix = str(count)
        font[f"/RcsB{suffix}"] = self._bold.obj
        font[f"/RcsR{suffix}"] = self._plain.obj
        own["/Font"] = font
        if shared:
            own = self._pdf.make_indirect(own)
            self._resources[shared] = (own, suffix)
        page["/Resources"] = own
        return suffix


def _show(style: tuple[bytes, str, Decimal], at: tuple[Decimal, Decimal], text: bytes) -> bytes:
    color, font, size = style
    escaped = text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"%s BT /%s %s Tf %s %s Td (%s) Tj ET\n" % (
        color,
        font.encode(),
        plain(size),
        plain(at[0]),
        plain(at[1]),
        escaped,
    )


def plain(value: Decimal) -> bytes:
    """Write a length with at most four decimals and no trailing zeros."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode()
