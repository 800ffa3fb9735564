"""Words that tell nothing, unless they may be a name."""

import pytest

from tracker.files.redaction.commonwords import is_common, telling


@pytest.mark.parametrize(
    ("text", "common"), [("the", True), ("their,", True), ("Will", False), ("may", True), ("May", False), ("", False)]
)
def test_common_words(text, common):
    assert is_common(text) is common


def test_what_tells_something():
    assert telling({"the": "the", "will": "Will", "quarrington": "Quarrington"}) == {"will", "quarrington"}
