"""What a copy may carry: nothing that acts, links that still lead to the right page."""

import pikepdf
import pytest

from tests.data import awkward, broken, pdfs
from tracker.files import pdfclean
from tracker.files.pdf import inspect_and_rewrite


@pytest.fixture
def clean_hostile(tmp_path):
    source = pdfs.hostile(tmp_path / "a.pdf")
    facts = inspect_and_rewrite(source, tmp_path / "clean.pdf")
    return facts, tmp_path / "clean.pdf"


def test_nothing_that_acts_is_left(clean_hostile):
    _facts, path = clean_hostile
    with pikepdf.open(path) as pdf:
        pdf.save(
            path.with_name("plain.pdf"), compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    data = path.with_name("plain.pdf").read_bytes()

    for telltale in (b"telltale", b"JavaScript", b"/Launch", b"SubmitForm", b"OpenAction", b"/AA", b"AcroForm", b"XFA"):
        assert telltale not in data


def test_what_was_removed_is_reported(clean_hostile):
    facts, _path = clean_hostile

    for line in (
        "catalog /OpenAction",
        "catalog /AA",
        "catalog /Names /EmbeddedFiles",
        "catalog /Names /JavaScript",
        "catalog /AcroForm",
        "p1 /AA",
        "p1 /Widget /SubmitForm",
        "p1 /RichMedia",
        "p1 /Text /AA",
        "p1 /Link /Launch",
    ):
        assert line in facts.removed


def test_the_looks_of_a_field_stay_and_a_note_stays(clean_hostile):
    _facts, path = clean_hostile
    with pikepdf.open(path) as pdf:
        page = pdf.pages[0]
        # The last one is the place of the link that a bundle adds.
        assert [str(item.Subtype) for item in page.Annots] == ["/Text", "/Link"]
        assert len(page.Resources.XObject) == 1


def test_links_inside_the_document_lead_to_the_right_page(tmp_path):
    facts = inspect_and_rewrite(pdfs.linked(tmp_path / "a.pdf"), tmp_path / "clean.pdf")

    with pikepdf.open(tmp_path / "clean.pdf") as pdf:
        third = pdf.pages[2].obj.objgen
        *links, _place = pdf.pages[0].Annots
        assert [link.Dest[0].objgen for link in links] == [third] * 4
        assert all("/A" not in link for link in links)
        assert "/Names" not in pdf.Root
        assert "/Dests" not in pdf.Root
        assert "/Outlines" not in pdf.Root
    assert "p1 /Link leads nowhere" in facts.removed
    assert "p1 /Link /URI https://example.org/telltale" in facts.removed
    assert "p1 /Link /Next" in facts.removed


def test_hidden_layers_are_reported(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("secret")))
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]), AS=pikepdf.Array([]))
    )

    cleaning = pdfclean.clean(pdf)

    assert cleaning.removed == ["catalog /OCProperties hidden layers (1): see the original"]
    assert "/AS" not in pdf.Root.OCProperties.D


@pytest.mark.parametrize(
    ("media", "crop", "left", "line"),
    [
        ([0, 0, 400, 300], [10, 10, 10, 10], "/MediaBox", "p1 /CropBox is no box: left out"),
        ([0, 0, 400, 300], [500, 500, 600, 600], "/MediaBox", "p1 /CropBox lies outside the page: left out"),
        ([5, 5, 5, 5], None, "/MediaBox", "p1 /MediaBox missing: US Letter assumed"),
    ],
)
def test_boxes_on_which_readers_differ_are_left_out(media, crop, left, line):
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    page.MediaBox = pikepdf.Array(media)
    if crop:
        page.CropBox = pikepdf.Array(crop)

    assert pdfclean.clean(pdf).removed == [line]
    assert [key for key in page if key.endswith("Box")] == [left]


def test_boxes_upside_down_that_meet_are_kept():
    pdf = pikepdf.new()
    page = pdf.add_blank_page().obj
    page.MediaBox, page.CropBox = pikepdf.Array([400, 300, 0, 0]), pikepdf.Array([390, 290, 10, 10])

    assert pdfclean.clean(pdf).removed == []
    assert "/CropBox" in page


def test_annotations_on_hidden_layers_stay_hidden_in_every_viewer(tmp_path):
    inspect_and_rewrite(awkward.layers(tmp_path / "a.pdf"), tmp_path / "clean.pdf")

    with pikepdf.open(tmp_path / "clean.pdf") as pdf:
        stamp = pdf.pages[0].obj.Annots[0]
        assert (str(stamp.Subtype), int(stamp.F)) == ("/Stamp", 6)


def test_annotations_that_are_none_are_left_out_and_the_others_stay(tmp_path):
    facts = inspect_and_rewrite(awkward.signed_looks(tmp_path / "a.pdf"), tmp_path / "clean.pdf")

    assert facts.removed == ("p1 unknown",)
    with pikepdf.open(tmp_path / "clean.pdf") as pdf:
        kept = [str(item.Subtype) for item in pdf.pages[0].Annots]
    assert kept == ["/Text", "/Popup", "/Stamp", "/Link"]


def test_names_in_any_bytes_are_reported_in_words_that_can_be_kept(tmp_path):
    facts = inspect_and_rewrite(broken.foreign_names(tmp_path / "a.pdf"), tmp_path / "clean.pdf")

    assert [line for line in facts.removed if line.startswith("p1")] == ["p1 /P\ufffdQ\ufffd"]
    assert facts.to_json().encode()


def test_the_report_is_bounded(monkeypatch):
    monkeypatch.setattr(pdfclean, "MAX_REMOVED_LINES", 2)
    cleaning = pdfclean.Cleaning()
    for number in range(5):
        cleaning.report(f"p{number}")

    assert (cleaning.removed, cleaning.more) == (["p0", "p1"], 3)


@pytest.mark.parametrize(("value", "answer"), [([0, 0, 1, 1], True), ([0, 0, 1], False), ([0, 0, 1, True], False)])
def test_a_box_is_four_numbers(value, answer):
    assert pdfclean.is_box(pikepdf.Array(value)) is answer
    assert not pdfclean.is_box(None)
