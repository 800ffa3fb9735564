"""The length of an LZW stream, compared with what the PDF library unpacks."""

import random

import pikepdf
import pytest

from tracker.files.lzw import CLEAR, END, lzw_length

MOST = 10_000_000


def pack(data, early=1):
    """A plain LZW packer: the mirror image of what is counted."""
    table = {bytes([value]): value for value in range(256)}
    free, width, out, bits = 258, 9, CLEAR, 9

    def put(code):
        nonlocal out, bits
        out, bits = (out << width) | code, bits + width

    run = b""
    for byte in data:
        longer = run + bytes([byte])
        if longer in table:
            run = longer
            continue
        put(table[run])
        table[longer] = free
        free += 1
        if free + early > (1 << width) and width < 12:
            width += 1
        if free == 4095:
            put(CLEAR)
            table = {bytes([value]): value for value in range(256)}
            free, width = 258, 9
        run = bytes([byte])
    if run:
        put(table[run])
        if free + 1 + early > (1 << width) and width < 12:
            width += 1
    put(END)
    pad = -bits % 8
    return (out << pad).to_bytes((bits + pad) // 8, "big")


@pytest.mark.parametrize("early", [0, 1])
@pytest.mark.parametrize(
    "data",
    [b"", b"a", b"a" * 10_000, bytes(range(256)) * 20, random.Random(7).randbytes(9_000), b"abcabcabd" * 3_000],
    ids=["empty", "one", "same", "all", "noise", "words"],
)
def test_the_length_is_that_of_the_unpacked_stream(data, early):
    packed = pack(data, early)
    pdf = pikepdf.new()
    stream = pdf.make_stream(packed, Filter=pikepdf.Name.LZWDecode, DecodeParms=pikepdf.Dictionary(EarlyChange=early))

    assert bytes(stream.read_bytes()) == data  # the packer is right
    assert lzw_length(packed, early=early, most=MOST) == len(data)


def test_counting_stops_past_the_limit():
    assert 100 < lzw_length(pack(b"a" * 100_000), most=100) < 5_000


def test_broken_streams_end():
    for seed in range(50):
        lzw_length(random.Random(seed).randbytes(2_000), most=MOST)
