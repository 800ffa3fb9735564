"""Looks of form fields: what a viewer would draw of a field, before the fields are burned into their pages.

A field's own looks are kept. Where it has none, or where the document asks for new ones and the old do not show the
value, they are drawn here and reported.
"""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.files.fieldlooks import FieldLooks, inherited

MAX_LOOKS_BYTES = 1 << 20


def give_looks(pdf: pikepdf.Pdf, widgets: list[tuple[int, Any]]) -> list[str]:
    """Give every field that lacks them looks, in place; `widgets` are (page number, annotation).

    Returns one line for each that was drawn here.
    """
    form = pdf.Root.get("/AcroForm")
    fresh = isinstance(form, Dictionary) and bool(form.get("/NeedAppearances"))
    lines = []
    for number, widget in widgets:
        lines += [f"p{number} {line}" for line in _give(pdf, widget, fresh=fresh)]
    if isinstance(form, Dictionary) and "/NeedAppearances" in form:
        del form["/NeedAppearances"]
    return lines


def _give(pdf: pikepdf.Pdf, widget: Any, *, fresh: bool) -> Iterator[str]:
    kind = inherited(widget, "/FT")
    looks = _looks(widget)
    if kind == Name.Btn:
        if isinstance(looks, Dictionary) and not isinstance(looks, pikepdf.Stream):
            _choose_state(pdf, widget, looks)
        elif looks is None and (drawn := FieldLooks(widget)).is_drawable:
            drawn.button()
            widget["/AP"] = Dictionary(N=drawn.made(pdf))
            yield "/Widget drawn here: it had no looks"
        return
    if kind not in (Name.Tx, Name.Ch):
        return
    drawn = FieldLooks(widget)
    words = drawn.words()
    stale = fresh and words and not _shows(looks, words)
    if not drawn.is_drawable or not (looks is None or stale):
        return
    whole = drawn.text(words)
    if looks is None and not drawn.parts:
        return
    widget["/AP"] = Dictionary(N=drawn.made(pdf))
    yield "/Widget drawn here from its value" + ("" if whole else "; not all of it could be: see the original")


def _looks(widget: Any) -> Any:
    found = widget.get("/AP")
    normal = found.get("/N") if isinstance(found, Dictionary) else None
    return normal if isinstance(normal, Dictionary | pikepdf.Stream) else None


def _choose_state(pdf: pikepdf.Pdf, widget: Any, looks: Any) -> None:
    """A button without a state shows the one of its value; one whose state has no looks shows its frame."""
    if not isinstance(widget.get("/AS"), Name):
        value = inherited(widget, "/V")
        widget["/AS"] = value if isinstance(value, Name) and value in looks else Name.Off
    drawn = FieldLooks(widget)
    if widget["/AS"] not in looks and drawn.is_drawable:
        drawn.button()
        looks[widget["/AS"]] = drawn.made(pdf)


def _shows(looks: Any, words: str) -> bool:
    """Whether a field's own looks draw its value, as far as its bytes tell."""
    if not isinstance(looks, pikepdf.Stream):
        return False
    try:
        data = looks.read_bytes()
        if len(data) > MAX_LOOKS_BYTES:
            return True
        drawn = [
            bytes(piece)
            for item in pikepdf.parse_content_stream(looks, "Tj TJ ' \"")
            for operand in item.operands
            for piece in (operand if isinstance(operand, Array) else [operand])
            if isinstance(piece, pikepdf.String)
        ]
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        return False
    joined = b"".join(drawn)
    if any(letter == 0 or letter > 127 for letter in joined):
        return True  # numbers of glyphs: nobody can tell, so the document's own looks stand
    return "".join(words.split()).encode("cp1252", "replace") in joined.translate(None, b" \r\n")
