"""Streams that do not unpack: what can be read stays, every loss is said, sound documents are left alone."""

import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.data import broken, pdfs
from tests.data.awkward import painted
from tracker.files.pdfmend import mend

DAMAGED = "damaged, shown as far as it could be read"
CONTENT = b"1 0 0 rg 60 300 80 80 re f\n" + b"% filler 0123456789\n" * 300


@pytest.mark.parametrize("make", [pdfs.letter, pdfs.scan, pdfs.linked, pdfs.hostile])
def test_sound_documents_are_left_alone(tmp_path, make):
    with pikepdf.open(make(tmp_path / "a.pdf")) as pdf:
        before = [bytes(page.Contents.read_raw_bytes()) for page in pdf.pages]

        assert mend(pdf) == []
        assert [bytes(page.Contents.read_raw_bytes()) for page in pdf.pages] == before


def with_content(data, **keys):
    """A page that draws these bytes."""
    pdf = painted(1)
    pdf.pages[0].obj.Contents = pdf.make_stream(data, **keys)
    return pdf


def content_of(pdf):
    return pdf.pages[0].obj.Contents.read_bytes()


def test_content_is_kept_up_to_its_damage():
    pdf = with_content(zlib.compress(CONTENT, 1)[:-30], Filter=Name.FlateDecode)

    assert mend(pdf) == [f"p1 /Contents: {DAMAGED}"]
    assert content_of(pdf).startswith(CONTENT[:100])
    assert mend(pdf) == []


def test_content_that_nobody_can_unpack_is_emptied():
    pdf = with_content(b"secret", Filter=Name.SecretDecode)

    assert mend(pdf) == [f"p1 /Contents: {DAMAGED}"]
    assert content_of(pdf) == b""


def test_content_packed_by_runs_is_unpacked_and_nothing_lost():
    pdf = with_content(b"\x0f0 0 1 rg 9 9 9 9" + b"\x03 re\n" + b"\xfe " + b"\x80", Filter=Name.RunLengthDecode)

    assert mend(pdf) == []
    assert content_of(pdf) == b"0 0 1 rg 9 9 9 9 re\n   "
    assert "/Filter" not in pdf.pages[0].obj.Contents


def test_a_damaged_picture_keeps_its_predictor(tmp_path):
    pdf = painted(1)
    rows = b"".join(b"\x02" + bytes(range(16)) for _row in range(64))
    image = pdf.make_stream(
        zlib.compress(rows, 1)[:-3], Type=Name.XObject, Subtype=Name.Image, Filter=Name.FlateDecode,
        DecodeParms=Dictionary(Predictor=15, Columns=16), Width=16, Height=64, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=image)

    assert mend(pdf) == [f"/Image: {DAMAGED}"]
    assert image.DecodeParms.Predictor == 15
    assert zlib.decompress(image.read_raw_bytes()) == rows  # only the check sum was missing


def test_filters_behind_a_damaged_one_stay():
    pdf = painted(1)
    packed = zlib.compress(b"\xff\xd8 not quite a picture" * 20, 1)[:-4]
    image = pdf.make_stream(packed, Subtype=Name.Image, Filter=Array([Name.FlateDecode, Name.DCTDecode]))
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=image)
    mend(pdf)

    assert [str(name) for name in image.Filter] == ["/FlateDecode", "/DCTDecode"]


def test_what_leads_outside_or_offers_another_look_is_gone():
    pdf = painted(1)
    other = pdf.make_stream(b"", Subtype=Name.Image)
    image = pdf.make_stream(b"x", Subtype=Name.Image, Alternates=Array([other]), OPI=Dictionary())
    form = pdf.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, Ref=Dictionary(F=String("other.pdf")))
    program = pdf.make_stream(b"showpage", Subtype=Name.PS)
    outside = pdf.make_stream(b"x", F=String("http://elsewhere"), FFilter=Name.FlateDecode)
    pdf.pages[0].obj.Resources.XObject = Dictionary(A=image, B=form, C=program, D=outside)

    assert mend(pdf) == [
        "/Image /OPI",
        "/Image /Alternates",
        "/Form /Ref",
        "/PS program for printers",
        "stream content outside the file",
    ]
    assert (program.read_bytes(), form.read_bytes()) == (b"", b"0 0 9 9 re f")
    assert "/F" not in outside
    assert "/FFilter" not in outside


def test_the_order_of_pages_is_that_of_the_report(tmp_path):
    with pikepdf.open(broken.bad_content(tmp_path / "a.pdf")) as pdf:
        assert mend(pdf) == [f"p2 /Contents: {DAMAGED}"]
