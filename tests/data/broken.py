"""Damaged and hostile PDFs, made by code: what of them can be shown must be, and nothing may sink the rest."""

import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.data import pdfs
from tests.data.awkward import Awkward, painted, saved

PLAIN = {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False}


def _bytes(count: int = 2, words: str = "damaged") -> bytes:
    """A plain document whose structure can be damaged by hand."""
    out = io.BytesIO()
    painted(count, words).save(out, static_id=True, **PLAIN)
    return out.getvalue()


def edited(change: Callable[[bytes], bytes], count: int = 2) -> Callable[[Path], Path]:
    """A plain document after a change of its bytes."""

    def make(path: Path) -> Path:
        path.write_bytes(change(_bytes(count)))
        return path

    return make


def wrong_offsets(data: bytes) -> bytes:
    """Every entry of the table of objects points to another place."""
    return re.sub(rb"\n\d{10} 00000 n", b"\n0000000017 00000 n", data)


def no_table(data: bytes) -> bytes:
    """The table of objects is gone; the objects are there."""
    return data[: data.rindex(b"xref\n0")] + b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def wrong_lengths(data: bytes) -> bytes:
    """Every stream says that it is one byte long."""
    return re.sub(rb"/Length \d+", b"/Length 1", data)


def no_ends(data: bytes) -> bytes:
    """No object says where it ends."""
    return data.replace(b"endobj", b"      ")


def junk_around(data: bytes) -> bytes:
    """Bytes of a mail program before the header and after the end."""
    return b"Content-Type: application/pdf\r\n\r\n" + data + b"\r\n--boundary--\r\n" * 20


def bad_picture(path: Path) -> Path:
    """A page whose picture does not unpack; its words do."""
    pdf = painted(2, "bad picture")
    broken = zlib.compress(bytes(range(256)) * 40)[:80] + b"\xff" * 80
    image = pdf.make_stream(
        broken, Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray, Filter=Name.FlateDecode,
    )  # fmt: skip
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(Im=image)
    page.Contents = Array([page.Contents, pdf.make_stream(b"q 200 0 0 200 300 300 cm /Im Do Q")])
    return saved(pdf, path, **PLAIN)


def bad_content(path: Path) -> Path:
    """Three pages; the content of the second does not unpack."""
    pdf = painted(3, "bad content")
    pdf.pages[1].obj.Contents = pdf.make_stream(b"\x78\x9c" + b"\xff" * 60, Filter=Name.FlateDecode)
    return saved(pdf, path, **PLAIN)


def half_content(path: Path) -> Path:
    """A page whose content unpacks half and then ends."""
    pdf = painted(2, "half content")
    whole = b"0 0 1 rg 60 300 80 80 re f\n" + b"% filler to be packed 0123456789\n" * 400
    pdf.pages[1].obj.Contents = pdf.make_stream(zlib.compress(whole, 1)[:90], Filter=Name.FlateDecode)
    return saved(pdf, path, **PLAIN)


def odd_filters(path: Path) -> Path:
    """Streams with filters nobody knows, one filter twice, a predictor without its numbers, encryption of one part."""
    pdf = painted(4, "odd filters")
    contents = (
        ("/SecretDecode", b"no program reads this"),
        ("/Crypt", b"q 0 0 1 rg 60 300 80 80 re f Q"),
        ("/FlateDecode", zlib.compress(b"q 1 0 0 rg 60 300 80 80 re f Q")),
        ("/LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"),
    )
    for page, (name, data) in zip(pdf.pages, contents, strict=True):
        page.obj.Contents = pdf.make_stream(data, Filter=Name(name))
    pdf.pages[2].obj.Contents.DecodeParms = Dictionary(Predictor=12, Columns=-5, Colors=String("x"))
    return saved(pdf, path, **PLAIN)


def foreign_names(path: Path) -> Path:
    """Names that are not UTF-8, for fonts, layers and a field of the page itself."""
    pdf = painted(2, "names")
    data = Path(saved(pdf, path, **PLAIN)).read_bytes()
    for old, new in ((b"/F1", b"/F\xe9"), (b"/Resources", b"/P\xff\xfeQ#80 (x)/Resources")):
        data = data.replace(old, new)
    path.write_bytes(data)
    return path


