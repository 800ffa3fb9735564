"""Awkward PDFs that boards receive or could be sent: odd page shapes, clashing names, old locks, strange structure.

Each is made by code, so that no test depends on a stored file. `tests/data/broken.py` makes those that are damaged.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.data import pdfs

LETTER = (612, 792)


@dataclass(frozen=True)
class Awkward:
    """A file to make: its name, how, how many pages a bundle shows of it (0: a slip sheet), and why none.

    `looks_same` says that its pages must look in the bundle as they do in the file itself.
    """

    name: str
    make: Callable[[Path], Path]
    pages: int
    reason: str = ""
    looks_same: bool = True


def paint(pdf: pikepdf.Pdf, page: pikepdf.Object, words: str, at: tuple[int, int] = (60, 120)) -> None:
    """Give a page its own words and a colored shape, all with names of its own."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=font))
    x, y = at
    page.Contents = pdf.make_stream(
        b"q 0.2 0.5 0.7 rg %d %d 90 40 re f Q BT /F1 12 Tf %d %d Td (%s) Tj ET" % (x, y - 60, x, y, words.encode())
    )


def painted(count: int = 1, words: str = "page", size: tuple[float, float] = LETTER) -> pikepdf.Pdf:
    """A new document of painted pages."""
    pdf = pikepdf.new()
    for number in range(1, count + 1):
        page = pdf.add_blank_page(page_size=(200, 200)).obj
        page.MediaBox = Array([0, 0, *size])
        paint(pdf, page, f"{words} {number}")
    return pdf


def saved(pdf: pikepdf.Pdf, path: Path, **options: object) -> Path:
    """Write a document so that the same call gives the same bytes."""
    pdf.save(path, **({"static_id": True} | options))
    return path


GEOMETRIES = list(
    itertools.product((0, 90, 180, 270, -90, 450), (None, (40, 30, 370, 380), (-20, -15, 330, 350)), (1, 2))
)


def geometries(path: Path) -> Path:
    """One page for every rotation (also -90 and 450), offset of the visible box and user unit."""
    pdf = painted(len(GEOMETRIES), "shape", (400, 420))
    for page, (rotate, crop, unit) in zip(pdf.pages, GEOMETRIES, strict=True):
        page.obj.Rotate = rotate
        if crop:
            page.obj.CropBox = Array(list(crop))
            if crop[0] < 0:
                page.obj.MediaBox = Array([-50, -40, 350, 380])
        if unit != 1:
            page.obj.UserUnit = unit
    return saved(pdf, path)


def odd_boxes(path: Path) -> Path:
    """Boxes upside down, without numbers, beside each other, by reference or none; turns and units that are none."""
    pdf = painted(8, "box", (400, 420))
    one, two, three, four, five, six, seven, eight = (page.obj for page in pdf.pages)
    one.MediaBox = Array([400, 420, 0, 0])
    two.CropBox = Array([String("a"), 0, 1, 2])
    three.CropBox = Array([1000, 1000, 1100, 1100])
    four.MediaBox = Array([pdf.make_indirect(value) for value in (0, 0, 400, 420)])
    del five.MediaBox
    six.Rotate = 45
    seven.UserUnit = -3
    eight.CropBox = Array([10, 10, 10, 10])
    return saved(pdf, path)


def tiny(path: Path) -> Path:
    """Pages of 1 × 1 and 3 × 40 points."""
    pdf = painted(2, "tiny", (1, 1))
    pdf.pages[1].obj.MediaBox = Array([0, 0, 3, 40])
    return saved(pdf, path)


def huge(path: Path) -> Path:
    """A page of 200 × 200 inches, the most that a PDF may have, and one of 200 by 1."""
    pdf = painted(2, "huge", (14_400, 14_400))
    pdf.pages[1].obj.MediaBox = Array([0, 0, 14_400, 72])
    return saved(pdf, path)


