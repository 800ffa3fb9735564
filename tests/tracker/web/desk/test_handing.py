"""Handing out bytes: always an attachment, with an ending that fits, and never bytes that changed."""

import pytest

from tracker.errors import IntegrityBroken
from tracker.web.desk import handing


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [("a.exe", b"just text", ".txt"), ("x" * 300, b"%PDF-1.4", ".pdf"), ("évidence 😀.txt", b"text", ".txt")],
)
def test_the_ending_fits_the_content(filed, name, content, ending):
    stored = filed.receive(name, content).stored_file
    response = handing.attachment(stored, name=name)
    received = b"".join(response.streaming_content)
    response.close()

    assert received == content
    assert response["Content-Disposition"].startswith("attachment")
    assert ending in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(content))


def test_changed_bytes_are_not_handed_out(filed, vault):
    stored = filed.receive("a.txt", b"before").stored_file
    (vault / stored.key).write_bytes(b"after!")

    with pytest.raises(IntegrityBroken):
        handing.attachment(stored, name="a.txt")