def foreign_dests(path: Path) -> Path:
    """Old named destinations whose names are not UTF-8, and a link by one."""
    pdf = painted(2, "old names")
    pdf.Root.Dests = Dictionary(Chapter=Array([pdf.pages[1].obj, Name.Fit]))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 600, 160, 620]), Dest=Name.Chapter)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    data = Path(saved(pdf, path, **PLAIN)).read_bytes().replace(b"/Chapter", b"/Chap\xe9\xff")
    path.write_bytes(data)
    return path


def odd_tree(path: Path) -> Path:
    """A page tree with a page twice, an empty place, a wrong count, no types, and a branch that leads back."""
    pdf = painted(2, "tree")
    kids = pdf.Root.Pages.Kids
    top = pdf.Root.Pages
    branch = pdf.make_indirect(Dictionary(Kids=Array([]), Count=0, Parent=top))
    top.Kids = Array([kids[0], kids[1], kids[0], None, branch])
    top.Count = 99
    return saved(pdf, path, **PLAIN)


def tree_in_a_circle(path: Path) -> Path:
    """A page tree that contains itself."""
    pdf = painted(1, "circle")
    top = pdf.Root.Pages
    inner = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Parent=top))
    inner.Kids = Array([inner])
    top.Kids = Array([top.Kids[0], inner])
    pdf.save(path, static_id=True)
    return path


def odd_contents(path: Path) -> Path:
    """Pages without content, with nothing, with numbers, with missing streams, with resources that are none."""
    pdf = painted(6, "contents")
    one, two, three, four, five, six = (page.obj for page in pdf.pages)
    del one.Contents
    two.Contents = Array([])
    three.Contents = Array([7, String("x"), three.Contents])
    four.Contents = 5
    five.Resources = String("none")
    six.Annots = Dictionary(Not=1)
    return saved(pdf, path)


def missing_objects(data: bytes) -> bytes:
    """The contents of a page are an object that does not exist."""
    return re.sub(rb"/Contents \d+ 0 R", b"/Contents 9999 0 R", data, count=1)


def own_names(path: Path) -> Path:
    """A page that uses the names of our stamp, and ends as our stamp does."""
    pdf = painted(2, "own names")
    page = pdf.pages[0].obj
    page.Resources.Font = Dictionary(RcsB=page.Resources.Font.F1, RcsR=page.Resources.Font.F1)
    page.Contents = Array(
        [
            pdf.make_stream(b"q\n"),
            pdf.make_stream(b"BT /RcsB 12 Tf 60 400 Td (theirs) Tj ET\nQ\nq 1 0 0 1 0 0 cm BT /RcsR 7 Tf (x) Tj ET Q"),
        ]
    )
    return saved(pdf, path)


SWALLOWING = (
    b"BT (a text that never ends", b"BT <1234", b"[ /array", b"<< /dictionary 1", b"BI /W 9 /H 9 ID \x00\x01",
    b"q 0 cm Q", b"1 2 re f", b"/F1 Tf", b"BX 1 cm", b"q " * 500, b"EMC EMC ET ET", b"/OC /L1 BDC", b"% a remark",
)  # fmt: skip


def swallowing(path: Path) -> Path:
    """Pages whose content would take along whatever is printed after it."""
    pdf = painted(len(SWALLOWING), "swallows")
    for page, words in zip(pdf.pages, SWALLOWING, strict=True):
        page.obj.Contents = Array([page.obj.Contents, pdf.make_stream(words)])
    return saved(pdf, path)


def forms_in_a_circle(path: Path) -> Path:
    """A picture that draws itself."""
    pdf = painted(1, "circle")
    made = pdf.make_stream(b"/Me Do 0 0 1 rg 0 0 40 40 re f", Type=Name.XObject, Subtype=Name.Form)
    made.BBox, made.Resources = Array([0, 0, 40, 40]), Dictionary(XObject=Dictionary(Me=made))
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(Me=made)
    page.Contents = Array([page.Contents, pdf.make_stream(b"q 1 0 0 1 200 300 cm /Me Do Q")])
    return saved(pdf, path)


