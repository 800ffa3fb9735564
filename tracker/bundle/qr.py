"""The QR code on paper copies: the address at which a bundle can be checked, as rectangles to draw."""

from collections.abc import Iterator
from itertools import groupby

from reportlab.graphics.barcode import qrencoder

Rectangle = tuple[int, int, int, int]


def address(verify_url: str, manifest_sha256: str) -> str:
    """The address of a bundle's own page in capitals, which a QR code holds in the smallest form (alphanumeric).

    `verify_url` is the address of the checking page; the first 16 digits of the manifest's digest follow it.
    """
    return f"{verify_url.rstrip('/')}/{manifest_sha256[:16]}".upper()


def modules(text: str) -> list[list[bool]]:
    """The dark modules, row by row from the top, at error correction level M.

    Raises ValueError for a text that is not alphanumeric in the sense of ISO/IEC 18004, 7.3.4.
    """
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QRAlphaNum(text))
    code.make()
    count = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(count)] for row in range(count)]


def rectangles(rows: list[list[bool]]) -> Iterator[Rectangle]:
    """Join dark modules into rectangles (column, row, width, height) in modules from the top left.

    Equal runs in rows that follow each other become one rectangle, so that no hairline shows between them.
    """
    growing: dict[tuple[int, int], int] = {}
    for number, row in enumerate([*rows, []]):
        runs = set(_runs(row))
        for start, width in sorted(set(growing) - runs):
            first = growing.pop((start, width))
            yield start, first, width, number - first
        for run in runs:
            growing.setdefault(run, number)


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    at = 0
    for is_dark, group in groupby(row):
        width = len(list(group))
        if is_dark:
            yield at, width
        at += width
