"""A plain reader of text: what the commands of a page write, decoded by its typefaces, in the order of the file.

It knows nothing of places. That is its use: text that is covered, white, tiny or outside the page is read like any.
"""

import re
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tracker.files import pagedigest

MAX_NESTED = 20
_SHOWING = ("Tj", "TJ", "'", '"')
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_PART = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.DOTALL)
_WIDEST_RANGE = 65_536
# A gap in a line wider than this, in thousandths of the size, is a space.
_GAP = 200


def texts(path: Path) -> list[str]:
    """The text of every page."""
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        return [text_of(page.obj) for page in pdf.pages]


def text_of(holder: pikepdf.Object, level: int = 0) -> str:
    """The text that a page or a form writes, with that of its forms."""
    is_form = isinstance(holder, Stream)
    resources = holder.get("/Resources") if is_form else pagedigest.inherited(holder, "/Resources")
    named = resources if isinstance(resources, Dictionary) else Dictionary()
    fonts = {name: Decoder(font) for name, font in _entries(named.get("/Font")) if isinstance(font, Dictionary)}
    forms = dict(_entries(named.get("/XObject")))
    out, font = [], None
    for operands, operator in _commands(holder):
        if operator == "Tf" and operands:
            font = fonts.get(str(operands[0]))
        elif operator in _SHOWING and operands:
            out.append(_shown(operands[-1], font or Decoder(Dictionary())))
        elif operator in ("Td", "TD", "Tm", "T*", "ET"):
            out.append(" ")
        elif operator == "Do" and operands and level < MAX_NESTED:
            form = forms.get(str(operands[0]))
            if isinstance(form, Stream) and form.get("/Subtype") == Name.Form:
                out.append(text_of(form, level + 1))
    return "".join(out)


class Decoder:
    """What the codes of a typeface stand for: by its own table where it has one, else as Latin-1."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.width = 2 if font.get("/Subtype") == Name.Type0 else 1
        self.table: dict[int, str] = {}
        found = font.get("/ToUnicode")
        if isinstance(found, Stream):
            self.learn(pagedigest.stream_data(found))

    def text(self, data: bytes) -> str:
        """The text of a run of codes."""
        if not self.table and self.width == 1:
            return data.decode("latin-1")
        codes = (int.from_bytes(data[at : at + self.width], "big") for at in range(0, len(data), self.width))
        return "".join(self.table.get(code, chr(code) if self.width == 1 else "\ufffd") for code in codes)

    def learn(self, data: bytes) -> None:
        """Take up a table of the kind that /ToUnicode holds."""
        for kind, part in _PART.findall(data):
            if kind == b"codespacerange":
                found = _HEX.search(part)
                self.width = max(1, len(found[1]) // 2) if found else self.width
            elif kind == b"bfchar":
                signs = [_bytes(one) for one in _HEX.findall(part)]
                for code, sign in zip(signs[::2], signs[1::2], strict=False):
                    self.table[int.from_bytes(code, "big")] = sign.decode("utf-16-be", "replace")
            else:
                self._read_ranges(part)

    def _read_ranges(self, part: bytes) -> None:
        for line in re.findall(rb"<[^>]*>\s*<[^>]*>\s*(?:<[^>]*>|\[[^\]]*\])", part):
            first, last, *signs = (_bytes(one) for one in _HEX.findall(line))
            start, end = int.from_bytes(first, "big"), int.from_bytes(last, "big")
            if not signs or end - start > _WIDEST_RANGE:
                continue
            if b"[" in line:
                for code, sign in zip(range(start, end + 1), signs, strict=False):
                    self.table[code] = sign.decode("utf-16-be", "replace")
                continue
            for step in range(end - start + 1):
                sign = (int.from_bytes(signs[0], "big") + step).to_bytes(len(signs[0]) + 1, "big")[1:]
                self.table[start + step] = sign.decode("utf-16-be", "replace")


def mapped(cmap: bytes) -> str:
    """Every character that a table of a typeface names, parted so that neighbors make no word."""
    decoder = Decoder(Dictionary())
    decoder.learn(cmap)
    return "|".join(decoder.table.values())


def _shown(operand: Any, font: Decoder) -> str:
    if isinstance(operand, pikepdf.String):
        return font.text(bytes(operand))
    if not isinstance(operand, Array):
        return ""
    out = []
    for item in operand:
        if isinstance(item, pikepdf.String):
            out.append(font.text(bytes(item)))
        elif not isinstance(item, pikepdf.Object) and item < -_GAP:
            out.append(" ")
    return "".join(out)


def _commands(holder: pikepdf.Object) -> list[tuple[list[Any], str]]:
    try:
        return [(list(found.operands), str(found.operator)) for found in pikepdf.parse_content_stream(holder)]
    except (pikepdf.PdfError, TypeError, ValueError):
        return []


def _entries(found: Any) -> list[tuple[str, Any]]:
    return [(name, found[name]) for name in found.keys()] if isinstance(found, Dictionary) else []  # noqa: SIM118


def _bytes(digits: bytes) -> bytes:
    text = re.sub(rb"\s", b"", digits)
    return bytes.fromhex((text + b"0" * (len(text) % 2)).decode())
