"""The frame of a copy: places for stamp and link on every page, looks unchanged, single pages cut out."""

import pikepdf
import pypdfium2
import pytest

from tests.data import pdfs
from tracker.files.pdf import inspect_and_rewrite
from tracker.files.pdfframe import Balance, Frame, cut_copy, naming


@pytest.fixture
def linked(tmp_path):
    return inspect_and_rewrite(pdfs.linked(tmp_path / "a.pdf"), tmp_path / "copy.pdf"), tmp_path / "copy.pdf"


def test_every_page_has_its_places(linked):
    facts, path = linked
    with pikepdf.open(path) as pdf:
        for page, found in zip(pdf.pages, facts.pages, strict=True):
            assert found.places == (page.obj.objgen[0], page.Contents[-1].objgen[0], page.Annots[-1].objgen[0])
            assert page.Contents[0].read_bytes() == b"q\n"
            assert page.Contents[-1].read_bytes().endswith(naming(""))
            assert page.Annots[-1].F == 2  # hidden until it is filled
            assert page.Resources.Font.RcsB.objgen[0] == facts.frame.bold
            assert page.obj.Parent.objgen == pdf.Root.Pages.objgen
        assert (facts.frame.catalog, facts.frame.pages) == (pdf.Root.objgen[0], pdf.Root.Pages.objgen[0])


def test_a_frame_reads_back(linked):
    facts, _path = linked

    assert type(facts).from_json(facts.to_json()) == facts
    assert Frame.from_plain(
        {**Frame(1, 2, 3, 4, "1", (5,), (5,)).__dict__, "layers": [5], "hidden_layers": [5]}
    ) == Frame(1, 2, 3, 4, "1", (5,), (5,))


def test_the_pages_look_as_before(tmp_path):
    source = pdfs.letter(tmp_path / "a.pdf", 2)
    inspect_and_rewrite(source, tmp_path / "b.pdf")
    images = []
    for path in (source, tmp_path / "b.pdf"):
        pdf = pypdfium2.PdfDocument(path)
        images.append([page.render().to_pil().tobytes() for page in pdf])
        pdf.close()

    assert images[0] == images[1]


@pytest.mark.parametrize(
    ("balance", "opening", "closing"),
    [
        (Balance(), b"q\n", b"\nQ\n"),
        (Balance(open_saves=2), b"q\n", b"\nQ\nQ\nQ\n"),
        (Balance(extra_restores=1), b"q\nq\n", b"\nQ\n"),
        (Balance(open_text=True), b"q\n", b"\nET\nQ\n"),
    ],
)
def test_what_a_page_leaves_open_is_closed(balance, opening, closing):
    assert (balance.opening(), balance.closing()) == (opening, closing)


def test_pages_cut_out_bring_nothing_of_the_others(linked, tmp_path):
    facts, path = linked
    frame, places = cut_copy(path, range(0, 2), tmp_path / "cut.pdf")

    assert len(places) == 2
    with pikepdf.open(tmp_path / "cut.pdf") as pdf:
        assert len(pdf.pages) == 2
        assert frame.pages == pdf.Root.Pages.objgen[0]
        pages = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Page"]
        assert len(pages) == 2
        assert all("/Dest" not in link for link in pdf.pages[0].Annots)  # they led to the third page


def test_pages_cut_out_bring_no_layer_of_the_others(tmp_path):
    source = pdfs.letter(tmp_path / "a.pdf", 2)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        names = ("of the first page", "Session of 3 March")
        layers = [pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=name)) for name in names]
        for page, layer in zip(pdf.pages, layers, strict=True):
            page.obj.Resources.Properties = pikepdf.Dictionary(A=layer)
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=layers, D=pikepdf.Dictionary())
        pdf.save(source)
    inspect_and_rewrite(source, tmp_path / "copy.pdf")

    frame, _places = cut_copy(tmp_path / "copy.pdf", range(0, 1), tmp_path / "cut.pdf")

    assert len(frame.layers) == 1
    assert b"of the first page" in (tmp_path / "cut.pdf").read_bytes()
    assert b"Session" in (tmp_path / "copy.pdf").read_bytes()
    assert b"Session" not in (tmp_path / "cut.pdf").read_bytes()
