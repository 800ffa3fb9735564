"""Drawing a form field as a viewer would: frame, value and mark, in Helvetica and the field's own colors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab.pdfbase.pdfmetrics import stringWidth

from tracker.files.pdfwords import text_words

MAX_VALUE = 20_000
MAX_PARENTS = 32
MAX_OPTIONS = 500

_MULTILINE, _PASSWORD, _PUSH_BUTTON, _COMBO = 1 << 12, 1 << 13, 1 << 16, 1 << 17
_FONT = "Helvetica"
_SIZE, _SMALLEST, _LEADING, _PADDING = Decimal(12), Decimal(4), Decimal("1.15"), Decimal(2)
_CAPITAL = Decimal("0.7")
_COLOR = re.compile(rb"((?:[0-9.]+\s+){1,4})(?:g|rg|k)\b")
_TEXT_SIZE = re.compile(rb"(\d+(?:\.\d+)?)\s+Tf\b")
_FILLS = {1: b"g", 3: b"rg", 4: b"k"}
_STROKES = {1: b"G", 3: b"RG", 4: b"K"}


def inherited(widget: Any, key: str) -> Any:
    """Look a key up on a field or the fields above it; None when it stands nowhere."""
    node = widget
    for _step in range(MAX_PARENTS):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


@dataclass(frozen=True)
class _Box:
    width: Decimal
    height: Decimal


class FieldLooks:
    """One field being drawn, in its own box."""

    def __init__(self, widget: Any) -> None:
        self._widget = widget
        self._flags = _whole(inherited(widget, "/Ff"))
        self._box = _box(widget.get("/Rect"))
        self._resources = Dictionary()
        self.parts: list[bytes] = []

    @property
    def is_drawable(self) -> bool:
        """Whether it has any extent."""
        return self._box.width > 0 and self._box.height > 0

    @property
    def is_list(self) -> bool:
        """Whether it is a list that shows several choices."""
        return inherited(self._widget, "/FT") == Name.Ch and not self._flags & _COMBO

    def words(self) -> str:
        """Its value as a viewer shows it."""
        value = inherited(self._widget, "/V")
        options = _options(inherited(self._widget, "/Opt"))
        items = list(value) if isinstance(value, Array) else [value]
        texts = [text for item in items if (text := _text(item))]
        if self.is_list:
            texts = list(options) or texts
        shown = "\n".join(options.get(text, text) for text in texts)[:MAX_VALUE]
        return "*" * len(shown) if self._flags & _PASSWORD else shown

    def text(self, words: str) -> bool:
        """Draw frame and value; return whether all letters could be drawn."""
        self._frame()
        shown = words.encode("cp1252", "replace").decode("cp1252")
        if shown:
            self._resources = Dictionary(Font=Dictionary(Helv=_helvetica()))
            self.parts.append(self._lines(*self._fitted(shown)))
        return shown == words

    @property
    def _look(self) -> bytes:
        found = inherited(self._widget, "/DA")
        return bytes(found) if isinstance(found, pikepdf.String) else b""

    def _fitted(self, words: str) -> tuple[list[str], Decimal]:
        """The value in lines, and the size of type (points) at which they fit."""
        asked = _TEXT_SIZE.search(self._look)
        size = Decimal(asked[1].decode()) if asked else Decimal(0)
        several = bool(self._flags & _MULTILINE) or self.is_list
        width, height = self._box.width - 2 * _PADDING, self._box.height
        fixed = size > 0
        size = max(min(size, height), _SMALLEST) if fixed else _SIZE
        while True:
            lines = list(_wrapped(words, width, size)) if several else [" ".join(words.split())]
            fits = len(lines) * size * _LEADING <= height and all(_length(line, size) <= width for line in lines)
            if fixed or fits or size <= _SMALLEST:
                return lines, size
            size = max(size - Decimal("0.5"), _SMALLEST)

    def _lines(self, lines: list[str], size: Decimal) -> bytes:
        color = _COLOR.search(self._look)
        several = len(lines) > 1 or self._flags & _MULTILINE
        y = self._box.height - _PADDING - size if several else (self._box.height - size * _CAPITAL) / 2
        clip = b"%s %s" % (_number(self._box.width - 2), _number(self._box.height - 2))
        type_size, paint = _number(size), color[0] if color else b"0 g"
        out = [b"/Tx BMC q 1 1 %s re W n BT /Helv %s Tf %s" % (clip, type_size, paint)]
        for line in lines:
            shown = line.encode("cp1252").hex().encode()
            out.append(b"1 0 0 1 %s %s Tm <%s> Tj" % (_number(self._start(line, size)), _number(y), shown))
            y -= size * _LEADING
        return b"\n".join([*out, b"ET Q EMC"])

    def _start(self, line: str, size: Decimal) -> Decimal:
        room = max(self._box.width - 2 * _PADDING - _length(line, size), Decimal(0))
        place = _whole(inherited(self._widget, "/Q"))
        return _PADDING + room * (place if place in (1, 2) else 0) / 2

    def button(self) -> None:
        """Draw the frame of a button, its words, or the mark of one that is on."""
        self._frame()
        state = self._widget.get("/AS", inherited(self._widget, "/V"))
        if self._flags & _PUSH_BUTTON:
            caption = _text(_characteristics(self._widget).get("/CA"))
            if caption:
                self.text(caption)
        elif isinstance(state, Name) and state != Name.Off:
            w, h = _number(self._box.width - 3), _number(self._box.height - 3)
            self.parts.append(b"q 0 G 1 w 3 3 m %s %s l S 3 %s m %s 3 l S Q" % (w, h, h, w))

    def _frame(self) -> None:
        look = _characteristics(self._widget)
        w, h = _number(self._box.width), _number(self._box.height)
        if fill := _color(look.get("/BG"), _FILLS):
            self.parts.append(b"q %s 0 0 %s %s re f Q" % (fill, w, h))
        style = self._widget.get("/BS")
        width = style.get("/W", 1) if isinstance(style, Dictionary) else 1
        if (stroke := _color(look.get("/BC"), _STROKES)) and isinstance(width, int | Decimal) and 0 < width < 20:
            inner = [_number(side - width) for side in (self._box.width, self._box.height)]
            self.parts.append(
                b"q %s %s w %s %s %s %s re S Q" % (stroke, _number(width), *[_number(Decimal(width) / 2)] * 2, *inner)
            )

    def made(self, pdf: pikepdf.Pdf) -> pikepdf.Stream:
        """The looks as a picture of the document."""
        made = pdf.make_stream(b"\n".join(self.parts), Type=Name.XObject, Subtype=Name.Form)
        made["/BBox"] = Array([0, 0, self._box.width, self._box.height])
        made["/Resources"] = self._resources
        return made


def _helvetica() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def _characteristics(widget: Any) -> Dictionary:
    found = widget.get("/MK")
    return found if isinstance(found, Dictionary) else Dictionary()


def _box(rect: Any) -> _Box:
    if not isinstance(rect, Array) or len(rect) != 4 or not all(_is_number(item) for item in rect):
        return _Box(Decimal(0), Decimal(0))
    sides: list[Any] = list(rect)
    x0, y0, x1, y1 = (Decimal(item) for item in sides)
    return _Box(abs(x1 - x0), abs(y1 - y0))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _text(value: Any) -> str:
    """A text string or stream of text, its lines kept."""
    if isinstance(value, pikepdf.String):
        data = bytes(value)
        lines = re.split(r"\r\n|[\r\n]", str(value) if not data.startswith(b"\xef\xbb\xbf") else text_words(value))
        return "\n".join(" ".join(line.split()) for line in lines)
    return ""


def _options(found: Any) -> dict[str, str]:
    """What a choice shows for each of its values, in order."""
    out: dict[str, str] = {}
    for item in list(found)[:MAX_OPTIONS] if isinstance(found, Array) else []:
        pair = list(item) if isinstance(item, Array) and len(item) == 2 else [item, item]
        if text := _text(pair[0]):
            out[text] = _text(pair[1])
    return out


def _color(found: Any, operators: dict[int, bytes]) -> bytes:
    if not isinstance(found, Array) or len(found) not in operators or not all(_is_number(item) for item in found):
        return b""
    return b" ".join([*(_number(item) for item in list(found)), operators[len(found)]])


def _wrapped(words: str, width: Decimal, size: Decimal) -> Iterator[str]:
    """Lines that fit; a word longer than a line stands on one of its own."""
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and _length(longer, size) > width:
                yield line
                longer = word
            line = longer
        yield line


def _length(line: str, size: Decimal) -> Decimal:
    return Decimal(str(stringWidth(line, _FONT, float(size))))


def _number(value: Any) -> bytes:
    text = f"{Decimal(value):.3f}"
    return text.rstrip("0").rstrip(".").encode()
