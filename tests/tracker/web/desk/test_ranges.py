"""Which part of a file a request asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.web.desk.ranges import Asked, Part, asked

ETAG = '"abc"'
WHOLE = Asked()
OUTSIDE = Asked(is_outside=True)


def part(first: int, last: int) -> Asked:
    return Asked(Part(first, last))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", WHOLE),
        ("bytes=0-", part(0, 99)),
        ("bytes=0-0", part(0, 0)),
        ("bytes=0-99", part(0, 99)),
        ("bytes=10-19", part(10, 19)),
        ("bytes=90-", part(90, 99)),
        ("bytes=90-1000", part(90, 99)),
        ("bytes=99-99", part(99, 99)),
        ("BYTES=1-2", part(1, 2)),
        (" bytes=1-2 ", part(1, 2)),
        ("bytes=-1", part(99, 99)),
        ("bytes=-100", part(0, 99)),
        ("bytes=-500", part(0, 99)),
        ("bytes=100-", OUTSIDE),
        ("bytes=100-200", OUTSIDE),
        ("bytes=999999999999999999-", OUTSIDE),
        ("bytes=-0", OUTSIDE),
        ("bytes=-", WHOLE),
        ("bytes=", WHOLE),
        ("bytes=20-10", WHOLE),
        ("bytes=0-1,5-6", WHOLE),
        ("bytes=a-b", WHOLE),
        ("bytes=1.5-2", WHOLE),
        ("bytes=-1-2", WHOLE),
        ("bytes=99999999999999999999-", WHOLE),
        ("bytes=\u0661-\u0662", WHOLE),
        ("items=0-1", WHOLE),
        ("0-1", WHOLE),
    ],
)
def test_ranges(header: str, expected: Asked) -> None:
    assert asked(header, "", size=100, etag=ETAG) == expected


def test_a_part_of_another_version_is_not_joined_to_this_one() -> None:
    assert asked("bytes=5-9", ETAG, size=10, etag=ETAG) == part(5, 9)
    for other in ('"def"', f"W/{ETAG}", "abc", "Wed, 21 Oct 2015 07:28:00 GMT"):
        assert asked("bytes=5-9", other, size=10, etag=ETAG) == WHOLE


def test_nothing_of_an_empty_file_can_be_asked_for() -> None:
    assert asked("bytes=0-", "", size=0, etag=ETAG) == OUTSIDE
    assert asked("bytes=-5", "", size=0, etag=ETAG) == OUTSIDE


def test_only_what_does_not_begin_at_the_beginning_resumes() -> None:
    assert not WHOLE.resumes
    assert not part(0, 5).resumes
    assert part(1, 5).resumes
    assert Part(2, 4).size == 3


@given(st.text(max_size=30), st.integers(0, 10_000))
def test_no_header_ever_leads_outside_the_file(text: str, size: int) -> None:
    for header in (text, f"bytes={text}"):
        found = asked(header, "", size=size, etag=ETAG)
        if found.part:
            assert 0 <= found.part.first <= found.part.last < size
