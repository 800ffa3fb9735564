"""Putting a volume together: every page in its place, pieces and volumes, nothing left over from what is not shown."""

from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from tests.data import pdfs
from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle import stages
from tracker.bundle.plan import Hidden, Limits
from tracker.bundle.planning import Extras
from tracker.bundle.verify import Outcome, verify


def fonted(plan):
    return replace(plan, fonts=tuple(sorted(samples.fonts().pins.items())))


def build(plan, folder):
    return stages.build(fonted(plan), samples.copies(plan, folder), folder, samples.fonts())


def test_every_page_is_in_its_place(built):
    with pikepdf.open(built.path) as pdf:
        assert len(pdf.pages) == built.places.total == 27
        scan = built.places.dividers["E-2"] + 1
        assert all("/Im0" in pdf.pages[scan + number].Resources.XObject for number in range(8))


def test_pages_inherit_nothing_and_the_tree_is_sound(built):
    with pikepdf.open(built.path) as pdf:
        assert pdf.Root.Pages.Count == 27
        assert pdf.check_pdf_syntax() == []
        for page in pdf.pages:
            assert {"/MediaBox", "/Resources"} <= set(page.obj.keys())


def test_a_missing_copy_is_refused(built, tmp_path):
    with pytest.raises(ValueError, match="Exhibit E-1 has no copy"):
        stages.build(built.plan, {}, tmp_path, samples.fonts())


@pytest.fixture
def letter(tmp_path):
    """An exhibit of five pages; each says which it is."""
    source = pdfs.letter(tmp_path / "a.pdf", 5, words="TELLTALE")
    return samples.shown("E-1", samples.rendition(source, tmp_path / "E-1.pdf"), 1)


def test_of_hidden_pages_nothing_is_left(letter, tmp_path):
    plan = plan_of(replace(letter, hidden=(Hidden(2, 3, "W-1"),)))
    (sealed,) = build(plan, tmp_path)

    assert verify(sealed.path).outcome is Outcome.INTACT
    texts = samples.page_texts(sealed.path)
    assert [number for number in range(1, 6) if any(f"page {number} of 5" in text for text in texts)] == [1, 4, 5]
    with pikepdf.open(sealed.path) as pdf:
        streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    for number, expected in ((1, 1), (2, 0), (3, 0), (4, 1)):
        found = sum(f"TELLTALE, page {number} of 5".encode() in data for data in streams)
        assert found == expected
    assert sum("BHP-2026-0417-000002–000003" in text for text in texts) == 1


def test_links_to_hidden_pages_are_gone(tmp_path):
    facts = samples.rendition(pdfs.linked(tmp_path / "a.pdf"), tmp_path / "E-1.pdf")
    plan = plan_of(replace(samples.shown("E-1", facts, 1), hidden=(Hidden(3, 3, "W-1"),)))
    (sealed,) = build(plan, tmp_path)

    with pikepdf.open(sealed.path) as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        targets = [link.Dest[0].objgen for page in pdf.pages for link in page.obj.get("/Annots", []) if "/Dest" in link]
    assert targets
    assert set(targets) <= pages


def test_volumes_continue_the_numbers_and_each_is_sealed(letter, tmp_path):
    second = samples.shown(
        "E-2", samples.rendition(pdfs.letter(tmp_path / "b.pdf", 2), tmp_path / "E-2.pdf"), 6, mark="2"
    )
    plan = plan_of(letter, second, extras=Extras(limits=Limits(sheets=3)))
    volumes = build(plan, tmp_path)

    assert [item.volume for item in volumes] == [1, 2, 3]
    assert len({item.manifest_sha256 for item in volumes}) == 1
    labels = []
    for item in volumes:
        assert verify(item.path).outcome is Outcome.INTACT
        pdf = pypdfium2.PdfDocument(item.path)
        found = [pdf.get_page_label(number) for number in range(len(pdf))]
        pdf.close()
        labels.append([label[-6:] for label in found if label.startswith("BHP-")])
    assert labels == [["000001", "000002", "000003"], ["000004", "000005"], ["000006", "000007"]]


def test_layers_that_were_hidden_stay_hidden_and_locked(tmp_path):
    source = pdfs.letter(tmp_path / "a.pdf", 1)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        layers = [
            pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String(name)))
            for name in ("Shown", "Draft")
        ]
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array(layers), D=pikepdf.Dictionary(OFF=pikepdf.Array([layers[1]]))
        )
        resources = pdf.pages[0].obj.Resources
        resources.Properties = pikepdf.Dictionary(A=layers[0], B=layers[1])
        pdf.pages[0].contents_add(b"/OC /B BDC 0 0 0 rg 100 100 300 300 re f EMC")
        pdf.save()
    facts = samples.rendition(source, tmp_path / "E-1.pdf")
    (sealed,) = build(plan_of(samples.shown("E-1", facts, 1)), tmp_path)

    with pikepdf.open(sealed.path) as pdf:
        properties = pdf.Root.OCProperties
        assert [str(item.Name) for item in properties.OCGs] == ["Shown", "Draft"]
        assert [str(item.Name) for item in properties.D.OFF] == ["Draft"]
        assert len(properties.D.Locked) == 2
    pdf = pypdfium2.PdfDocument(sealed.path)
    assert pdf[4].render().to_pil().convert("L").getpixel((250, 792 - 250)) == 255
    pdf.close()
