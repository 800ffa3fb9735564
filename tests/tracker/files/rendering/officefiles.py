"""The smallest office files that programs open."""

import io
import zipfile

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SCHEMAS = "http://schemas.openxmlformats.org"
_OFFICE = f"{_SCHEMAS}/officeDocument/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument"
_COLORS = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" hlink="hlink" folHlink="folHlink" ' + " ".join(
    f'accent{number}="accent{number}"' for number in range(1, 7)
)
_DECK = (
    '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="r1"/></p:sldMasterIdLst>'
    '<p:sldIdLst><p:sldId id="256" r:id="r2"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
    '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
)
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"


def _package(main: str, parts: dict[str, tuple[str, str]]) -> bytes:
    """An Office Open XML package: parts by path with kind and text, `main` the one that is opened first.

    A part `x/_rels/y.rels` is given without a kind.
    """
    kinds = "".join(
        f'<Override PartName="/{path}" ContentType="{_PARTS}.{kind}+xml"/>'
        for path, (kind, _text) in parts.items()
        if kind
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{_RELATIONS}"/>{kinds}'
        "</Types>",
        "_rels/.rels": links(officeDocument=main),
        **{path: text for path, (_kind, text) in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
    return out.getvalue()


def links(**targets: str) -> str:
    """The relations of a part: what kind of part each is, and where it lies. The first is r1."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_LINKS}">{inner}</Relationships>'


def docx(words: str) -> bytes:
    """A Word document of one paragraph."""
    body = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body>"
    document = f'<w:document xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main">{body}</w:document>'
    return _package("word/document.xml", {"word/document.xml": ("wordprocessingml.document.main", document)})


def xlsx(words: str) -> bytes:
    """An Excel workbook of one sheet with one filled cell."""
    space = f'xmlns="{_SCHEMAS}/spreadsheetml/2006/main" xmlns:r="{_OFFICE}"'
    sheet = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row></sheetData>'
    book = '<sheets><sheet name="Fees" sheetId="1" r:id="r1"/></sheets>'
    return _package(
        "xl/workbook.xml",
        {
            "xl/workbook.xml": ("spreadsheetml.sheet.main", f"<workbook {space}>{book}</workbook>"),
            "xl/_rels/workbook.xml.rels": ("", links(worksheet="sheet1.xml")),
            "xl/sheet1.xml": ("spreadsheetml.worksheet", f"<worksheet {space}>{sheet}</worksheet>"),
        },
    )


def pptx(words: str) -> bytes:
    """A PowerPoint presentation of one slide with one box of text."""
    space = (
        f'xmlns:p="{_SCHEMAS}/presentationml/2006/main" xmlns:a="{_SCHEMAS}/drawingml/2006/main" xmlns:r="{_OFFICE}"'
    )
    group = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    box = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Box"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
        '<a:off x="900000" y="900000"/><a:ext cx="6000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )

    def page(kind: str, inner: str = "", after: str = "") -> str:
        return f"<p:{kind} {space}><p:cSld><p:spTree>{group}{inner}</p:spTree></p:cSld>{after}</p:{kind}>"

    return _package(
        "ppt/presentation.xml",
        {
            "ppt/presentation.xml": ("presentationml.presentation.main", f"<p:presentation {space}>{_DECK}"),
            "ppt/_rels/presentation.xml.rels": ("", links(slideMaster="master.xml", slide="slide1.xml")),
            "ppt/master.xml": ("presentationml.slideMaster", page("sldMaster", after=f"<p:clrMap {_COLORS}/>")),
            "ppt/_rels/master.xml.rels": ("", links(slideLayout="layout.xml")),
            "ppt/layout.xml": ("presentationml.slideLayout", page("sldLayout")),
            "ppt/_rels/layout.xml.rels": ("", links(slideMaster="master.xml")),
            "ppt/slide1.xml": ("presentationml.slide", page("sld", box)),
            "ppt/_rels/slide1.xml.rels": ("", links(slideLayout="layout.xml")),
        },
    )


def odt(image: str, words: str = "Words") -> bytes:
    """An OpenDocument text of a paragraph, with a frame that holds `image`."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(
        f'xmlns:{short}="{name}"'
        for short, name in (
            ("office", f"{urn}:office:1.0"),
            ("text", f"{urn}:text:1.0"),
            ("draw", f"{urn}:drawing:1.0"),
            ("svg", f"{urn}:svg-compatible:1.0"),
            ("xlink", "http://www.w3.org/1999/xlink"),
        )
    )
    frame = f'<draw:frame svg:width="8cm" svg:height="8cm" text:anchor-type="paragraph">{image}</draw:frame>'
    content = (
        f'<office:document-content {spaces} office:version="1.2"><office:body><office:text>'
        f"<text:p>{words}{frame}</text:p></office:text></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", '<?xml version="1.0" encoding="UTF-8"?>' + content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0" encoding="UTF-8"?>' + manifest)
    return out.getvalue()
