"""The seal."""

import re
from hashlib import sha256

import pikepdf

from tracker.bundle.manifest import NAME, manifest_digest, manifest_text
from tracker.bundle.pdfwriter import Name, PdfWriter
from tracker.bundle.seal import write_end

TAG = re.compile(rb"/RCSSeal ?\(RCS1 len=(\d{12}) sha256=([0-9a-f]{64})\)")


def test_the_seal_covers_every_byte_with_its_digits_as_zeros(built):
    data = built.path.read_bytes()
    tag = TAG.search(data)

    assert len(TAG.findall(data)) == 1
    assert int(tag[1]) == len(data) == built.sealed.core_bytes
    zeroed = data[: tag.start(2)] + b"0" * 64 + data[tag.end(2) :]
    assert tag[2].decode() == sha256(zeroed).hexdigest() == built.sealed.seal_sha256
    assert built.sealed.file_sha256 == sha256(data).hexdigest()
    assert data.endswith(b"%%EOF\n")


def test_the_file_carries_its_manifest_and_is_named_by_it(built):
    with pikepdf.open(built.path) as pdf:
        assert bytes(pdf.attachments[NAME].get_file().read_bytes()) == manifest_text(built.plan).encode()
        assert [bytes(half).hex() for half in pdf.trailer.ID] == [manifest_digest(built.plan)[:32]] * 2
        assert pdf.Root.AF[0].AFRelationship == "/Data"
    assert built.sealed.manifest_sha256 == manifest_digest(built.plan)


def test_a_seal_inside_an_object_is_not_the_files_own(tmp_path):
    """Somebody may have prepared an exhibit that holds a seal of its own in clear text at the file's end."""
    fake = b"/RCSSeal (RCS1 len=000000000001 sha256=" + b"0" * 64 + b")"
    with PdfWriter(tmp_path / "a.pdf") as writer:
        root = writer.add({"Type": Name("Catalog")})
        writer.add_stream(fake)
        size, digits, whole = write_end(writer, {"Root": root})

    data = (tmp_path / "a.pdf").read_bytes()
    tag = list(TAG.finditer(data))[-1]
    assert (int(tag[1]), tag[2].decode()) == (size, digits) == (len(data), digits)
    zeroed = data[: tag.start(2)] + b"0" * 64 + data[tag.end(2) :]
    assert (sha256(zeroed).hexdigest(), sha256(data).hexdigest()) == (digits, whole)
