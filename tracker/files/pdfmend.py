"""Streams of a received PDF that do not unpack: what can be read of them is kept, so that the pages still show.

A viewer draws a damaged stream as far as it goes; so does the copy. Every loss is reported, the received file itself
is never touched.
"""

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name

from tracker.files import pagedigest
from tracker.files.inflate import inflate, is_whole
from tracker.files.pagedigest import MAX_UNPACKED_BYTES

_LEVEL = 6
# What leads outside the file, or offers another look than the one that is shown.
_OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")
_OTHER_LOOKS = ("/OPI", "/Ref", "/Alternates")


def mend(pdf: pikepdf.Pdf) -> list[str]:
    """Repair the streams of an open document in place; return one line for each change, pages first."""
    lines = []
    for number, page in enumerate(pdf.pages, start=1):
        for stream in pagedigest.content_streams(page.obj):
            if _mend_flate(stream) or _settle_content(stream):
                lines.append(f"p{number} /Contents: damaged, shown as far as it could be read")
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            lines += _clean_stream(item)
    return lines


def _clean_stream(stream: pikepdf.Stream) -> list[str]:
    lines = []
    subtype = stream.get("/Subtype")
    where = str(subtype) if subtype in (Name.Image, Name.Form, Name.PS) else "stream"
    if subtype == Name.PS or (subtype == Name.Form and stream.get("/Subtype2") == Name.PS):
        stream.write(b"")
        lines.append(f"{where} program for printers")
    if subtype in (Name.Image, Name.Form):
        for key in _OTHER_LOOKS:
            if key in stream:
                del stream[key]
                lines.append(f"{where} {key}")
    if "/F" in stream:
        for key in _OUTSIDE:
            if key in stream:
                del stream[key]
        lines.append(f"{where} content outside the file")
    if _mend_flate(stream):
        lines.append(f"{where}: damaged, shown as far as it could be read")
    return lines


def _mend_flate(stream: pikepdf.Stream) -> bool:
    """Pack anew what unpacks of a damaged Flate stream; its predictor and the filters behind it stay."""
    names = pagedigest.filter_names(stream)
    if not names or names[0] not in pagedigest.FLATE:
        return False
    data = bytes(stream.read_raw_bytes())
    if not data or is_whole(data, MAX_UNPACKED_BYTES):
        return False
    found, _whole = inflate(data, MAX_UNPACKED_BYTES)
    parms = stream.get("/DecodeParms")
    if len(names) == 1 and parms is None:
        stream.write(found)  # the library packs it when it writes the copy
    else:
        filters = Array([Name.FlateDecode, *(Name(name) for name in names[1:])])
        kept = parms if isinstance(parms, Dictionary | Array) else None
        stream.write(zlib.compress(found, _LEVEL), filter=filters, decode_parms=kept)
    return True


def _settle_content(stream: pikepdf.Stream) -> bool:
    """Make a content stream one that can be read again; True when it was emptied, because no reader can unpack it."""
    pagedigest.check_unpacked_size(stream)
    try:
        data = stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        stream.write(b"")
        return True
    if any(name in pagedigest.RUNS for name in pagedigest.filter_names(stream)):
        stream.write(bytes(data))
    return False
