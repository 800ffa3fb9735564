"""Unpacking data that may be damaged or hostile: as far as it goes, and never more than is asked for."""

import zlib
from collections.abc import Iterator

_STEP = 1 << 16
_PIECE = 1 << 20
_END_OF_RUNS = 128


def inflate(data: bytes, most: int) -> tuple[bytes, bool]:
    """Unpack Flate data; return what unpacks before the first damage, and whether it is whole.

    Stops past `most` bytes of output: then one byte more than `most` is returned.
    """
    parts: list[bytes] = []
    unpacker = zlib.decompressobj()
    total = 0
    for step in _steps(data, _STEP):
        before = unpacker.copy()
        try:
            part = unpacker.decompress(step, most + 1 - total)
        except zlib.error:
            parts.append(_crawl(before, step, most + 1 - total))
            return b"".join(parts), False
        parts.append(part)
        total += len(part)
        if unpacker.eof or total > most:
            return b"".join(parts), True
    return b"".join(parts), False


def _crawl(unpacker: "zlib._Decompress", step: bytes, most: int) -> bytes:
    """What a step gives byte for byte before the damaged one: the library keeps nothing of a step that fails."""
    out = bytearray()
    for byte in _steps(step, 1):
        try:
            out += unpacker.decompress(byte, most - len(out))
        except zlib.error:
            break
        if len(out) >= most:
            break
    return bytes(out)


def is_whole(data: bytes, most: int) -> bool:
    """Whether Flate data unpacks to its end without damage, or to more than `most` bytes. Keeps nothing of it."""
    unpacker = zlib.decompressobj()
    total = 0
    for step in _steps(data, _STEP):
        waiting = step
        while waiting:
            try:
                total += len(unpacker.decompress(waiting, _PIECE))
            except zlib.error:
                return False
            if unpacker.eof or total > most:
                return True
            waiting = unpacker.unconsumed_tail
    return False


def _steps(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def expand_runs(data: bytes, most: int) -> bytes:
    """Unpack RunLength data as far as it goes; stops once there are more than `most` bytes."""
    out = bytearray()
    at = 0
    while at < len(data) and data[at] != _END_OF_RUNS and len(out) <= most:
        length = data[at]
        if length < _END_OF_RUNS:
            out += data[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            out += data[at + 1 : at + 2] * (257 - length)
            at += 2
    return bytes(out)