def rewritten(**options: object) -> Callable[[Path], Path]:
    """A sound document in another way of writing."""
    return lambda path: saved(painted(2, "rewritten"), path, **options)


def appended(path: Path) -> Path:
    """A document changed by an addition at its end, which replaces its first page's content."""
    data = _bytes(1, "before")
    number = int(re.search(rb"/Contents (\d+) 0 R", data)[1])
    at = len(data)
    stream = b"q 1 0 0 rg 60 300 80 80 re f Q"
    new = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(stream), stream)
    size, previous = re.search(rb"/Size (\d+)", data)[1], re.search(rb"startxref\s+(\d+)", data)[1]
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer << /Size %s /Root 1 0 R /Prev %s >>\n" % (number, at, size, previous)
    path.write_bytes(data + new + table + b"startxref\n%d\n%%%%EOF\n" % (at + len(new)))
    return path


def missing_first(path: Path) -> Path:
    """Only the second page of a document has anything: the first object of the tree is gone."""
    pdf = painted(2, "lost")
    number = pdf.pages[0].obj.objgen[0]
    data = saved(pdf, path, **PLAIN).read_bytes()
    kids = re.search(rb"/Kids \[\s*(\d+) 0 R", data)
    path.write_bytes(data.replace(kids[0], b"/Kids [ 9%03d 0 R" % number))
    return path


def without_pages(path: Path) -> Path:
    """A sound PDF of no page."""
    return saved(pikepdf.new(), path)


def only(content: bytes) -> Callable[[Path], Path]:
    """A file of these bytes."""

    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


def bomb(path: Path) -> Path:
    """A page that unpacks to more than is ever read."""
    return pdfs.bomb(path, 300)


def bomb_of_bombs(path: Path) -> Path:
    """The same packed twice."""
    pdf = painted(1)
    packed = zlib.compress(zlib.compress(b" " * 300_000_000, 9), 9)
    pdf.pages[0].obj.Contents = pdf.make_stream(packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    return saved(pdf, path, **PLAIN)


BROKEN: tuple[Awkward, ...] = (
    Awkward("wrong-offsets", edited(wrong_offsets), 2),
    Awkward("no-table", edited(no_table), 2),
    Awkward("wrong-lengths", edited(wrong_lengths), 2),
    Awkward("no-ends", edited(no_ends), 2),
    Awkward("junk-around", edited(junk_around), 2),
    Awkward("missing-content", edited(missing_objects), 2),
    Awkward("bad-picture", bad_picture, 2),
    Awkward("bad-content", bad_content, 3),
    Awkward("half-content", half_content, 2),
    Awkward("odd-filters", odd_filters, 4, looks_same=False),
    Awkward("foreign-names", foreign_names, 2),
    Awkward("foreign-dests", foreign_dests, 2, looks_same=False),
    Awkward("odd-tree", odd_tree, 3, looks_same=False),
    Awkward("odd-contents", odd_contents, 6, looks_same=False),
    Awkward("swallowing", swallowing, len(SWALLOWING)),
    Awkward("own-names", own_names, 2),
    Awkward("forms-in-a-circle", forms_in_a_circle, 1),
    Awkward("appended", appended, 1),
    Awkward("linearized", rewritten(linearize=True), 2),
    Awkward("object-streams", rewritten(object_stream_mode=pikepdf.ObjectStreamMode.generate), 2),
    Awkward("version-2", rewritten(force_version="2.0"), 2),
    Awkward("tree-in-a-circle", tree_in_a_circle, 0, "damaged"),
    Awkward("without-pages", without_pages, 0, "no_pages"),
    Awkward("nothing", only(b""), 0, "cut_off"),
    Awkward("header-only", only(b"%PDF-1.7\n"), 0, "cut_off"),
    Awkward("words", only(b"%PDF-1.4\nThis is a letter, not a PDF.\n%%EOF\n"), 0, "damaged"),
    Awkward("cut-off", pdfs.truncated, 0, "cut_off"),
    Awkward("bomb", bomb, 0, "too_complex"),
    Awkward("bomb-of-bombs", bomb_of_bombs, 0, "too_complex"),
    Awkward("nested", pdfs.nested, 0, "too_complex"),
)
