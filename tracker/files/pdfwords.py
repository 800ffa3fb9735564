"""Names and texts of a received PDF as text that can be kept: they may be in any bytes, most of all in wrong ones."""

import re
from typing import Any

import pikepdf

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def name_bytes(value: pikepdf.Name) -> bytes:
    """A name without its slash, as its bytes."""
    return bytes(value)[1:]


def key_bytes(key: str) -> bytes:
    """A key of a dictionary without its slash, as its bytes: the same as `name_bytes` of the same name."""
    return key[1:].encode("utf-8", "surrogateescape")


def name_text(value: pikepdf.Name) -> str:
    """A name with its slash, as the keys of a dictionary are given: bytes that are no UTF-8 become lone surrogates."""
    return bytes(value).decode("utf-8", "surrogateescape")


def name_words(value: Any, default: str = "unknown") -> str:
    """A name as text with its slash; `default` for anything else."""
    if not isinstance(value, pikepdf.Name):
        return default
    return printable(name_text(value))


def text_words(value: Any) -> str:
    """A text string as one line of text; "" for anything else."""
    if not isinstance(value, pikepdf.String):
        return ""
    try:
        text = str(value)
    except UnicodeDecodeError:
        text = bytes(value).decode("utf-8-sig", "replace")
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """Text in which every stretch of control characters and of undecodable bytes is a blank or a replacement mark."""
    return _UNPRINTABLE.sub(lambda found: " " if found[0] < "\x80" else "\ufffd", text)
