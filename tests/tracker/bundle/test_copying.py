"""Taking objects over: other numbers, the same bytes, and nothing from a file that is not the frozen one."""

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data import pdfs
from tests.tracker.bundle import samples
from tracker.bundle.copying import CopyBroken, Numbers, Source, copy_objects, object_count, renumber
from tracker.bundle.pdfwriter import PdfWriter, Ref
from tracker.bundle.seal import write_end

NUMBERS = Numbers(100, {5: 7})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"<< /A 1 0 R /B [5 0 R 12 0 R] >>", b"<< /A 101 0 R /B [7 0 R 112 0 R] >>"),
        (b"<< /T (see 1 0 R) /A 1 0 R >>", b"<< /T (see 1 0 R) /A 101 0 R >>"),
        (rb"<< /T (a \) 1 0 R \( ) /A 1 0 R >>", rb"<< /T (a \) 1 0 R \( ) /A 101 0 R >>"),
        (b"<< /T <31203020522031203020520a> /A 1 0 R >>", b"<< /T <31203020522031203020520a> /A 101 0 R >>"),
        (b"[1 0 5 0 R]", b"[1 0 7 0 R]"),
        (b"<< /A 10 >>", b"<< /A 10 >>"),
    ],
)
def test_references_get_other_numbers_and_texts_stay(text, expected):
    assert renumber(text, NUMBERS) == expected


@given(st.lists(st.text(max_size=30) | st.binary(max_size=30), max_size=5))
def test_any_text_that_the_library_writes_stays(values):
    pdf = pikepdf.new()
    other = pdf.make_indirect(pikepdf.Dictionary())
    found = pikepdf.Array([item for value in values for item in (pikepdf.String(value), other)])
    before = found.unparse()
    after = renumber(before, Numbers(1000, {}))

    number = other.objgen[0]
    assert after.count(b"%d 0 R" % (1000 + number)) >= len(values)
    back = pikepdf.Object.parse(after.replace(b"%d 0 R" % (1000 + number), b"null"))
    assert [bytes(item) for item in list(back)[::2]] == [bytes(item) for item in list(found)[::2]]


@pytest.fixture
def copy(tmp_path):
    facts = samples.rendition(pdfs.linked(tmp_path / "a.pdf"), tmp_path / "copy.pdf")
    return Source(tmp_path / "copy.pdf", "Exhibit E-1", facts.rendition_sha256)


def taken_over(source, target, filled=None):
    with PdfWriter(target) as writer:
        writer.allocate(10)
        numbers = Numbers(writer.allocate(object_count(source)), {})
        copy_objects(writer, source, numbers, filled or {})
        with pikepdf.open(source.path) as pdf:
            root = numbers.of(pdf.Root.objgen[0])
        write_end(writer, {"Root": Ref(root)})


def test_a_file_taken_over_whole_is_the_same_document(copy, tmp_path):
    taken_over(copy, tmp_path / "b.pdf")

    with pikepdf.open(copy.path) as before, pikepdf.open(tmp_path / "b.pdf") as after:
        assert after.check_pdf_syntax() == []
        assert len(after.pages) == len(before.pages)
        for one, two in zip(before.pages, after.pages, strict=True):
            assert [item.read_raw_bytes() for item in one.Contents] == [item.read_raw_bytes() for item in two.Contents]
            assert one.MediaBox == two.MediaBox


def test_another_file_than_the_frozen_one_is_refused_by_name(copy, tmp_path):
    with copy.path.open("ab") as file:
        file.write(b"% one more line\nstartxref\n0\n%%EOF\n")

    with pytest.raises(CopyBroken, match="Exhibit E-1"):
        taken_over(copy, tmp_path / "b.pdf")


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_one_changed_byte_is_refused(copy, tmp_path, place):
    data = bytearray(copy.path.read_bytes())
    data[int(len(data) * place)] ^= 1
    copy.path.write_bytes(data)

    with pytest.raises((CopyBroken, ValueError)):
        taken_over(copy, tmp_path / "b.pdf")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"startxref\n5\n%%EOF\n", b"x" * 5000])
def test_what_is_no_copy_is_refused(tmp_path, content):
    (tmp_path / "x").write_bytes(content)

    with pytest.raises(CopyBroken, match="Exhibit E-9"):
        object_count(Source(tmp_path / "x", "Exhibit E-9"))
