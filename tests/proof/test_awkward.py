"""Awkward and damaged files in one bundle: every page shows and is numbered, and no file sinks the others."""

from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from tests.data import awkward, broken
from tests.proof import checks, engines, second
from tests.proof.binding import Binder, bind, receive
from tests.proof.expected import sheets

EVERY = [*awkward.ORDINARY, *broken.BROKEN]


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """Every awkward file as received, by name."""
    folder = tmp_path_factory.mktemp("awkward")
    return {item.name: receive(item.make(folder / f"{item.name}.pdf"), folder / f"{item.name}.copy") for item in EVERY}


@pytest.fixture(scope="module")
def bundle(received, tmp_path_factory):
    """One bundle of all of them: its plan, its file, the binder with the received files."""
    binder = Binder()
    for item in EVERY:
        binder.add(received[item.name], looks_same=item.looks_same, title=item.name)
    plan = binder.plan()
    (path,) = bind(plan, binder.copies, tmp_path_factory.mktemp("bundle") / "one")
    return plan, path, binder


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.name)
def test_each_is_shown_or_says_why_not(received, item):
    found = received[item.name]
    pages = found.facts.page_count if found.facts else 0

    assert (pages, found.reason) == (item.pages, item.reason)


@pytest.mark.qpdf
@pytest.mark.parametrize("item", [item for item in EVERY if item.pages], ids=lambda item: item.name)
def test_each_copy_is_sound_and_looks_like_its_original(received, item):
    found = received[item.name]
    pages = range(item.pages)

    assert engines.faults(found.copy) == ""
    if item.looks_same:
        before, after = engines.pdfium_pictures(found.source, pages), engines.pdfium_pictures(found.copy, pages)
        assert [old.tobytes() == new.tobytes() for old, new in zip(before, after, strict=True)] == [True] * item.pages


@pytest.mark.qpdf
def test_a_bundle_of_all_of_them_passes_every_check(bundle):
    plan, path, binder = bundle

    assert checks.every_fault(plan, [path], binder.sources) == []


def test_a_verifier_that_is_not_ours_computes_the_same_page_digests(bundle):
    _plan, path, _binder = bundle

    assert second.pdf_faults(path) == []


def test_nothing_is_lost(bundle):
    plan, _path, _binder = bundle

    assert len(plan.exhibits) == len(EVERY)
    assert len(sheets(plan)) == sum(max(item.pages, 1) for item in EVERY)


def test_fields_of_one_name_keep_their_own_looks_and_are_no_fields_any_more(bundle):
    _plan, path, _binder = bundle
    with pikepdf.open(path) as pdf:
        assert "/AcroForm" not in pdf.Root
        subtypes = {str(item.Subtype) for page in pdf.pages for item in page.obj.get("/Annots", [])}
    assert "/Widget" not in subtypes


def test_destinations_of_one_name_lead_each_to_its_own_page(bundle):
    plan, path, _binder = bundle
    labels = engines.labels(path)
    for name, leads_to in (("destinations", 1), ("other-destinations", 2)):
        item = next(item for item in plan.exhibits if item.title == name)
        first = labels.index(plan.bates(item.bates_first))
        own = [link.target for link in engines.links(path, [first]) if "Exhibit list" not in link.words]
        assert own == [first + leads_to]


def test_hidden_layers_stay_hidden_beside_those_of_other_files(bundle):
    plan, path, _binder = bundle
    labels = engines.labels(path)
    for name in ("layers", "layers-off"):
        item = next(item for item in plan.exhibits if item.title == name)
        assert "catalog /OCProperties hidden layers (1): see the original" in item.removed
        (picture,) = engines.pdfium_pictures(path, [labels.index(plan.bates(item.bates_first))])
        colors = {color for _count, color in picture.getcolors(1 << 20)}
        assert (0, 153, 0) in colors  # the layer that shows
        assert not colors & {(255, 0, 0), (255, 0, 255)}


def test_what_was_damaged_is_said(received):
    damaged = {name: [line for line in found.facts.removed if "damaged" in line]
               for name, found in received.items() if found.facts}  # fmt: skip

    assert damaged["bad-content"] == ["p2 /Contents: damaged, shown as far as it could be read"]
    assert damaged["bad-picture"] == ["/Image: damaged, shown as far as it could be read"]
    assert not damaged["inherited"]
    assert not damaged["linked"]  # blank pages are not damage


def test_ten_thousand_pages_are_one_exhibit_like_any_other(tmp_path):
    found = receive(awkward.many_pages(tmp_path / "a.pdf"), tmp_path / "copy.pdf")
    binder = Binder()
    binder.add(found)
    plan = binder.plan()
    (path,) = bind(plan, binder.copies, tmp_path / "out")

    pdf = pypdfium2.PdfDocument(path)
    labels = [pdf.get_page_label(index) for index in range(len(pdf))]
    pdf.close()
    numbers = [plan.bates(number) for number in range(1, 10_001)]
    assert [label for label in labels if label.startswith(plan.prefix)] == numbers
    assert not engines.faults(path)
    texts = zip(engines.pdfium_texts(path), labels, strict=True)
    own = [text.count(label) for text, label in texts if label.startswith(plan.prefix)]
    assert own == [1] * 10_000


def test_a_bundle_may_be_an_exhibit_of_another(received, tmp_path):
    inner = Binder()
    inner.add(received["unbalanced"])
    inner.add(received["layers"])
    first = replace(inner.plan(), stamping=replace(inner.plan().stamping, prefix="OLD-2025-0001-"))
    (path,) = bind(first, inner.copies, tmp_path / "inner")
    outer = Binder()
    outer.add(receive(path, tmp_path / "copy.pdf"))
    outer.add(received["own-names"])
    plan = outer.plan()
    volumes = bind(plan, outer.copies, tmp_path / "outer")

    assert checks.every_fault(plan, volumes, outer.sources) == []
    assert "OLD-2025-0001-000001" in "".join(engines.pdfium_texts(volumes[0]))
