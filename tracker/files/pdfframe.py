"""The frame of a copy: places left free in it for what a bundle prints, so that building one copies bytes only.

Every page of a copy has a first content stream that saves the graphics state, a last one that restores it (the place
of the stamp), a hidden link annotation (the place of the link) and the names of two typefaces in its resources. A
bundle fills these objects and changes nothing else. Objects of a copy lie one after the other, none in object streams.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.files import pdflayers

BOLD, PLAIN = "RcsB", "RcsR"


@dataclass(frozen=True)
class Frame:
    """Object numbers in a copy: catalog, page tree, the places of both typefaces (0: none), and its layers.

    `suffix` follows the names of the typefaces where the document already uses them; `layers` and `hidden_layers`
    are its optional content groups, all and those that are not shown.
    """

    catalog: int = 0
    pages: int = 0
    bold: int = 0
    plain: int = 0
    suffix: str = ""
    layers: tuple[int, ...] = ()
    hidden_layers: tuple[int, ...] = ()

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Frame":
        """Read what `dataclasses.asdict` wrote."""
        return cls(
            **{**plain, "layers": tuple(plain["layers"]), "hidden_layers": tuple(plain["hidden_layers"])},
        )


@dataclass(frozen=True)
class Balance:
    """What a page's content leaves open: q without Q, Q without q, a text object."""

    open_saves: int = 0
    extra_restores: int = 0
    open_text: bool = False

    def opening(self) -> bytes:
        """The stream before the page's own content."""
        return b"q\n" * (1 + self.extra_restores)

    def closing(self) -> bytes:
        """What ends the page's own content; a stamp follows it."""
        return b"\n" + (b"ET\n" if self.open_text else b"") + b"Q\n" * (1 + self.open_saves)


def naming(suffix: str) -> bytes:
    """Drawing commands that draw nothing and name both typefaces: how a reader tells our stream from the page's."""
    return b"q BT /%s%s 4 Tf /%s%s 4 Tf ET Q\n" % (BOLD.encode(), suffix.encode(), PLAIN.encode(), suffix.encode())


def give_frame(pdf: pikepdf.Pdf, balances: Mapping[int, Balance]) -> None:
    """Put the places into pages of an open document (by index from 0), in place, and make its page tree flat."""
    _Framer(pdf).run(balances)


def save_copy(pdf: pikepdf.Pdf, path: Path) -> None:
    """Write a copy: the same document gives the same bytes, every object lies by itself."""
    pdf.save(
        path,
        static_id=True,
        encryption=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        recompress_flate=False,
        fix_metadata_version=False,
    )


def read_frame(pdf: pikepdf.Pdf, page_index: int = 0) -> Frame:
    """Find the places of a written copy, of which the page at `page_index` was framed (-1: none was)."""
    suffix, bold, plain = "", 0, 0
    if 0 <= page_index < len(pdf.pages):
        page = pdf.pages[page_index].obj
        named = page.Contents[-1].read_bytes().rpartition(b"/" + BOLD.encode())[2].partition(b" ")[0]
        suffix = named.decode()
        fonts = page.Resources.Font
        bold, plain = fonts[f"/{BOLD}{suffix}"].objgen[0], fonts[f"/{PLAIN}{suffix}"].objgen[0]
    layers, hidden = _layers(pdf)
    return Frame(pdf.Root.objgen[0], pdf.Root.Pages.objgen[0], bold, plain, suffix, layers, hidden)


def page_places(page: pikepdf.Object) -> tuple[int, int, int]:
    """Object numbers of a page, its stamp and its link in a written copy."""
    return page.objgen[0], page.Contents[-1].objgen[0], page.Annots[-1].objgen[0]


def _layers(pdf: pikepdf.Pdf) -> tuple[tuple[int, ...], tuple[int, ...]]:
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return (), ()
    every = _numbers(properties.get("/OCGs"))
    default = properties.get("/D")
    if not isinstance(default, Dictionary):
        return every, ()
    hidden = set(_numbers(default.get("/OFF")))
    if default.get("/BaseState") == Name.OFF:
        hidden |= set(every) - set(_numbers(default.get("/ON")))
    return every, tuple(number for number in every if number in hidden)


