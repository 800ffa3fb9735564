"""Documents with something to hide, made by code: a statement of account, letters, forms, scans."""

import io
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from tracker.files import fonts
from tracker.files.redaction import areas

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "node_modules"
LETTER = (612, 792)
SECRET = "Zyxwelda Quarrington"
NUMBER = "12 34 56 78"


def box(page: int, x: float, y: float, width: float, height: float, code: str = "R-1") -> areas.Area:
    """An area from plain numbers."""
    return areas.make(page, (x, y, width, height), code)


# Over the two lines of `statement` that tell the name and the number.
OVER_NAME = box(1, 160, 110, 300, 16)
OVER_NUMBER = box(1, 160, 130, 300, 16)


def statement(path: Path, *, face: str = "", others: tuple[str, ...] = ()) -> Path:
    """A page with a name and a number to cover, and a page for each of `others`.

    `face` is a typeface of ours, which is then embedded in part with codes of its own; else a standard one is used.
    """
    name = "Helvetica"
    if face:
        loaded = fonts.find_fonts(FONTS).load(face)
        assert loaded is not None
        name = loaded.fontName
    canvas = Canvas(str(path), pagesize=LETTER, invariant=1)
    canvas.setFont(name, 11)
    for line, (label, value) in enumerate([("Member", SECRET), ("Account", NUMBER), ("Branch", "Harbor Street")]):
        canvas.drawString(75, LETTER[1] - 122 - 20 * line, label)
        canvas.drawString(165, LETTER[1] - 122 - 20 * line, value)
    canvas.drawString(75, 400, "Deposits are insured.")
    canvas.showPage()
    for text in others:
        canvas.setFont(name, 11)
        canvas.drawString(75, 700, text)
        canvas.showPage()
    canvas.save()
    return path


def turned(path: Path, *, rotate: int, crop: tuple[float, ...] | None = None, unit: int = 1) -> Path:
    """The statement on a page that is turned, cropped, or has a unit of its own."""
    with pikepdf.open(statement(path.with_suffix(".plain.pdf"))) as pdf:
        page = pdf.pages[0].obj
        page.Rotate = rotate
        if crop:
            page.CropBox = Array(list(crop))
        if unit != 1:
            page.UserUnit = unit
        pdf.save(path, static_id=True)
    return path


def scan(path: Path, *, pages: int = 1, shared: bool = False, is_pure: bool = False) -> Path:
    """Pages that are pictures of writing without text; `shared`: every page lists the pictures of all pages."""
    pdf = pikepdf.new()
    pictures = Dictionary()
    for number in range(1, pages + 1):
        image = Image.new("L", (850, 1100), 255 if is_pure else 240)
        brush = ImageDraw.Draw(image)
        brush.text((200, 150), f"{SECRET} {number}", fill=0 if is_pure else 30)
        if is_pure:
            image = image.point(lambda value: 255 if value > 127 else 0)
        else:
            image.paste(image.getpixel((0, 0)) - 9, (400, 600, 500, 640 + number))
        data = io.BytesIO()
        image.save(data, "PNG" if is_pure else "JPEG")
        parts = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8, "Width": 850, "Height": 1100}
        stream = (
            pdf.make_stream(image.tobytes(), Type=Name.XObject, Subtype=Name.Image, **parts)
            if is_pure
            else pdf.make_stream(data.getvalue(), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode, **parts)
        )
        pictures[f"/Im{number}"] = pdf.make_indirect(stream)
    everything = pdf.make_indirect(Dictionary(XObject=pictures))
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=LETTER).obj
        own = Dictionary(XObject=Dictionary({f"/Im{number}": pictures[f"/Im{number}"]}))
        page.Resources = everything if shared else own
        page.Contents = pdf.make_stream(f"q 612 0 0 792 0 0 cm /Im{number} Do Q".encode())
    pdf.save(path, static_id=True)
    return path


