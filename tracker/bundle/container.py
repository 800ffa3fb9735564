"""The signature container of a signed bundle, byte by byte.

A signature covers everything in the file but its own hole. So the hole is held to one spelling: every byte in it is
either a constant, or pinned (the certificate), or covered by the signature (the signed attributes), or is the
signature itself. What a lenient reader would skip (letter case, padding, unsigned fields) is a fault here.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from asn1crypto import cms, core, tsp, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import InvalidVersion, load_der_x509_certificate
from django.utils.translation import gettext as _

from tracker.bundle.signature_hole import ContainerBroken

DIGEST = "sha256"
_HEX = re.compile(rb"<([0-9A-F]+)>")
_TIMESTAMP = "signature_time_stamp_token"
# What the signature itself says of the signer's certificate (RFC 5035).
_NAMED_CERTIFICATE = "signing_certificate_v2"

# What the readers of certificates and of their encoding raise on damaged ones.
UNREADABLE = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, InvalidVersion,
    UnsupportedAlgorithm, InvalidSignature, NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True)
class Container:
    """A container that holds: the signer's certificate and the timestamp's token (b"" without), both DER."""

    certificate: bytes
    token: bytes = b""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hex."""
        return sha256(self.certificate).hexdigest()


def read_container(hole: bytes, signed_sha256: str, certificate_sha256: str) -> Container:
    """Check the bytes of a signature's hole, `<` and `>` included.

    `signed_sha256` is the digest of all bytes around it, `certificate_sha256` the fingerprint of the certificate
    that must have signed. Raises ContainerBroken at the first byte that is not as it must be.
    """
    der = _without_padding(hole)
    try:
        return _read(der, bytes.fromhex(signed_sha256), certificate_sha256)
    except ContainerBroken:
        raise
    except UNREADABLE as error:
        raise ContainerBroken(_("The signature cannot be read.")) from error


def _without_padding(hole: bytes) -> bytes:
    found = _HEX.fullmatch(hole)
    if not found or len(found[1]) % 2:
        raise ContainerBroken(_("The place of the signature holds something else."))
    data = bytes.fromhex(found[1].decode())
    # A container takes between 256 and 65,535 bytes, so its length is written in exactly two.
    end = 4 + int.from_bytes(data[2:4])
    if data[:2] != b"\x30\x82" or end > len(data):
        raise ContainerBroken(_("The signature cannot be read."))
    if data.count(0, end) != len(data) - end:
        raise ContainerBroken(_("Something was added behind the signature."))
    return data[:end]


def _read(der: bytes, signed: bytes, certificate_sha256: str) -> Container:
    info = cms.ContentInfo.load(der, strict=True)
    data = info["content"]
    if len(data["certificates"]) != 1 or len(data["signer_infos"]) != 1:
        raise ContainerBroken(_("The signature does not have exactly one signer and one certificate."))
    certificate = data["certificates"][0].chosen
    if sha256(certificate.dump()).hexdigest() != certificate_sha256:
        raise ContainerBroken(_("The certificate is not the one that the bundle names."))
    signer = data["signer_infos"][0]
    token = _token(signer)
    if _rebuilt(certificate, signer, token).dump() != der:
        raise ContainerBroken(_("The signature is not spelled as our signer spells it."))
    _check_signature(certificate, signer, signed)
    return Container(certificate.dump(), token.dump() if token else b"")


def _token(signer: cms.SignerInfo) -> cms.ContentInfo | None:
    attributes = signer["unsigned_attrs"]
    if not attributes:
        return None
    if len(attributes) != 1 or attributes[0]["type"].native != _TIMESTAMP or len(attributes[0]["values"]) != 1:
        raise ContainerBroken(_("The signature carries more than a timestamp."))
    token = attributes[0]["values"][0]
    if _spelled_again(token) != token.dump() or not _says_nothing_unsigned(token["content"]):
        raise ContainerBroken(_("The timestamp is not spelled as it must be."))
    return token


def _spelled_again(token: cms.ContentInfo) -> bytes:
    data = bytes(token.dump())
    again: bytes = cms.ContentInfo.load(data, strict=True).dump(force=True)
    return again


