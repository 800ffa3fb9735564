"""Tags: how the generated pages are read."""

import subprocess

import pikepdf
import pytest

from tests.tracker.bundle import samples
from tracker.bundle import seal, stages
from tracker.bundle.pdfwriter import Name, PdfWriter, Ref
from tracker.bundle.tags import Inner, Linked, Marked, Tree, link_key, page_key, write_tree


def test_contents_belong_to_the_element_opened_last():
    tree = Tree()
    tree.begin("Table")
    tree.begin("TR")
    tree.begin("TD", spans=(2, 3))
    assert tree.mark(0) == 0
    tree.end()
    tree.begin("Link", top=True)
    assert tree.kind == "Link"
    tree.link(7)
    tree.end()
    assert tree.mark(0) == 1
    assert tree.mark(1) == 0
    tree.end()
    tree.end()
    table, row, cell, link = tree.elements()

    assert tree.kind == ""
    assert (table.kind, table.parent, table.contents) == ("Table", -1, (Inner(1),))
    assert row.contents == (Inner(2), Marked(0, 1), Marked(1, 0))
    assert (cell.parent, cell.rows, cell.columns) == (1, 2, 3)
    assert (link.parent, link.contents) == (-1, (Linked(7),))


def test_the_tree_is_written_with_its_parents(tmp_path):
    tree = Tree()
    tree.begin("P")
    tree.mark(0)
    tree.mark(1)
    tree.end()
    tree.begin("Link")
    tree.mark(1)
    tree.link(0)
    tree.end()
    tree.begin("Figure", alt="A picture (ä)")
    tree.mark(1)
    tree.end()
    path = tmp_path / "a.pdf"
    with PdfWriter(path) as writer:
        pages = [writer.add({}), writer.add({})]
        link = writer.add({})
        root = write_tree(writer, tree.elements(), pages, [link])
        tree = writer.add({"Type": Name("Pages"), "Kids": [], "Count": 0})
        catalog = writer.add({"Type": Name("Catalog"), "Pages": tree, "StructTreeRoot": root})
        seal.write_end(writer, {"Root": catalog})
    with pikepdf.open(path) as pdf:
        tops = list(pdf.Root.StructTreeRoot.K.K)
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)

        assert [str(one.S) for one in tops] == ["/P", "/Link", "/Figure"]
        assert tops[0].K[0] == 0
        assert (tops[0].K[1].MCID, tops[0].K[1].Pg.objgen) == (0, (pages[1].number, 0))
        assert tops[1].K[1].Obj.objgen == (link.number, 0)
        assert str(tops[2].Alt) == "A picture (ä)"
        assert [numbers[0], numbers[2], numbers[4]] == [page_key(0), page_key(1), link_key(2, 0)]
        assert [one.S for one in numbers[3]] == ["/P", "/Link", "/Figure"]
        assert numbers[5].S == "/Link"


def test_nothing_recorded_is_an_empty_tree(tmp_path):
    with PdfWriter(tmp_path / "a.pdf") as writer:
        assert isinstance(write_tree(writer, (), [writer.add({})], []), Ref)
        seal.write_end(writer, {})


@pytest.fixture(scope="module")
def volumes(rich):
    return stages.build(rich.plan, samples.copies(rich.plan, rich.folder), rich.folder, samples.fonts())


@pytest.mark.poppler
def test_poppler_reads_headings_tables_and_links_in_order(volumes):
    text = subprocess.run(
        ["pdfinfo", "-struct-text", volumes[0].path], capture_output=True, text=True, check=True
    ).stdout
    flat = " ".join(text.split())

    for words in (
        'H1 (block) "Evidence Bundle"',
        'H1 (block) "Certificate of the records custodian"',
        'LI (block) Lbl (block) "1." LBody (block) "The exhibits in this bundle are true copies of items held in the',
        'H1 (block) "Exhibit list"',
        'TH: /Scope /Column "Description"',
        'TH: /Scope /Row Link (inline) "1"',
        'H1 (block) "Board exhibit 1"',
        'TH: /Scope /Row "Bates" TD "000001–000003',
        'H1 (block) "Withheld in this edition"',
        'H2 (block) "Count"',
        '"Unexplained" TD "0"',
    ):
        assert words in flat
    titles = ("Evidence Bundle", "Exhibit list", "Witness list", "Chronology", "Board exhibit 1", "Hash list")
    order = [flat.index(f'H1 (block) "{title}"') for title in titles]
    assert order == sorted(order)
    # What runs over every page is not read again and again.
    assert "HEARING EDITION" not in flat
    assert "Docket BHP" not in flat


def test_every_mark_of_every_generated_page_is_in_the_tree(volumes):
    with pikepdf.open(volumes[1].path) as pdf:
        parents = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        of_key = dict(zip(parents[::2], parents[1::2], strict=True))
        seen = 0
        for page in pdf.pages:
            if "/StructParents" not in page.obj:
                continue
            marks = _marks(page)
            assert marks == list(range(len(of_key[page.obj.StructParents])))
            seen += len(marks)
            for link in page.obj.get("/Annots", []):
                if "/StructParent" in link:
                    assert of_key[link.StructParent].S == "/Link"
    assert seen > 20


def _marks(page):
    """The numbers of marked content in order; everything else that is drawn must be an artifact."""
    numbers, depth = [], 0
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            numbers.append(int(operands[1].MCID))
        if str(operator) in ("BDC", "BMC"):
            depth += 1
        elif str(operator) == "EMC":
            depth -= 1
        elif str(operator) in ("Tj", "TJ", "S", "f", "f*") and not _is_stamp(page):
            assert depth, "something is drawn outside the structure"
    assert depth == 0
    return numbers


def _is_stamp(page):
    return isinstance(page.obj.Contents, pikepdf.Array)