def _numbers(found: Any) -> tuple[int, ...]:
    if not isinstance(found, Array):
        return ()
    return tuple(dict.fromkeys(item.objgen[0] for item in found if isinstance(item, Dictionary) and item.is_indirect))


class _Framer:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._resources: dict[tuple[int, int], pikepdf.Object] = {}
        self._openings: dict[bytes, pikepdf.Object] = {}
        self._suffix = self._free_suffix()
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        self._bold = pdf.make_indirect(font)
        self._plain = pdf.make_indirect(copy.copy(font))

    def run(self, balances: Mapping[int, Balance]) -> None:
        for index, balance in balances.items():
            page = self._pages[index]
            self._give_fonts(page)
            self._give_streams(page, balance)
            link = Dictionary(
                Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 0, 0]), Border=Array([0, 0, 0]), F=2
            )
            held = page.get("/Annots")
            others = list(held) if isinstance(held, Array) else []
            page["/Annots"] = Array([*others, self._pdf.make_indirect(link)])
        tree = self._pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(self._pages), Count=len(self._pages)))
        for page in self._pages:
            page["/Parent"] = tree
        self._pdf.Root["/Pages"] = tree

    def _free_suffix(self) -> str:
        used: set[str] = set()
        seen: set[tuple[int, int]] = set()
        for page in self._pages:
            resources = page.get("/Resources")
            fonts = resources.get("/Font") if isinstance(resources, Dictionary) else None
            if isinstance(fonts, Dictionary) and not (fonts.is_indirect and fonts.objgen in seen):
                used.update(fonts.keys())
                seen.add(fonts.objgen)
        suffix, count = "", 0
        while f"/{BOLD}{suffix}" in used or f"/{PLAIN}{suffix}" in used:
            count += 1
            suffix = str(count)
        return suffix

    def _give_fonts(self, page: pikepdf.Object) -> None:
        """Give a page its own resources with both names; pages that shared theirs share the copy."""
        held = page.get("/Resources")
        shared = held.objgen if held is not None and held.is_indirect else None
        made = self._resources.get(shared) if shared else None
        if made is None:
            made = copy.copy(held) if isinstance(held, Dictionary) else Dictionary()
            listed = made.get("/Font")
            fonts = copy.copy(listed) if isinstance(listed, Dictionary) else Dictionary()
            fonts[f"/{BOLD}{self._suffix}"] = self._bold
            fonts[f"/{PLAIN}{self._suffix}"] = self._plain
            made["/Font"] = fonts
            if shared:
                made = self._pdf.make_indirect(made)
                self._resources[shared] = made
        page["/Resources"] = made

    def _give_streams(self, page: pikepdf.Object, balance: Balance) -> None:
        words = balance.opening()
        opening = self._openings.get(words)
        if opening is None:
            opening = self._openings[words] = self._pdf.make_stream(words)
        closing = self._pdf.make_stream(balance.closing() + naming(self._suffix))
        original = page.get("/Contents")
        streams = list(original) if isinstance(original, Array) else [] if original is None else [original]
        page["/Contents"] = Array([opening, *(item for item in streams if isinstance(item, pikepdf.Stream)), closing])


def cut_copy(path: Path, pages: range, target: Path) -> tuple[Frame, tuple[tuple[int, int, int], ...]]:
    """Write a copy that holds only some pages (indexes from 0) of a copy; nothing of the others is left in it.

    Links that lead to other pages are dropped. Returns the new frame and the places of each page.
    """
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        kept = [pdf.pages[index].obj for index in pages]
        stay = {page.objgen for page in kept}
        for page in kept:
            page["/Annots"] = Array([item for item in page.Annots if not _leads_away(item, stay)])
        tree = pdf.Root.Pages
        tree["/Kids"], tree["/Count"] = Array(kept), len(kept)
        pdflayers.keep_used(pdf, kept)
        save_copy(pdf, target)
    with pikepdf.open(target) as pdf:
        return read_frame(pdf), tuple(page_places(page.obj) for page in pdf.pages)


def _leads_away(item: pikepdf.Object, stay: set[tuple[int, int]]) -> bool:
    target = item.get("/Dest") if isinstance(item, Dictionary) else None
    return isinstance(target, Array) and len(target) > 0 and target[0].objgen not in stay
