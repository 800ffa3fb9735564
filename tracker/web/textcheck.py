"""Whether what somebody sent can be kept at all: JSON can spell signs that no database takes as text."""

import json
from typing import Any


def can_be_kept(data: Any) -> bool:
    """False where plain JSON values hold a null character or half of a surrogate pair."""
    text = json.dumps(data, ensure_ascii=False)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text.replace("\\\\", "")
