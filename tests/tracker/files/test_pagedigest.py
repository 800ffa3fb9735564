"""The page digest: the same for the same page however the file is written, another for any other page."""

import zlib
from decimal import Decimal
from hashlib import sha256

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.data import pdfs
from tracker.files import pagedigest
from tracker.files.pagedigest import PageDigester, PageTooComplex

PLAIN = "fbc02a072accc84c4667fd3ac449ff3296fdf51e7c1fdb2eadacfc0cb2fc0c64"
WHOLE = "bd526639e8b11ed947f2976aab78a875981751a4d8234976d6d72b3aa62c9319"
STAMPED = "a0609ad26690440e2c4bfce7c6fc5bdbacb1a916843162064ee9445bc4acc172"
TOGETHER = "0bbc5c0a65a4da8ddbf89935dfb900ed354817747e1327a0252827db2741b5b5"


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


def everything(pdf, page):
    """A page of which every part of the definition has something to say."""
    page.MediaBox = Array([0, Decimal("-0.0"), Decimal("612.50"), 792])
    page.Rotate, page.UserUnit = 90, Decimal("1.50")
    form = pdf.make_stream(b"f", Subtype=Name.Form, Matrix=Array([pdf.make_indirect(1), True, None]))
    form.Resources = Dictionary(XObject=Dictionary({"/In ner": form}), Font=page.Resources.Font)
    parms = Dictionary(K=-1, Columns=8, Globals=pdf.make_stream(b"g"))
    image = pdf.make_stream(b"\x00\x01", Subtype=Name.Image, Filter=Array([Name.CCITTFaxDecode]), DecodeParms=parms)
    page.Resources.XObject = Dictionary(A=form, B=image, C=pdf.make_stream(b"jpeg", Filter=Name.DCTDecode))
    page.Resources.Properties = Dictionary({"/Schön": pikepdf.String("a(b"), "/Way": page, "/N": Name("/x y#")})
    packed = pdf.make_stream(zlib.compress(b"q /A Do Q"), Filter=Name.FlateDecode)
    page.Contents = Array([pdf.make_stream(b"ours"), packed, pdf.make_stream(b"BT /RcsB1 8 Tf ET")])
    page.Resources.Font["/RcsB1"] = page.Resources.Font.F1


def test_the_digest_of_a_page_is_what_it_always_was(tmp_path):
    """Held against values that are kept: another way of computing them would disown every manifest there is."""
    assert one_page(tmp_path / "a.pdf", unchanged) == PLAIN
    assert one_page(tmp_path / "b.pdf", everything) == WHOLE
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert PageDigester().digest(pdf.pages[0].obj, stamped=True) == STAMPED
    assert pagedigest.pages_digest([PLAIN, WHOLE]) == TOGETHER


def test_the_bytes_behind_the_digest_of_a_plain_page_are_those_of_the_definition(tmp_path):
    """As `docs/bundle.md` writes them."""
    written = (
        b"recourse.page.v1\0/MediaBox 0 0 612 792\n/CropBox \n/Rotate 0\n/UserUnit 1"
        b"\0contents\0BT /F1 9 Tf (words) Tj ET\n\0resources\0<</Font <</F1 1 R >>>>"
        b"\nobject 1 <</BaseFont /Helvetica /Subtype /Type1 /Type /Font >>"
    )
    assert one_page(tmp_path / "a.pdf", unchanged) == sha256(written).hexdigest()


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
