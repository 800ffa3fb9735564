"""Two verifiers that share no line agree: the product's, and one written from `docs/bundle.md`."""

import ast
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, TiffImagePlugin

from tests.data import awkward, pdfs
from tests.proof import second
from tests.proof.binding import Binder, receive
from tests.proof.secondpage import content_streams
from tests.proof.secondpdf import File
from tests.tracker.bundle import cores, samples, signing
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle.bag import Goods, write_bag
from tracker.bundle.manifest import manifest_text
from tracker.bundle.plan import BundlePlan, Gap, Hidden, Limits, Signing
from tracker.bundle.sign import sign
from tracker.bundle.stages import build
from tracker.bundle.verify import verify
from tracker.bundle.verifyzip import examine_any
from tracker.files.pdf import PdfFacts

HERE = Path(__file__).parent


def facsimiles(path: Path) -> Path:
    """Two pages of black and white pictures, packed as a scanner packs them: CCITT, and JBIG2 with its globals."""
    tiff = io.BytesIO()
    Image.linear_gradient("L").convert("1").save(tiff, "TIFF", compression="group4")
    with Image.open(tiff) as picture:
        tags = picture.tag_v2
        at, size = tags[TiffImagePlugin.STRIPOFFSETS][0], tags[TiffImagePlugin.STRIPBYTECOUNTS][0]
    pdf = pikepdf.new()
    packed = {
        Name.CCITTFaxDecode: Dictionary(K=-1, Columns=256, Rows=256, BlackIs1=False),
        Name.JBIG2Decode: Dictionary(JBIG2Globals=pdf.make_stream(b"globals")),
    }
    for filter_name, parms in packed.items():
        image = pdf.make_stream(
            tiff.getvalue()[at : at + size], Type=Name.XObject, Subtype=Name.Image, Width=256, Height=256,
            ColorSpace=Name.DeviceGray, BitsPerComponent=1, Filter=Array([filter_name]), DecodeParms=Array([parms]),
        )  # fmt: skip
        page = pdf.add_blank_page(page_size=(300, 300)).obj
        page.Resources = Dictionary(XObject=Dictionary(Im=image))
        page.Contents = pdf.make_stream(b"q 200 0 0 200 50 80 cm /Im Do Q")
    return awkward.saved(pdf, path, compress_streams=False)


def forms(path: Path) -> Path:
    """A page that draws itself through forms in one another, with names and keys in any signs, and odd values."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 400)).obj
    inner = pdf.make_stream(b"0 0 40 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 40, 40]))
    outer = pdf.make_stream(b"/In#20ner Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 90, 90]))
    outer.Resources = Dictionary({"/XObject": Dictionary({"/In ner": inner, "/Self": outer})})
    outer.Matrix = Array([1, 0, 0, pikepdf.Object.parse(b"1.500"), pdf.make_indirect(7), None])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvética (bold)/#"))
    page.Resources = Dictionary(
        Font=Dictionary({"/Schön": font}),
        XObject=Dictionary(F=outer),
        Properties=Dictionary(Way=page, Told=pikepdf.String("a(b)\\c"), Yes=True, Own=pdf.make_indirect(Name.Alone)),
    )
    page.Contents = Array([pdf.make_stream(b"q /F Do"), pdf.make_stream(b"Q")])
    page.UserUnit, page.Rotate = pikepdf.Object.parse(b"1.50"), 90
    return awkward.saved(pdf, path, compress_streams=False)


@dataclass(frozen=True)
class Made:
    """A signed bundle of two volumes, its package, and the certificate that signed it."""

    plan: BundlePlan
    volumes: list[Path]
    package: Path
    certificate: bytes

    def core(self, number: int) -> bytes:
        """The sealed bytes of the volume that holds a number, without their signature."""
        data = self.volumes[number >= 7].read_bytes()
        return data[: int(re.search(rb"RCS1 len=(\d+)", data)[1])]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Numbers 1 to 4 a letter with a hidden middle, 5 and 6 a scan, 7 and 8 facsimiles, 9 forms, 10 a slip sheet."""
    folder = tmp_path_factory.mktemp("second")
    binder = Binder()
    binder.add(received(lambda path: pdfs.letter(path, 4), folder / "1.pdf"), hidden=(Hidden(2, 3, "W-1"),))
    for make in (lambda path: pdfs.scan(path, 2, dpi=40), facsimiles, forms):
        binder.add(received(make, folder / f"{len(binder.items) + 1}.pdf"))
    binder.slip()
    binder.withhold(3)
    key = signing.signer()
    how = Signing(key.certificate_sha256, key.subject, required=True)
    plan = replace(binder.plan(limits=Limits(sheets=6)), signing=how)
    volumes = [signed(sealed, key) for sealed in build(plan, binder.copies, folder, samples.fonts())]
    write_bag(plan, Goods(volumes, {}, binder.copies, {}, folder), folder / "bag.zip")
    return Made(plan, [one.path for one in volumes], folder / "bag.zip", key.certificate)


