"""How long an LZW stream is once unpacked, told without unpacking it."""

CLEAR, END = 256, 257
_FIRST_FREE, _WIDEST = 258, 12


def lzw_length(data: bytes, *, early: int = 1, most: int) -> int:
    """Length in bytes of an LZW stream (as PDF packs it) once unpacked; counting stops past `most`.

    `early` is the stream's EarlyChange. A broken stream counts as far as it can be read.
    """
    lengths = [1] * CLEAR + [0, 0]
    width, held, bits, total, before = 9, 0, 0, 0, 0
    for byte in data:
        held, bits = (held << 8) | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & ((1 << bits) - 1)
        if code == END:
            break
        if code == CLEAR:
            del lengths[_FIRST_FREE:]
            width, before = 9, 0
            continue
        if code > len(lengths) or (code == len(lengths) and not before):
            break
        known = lengths[code] if code < len(lengths) else before + 1
        if before and len(lengths) < 1 << _WIDEST:
            lengths.append(before + 1)
        total, before = total + known, known
        if total > most:
            break
        if len(lengths) + early >= 1 << width and width < _WIDEST:
            width += 1
    return total
