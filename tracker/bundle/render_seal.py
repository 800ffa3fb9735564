"""The strip with the manifest's digest and how to compare it, on cover and certificate."""

from django.utils.translation import gettext as _

from tracker.bundle import qr
from tracker.bundle.draw import Book
from tracker.bundle.manifest import NAME
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import GREY, INK, LEFT, NAVY, RIGHT, Style

SEAL_TOP = 130.0
_QR_SIZE = 70.0
_SMALL = Style("sans", 7.8, 11, GREY)


def seal_strip(book: Book, shelf: Shelf) -> None:
    """Draw the manifest's digest and how to compare it, from SEAL_TOP down."""
    book.rule(SEAL_TOP, 0.8, NAVY)
    book.tracked(LEFT, 115, _("Manifest SHA-256").upper(), Style("sans-bold", 6.6, 8, NAVY), space=0.5)
    groups = [shelf.digest[at : at + 8] for at in range(0, 64, 8)]
    book.lines(LEFT, 100, [" ".join(groups[:4]), " ".join(groups[4:])], Style("mono", 10.2, 13.6))
    url = shelf.plan.heading.verify_url
    if url:
        _address(book, url)
        _code(book, qr.address(url, shelf.digest))
        return
    book.text(LEFT, 70, _("To check this file, run verify_bundle on it; or, with any tool,"), _SMALL)
    compare = _("extract %(name)s, take its SHA-256, and compare it with the 64 characters above.")
    book.text(LEFT, 58.6, compare % {"name": NAME}, _SMALL)


def _address(book: Book, url: str) -> None:
    shown = url.rstrip("/").partition("://")[2] or url
    with book.content():
        before = _("Check this file at")
        end = book.text(LEFT, 70, f"{before} ", _SMALL)
        book.text(LEFT + end, 70, shown, Style("sans-bold", 7.8, 11, NAVY))
    offline = _("or offline: extract %(name)s, take its SHA-256, compare it with the 64 characters above.")
    book.text(LEFT, 58.6, offline % {"name": NAME}, _SMALL)


def _code(book: Book, address: str) -> None:
    """Draw the QR code with its quiet zone, right of the strip."""
    if book.is_counting:
        return
    rows = qr.modules(address)
    unit = _QR_SIZE / len(rows)
    left, top = RIGHT - _QR_SIZE, SEAL_TOP - 9
    with book.tagged("Figure", alt=_("QR code: %(address)s") % {"address": address}), book.content():
        path = book.canvas.beginPath()
        for column, row, width, height in qr.rectangles(rows):
            path.rect(left + column * unit, top - (row + height) * unit, width * unit, height * unit)
        book.fill(INK)
        book.canvas.drawPath(path, stroke=0, fill=1)