def received(make, path):
    return receive(make(path), path.with_suffix(".copy"))


def signed(sealed, key):
    target = sealed.path.with_name(f"signed-{sealed.name}")
    return replace(sealed, path=target, file_sha256=sign(sealed.path, target, key, at=signing.AT).file_sha256)


def test_the_second_verifier_imports_nothing_of_the_product():
    for path in HERE.glob("second*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        named |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
        assert named, path.name
        assert not [name for name in named if name.partition(".")[0] in ("tracker", "boards", "django", "pikepdf")]
        assert all(name.startswith("tests.proof.second") for name in named if name.startswith("tests"))


def test_both_find_every_kind_of_page_and_the_package_intact(made):
    trusted = [made.certificate]

    assert len(made.volumes) == 2
    assert [second.pdf_faults(path) for path in made.volumes] == [[], []]
    assert [verify(path, None, trusted).exit_code for path in made.volumes] == [0, 0]
    assert (second.bag_faults(made.package), examine_any(made.package, trusted).exit_code) == ([], 0)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        (1, ()),
        (6, ("/XObject", "/Im0")),
        (7, ("/XObject", "/Im")),
        (7, b"/Columns 25"),
        (8, b"stream\n" + zlib.compress(b"globals")[:6]),
        (9, ("/XObject", "/F", "/Resources", "/XObject", "/In ner")),
        (9, b"/BaseFont /Helv#c3#a9tica#20#28bol"),
        (9, b"/UserUnit 1."),
    ],
)
def test_both_name_the_one_page_that_changed_though_the_seal_was_computed_anew(made, tmp_path, number, place):
    """Whoever changes a page and seals again leaves the manifest behind; each page here is packed in another way."""
    label = f"BHP-2026-0417-00000{number}"
    data = bytearray(made.core(number))
    data[data.index(place) + len(place) if isinstance(place, bytes) else middle_of(data, label, place)] ^= 2
    (tmp_path / "x.pdf").write_bytes(data)
    cores.reseal(tmp_path / "x.pdf")

    assert second.pdf_faults(tmp_path / "x.pdf") == [
        f"{label} is not the page that was sealed.",
        "The signature is missing.",
    ]
    (words,) = [words for words in verify(tmp_path / "x.pdf").sentences if "page that was sealed" in words]
    assert f"({label})" in words


def middle_of(data, label, keys):
    """Where the middle byte of a stream of a page is: one below its resources, without `keys` the page's own."""
    file = File(bytes(data))
    page = list(file.pages())[second.labels(file).index(label)]
    found = file.at(page[0], "/Resources", *keys[:2]) if keys else content_streams(file, page)[1]
    if keys[2:]:
        found = file.at(found.entries, *keys[2:])
    return data.index(b"stream\n" + found.raw) + len(b"stream\n") + len(found.raw) // 2


@pytest.mark.parametrize("at", [20, 4000, -200, -20_000])
def test_one_changed_byte_anywhere_is_found_by_both(made, tmp_path, at):
    """At the beginning, in the front matter, in the trailer of the signature's update, in its hole."""
    data = bytearray(made.volumes[0].read_bytes())
    data[at] ^= 1
    (tmp_path / "x.pdf").write_bytes(data)

    assert second.pdf_faults(tmp_path / "x.pdf") != []
    assert verify(tmp_path / "x.pdf", None, [made.certificate]).exit_code == 1


def test_one_changed_byte_in_a_package_names_its_file_for_both(made, tmp_path):
    with zipfile.ZipFile(made.package) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("exhibit-list.csv")]
        content = archive.read(name)
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as out:
            for entry in archive.infolist():
                changed = content.replace(b"E-1", b"E-9", 1) if entry.filename == name else archive.read(entry)
                out.writestr(entry, changed)

    assert second.bag_faults(tmp_path / "x.zip") == ["data/exhibit-list.csv differs."]
    assert "data/exhibit-list.csv is not the file that was packed." in examine_any(tmp_path / "x.zip").sentences


def test_a_manifest_is_written_as_it_always_was():
    """Held against a text that is kept, so that no change of the format goes unseen."""
    page = samples.SAMPLE_PAGE
    facts = PdfFacts((page, page), "", "cd" * 32, 4321, ("p1 /AA",), (), (), "tool 1")
    plan = plan_of(
        samples.shown("E-1", facts, 1, mark="1", title="Letter, “On ending”", hidden=(Hidden(2, 2, "W-1"),)),
        samples.slip("E-2", 3),
        samples.withheld("E-3", 4, 6),
        gaps=[Gap(7, 8, "E-4", "G-3", 0)],
    )

    assert manifest_text(plan) == (HERE / "manifest.json").read_text(encoding="utf-8")
