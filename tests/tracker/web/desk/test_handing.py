"""Handing out bytes: always an attachment, with an ending that fits, whole or in parts, never changed bytes."""

import pytest
from django.test import RequestFactory

from tracker.errors import IntegrityBroken
from tracker.web.desk import handing

CONTENT = bytes(range(32, 126)) * 6000


def body(response):
    received = b"".join(response.streaming_content)
    response.close()
    return received


@pytest.fixture
def stored(filed):
    return filed.receive("long.txt", CONTENT).stored_file


def get(stored, method="get", **headers):
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return handing.attachment(stored, name="long.txt", request=request)


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [("a.exe", b"just text", ".txt"), ("x" * 300, b"%PDF-1.4", ".pdf"), ("évidence 😀.txt", b"text", ".txt")],
)
def test_the_ending_fits_the_content(filed, name, content, ending):
    stored = filed.receive(name, content).stored_file
    response = handing.attachment(stored, name=name)

    assert body(response) == content
    assert response["Content-Disposition"].startswith("attachment")
    assert ending in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Type"] == stored.media_type


def test_the_whole_says_that_parts_may_be_asked_for(stored):
    response = get(stored)

    assert response.status_code == 200
    assert body(response) == CONTENT
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{stored.digest}"'


@pytest.mark.parametrize(("first", "last"), [(0, 0), (0, 99), (300_000, 300_009), (0, len(CONTENT) - 1)])
def test_a_part_is_exactly_that_part(stored, first, last):
    response = get(stored, range=f"bytes={first}-{last}")

    assert response.status_code == 206
    assert body(response) == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["ETag"] == f'"{stored.digest}"'


def test_parts_of_this_version_only_are_joined(stored):
    assert body(get(stored, range="bytes=5-9", **{"if-range": f'"{stored.digest}"'})) == CONTENT[5:10]
    assert body(get(stored, range="bytes=5-9", **{"if-range": '"other"'})) == CONTENT


def test_beyond_the_end_there_is_nothing(stored):
    response = get(stored, range=f"bytes={len(CONTENT)}-")

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


def test_a_head_tells_the_same_and_reads_nothing(stored, vault):
    (vault / stored.key).unlink()
    response = get(stored, method="head", range="bytes=1-2")

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Accept-Ranges"] == "bytes"


def test_the_file_is_closed_with_a_part_that_nobody_reads(stored):
    response = get(stored, range="bytes=1-2")
    response.close()

    with pytest.raises(ValueError, match="closed"):
        list(response.streaming_content)


@pytest.mark.parametrize("header", ["", "bytes=2-3"])
def test_changed_bytes_are_not_handed_out(filed, vault, header):
    stored = filed.receive("a.txt", b"before").stored_file
    (vault / stored.key).write_bytes(b"after!")

    with pytest.raises(IntegrityBroken):
        get(stored, range=header)
