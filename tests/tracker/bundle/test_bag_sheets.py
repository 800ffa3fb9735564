"""Sheets taken out of volumes: the same looks, nothing that leads elsewhere, no other layer shown."""

from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from tests.data import awkward, pdfs
from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle import stages
from tracker.bundle.bag_sheets import Sheets, SheetsMissing
from tracker.bundle.plan import Hidden, Limits
from tracker.bundle.planning import Extras


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Volumes of two exhibits with layers, notes and links, each with a hidden page, and a slip sheet; their plan."""
    folder = tmp_path_factory.mktemp("sheets")
    with pikepdf.open(awkward.layers(folder / "layers.pdf")) as pdf:
        pdf.pages.append(pdf.pages[0])
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[40, 600, 90, 650], C=[0, 0, 1], F=4,
            Contents="a comment", AP=pikepdf.Dictionary(N=square(pdf)),
        )  # fmt: skip
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(note))
        pdf.pages.extend([pdf.pages[0], pdf.pages[1]])
        pdf.save(folder / "source.pdf")
    layers = samples.rendition(folder / "source.pdf", folder / "E-1.pdf")
    linked = samples.rendition(pdfs.linked(folder / "linked.pdf"), folder / "E-2.pdf")
    plan = plan_of(
        samples.shown("E-1", layers, 1, hidden=(Hidden(2, 2, "W-1"),)),
        samples.shown("E-2", linked, 5, hidden=(Hidden(2, 2, "W-1"),)),
        samples.slip("E-3", 8),
        extras=Extras(limits=Limits(sheets=3)),
    )
    plan = replace(plan, fonts=tuple(sorted(samples.fonts().pins.items())))
    sealed = stages.build(plan, samples.copies(plan, folder), folder, samples.fonts())
    return plan, [one.path for one in sealed], folder


def square(pdf):
    return pdf.make_stream(
        b"0 0 1 rg 0 0 50 50 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 50, 50]
    )


def pictures(path, wanted):
    """Small pictures of the pages whose label holds one of some texts, in order; of all pages without such texts."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [
            page.render(scale=0.3).to_pil().tobytes()
            for index, page in enumerate(pdf)
            if not wanted or any(word in pdf.get_page_label(index) for word in wanted)
        ]
    finally:
        pdf.close()


def test_sheets_look_as_in_the_volumes_and_hidden_layers_stay_hidden(made):
    plan, volumes, _folder = made
    with Sheets(plan, volumes, _folder) as sheets:
        path = sheets.of(plan.exhibits[0])
    numbers = [f"-00000{number}" for number in (1, 2, 3, 4)]
    in_volumes = [picture for volume in volumes for picture in pictures(volume, numbers)]

    assert len(in_volumes) == 4
    assert len(volumes) > 2
    assert pictures(path, ()) == in_volumes
    with pikepdf.open(path) as pdf:
        layers = {str(layer.Name): layer.objgen for layer in pdf.Root.OCProperties.OCGs}
        hidden = {layer.objgen for layer in pdf.Root.OCProperties.D.OFF}
        kinds = [sorted(str(note.Subtype) for note in page.obj.get("/Annots", ())) for page in pdf.pages]
        assert {number for name, number in layers.items() if name == "hidden layer"} <= hidden
        assert not any("/RCSState" in item for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
    assert kinds == [["/Square", "/Stamp"], [], ["/Square", "/Stamp"], ["/Stamp"]]


def test_links_stay_behind_and_so_does_what_they_lead_to(made):
    plan, volumes, folder = made
    with Sheets(plan, volumes, folder) as sheets:
        paths = [sheets.of(item) for item in plan.exhibits[1:]]
    for path, count in zip(paths, (3, 1), strict=True):
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == count
            assert "/OCProperties" not in pdf.Root
            assert not any("/Annots" in page.obj for page in pdf.pages)


def test_each_volume_is_read_once(made, monkeypatch):
    plan, volumes, folder = made
    opened = []
    real = pikepdf.open
    monkeypatch.setattr(pikepdf, "open", lambda path, **options: opened.append(path) or real(path, **options))
    with Sheets(plan, volumes, folder) as sheets:
        assert opened == []
        for item in plan.exhibits * 2:
            sheets.of(item)

    assert opened == volumes


def test_an_exhibit_whose_sheets_are_nowhere_is_named(made):
    plan, volumes, folder = made
    with (
        Sheets(plan, volumes, folder) as sheets,
        pytest.raises(SheetsMissing, match="Exhibit E-9: its sheets up to 000099"),
    ):
        sheets.of(samples.slip("E-9", 99))