def _says_nothing_unsigned(token: cms.SignedData) -> bool:
    """Whether the fields of a timestamp that its authority does not sign follow from those that it does (RFC 5652)."""
    signers, certificates = token["signer_infos"], [item.chosen for item in token["certificates"]]
    if len(signers) != 1 or len(token["digest_algorithms"]) != 1 or token["crls"] or signers[0]["unsigned_attrs"]:
        return False
    signer = signers[0]
    named = signer["sid"].chosen
    is_named = any(
        item.issuer.dump() == named["issuer"].dump() and item.serial_number == named["serial_number"].native
        for item in certificates
    )
    return (
        is_named
        and (token["version"].native, signer["version"].native) == ("v3", "v1")
        and token["digest_algorithms"][0].dump() == signer["digest_algorithm"].dump()
        and signer["digest_algorithm"]["parameters"].dump() in (b"", b"\x05\x00")
        and signer["signature_algorithm"]["parameters"].dump() in (b"", b"\x05\x00")
        and all(_is_sealed(item, certificates) for item in certificates)
    )


def _is_sealed(certificate: x509.Certificate, others: list[x509.Certificate]) -> bool:
    """Whether a certificate's own signature holds, as far as its issuer's certificate is at hand."""
    issuers = [item for item in others if item.subject.dump() == certificate.issuer.dump()]
    if not issuers:
        return True
    made = load_der_x509_certificate(certificate.dump())
    for issuer in issuers:
        try:
            made.verify_directly_issued_by(load_der_x509_certificate(issuer.dump()))
        except UNREADABLE:
            continue
        return True
    return False


def _rebuilt(certificate: x509.Certificate, signer: cms.SignerInfo, token: cms.ContentInfo | None) -> cms.ContentInfo:
    """The same container written anew from what is pinned or signed in it; all else is constant."""
    digest = {"algorithm": DIGEST, "parameters": core.Null()}
    is_rsa = certificate.public_key.algorithm == "rsa"
    parts = {
        "version": "v1",
        "sid": {
            "issuer_and_serial_number": {
                "issuer": certificate.issuer,
                "serial_number": certificate.serial_number,
            }
        },
        "digest_algorithm": digest,
        "signature_algorithm": {"algorithm": "sha256_rsa" if is_rsa else "sha256_ecdsa"},
        "signed_attrs": cms.CMSAttributes.load(signer["signed_attrs"].untag().dump()),
        "signature": signer["signature"].native,
    }
    if token is not None:
        parts["unsigned_attrs"] = [{"type": _TIMESTAMP, "values": [token]}]
    return cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v1",
                "digest_algorithms": [digest],
                "encap_content_info": {"content_type": "data"},
                "certificates": [certificate],
                "signer_infos": [parts],
            },
        }
    )


def _check_signature(certificate: x509.Certificate, signer: cms.SignerInfo, signed: bytes) -> None:
    attributes = {item["type"].native: item["values"] for item in signer["signed_attrs"]}
    if len(attributes) != len(signer["signed_attrs"]) or any(len(values) != 1 for values in attributes.values()):
        raise ContainerBroken(_("The signature says something twice."))
    if attributes["content_type"][0].native != "data":
        raise ContainerBroken(_("The signature is for another kind of content."))
    named = tsp.SigningCertificateV2.load(attributes[_NAMED_CERTIFICATE][0].dump())["certs"][0]["cert_hash"].native
    if named != sha256(certificate.dump()).digest():
        raise ContainerBroken(_("The signature names another certificate."))
    _verify(certificate, signer["signature"].native, signer["signed_attrs"].untag().dump())
    if attributes["message_digest"][0].native != signed:
        raise ContainerBroken(_("The file was changed after it was signed."))


def _verify(certificate: x509.Certificate, signature: bytes, content: bytes) -> None:
    key = load_der_x509_certificate(certificate.dump()).public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
        else:
            raise ContainerBroken(_("The key of the signature is of a kind that this program does not use."))
    except InvalidSignature as error:
        raise ContainerBroken(_("The signature does not fit its certificate.")) from error