def inherited(path: Path) -> Path:
    """Boxes, rotation and resources stand in the page tree, two levels above the pages."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
    top = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=3, MediaBox=Array([0, 0, 420, 400]), Rotate=90))
    top.Resources = Dictionary(Font=Dictionary(F9=font))
    middle = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=2, Parent=top, CropBox=Array([10, 20, 410, 390])))

    def leaf(parent: pikepdf.Object, words: bytes) -> pikepdf.Object:
        contents = pdf.make_stream(b"BT /F9 14 Tf 60 200 Td (%s) Tj ET 1 0 0 rg 60 60 30 30 re f" % words)
        return pdf.make_indirect(Dictionary(Type=Name.Page, Parent=parent, Contents=contents))

    middle.Kids = Array([leaf(middle, b"deep one"), leaf(middle, b"deep two")])
    last = leaf(top, b"upright")
    last.Rotate = 0
    top.Kids = Array([middle, last])
    pdf.Root.Pages = top
    return saved(pdf, path)


def unbalanced(path: Path) -> Path:
    """Graphics states left open, closed too often, a text and a clip left open, words split over streams."""
    pdf = painted(6, "state", (400, 420))
    contents = (
        [b"q q q 0.3 0 0 0.3 90 90 cm 1 0 0 rg 0 0 300 300 re f"],
        [b"Q Q Q 0 0 1 rg 50 50 80 80 re f"],
        [b"q 60 60 100 100 re W n 0 1 0 rg 0 0 400 400 re f"],
        [b"BT /F1 30 Tf 7 Tr 60 200 Td (clip by text) Tj"],
        [b"q 0 0.5 0 rg 60 60 ", b"50 50 re", b"f q Q", b" Q Q Q q"],
        [b"(a text with q and Q) pop BI /W 1 /H 1 /BPC 8 /CS /G ID q EI 1 0 0 rg 60 60 40 40 re f"],
    )
    for page, streams in zip(pdf.pages, contents, strict=True):
        page.obj.Contents = Array([pdf.make_stream(stream) for stream in streams])
    return saved(pdf, path)


def form(path: Path, value: str = "first") -> Path:
    """A form whose field has the name that every other form here has, too."""
    pdf = painted(1, value)
    looks = pdf.make_stream(
        b"0.9 0.9 0.2 rg 0 0 120 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 120, 20])
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String(value), F=4,
            Rect=Array([100, 400, 220, 420]), AP=Dictionary(N=looks),
        )
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String("/Helv 10 Tf"))
    return saved(pdf, path)


def second_form(path: Path) -> Path:
    """Another form with the same field name and another value."""
    return form(path, "second")


def destinations(path: Path, leads_to: int = 1) -> Path:
    """Three pages; the name "chapter", which others use too, leads to one of them (from 0), by link and bookmark."""
    pdf = painted(3, f"chapter at {leads_to}")
    target = Array([pdf.pages[leads_to].obj, Name.Fit])
    leaf = pdf.make_indirect(Dictionary(Names=Array([String("chapter"), target])))
    pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([leaf])))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 600, 160, 620]), Dest=String("chapter"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Chapter", leads_to))
    return saved(pdf, path)


def other_destinations(path: Path) -> Path:
    """The same name leads elsewhere."""
    return destinations(path, 2)


def layers(path: Path, *, base_off: bool = False) -> Path:
    """Content on a layer that shows and on one that does not; an annotation and a picture on the hidden one."""
    pdf = painted(1, "layers")
    shown, hidden = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(words))) for words in ("shown layer", "hidden layer")
    )
    page = pdf.pages[0].obj
    picture = pdf.make_stream(b"1 0 1 rg 0 0 60 60 re f", Type=Name.XObject, Subtype=Name.Form)
    picture.BBox, picture.OC = Array([0, 0, 60, 60]), hidden
    page.Resources.Properties = Dictionary(L0=shown, L1=hidden)
    page.Resources.XObject = Dictionary(Pic=picture)
    page.Contents = pdf.make_stream(
        b"/OC /L0 BDC 0 0.6 0 rg 60 300 100 100 re f EMC /OC /L1 BDC 1 0 0 rg 60 420 100 100 re f EMC "
        b"q 1 0 0 1 300 300 cm /Pic Do Q"
    )
    looks = pdf.make_stream(
        b"1 0 0 rg 0 0 40 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 40, 40])
    )
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([300, 500, 340, 540]), AP=Dictionary(N=looks), OC=hidden, F=4
    )
    page.Annots = Array([pdf.make_indirect(note)])
    default = (
        Dictionary(BaseState=Name.OFF, ON=Array([shown])) if base_off else Dictionary(OFF=Array([hidden]), AS=Array([]))
    )
    other = Dictionary(Name=String("everything"), ON=Array([shown, hidden]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([shown, hidden]), D=default, Configs=Array([other]))
    return saved(pdf, path)


def layers_off(path: Path) -> Path:
    """The same where all layers are hidden but those that are named."""
    return layers(path, base_off=True)


def by_reference(path: Path) -> Path:
    """Names, numbers and texts that are objects of their own, wherever a document may have one."""
    pdf = painted(2, "by reference")
    image = pdf.make_stream(b"\x40\xc0\xc0\x40", Type=Name.XObject, Subtype=Name.Image)
    image.Width, image.Height = pdf.make_indirect(2), pdf.make_indirect(2)
    image.ColorSpace, image.BitsPerComponent = pdf.make_indirect(Name.DeviceGray), pdf.make_indirect(8)
    page = pdf.pages[0].obj
    page.Resources.XObject = pdf.make_indirect(Dictionary(Im=image))
    page.Resources.Font.F1.BaseFont = pdf.make_indirect(Name.Courier)
    page.Contents = pdf.make_indirect(Array([page.Contents, pdf.make_stream(b"q 80 0 0 80 200 300 cm /Im Do Q")]))
    page.Rotate = pdf.make_indirect(90)
    return saved(pdf, path)


def locked(user: str, **kind: object) -> Callable[[Path], Path]:
    """A document locked by one of the kinds of encryption; without a user's word it opens for everybody."""

    def make(path: Path) -> Path:
        with painted(2, "locked") as pdf:
            pdf.save(path, encryption=pikepdf.Encryption(user=user, owner="owner", **kind))
        return path

    return make


