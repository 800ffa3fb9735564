"""The page digest: the same for the same page however the file is written, another for any other page."""

import zlib
from decimal import Decimal

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.data import pdfs
from tracker.files import pagedigest
from tracker.files.pagedigest import PageDigester, PageTooComplex


def digests(path):
    with pikepdf.open(path) as pdf:
        digester = PageDigester()
        return [digester.digest(page.obj) for page in pdf.pages]


@pytest.mark.parametrize("make", [pdfs.letter, pdfs.scan, pdfs.hostile])
@pytest.mark.parametrize(
    "options",
    [
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
        {"recompress_flate": True},
        {"linearize": True},
    ],
)
def test_rewriting_changes_no_digest(tmp_path, make, options):
    source = make(tmp_path / "a.pdf")
    with pikepdf.open(source) as pdf:
        pdf.save(tmp_path / "b.pdf", **options)

    assert digests(source) == digests(tmp_path / "b.pdf")


def one_page(path, change):
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792)).obj
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    page.Contents = pdf.make_stream(b"BT /F1 9 Tf (words) Tj ET")
    change(pdf, page)
    pdf.save(path, static_id=True)
    return digests(path)[0]


def unchanged(_pdf, _page):
    pass


def contents(pdf, page):
    page.Contents = pdf.make_stream(b"BT /F1 9 Tf (wordz) Tj ET")


def media_box(_pdf, page):
    page.MediaBox = Array([0, 0, 612, 793])


def crop_box(_pdf, page):
    page.CropBox = Array([0, 0, 600, 700])


def rotation(_pdf, page):
    page.Rotate = 90


def unit(_pdf, page):
    page.UserUnit = 2


def font(_pdf, page):
    page.Resources.Font.F1.BaseFont = Name.Courier


def more_resources(_pdf, page):
    page.Resources.ExtGState = Dictionary(G=Dictionary(ca=Decimal("0.5")))


@pytest.mark.parametrize("change", [contents, media_box, crop_box, rotation, unit, font, more_resources])
def test_any_change_of_a_page_changes_its_digest(tmp_path, change):
    assert one_page(tmp_path / "a.pdf", change) != one_page(tmp_path / "b.pdf", unchanged)


def test_how_numbers_and_streams_are_written_does_not_count(tmp_path):
    def other_spelling(pdf, page):
        page.MediaBox = Array([Decimal("0.0"), 0, Decimal("612.00"), 792])
        page.Contents = pdf.make_stream(zlib.compress(b"BT /F1 9 Tf (words) Tj ET"), Filter=Name.FlateDecode)
        page.Resources.Font = pdf.make_indirect(page.Resources.Font)
        page.PieceInfo = Dictionary(Editor=Dictionary(LastModified=pikepdf.String("D:2026")))

    assert one_page(tmp_path / "a.pdf", other_spelling) == one_page(tmp_path / "b.pdf", unchanged)


def test_an_image_is_hashed_as_stored(tmp_path):
    source = pdfs.scan(tmp_path / "a.pdf")
    before = digests(source)
    with pikepdf.open(source) as pdf:
        image = pdf.pages[0].Resources.XObject.Im0
        data = bytearray(image.read_raw_bytes())
        data[-3] ^= 1
        image.write(bytes(data), filter=Name.DCTDecode)
        pdf.save(tmp_path / "b.pdf")

    assert digests(tmp_path / "b.pdf") != before


def test_resources_that_refer_to_themselves_end(tmp_path):
    def circle(pdf, page):
        form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(Self=form))
        page.Resources.XObject = Dictionary(Self=form)
        page.Resources.Properties = Dictionary(Back=page)

    assert len(one_page(tmp_path / "a.pdf", circle)) == 64


def test_hostile_pages_are_refused(tmp_path, monkeypatch):
    with pikepdf.open(pdfs.bomb(tmp_path / "a.pdf")) as pdf, pytest.raises(PageTooComplex):
        PageDigester().digest(pdf.pages[0].obj)
    monkeypatch.setattr(pagedigest, "MAX_VISITS", 5)
    with pikepdf.open(pdfs.letter(tmp_path / "b.pdf")) as pdf, pytest.raises(PageTooComplex):
        PageDigester().digest(pdf.pages[0].obj)


def test_a_bomb_behind_another_filter_is_found():
    pdf = pikepdf.new()
    packed = zlib.compress(zlib.compress(b" " * 300_000_000))
    stream = pdf.make_stream(packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))

    with pytest.raises(PageTooComplex):
        pagedigest.check_unpacked_size(stream)


def test_a_bomb_packed_by_runs_is_found():
    pdf = pikepdf.new()
    stream = pdf.make_stream(
        zlib.compress(b"\x81 " * 3_000_000), Filter=Array([Name.FlateDecode, Name.RunLengthDecode])
    )

    with pytest.raises(PageTooComplex):
        pagedigest.check_unpacked_size(stream)


def test_a_large_damaged_stream_is_no_bomb():
    pdf = pikepdf.new()
    packed = bytearray(zlib.compress(bytes(range(256)) * 4_000, 0))
    packed[500_000:500_009] = b"\xff" * 9
    stream = pdf.make_stream(bytes(packed[:-9]), Filter=Name.FlateDecode)

    pagedigest.check_unpacked_size(stream)


def test_objects_of_their_own_count_as_what_they_are_not_by_their_numbers(tmp_path):
    def apart(pdf, page):
        for _number in range(3):
            pdf.make_indirect(Dictionary())
        image = pdf.make_stream(b"\x00", Subtype=Name.Image, ColorSpace=pdf.make_indirect(Name.DeviceGray))
        image.Width, image.Height = pdf.make_indirect(1), 1
        page.Resources.XObject = Dictionary(Im=image)

    def moved(pdf, page):
        page.Resources.Unused = pdf.make_indirect(Dictionary())
        apart(pdf, page)
        del page.Resources.Unused

    assert one_page(tmp_path / "a.pdf", apart) == one_page(tmp_path / "b.pdf", moved)


def test_names_in_any_bytes_have_a_digest(tmp_path):
    def other_bytes(pdf, page):
        page.Resources.Font = pikepdf.Object.parse(b"<< /F\xe9 << /BaseFont /B\xff >> >>")
        page.Contents = pdf.make_stream(b"x", Filter=pikepdf.Object.parse(b"/Odd\xffDecode"))

    assert len(one_page(tmp_path / "a.pdf", other_bytes)) == 64


def test_inherited_values_are_found_and_circles_end():
    pdf = pikepdf.new()
    top = pdf.make_indirect(Dictionary(Rotate=90))
    page = pdf.make_indirect(Dictionary(Type=Name.Page, Parent=top))
    assert pagedigest.inherited(page, "/Rotate") == 90
    top.Parent = page
    assert pagedigest.inherited(page, "/CropBox") is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (Decimal("1.500"), "1.5"), (Decimal("-0.0"), "0"), (Decimal("1E+3"), "1000"), (True, "0"), (None, "0")],
)
def test_numbers_in_their_shortest_form(value, text):
    assert pagedigest.decimal_text(value) == text


def test_the_digest_of_pages_depends_on_their_order():
    one, two = "aa" * 32, "bb" * 32
    assert pagedigest.pages_digest([one, two]) != pagedigest.pages_digest([two, one])
