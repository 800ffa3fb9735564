"""Where the links and bookmarks of a received PDF lead, with every name resolved to a page."""

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.files.pdfwords import key_bytes, name_bytes, text_words

MAX_NAME_LEVELS = 40
MAX_NAMES = 100_000
MAX_OUTLINE_DEPTH = 10
MAX_OUTLINE_ITEMS = 2000
MAX_OUTLINE_TITLE = 200


@dataclass(frozen=True)
class OutlineItem:
    """One bookmark of a received document: depth from 0, title, index of the page it opens (from 0)."""

    level: int
    title: str
    page: int


class Destinations:
    """Where links of a document lead, with names resolved to page indexes."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self.page_objects = [page.obj for page in pdf.pages]
        self._named: dict[bytes, Any] = {}
        old = pdf.Root.get("/Dests")
        if isinstance(old, Dictionary):
            for key in list(old.keys())[:MAX_NAMES]:
                self._named[key_bytes(key)] = old[key]
        names = pdf.Root.get("/Names")
        if isinstance(names, Dictionary):
            self._read_tree(names.get("/Dests"), 0, set())

    def _read_tree(self, node: Any, level: int, seen: set[tuple[int, int]]) -> None:
        if level > MAX_NAME_LEVELS or not isinstance(node, Dictionary) or len(self._named) > MAX_NAMES:
            return
        if node.is_indirect:
            if node.objgen in seen:
                return
            seen.add(node.objgen)
        pairs = node.get("/Names")
        if isinstance(pairs, Array):
            items = list(pairs)
            for key, value in zip(items[::2], items[1::2], strict=False):
                if isinstance(key, pikepdf.String):
                    self._named.setdefault(bytes(key), value)
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            for kid in kids:
                self._read_tree(kid, level + 1, seen)

    def resolve(self, value: Any) -> Array | None:
        """Turn a destination of any form into `[page /Fit …]`; None when it leads to no page here."""
        for _step in range(8):
            if isinstance(value, pikepdf.String):
                value = self._named.get(bytes(value))
            elif isinstance(value, Name):
                value = self._named.get(name_bytes(value))
            elif isinstance(value, Dictionary):
                value = value.get("/D")
            else:
                break
        if not isinstance(value, Array) or len(value) == 0:
            return None
        page = self._page(value[0])
        if page is None:
            return None
        view = [item for item in list(value)[1:6] if not isinstance(item, pikepdf.Object) or isinstance(item, Name)]
        if not view or not isinstance(view[0], Name):
            view = [Name.Fit]
        return Array([self.page_objects[page], *view])

    def _page(self, target: Any) -> int | None:
        if isinstance(target, int) and not isinstance(target, bool):
            return target if 0 <= target < len(self.page_objects) else None
        if isinstance(target, Dictionary) and target.is_indirect:
            return self.pages.get(target.objgen)
        return None

    def of_holder(self, holder: Any) -> Array | None:
        """Resolve the /Dest or the /GoTo action of a link or bookmark."""
        if "/Dest" in holder:
            return self.resolve(holder["/Dest"])
        action = holder.get("/A")
        if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
            return self.resolve(action.get("/D"))
        return None


def read_outline(pdf: pikepdf.Pdf, targets: Destinations) -> list[OutlineItem]:
    """Read the bookmarks that lead to pages, bounded in number and depth; circles end."""
    root = pdf.Root.get("/Outlines")
    reader = _OutlineReader(targets)
    if isinstance(root, Dictionary):
        reader.read(root.get("/First"), 0)
    return reader.found


class _OutlineReader:
    def __init__(self, targets: Destinations) -> None:
        self.targets = targets
        self.found: list[OutlineItem] = []
        self.seen: set[tuple[int, int]] = set()

    def read(self, item: Any, level: int) -> None:
        while isinstance(item, Dictionary) and len(self.found) < MAX_OUTLINE_ITEMS:
            if level >= MAX_OUTLINE_DEPTH or not item.is_indirect or item.objgen in self.seen:
                return
            self.seen.add(item.objgen)
            target = self.targets.of_holder(item)
            words = text_words(item.get("/Title"))
            if target is not None and words:
                page = self.targets.pages[target[0].objgen]
                self.found.append(OutlineItem(level, words[:MAX_OUTLINE_TITLE], page))
            self.read(item.get("/First"), level + 1)
            item = item.get("/Next")
