"""The signing keys of boards, in a folder: `<short code>.pem` holds the key, `<short code>.crt.pem` its certificate.

The demo makes a key of its own, whose name says that it proves nothing.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from tracker.bundle.signer import DEMO_NAME, Signer, name_of

KEY = ".pem"
CERTIFICATE = ".crt.pem"
DEMO_FILE = "demonstration.key"
LEAST_RSA_BITS = 2048
CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)


class KeyUnusable(ValueError):
    """A key or certificate that cannot be used; the text names the file and says why."""


def signer_for(board_code: str) -> Signer | None:
    """The key of a board (its short code), in the demo one made on the spot; None where the board has none.

    Raises KeyUnusable when there is a key that cannot be used.
    """
    folder = Path(settings.SIGNING_KEYS_DIR)
    path = folder / f"{board_code}{KEY}"
    if path.is_file():
        return _read(path)
    return _demo_signer(folder) if settings.DEMO else None


def trusted() -> tuple[bytes, ...]:
    """Certificates (DER) whose signatures count here: the boards' own, former ones included, and SIGNING_TRUST.

    Of a file with a chain only the first, since others are signed by the same authority. Raises KeyUnusable.
    """
    own = [_certificates(path)[0] for path in sorted(Path(settings.SIGNING_KEYS_DIR).glob(f"*{CERTIFICATE}"))]
    real = [item.public_bytes(serialization.Encoding.DER) for item in own if DEMO_NAME not in name_of(item)]
    return tuple(dict.fromkeys((*real, *read_certificates(settings.SIGNING_TRUST))))


def read_certificates(paths: Iterable[Path | str]) -> tuple[bytes, ...]:
    """Every certificate (DER) in some PEM files. Raises KeyUnusable."""
    found = (item for path in paths for item in _certificates(Path(path)))
    return tuple(item.public_bytes(serialization.Encoding.DER) for item in found)


def faults() -> Iterator[str]:
    """A sentence for each key or certificate that cannot be used, or that others than its owner may read."""
    for path in sorted(Path(settings.SIGNING_KEYS_DIR).glob(f"*{KEY}")):
        if path.name.endswith(CERTIFICATE):
            continue
        try:
            _read(path)
        except KeyUnusable as error:
            yield str(error)
        if not _is_encrypted(path):
            yield _("The signing key %(file)s is not encrypted with a passphrase.") % {"file": path.name}
        if path.stat().st_mode & 0o077:
            yield _("The signing key %(file)s may be read by others than its owner.") % {"file": path.name}
    try:
        trusted()
    except KeyUnusable as error:
        yield str(error)


def _is_encrypted(path: Path) -> bool:
    return b"ENCRYPTED" in path.read_bytes()


def _read(path: Path) -> Signer:
    certificate = _certificates(path.with_name(path.name.removesuffix(KEY) + CERTIFICATE))[0]
    return _signer(path, certificate)


def _signer(path: Path, certificate: x509.Certificate) -> Signer:
    try:
        passphrase = settings.SIGNING_KEY_PASSPHRASE.encode() if _is_encrypted(path) else None
        key = serialization.load_pem_private_key(path.read_bytes(), passphrase)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyUnusable(_("The signing key %(file)s cannot be opened.") % {"file": path.name}) from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or not _is_strong(key):
        words = _("The signing key %(file)s is neither RSA of 2,048 bits or more nor on a NIST curve.")
        raise KeyUnusable(words % {"file": path.name})
    if _public_bytes(key.public_key()) != _public_bytes(certificate.public_key()):
        raise KeyUnusable(_("The signing key %(file)s does not belong to its certificate.") % {"file": path.name})
    plain = serialization.NoEncryption()
    return Signer(
        certificate.public_bytes(serialization.Encoding.DER),
        key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, plain),
        is_demo=DEMO_NAME in name_of(certificate),
    )


def _is_strong(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bool:
    return key.key_size >= LEAST_RSA_BITS if isinstance(key, rsa.RSAPrivateKey) else isinstance(key.curve, CURVES)


def _public_bytes(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _certificates(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise KeyUnusable(_("The certificate %(file)s cannot be read.") % {"file": path.name}) from error


def _demo_signer(folder: Path) -> Signer:
    path = folder / DEMO_FILE
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _put(path, _demo_pair())
    # Key and certificate stand in one file, so that two processes that begin together end with the same pair.
    return _signer(path, _certificates(path)[0])


def _put(path: Path, content: bytes) -> None:
    """Write a file readable by its owner only, at once or not at all; one that is there already stays."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def _demo_pair() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 12, 31, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return certificate.public_bytes(serialization.Encoding.PEM) + secret
