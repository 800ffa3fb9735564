"""The hole of a signature has one spelling: every single flipped bit in it is found."""

import pytest

from tests.tracker.bundle import signing
from tracker.bundle.container import read_container
from tracker.bundle.sealtag import digests, find_tag
from tracker.bundle.sign import sign
from tracker.bundle.signature_hole import ContainerBroken, find_hole


@pytest.fixture(scope="module", params=["ec", "rsa"])
def signed(built, tmp_path_factory, request):
    """A signed file's hole, its digest and the fingerprint of the key."""
    key, path = signing.signer(request.param), tmp_path_factory.mktemp("signed") / "s.pdf"
    sign(built.path, path, key, at=signing.AT)
    with path.open("rb") as file:
        tag = find_tag(file)
    hole = find_hole(path, tag.length)
    return hole.content, digests(path, tag, (hole.start, hole.end)).signed, key.certificate_sha256


def test_a_whole_container_names_its_certificate(signed):
    hole, digest, pinned = signed

    assert read_container(hole, digest, pinned).fingerprint == pinned
    assert read_container(hole, digest, pinned).token == b""


def test_every_flipped_bit_is_found(signed):
    """All bits of the container; of the padding, whose bytes are all alike, a sample."""
    hole, digest, pinned = signed
    used = len(hole[1:-1].rstrip(b"0")) + 20
    places = [*range(used), *range(used, len(hole) - 3, 61), *range(len(hole) - 3, len(hole))]
    missed = []
    for at in places:
        for bit in range(8):
            changed = hole[:at] + bytes([hole[at] ^ (1 << bit)]) + hole[at + 1 :]
            try:
                read_container(changed, digest, pinned)
            except ContainerBroken:
                continue
            missed.append((at, bit))
    assert missed == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda hole: hole.lower(), "something else"),
        (lambda hole: hole[:-1], "something else"),
        (lambda hole: hole[:-3] + hole[-1:], None),
        (lambda hole: b"<" + b"0" * (len(hole) - 2) + b">", "cannot be read"),
        (lambda hole: hole[:-3] + b"01>", "behind the signature"),
        (lambda hole: b"<3082FFFF" + hole[9:], "cannot be read"),
        (lambda hole: b"<30820004020101" + hole[15:], "behind the signature"),
        (lambda hole: b"<3082000402010100" + b"0" * (len(hole) - 18) + b">", "cannot be read"),
        (lambda hole: b"<>", "something else"),
        (lambda hole: b"", "something else"),
    ],
)
def test_what_is_no_container_of_ours_is_told(signed, change, words):
    hole, digest, pinned = signed
    if words is None:
        # Fewer zeros are still a container; that the hole became shorter is found by the range of bytes.
        assert read_container(change(hole), digest, pinned).fingerprint == pinned
        return
    with pytest.raises(ContainerBroken, match=words):
        read_container(change(hole), digest, pinned)


def test_another_file_and_another_certificate_are_told_apart(signed):
    hole, digest, pinned = signed
    with pytest.raises(ContainerBroken, match="changed after it was signed"):
        read_container(hole, "ab" * 32, pinned)
    with pytest.raises(ContainerBroken, match="not the one that the bundle names"):
        read_container(hole, digest, "ab" * 32)
