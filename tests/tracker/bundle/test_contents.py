"""Comparing a file's pages with its manifest."""

import json

import pikepdf
import pytest

from tests.data import pdfs
from tracker.bundle import contents_pages
from tracker.bundle.contents import check_contents, check_printed, open_contents, read_labels
from tracker.bundle.contents_pages import Pages


def test_a_finished_bundle_agrees_with_its_manifest(built):
    with open_contents(built.path) as opened:
        assert check_contents(opened) == []
        assert opened.manifest_sha256 == built.sealed.manifest_sha256


def swap_pages(pdf):
    pdf.pages[4], pdf.pages[5] = pdf.pages[5], pdf.pages[4]


def drop_stamp(pdf):
    page = pdf.pages[4].obj
    page.Contents[-1].write(page.Contents[-1].read_bytes().replace(b"000001", b"000009"))


def drop_page(pdf):
    del pdf.pages[4]


def other_manifest(pdf):
    stream = pdf.attachments["manifest.json"].get_file().obj
    manifest = json.loads(stream.read_bytes())
    stream.write(json.dumps({**manifest, "docket": "OTHER"}).encode())


def no_labels(pdf):
    del pdf.Root.PageLabels


def one_label_twice(pdf):
    pdf.Root.PageLabels.Nums[-1] = pikepdf.Dictionary(P="BHP-2026-0417-000001")


def one_number_more(pdf):
    pdf.Root.PageLabels.Nums[-1] = pikepdf.Dictionary(P="BHP-2026-0417-000099")


def other_volume(pdf):
    pdf.Root.RCSVolume = 2


def no_digest_of_pages(pdf):
    stream = pdf.attachments["manifest.json"].get_file().obj
    manifest = json.loads(stream.read_bytes())
    manifest["exhibits"][0]["pages_sha256"] = "ab" * 32
    stream.write(json.dumps(manifest).encode())


def withheld_sheet(pdf):
    page = pdf.pages[19].obj
    page.Contents = page.Contents[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (swap_pages, "Exhibit 1, page 1 (BHP-2026-0417-000001) is not the page"),
        (drop_stamp, "Exhibit 1, page 1 (BHP-2026-0417-000001) does not carry its number"),
        (drop_page, "is not the page that was sealed"),
        (other_manifest, "manifest is not the one"),
        (no_labels, "can no longer be compared"),
        (one_label_twice, "labels two pages"),
        (one_number_more, "000099 stands on a page that the manifest does not know"),
        (other_volume, "000001 stands on a page that the manifest does not know"),
        (no_digest_of_pages, "contradicts itself about exhibit 1"),
        (withheld_sheet, "BHP-2026-0417-000013–000018 does not carry its number"),
    ],
)
def test_every_difference_has_a_sentence(built, tmp_path, change, words):
    with pikepdf.open(built.path) as pdf:
        change(pdf)
        pdf.save(tmp_path / "x.pdf")
    with open_contents(tmp_path / "x.pdf") as opened:
        # Writing anew changes the file's identifier only where the library makes one.
        opened.pdf.trailer.ID[0] = pikepdf.String(bytes.fromhex(built.sealed.manifest_sha256[:32]))
        assert any(words in fault for fault in check_contents(opened))


def test_the_cover_prints_the_digest_of_the_manifest(built, tmp_path):
    assert check_printed(built.path, built.sealed.manifest_sha256) == []
    for path in (built.path, pdfs.letter(tmp_path / "a.pdf"), tmp_path / "none.pdf"):
        assert check_printed(path, "ab" * 32) == ["The cover does not print the digest of the manifest."]


def test_other_files_have_no_manifest(tmp_path):
    with open_contents(pdfs.letter(tmp_path / "a.pdf")) as opened:
        assert opened.manifest is None
        assert check_contents(opened) == ["The manifest is missing or cannot be read."]
    (tmp_path / "b.pdf").write_bytes(b"nothing")
    with open_contents(tmp_path / "b.pdf") as opened:
        assert opened.pdf is None
        assert check_contents(opened) == ["The file cannot be read as a PDF."]


def test_the_first_manifests_had_no_segments(built, tmp_path):
    """One volume, every exhibit in one piece: they are checked as they were."""
    with pikepdf.open(built.path) as pdf:
        stream = pdf.attachments["manifest.json"].get_file().obj
        manifest = json.loads(stream.read_bytes())
        for exhibit in manifest["exhibits"]:
            del exhibit["segments"]
        stream.write(json.dumps(manifest).encode())
        pdf.save(tmp_path / "x.pdf")
    with open_contents(tmp_path / "x.pdf") as opened:
        opened.pdf.trailer.ID[0] = pikepdf.String(bytes.fromhex(opened.manifest_sha256[:32]))
        assert check_contents(opened) == []
        assert (opened.volume, dict(opened.signing())["required"]) == (1, False)


@pytest.mark.parametrize(
    "text", [b"{}", b"[]", b'{"format":"other/1"}', b'{"format":"recourse-bundle/1"}', b"\xff", b"{", b"null"]
)
def test_any_manifest_ends_in_an_answer(built, tmp_path, text):
    with pikepdf.open(built.path) as pdf:
        pdf.attachments["manifest.json"].get_file().obj.write(text)
        pdf.save(tmp_path / "x.pdf")
    with open_contents(tmp_path / "x.pdf") as opened:
        assert check_contents(opened)


def test_labels_out_of_order_raise(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([5, pikepdf.Dictionary(), 0, pikepdf.Dictionary()]))

    with pytest.raises(ValueError, match="order"):
        read_labels(pdf, 1)


def test_a_document_read_in_many_stretches_gives_the_same_pages(built, monkeypatch):
    with pikepdf.open(built.path) as pdf:
        expected = [page.obj.objgen for page in pdf.pages]
    with Pages(built.path) as whole:
        assert whole._numbers == expected
        digests = [whole.digest(place) for place in range(len(whole))]
        streams = [whole.last_stream(place) for place in range(len(whole))]
    monkeypatch.setattr(contents_pages, "MOST_READ", 2)
    with Pages(built.path) as pages:
        assert pages._numbers == expected
        assert [pages.digest(place) for place in range(len(pages))] == digests
        assert [pages.last_stream(place) for place in range(len(pages))] == streams


def in_a_circle(pdf):
    pdf.Root.Pages.Kids[0] = pdf.Root.Pages


def with_a_hole(pdf):
    pdf.Root.Pages.Kids[0] = pdf.make_indirect(pikepdf.Array())


@pytest.mark.parametrize(("damage", "words"), [(in_a_circle, "circle"), (with_a_hole, "no page")])
def test_a_broken_page_tree_is_refused(tmp_path, damage, words):
    with pikepdf.open(pdfs.letter(tmp_path / "a.pdf", 3)) as pdf:
        pdf.Root.Pages = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=[pdf.Root.Pages], Count=3))
        damage(pdf)
        pdf.save(tmp_path / "b.pdf")

    with pytest.raises(ValueError, match=words):
        Pages(tmp_path / "b.pdf")
