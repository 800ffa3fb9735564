"""The seal."""

import io
from hashlib import sha256

import pikepdf
import pytest

from tracker.bundle.manifest import NAME, manifest_digest, manifest_text
from tracker.bundle.seal import TAG, SealFailed, digests, seal, tail


def test_the_seal_covers_every_byte_with_its_digits_as_zeros(built):
    data = built.path.read_bytes()
    tag = TAG.search(data)

    assert len(TAG.findall(data)) == 1
    assert int(tag[1]) == len(data) == built.sealed.size
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


def test_digests_in_one_reading():
    file = io.BytesIO(b"a" * 10 + b"f" * 64 + b"b" * 10 + b"appended")
    core, whole = digests(file, 10, 84)

    assert core == sha256(b"a" * 10 + b"0" * 64 + b"b" * 10).hexdigest()
    assert whole == sha256(file.getvalue()).hexdigest()
    assert tail(file) == (92, 0, file.getvalue())


def test_a_document_with_the_seal_inside_is_refused(built, tmp_path):
    """Somebody may have prepared an exhibit that holds a seal of its own in clear text at the file's end."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.ZZ = pdf.make_stream(b"RCS1 len=" + b"0" * 12 + b" sha256=" + b"0" * 64)

    with pytest.raises(SealFailed, match="exactly once"):
        seal_uncompressed(pdf, built, tmp_path / "a.pdf")


def seal_uncompressed(pdf, built, path):
    save = pikepdf.Pdf.save

    def plain(self, *args, **options):
        return save(self, *args, **(options | {"compress_streams": False}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pikepdf.Pdf, "save", plain)
        return seal(pdf, built.plan, path)