LOCKS = {
    "rc4-40": {"R": 2, "aes": False, "metadata": False},
    "rc4-128": {"R": 3, "aes": False, "metadata": False},
    "aes-128": {"R": 4, "aes": True},
    "aes-256": {"R": 6, "aes": True},
}


def bookmarks(path: Path) -> Path:
    """Bookmarks in a circle, forty deep, untitled, with actions, and leading nowhere."""
    pdf = painted(2, "bookmarks")
    with pdf.open_outline() as outline:
        top = item = pikepdf.OutlineItem("Level 0", 1)
        for level in range(1, 40):
            inner = pikepdf.OutlineItem(f"Level {level} " + "long " * 80, 0)
            item.children.append(inner)
            item = inner
        outline.root.append(top)
        outline.root.append(pikepdf.OutlineItem("", 0))
    first = pdf.Root.Outlines.First
    first.Next.Next = first
    return saved(pdf, path)


def many_pages(path: Path, count: int = 10_000) -> Path:
    """Ten thousand pages that share one content."""
    pdf = painted(1, "one of many")
    pdf.pages.extend([pdf.pages[0]] * (count - 1))
    return saved(pdf, path)


def signed_looks(path: Path) -> Path:
    """Comments with and without looks, a comment and its window, marks of a reviewer."""
    pdf = painted(1, "comments")
    rect = Array([100, 300, 200, 340])
    looks = pdf.make_stream(b"0 0.7 0.7 rg 0 0 100 40 re f", Type=Name.XObject, Subtype=Name.Form)
    looks.BBox = Array([0, 0, 100, 40])
    note = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([20, 700, 40, 720]), Contents=String("a comment"))
    )
    window = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Popup, Rect=rect, Parent=note))
    note.Popup = window
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=rect, AP=Dictionary(N=looks), F=4)
    pdf.pages[0].obj.Annots = Array([note, window, pdf.make_indirect(stamp), 7, String("none"), Dictionary()])
    return saved(pdf, path)


ORDINARY: tuple[Awkward, ...] = (
    Awkward("geometries", geometries, len(GEOMETRIES)),
    Awkward("odd-boxes", odd_boxes, 8, looks_same=False),  # readers differ on boxes that are none
    Awkward("tiny", tiny, 2, looks_same=False),  # the stamp covers all of it
    Awkward("huge", huge, 2),
    Awkward("inherited", inherited, 3),
    Awkward("unbalanced", unbalanced, 6),
    Awkward("form", form, 1),
    Awkward("second-form", second_form, 1),
    Awkward("destinations", destinations, 3),
    Awkward("other-destinations", other_destinations, 3),
    # PDFium draws an annotation that is on a hidden layer; in the copy it does not.
    Awkward("layers", layers, 1, looks_same=False),
    Awkward("layers-off", layers_off, 1, looks_same=False),
    Awkward("by-reference", by_reference, 2),
    Awkward("bookmarks", bookmarks, 2),
    Awkward("comments", signed_looks, 1),
    Awkward("hostile", pdfs.hostile, 1, looks_same=False),  # what acts is gone, and its looks with it
    Awkward("linked", pdfs.linked, 3, looks_same=False),
    *(Awkward(f"locked-{name}", locked("", **kind), 2) for name, kind in LOCKS.items()),
    *(Awkward(f"password-{name}", locked("secret", **kind), 0, "password") for name, kind in LOCKS.items()),
)