def recognized(path: Path, *, off: float = 0) -> Path:
    """A scan with invisible text under it, as text recognition leaves it, `off` points below what is seen."""
    with pikepdf.open(scan(path.with_suffix(".plain.pdf"))) as pdf:
        page = pdf.pages[0].obj
        page.Resources.Font = Dictionary(
            F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        text = f"BT 3 Tr /F1 8 Tf 144 {675 - off} Td ({SECRET} 1) Tj 0 -100 Td (Left where it is) Tj ET"
        page.Contents = Array([page.Contents, pdf.make_stream(text.encode())])
        pdf.save(path, static_id=True)
    return path


def drawn_letters(path: Path) -> Path:
    """Two pages that list a typeface whose letters are drawings; only the first page writes with it."""
    with pikepdf.open(statement(path.with_suffix(".plain.pdf"), others=("Nothing.",))) as pdf:
        letter = pdf.make_stream(b"750 0 0 0 750 750 d1 0 0 750 750 re f % (Zyxwelda)")
        font = pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 750, 750]), FirstChar=97, LastChar=97,
                FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(a=letter), Widths=Array([750]),
                Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])), Resources=Dictionary(),
            )
        )  # fmt: skip
        for page in pdf.pages:
            page.obj.Resources.Font["/T3"] = font
        pdf.pages[0].contents_add(b"BT /T3 20 Tf 165 600 Td (aaa) Tj ET")
        pdf.save(path, static_id=True)
    return path


def form(path: Path) -> Path:
    """A form with a field that holds the name, and a comment that tells it."""
    canvas = Canvas(str(path.with_suffix(".plain.pdf")), pagesize=LETTER, invariant=1)
    canvas.drawString(75, 670, "Member")
    canvas.acroForm.textfield(name="member", value=SECRET, x=165, y=664, width=250, height=18, borderStyle="solid")
    canvas.showPage()
    canvas.drawString(75, 700, "The second page.")
    canvas.showPage()
    canvas.save()
    with pikepdf.open(path.with_suffix(".plain.pdf")) as pdf:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([165, 560, 400, 580]), Contents=String(SECRET),
            DA=String("/Helv 10 Tf 0 g"),
        )  # fmt: skip
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))
        pdf.save(path, static_id=True)
    return path


def telltale(path: Path) -> Path:
    """The statement in a file that tells the name wherever a file can: title, XMP, attachment, bookmark, layer."""
    with pikepdf.open(statement(path.with_suffix(".plain.pdf"), others=("Nothing here.",))) as pdf:
        pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(SECRET)))
        with pdf.open_metadata() as metadata:
            metadata["dc:title"] = SECRET
        pdf.attachments["quarrington.txt"] = pikepdf.AttachedFileSpec(pdf, SECRET.encode(), filename="quarrington.txt")
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"About {SECRET}", 0))
            outline.root.append(pikepdf.OutlineItem("Second page", 1))
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(SECRET)))
        default = Dictionary(Order=Array([String(SECRET), layer]), Name=String(SECRET))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=default)
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(SECRET))]))
        second = pdf.pages[1].obj
        second.Resources.Properties = Dictionary(MC0=layer)
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 50, 50]),
            Dest=Array([pdf.pages[0].obj, Name.Fit]),
        )  # fmt: skip
        second.Annots = Array([pdf.make_indirect(link)])
        pdf.save(path, static_id=True)
    return path


def covered_only(path: Path, boxes: tuple[areas.Area, ...]) -> Path:
    """What is not a redaction: black boxes drawn over the live text of a statement."""
    with pikepdf.open(statement(path.with_suffix(".plain.pdf"))) as pdf:
        drawn = b"".join(
            f"q 0 g {one.x} {792 - one.bottom} {one.width} {one.height} re f Q\n".encode() for one in boxes
        )
        pdf.pages[0].contents_add(drawn)
        pdf.save(path, static_id=True)
    return path
