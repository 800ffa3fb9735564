"""A key that signs bundles, and how a demonstration's key is known. Light: every start of the program reads it."""

from dataclasses import dataclass, field
from hashlib import sha256

from cryptography import x509
from cryptography.x509.oid import NameOID

DEMO_NAME = "DEMONSTRATION KEY – proves nothing"


class SigningFailed(ValueError):
    """The file could not be signed; the text says why."""


@dataclass(frozen=True)
class Signer:
    """A key and its certificate: both DER, the key as PKCS 8 without a passphrase.

    `is_demo` says that the key was made on the spot and proves nothing.
    """

    certificate: bytes
    key: bytes = field(repr=False)
    is_demo: bool = False

    @property
    def certificate_sha256(self) -> str:
        """Fingerprint of the certificate: SHA-256 in hex."""
        return sha256(self.certificate).hexdigest()

    @property
    def subject(self) -> str:
        """The name in the certificate."""
        return name_of(x509.load_der_x509_certificate(self.certificate))


def name_of(certificate: x509.Certificate) -> str:
    """The common name of a certificate's owner, or the whole name where there is none."""
    common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else certificate.subject.rfc4514_string()
