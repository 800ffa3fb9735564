"""A key says whose it is and never shows itself."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.tracker.bundle import signing
from tracker.bundle.signer import name_of


def test_a_key_is_named_by_its_certificate():
    key = signing.signer(name="Board of Examples")

    assert key.subject == "Board of Examples"
    certificate = x509.load_der_x509_certificate(key.certificate)
    assert key.certificate_sha256 == certificate.fingerprint(hashes.SHA256()).hex()


def test_a_certificate_without_a_common_name_is_named_whole():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Board")])
    made = signing.certificate(key)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(made.not_valid_before_utc)
    made = builder.not_valid_after(made.not_valid_after_utc).sign(key, hashes.SHA256())

    assert name_of(made) == "O=Board"


def test_the_key_is_not_shown_by_accident():
    key = signing.signer()

    assert str(key.key)[2:40] not in repr(key)
