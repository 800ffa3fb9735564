"""Signs that no database takes as text are told apart from every script that people write."""

import pytest

from tracker.web.textcheck import can_be_kept


@pytest.mark.parametrize("text", ["", "naïve", "Ñandú 漢字 עברית العربية", "🦉", "\\u0000 spelled out", "a\\\\u0000b"])
def test_text_of_any_script_can_be_kept(text: str) -> None:
    assert can_be_kept({"narrative": text, text: [text, None, 1]})


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "\\\x00"])
def test_what_is_no_text_cannot(text: str) -> None:
    assert not can_be_kept({"allegations": [{"narrative": text}]})
    assert not can_be_kept({text: 1})
