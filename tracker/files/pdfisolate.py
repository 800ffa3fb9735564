"""Page content with broken syntax, set apart so that it cannot swallow what a bundle prints after it.

A text or picture that is never closed takes everything behind it along, a page's number included. Drawn as a picture
of its own such content looks the same and ends where it ends.
"""

import warnings
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.files import pagedigest
from tracker.files.pdfbudget import Budget

MAX_READ = 1_000_000
_END = b"RcsEnd"
_NAME = "RcsPage"
# Content that lies outside the page is not shown anyway.
_EVERYWHERE = (-32_000, -32_000, 32_000, 32_000)

_LEAST = {
    operator: count
    for count, operators in enumerate(
        (
            b"",
            b"g G gs Do sh Tj TJ ' Tc Tw Tz TL Tr Ts w J j M ri i cs CS BMC MP",
            b"m l Td TD Tf d d0 BDC DP",
            b'rg RG "',
            b"re k K v y",
            b"",
            b"c cm Tm d1",
        )
    )
    for operator in operators.split()
}


def isolate_broken(pdf: pikepdf.Pdf) -> list[str]:
    """Set broken page content of an open document apart, in place; return one line for each such page."""
    budget = Budget()
    sound: dict[tuple[tuple[int, int], ...], bool] = {}
    lines = []
    for number, page in enumerate(pdf.pages, start=1):
        streams = pagedigest.content_streams(page.obj)
        key = tuple(stream.objgen for stream in streams)
        if key not in sound:
            budget.spend(page.obj)
            sound[key] = is_sound(_joined(streams))
        if not sound[key]:
            _isolate(pdf, page.obj, _joined(streams))
            lines.append(f"p{number} /Contents: broken syntax, drawn as one picture")
    return lines


def is_sound(content: bytes) -> bool:
    """Whether page content can be read to its end without a fault, so that what follows it is read as such.

    Content too long to be looked at word for word counts as unsound: set apart it does no harm.
    """
    if len(content) > MAX_READ:
        return False
    with pikepdf.new() as probe, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        stream = probe.make_stream(content + b"\n" + _END + b"\n")
        try:
            found = list(pikepdf.parse_content_stream(stream))
        except pikepdf.PdfError:
            return False
        if told or probe.get_warnings() or not found or bytes(found[-1].operator) != _END or found[-1].operands:
            return False
        # Some readers give up on a page after an operator with too few operands.
        return all(len(item.operands) >= _LEAST.get(bytes(item.operator), 0) for item in found)


def _joined(streams: list[pikepdf.Stream]) -> bytes:
    return b"\n".join(bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)) for stream in streams)


def _isolate(pdf: pikepdf.Pdf, page: Any, content: bytes) -> None:
    picture = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array(_EVERYWHERE))
    resources = pagedigest.inherited(page, "/Resources")
    if isinstance(resources, Dictionary):
        picture["/Resources"] = resources
    page["/Resources"] = Dictionary(XObject=Dictionary({f"/{_NAME}": picture}))
    page["/Contents"] = pdf.make_stream(f"/{_NAME} Do".encode())
