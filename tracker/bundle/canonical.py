"""Canonical JSON: one spelling for the same values, so that its digest means something."""

import json
import unicodedata
from typing import Any


def canonical(plain: Any) -> str:
    """Write plain values as JSON: NFC, sorted keys, no spaces. Raises TypeError where a float hides."""
    return json.dumps(_normal(plain), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        # Lone surrogates come from broken names in files and have no UTF-8.
        return unicodedata.normalize("NFC", value.encode("utf-8", "replace").decode())
    if isinstance(value, dict):
        return {key: _normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    if isinstance(value, float):
        raise TypeError("no floats here")
    return value
