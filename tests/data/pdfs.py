"""Odd and ordinary PDFs, made by code so that no test depends on a stored file."""

import io
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

LETTER = (612, 792)


def letter(path: Path, pages: int = 1, words: str = "Letter") -> Path:
    """A plain text document."""
    canvas = Canvas(str(path), pagesize=LETTER, invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 14)
        canvas.drawString(72, 700, f"{words}, page {number} of {pages}")
        for line in range(20):
            canvas.drawString(72, 660 - 20 * line, f"Line {line} of page {number}: nothing else to say.")
        canvas.showPage()
    canvas.save()
    return path


def scan(path: Path, pages: int = 1, dpi: int = 75, quality: int = 60) -> Path:
    """A scanned document: one grey JPEG a page, each page another picture."""
    pdf = pikepdf.new()
    for number in range(pages):
        size = (int(8.5 * dpi), 11 * dpi)
        noise = Image.effect_noise((size[0] // 3, size[1] // 3), 40 + number % 7).resize(size)
        noise.paste(number % 256, (10, 10, 60, 60))
        data = io.BytesIO()
        noise.save(data, "JPEG", quality=quality)
        image = pdf.make_stream(
            data.getvalue(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=size[0],
            Height=size[1],
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        page = pdf.add_blank_page(page_size=LETTER)
        page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
        page.obj.Contents = pdf.make_stream(b"q 612 0 0 792 0 0 cm /Im0 Do Q")
    pdf.save(path, static_id=True)
    return path


def shaped(
    path: Path,
    *,
    rotate: int = 0,
    media: tuple[float, ...] = (0, 0, 400, 300),
    crop: tuple[float, ...] | None = None,
    unit: int = 1,
    content: bytes = b"q 0.9 0.95 0.97 rg 0 0 2000 2000 re f Q",
) -> Path:
    """One page of a given geometry."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100)).obj
    page.MediaBox = Array(list(media))
    if crop:
        page.CropBox = Array(list(crop))
    if rotate:
        page.Rotate = rotate
    if unit != 1:
        page.UserUnit = unit
    page.Contents = pdf.make_stream(content)
    pdf.save(path, static_id=True)
    return path


def linked(path: Path) -> Path:
    """Three pages with every kind of link to page 3, an outline, named destinations and inherited boxes."""
    pdf = pikepdf.new()
    for _number in range(3):
        pdf.add_blank_page(page_size=LETTER)
    third = pdf.pages[2].obj
    pdf.Root.Dests = Dictionary(old=Array([third, Name.Fit]))
    leaf = pdf.make_indirect(Dictionary(Names=Array([String("deep"), Dictionary(D=Array([third, Name.Fit]))])))
    pdf.Root.Names = Dictionary(Dests=Dictionary(Kids=Array([leaf])))
    rect = Array([10, 10, 50, 50])

    def link(**keys: object) -> pikepdf.Object:
        return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, **keys))

    pdf.pages[0].obj.Annots = Array(
        [
            link(Dest=String("deep")),
            link(Dest=Name("/old")),
            link(A=Dictionary(S=Name.GoTo, D=String("deep"), Next=Dictionary(S=Name.JavaScript, JS=String("x")))),
            link(Dest=Array([third, Name.XYZ, 0, 100, 0])),
            link(Dest=String("nowhere")),
            link(A=Dictionary(S=Name.URI, URI=String("https://example.org/telltale"))),
        ]
    )
    with pdf.open_outline() as outline:
        chapter = pikepdf.OutlineItem("Chapter  one", 0)
        chapter.children.append(pikepdf.OutlineItem("Section", 2))
        outline.root.append(chapter)
    pdf.save(path, static_id=True)
    return path


def hostile(path: Path) -> Path:
    """Everything that acts: scripts, launch and submit actions, attachments, media, form fields with scripts."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=LETTER)
    page = pdf.pages[0].obj
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('telltale-script')"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    page.AA = Dictionary(O=script)
    pdf.attachments["telltale.exe"] = b"telltale-attachment"
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))
    rect = Array([100, 100, 200, 120])
    looks = pdf.make_stream(b"0 0 100 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 20]))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("value"), Rect=rect,
            AA=Dictionary(K=script), A=Dictionary(S=Name.SubmitForm, F=String("https://telltale-submit")),
            AP=Dictionary(N=looks), F=4,
        )
    )  # fmt: skip
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=String("telltale-xfa"))
    media = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=rect, RichMediaContent=String("telltale-media"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=rect, Contents=String("a note"), AA=Dictionary(E=script))
    launch = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=Dictionary(S=Name.Launch, F=String("telltale-launch"))
    )
    page.Annots = Array([field, pdf.make_indirect(media), pdf.make_indirect(note), pdf.make_indirect(launch)])
    pdf.docinfo["/Author"] = "telltale-author"
    pdf.save(path, static_id=True)
    return path


def encrypted(path: Path, *, user: str = "", owner: str = "owner") -> Path:
    """A document that asks for a password (user), or only forbids things (owner)."""
    plain = letter(path.with_suffix(".plain.pdf"))
    with pikepdf.open(plain) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=user, owner=owner))
    return path


def truncated(path: Path, keep: float = 0.6) -> Path:
    """A document whose end is missing."""
    data = letter(path.with_suffix(".whole.pdf"), 4).read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    return path


def bomb(path: Path, megabytes: int = 600) -> Path:
    """A small file whose page unpacks to hundreds of megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1024 * 1024) for _number in range(megabytes)) + packer.flush()
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=LETTER).obj
    page.Contents = pdf.make_stream(packed, Filter=Name.FlateDecode)
    pdf.save(path, static_id=True, compress_streams=False)
    return path


def nested(path: Path, depth: int = 400) -> Path:
    """A page whose resources nest very deep."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=LETTER).obj
    inner = Dictionary(End=1)
    for _level in range(depth):
        inner = Dictionary(X=inner)
    page.Resources = Dictionary(Properties=inner)
    page.Contents = pdf.make_stream(b"q Q")
    pdf.save(path, static_id=True)
    return path
