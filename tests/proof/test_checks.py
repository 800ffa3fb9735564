"""The checks find planted faults: what a proof passes over is no proof."""

import pikepdf
import pytest
from PIL import Image, ImageDraw

from tests.data import awkward, pdfs
from tests.proof import checks
from tests.proof.binding import Binder, bind, receive
from tests.proof.engines import Line


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """Eleven exhibits, so that the mark of one begins that of another: the plan and its file."""
    folder = tmp_path_factory.mktemp("checks")
    binder = Binder()
    for number in range(2):
        source = awkward.bookmarks(folder / f"{number}.pdf") if number else pdfs.letter(folder / f"{number}.pdf")
        binder.add(receive(source, folder / f"{number}.copy"))
    for _number in range(9):
        binder.slip()
    plan = binder.plan()
    return plan, bind(plan, binder.copies, folder / "out")[0], binder


def bookmark(pdf, begins):
    """The outline entry whose title begins so, wherever it stands."""
    waiting = [pdf.Root.Outlines.First]
    while waiting:
        entry = waiting.pop()
        if str(entry.Title).startswith(begins):
            return entry
        waiting += [entry[key] for key in ("/First", "/Next") if key in entry]
    raise LookupError(begins)


def swap_targets(pdf):
    one, two = bookmark(pdf, "E-1  "), bookmark(pdf, "E-11  ")
    one.Dest, two.Dest = pikepdf.Array(two.Dest), pikepdf.Array(one.Dest)


def drop_one(pdf):
    gone = bookmark(pdf, "E-5  ")
    gone.Prev.Next, gone.Next.Prev = gone.Next, gone.Prev


def open_another_section(pdf):
    bookmark(pdf, "Exhibit list").Dest = pikepdf.Array(bookmark(pdf, "Hash").Dest)


def forget_the_exhibits(pdf):
    bookmark(pdf, "Exhibits").Dest = pikepdf.Array(bookmark(pdf, "Exhibit list").Dest)


def test_the_bundle_itself_passes(bundle):
    plan, path, _binder = bundle

    assert checks.bookmarks(plan, [path]) == []


@pytest.mark.parametrize("spoil", [swap_targets, drop_one, open_another_section, forget_the_exhibits])
def test_a_bookmark_that_is_missing_or_leads_elsewhere_is_found(bundle, tmp_path, spoil):
    plan, path, _binder = bundle
    with pikepdf.open(path) as pdf:
        spoil(pdf)
        pdf.save(tmp_path / path.name)

    assert checks.bookmarks(plan, [tmp_path / path.name]) != []


@pytest.mark.parametrize(
    ("mark", "is_found"),
    [
        ((480, 760, 560, 768), False),  # on the letters
        ((100, 760, 180, 768), True),  # in their line, elsewhere
        ((480, 720, 560, 728), True),  # above them
        ((470, 740, 560, 790), True),  # larger than a line
    ],
)
def test_one_mark_beside_the_letters_of_the_stamp_is_found(mark, is_found):
    old = Image.new("RGB", (612, 792), "white")
    new = old.copy()
    ImageDraw.Draw(new).rectangle(mark, fill="black")

    assert bool(checks.difference(old, new, Line(((480, 760, 560, 768),), 1.0))) is is_found


def test_without_a_number_nothing_may_differ_and_a_number_far_from_an_edge_is_no_stamp():
    old = Image.new("RGB", (612, 792), "white")
    new = old.copy()
    ImageDraw.Draw(new).rectangle((300, 400, 340, 408), fill="black")

    assert checks.difference(old, old, Line((), 1.0)) == ""
    assert "differ" in checks.difference(old, new, Line((), 1.0))
    assert "differ" in checks.difference(old, new, Line(((300, 400, 340, 408),), 1.0))
    assert "drawn" in checks.difference(old, new.resize((100, 100)), Line((), 1.0))


def test_a_change_of_a_page_that_its_stamp_does_not_make_is_found(bundle, tmp_path):
    plan, path, binder = bundle
    assert checks.looks(plan, [path], binder.sources) == []
    with pikepdf.open(path) as pdf:
        page = next(page for page in pdf.pages if page.label == plan.bates(1))
        page.obj.Contents[0].write(b"q 1 0 0 RG 40 20 m 80 20 l S ")
        pdf.save(tmp_path / path.name)

    assert checks.looks(plan, [tmp_path / path.name], binder.sources) != []
