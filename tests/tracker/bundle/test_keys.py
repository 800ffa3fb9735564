"""The boards' keys: found by short code, refused when they cannot be used; the demo's key says what it is."""

import os

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from tests.tracker.bundle import signing
from tracker.bundle import keys
from tracker.bundle.signer import DEMO_NAME

PASSPHRASE = "a long passphrase"


@pytest.fixture
def folder(settings, tmp_path):
    settings.SIGNING_KEYS_DIR = tmp_path / "keys"
    settings.SIGNING_KEYS_DIR.mkdir()
    settings.SIGNING_KEY_PASSPHRASE = PASSPHRASE
    settings.DEMO = False
    return settings.SIGNING_KEYS_DIR


def pem(made):
    return made.public_bytes(serialization.Encoding.PEM)


def lay_down(folder, code="BHEC", key=None, certificate=None, passphrase=PASSPHRASE):
    """Put a key and its certificate into the folder; return the certificate."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    certificate = certificate or signing.certificate(key)
    how = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else signing.PLAIN
    path = folder / f"{code}.pem"
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how))
    path.chmod(0o600)
    (folder / f"{code}.crt.pem").write_bytes(pem(certificate))
    return certificate


def test_a_board_has_its_own_key_and_others_none(folder):
    certificate = lay_down(folder)
    signer = keys.signer_for("BHEC")

    assert signer.certificate == signing.der(certificate)
    assert (signer.subject, signer.is_demo) == ("Board of Behavioral Health Practice", False)
    assert signer.certificate_sha256 == certificate.fingerprint(signing.hashes.SHA256()).hex()
    assert keys.signer_for("BBS") is None
    assert list(keys.faults()) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"passphrase": "another"}, "cannot be opened"),
        ({"certificate": signing.certificate(ec.generate_private_key(ec.SECP256R1()))}, "does not belong"),
        ({"key": rsa.generate_private_key(65537, 1024)}, "2,048 bits"),  # noqa: S505 - what is refused
        ({"key": ec.generate_private_key(ec.SECP256K1())}, "2,048 bits"),
    ],
)
def test_a_key_that_cannot_be_used_is_named(folder, more, words):
    lay_down(folder, **more)

    with pytest.raises(keys.KeyUnusable, match=f"BHEC.pem .*{words}"):
        keys.signer_for("BHEC")
    assert words in next(keys.faults())


def test_other_kinds_of_keys_are_refused(folder):
    lay_down(folder)
    path = folder / "BHEC.pem"
    path.write_bytes(
        ed25519.Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, signing.PLAIN
        )
    )
    with pytest.raises(keys.KeyUnusable, match="neither RSA"):
        keys.signer_for("BHEC")
    path.write_bytes(b"no key")
    with pytest.raises(keys.KeyUnusable, match="cannot be opened"):
        keys.signer_for("BHEC")
    (folder / "BHEC.crt.pem").unlink()
    with pytest.raises(keys.KeyUnusable, match="BHEC.crt.pem cannot be read"):
        keys.signer_for("BHEC")


def test_an_open_key_is_a_fault_of_the_installation(folder):
    lay_down(folder, passphrase="")
    (folder / "BHEC.pem").chmod(0o644)

    assert list(keys.faults()) == [
        "The signing key BHEC.pem is not encrypted with a passphrase.",
        "The signing key BHEC.pem may be read by others than its owner.",
    ]


def test_trusted_are_the_boards_own_former_ones_and_listed_authorities(folder, settings, tmp_path):
    own = lay_down(folder)
    former, chain, authority, demo = (
        signing.certificate(ec.generate_private_key(ec.SECP256R1()), name)
        for name in ("Former", "Chain", "Authority", DEMO_NAME)
    )
    (folder / "BHEC.2025.crt.pem").write_bytes(pem(former) + pem(chain))
    (folder / "demo.crt.pem").write_bytes(pem(demo))
    (tmp_path / "roots.pem").write_bytes(pem(authority))
    settings.SIGNING_TRUST = [str(tmp_path / "roots.pem")]

    assert set(keys.trusted()) == {signing.der(item) for item in (own, former, authority)}
    settings.SIGNING_TRUST = [str(tmp_path / "none.pem")]
    with pytest.raises(keys.KeyUnusable, match=r"none\.pem"):
        keys.trusted()
    assert any("none.pem" in words for words in keys.faults())


def test_the_demo_makes_one_key_that_says_that_it_proves_nothing(folder, settings):
    settings.DEMO = True
    folder.rmdir()
    first, second = keys.signer_for("BHEC"), keys.signer_for("BBS")

    assert first == second
    assert (first.subject, first.is_demo) == (DEMO_NAME, True)
    assert os.stat(folder / keys.DEMO_FILE).st_mode & 0o077 == 0
    assert sorted(path.name for path in folder.iterdir()) == [keys.DEMO_FILE]
    assert x509.load_der_x509_certificate(first.certificate).not_valid_after_utc.year == 2099
    assert keys.trusted() == ()


def test_the_demo_uses_a_real_key_where_there_is_one(folder, settings):
    settings.DEMO = True
    lay_down(folder)

    assert not keys.signer_for("BHEC").is_demo


def test_processes_that_begin_together_end_with_the_same_demo_key(folder, settings, together):
    settings.DEMO = True
    made = together(*[lambda: keys.signer_for("BHEC")] * 4)

    assert len({signer.certificate for signer in made}) == 1
