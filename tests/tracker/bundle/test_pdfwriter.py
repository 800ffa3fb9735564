"""The writer: values spelled as the standard says, files that other programs read, digests of what was written."""

from decimal import Decimal
from hashlib import sha256

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.bundle.pdfwriter import HashedFile, Name, PdfWriter, Raw, Ref, name, number, serialize, text_string
from tracker.bundle.seal import write_end


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, b"null"),
        (True, b"true"),
        (12, b"12"),
        (Decimal("1.50"), b"1.5"),
        ("a(b)\\", b"(a\\(b\\)\\\\)"),
        ("é", b"<feff00e9>"),
        (b"\x00\xff", b"<00ff>"),
        (Ref(7), b"7 0 R"),
        (Name("Type"), b"/Type"),
        (Raw(b"[1]"), b"[1]"),
        ([1, [Name("Fit")]], b"[1 [/Fit]]"),
        ({"A": 1, "B": {}}, b"<< /A 1 /B <<  >> >>"),
    ],
)
def test_values_are_spelled(value, text):
    assert serialize(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [("1", b"1"), ("1.50000", b"1.5"), ("-0.00001", b"0"), ("0.12345", b"0.1234")]
)
def test_lengths_are_written_plainly(value, text):
    assert number(Decimal(value)) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_texts_and_names_are_read_back_by_another_program(text):
    assert str(pikepdf.Object.parse(text_string(text))) == text
    if text and "\0" not in text:
        assert str(pikepdf.Object.parse(name(text)))[1:] == text


def test_a_file_with_unused_numbers_is_sound(tmp_path):
    path = tmp_path / "a.pdf"
    with PdfWriter(path, comment=b"mark") as writer:
        root, unused = writer.allocate(), writer.allocate(3)
        tree = writer.add({"Type": Name("Pages"), "Kids": [], "Count": 0})
        stream = writer.add_stream(b"data", {"A": 1})
        writer.write(root, {"Type": Name("Catalog"), "Pages": tree, "S": stream})
        size, _seal, whole = write_end(writer, {"Root": Ref(root)})

    data = path.read_bytes()
    assert (len(data), sha256(data).hexdigest()) == (size, whole)
    assert data.startswith(b"%PDF-1.7\n")
    assert b"%mark\n" in data[:64]
    with pikepdf.open(path) as pdf:
        assert pdf.Root.S.read_bytes() == b"data"
        assert pdf.get_object(unused, 0) is None


@given(st.lists(st.binary(max_size=3_000_000), max_size=4))
def test_the_digest_is_that_of_everything_written(tmp_path_factory, blocks):
    path = tmp_path_factory.getbasetemp() / "hashed"
    file = HashedFile(path)
    for block in blocks:
        file.write(block)
    digest = file.digest_so_far()
    file.end(b"end")

    assert digest.hexdigest() == sha256(b"".join(blocks)).hexdigest()
    assert path.read_bytes() == b"".join(blocks) + b"end"


def test_a_failed_file_is_closed(tmp_path):
    with pytest.raises(RuntimeError), PdfWriter(tmp_path / "a.pdf"):  # noqa: PT012
        raise RuntimeError
