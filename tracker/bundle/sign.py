"""Signing a sealed file: one update behind the core, whose bytes stay as they are, and checked before it counts."""

import asyncio
import shutil
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import keys, tsp, x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils import misc
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tracker.bundle.container import DIGEST
from tracker.bundle.sealtag import digests, find_tag
from tracker.bundle.signature import apart, check_signature
from tracker.bundle.signature_hole import BROKEN, ContainerBroken, SignatureReport, find_hole
from tracker.bundle.signer import Signer, SigningFailed

FIELD = "Seal"
RESERVED = 8192
RESERVED_WITH_TIMESTAMP = 16384
TIMESTAMP_SECONDS = 30
MOST_RESPONSE_BYTES = 64 * 1024


@dataclass(frozen=True)
class Signed:
    """What was signed: SHA-256 of the whole file in hex, and what the strict check says of its signature."""

    file_sha256: str
    report: SignatureReport


def sign(core: Path, target: Path, signer: Signer, *, at: datetime, timestamp_url: str = "") -> Signed:
    """Write the signed copy of a sealed file to `target` and check it as an outsider would.

    `at` (aware) is the signing time; `timestamp_url` names a timestamp authority (RFC 3161), "" for none. Raises
    SigningFailed, and leaves no `target`, when the certificate does not cover `at`, the authority does not answer, or
    the result does not pass the strict check.
    """
    _check_dates(signer, at)
    try:
        shutil.copyfile(core, target)
        stamper = HttpTimeStamper(timestamp_url) if timestamp_url else None
        apart(lambda: asyncio.run(_append(target, signer, at, stamper)))
        signed = _checked(core, target, signer)
    except BaseException as error:
        target.unlink(missing_ok=True)
        if isinstance(error, misc.PdfError | SigningError | ContainerBroken | OSError | ValueError):
            raise error if isinstance(error, SigningFailed) else SigningFailed(_words(error)) from error
        raise
    return signed


def _words(error: Exception) -> str:
    return _("The file could not be signed: %(error)s") % {"error": str(error) or type(error).__name__}


def _check_dates(signer: Signer, at: datetime) -> None:
    validity = x509.Certificate.load(signer.certificate)["tbs_certificate"]["validity"]
    if not validity["not_before"].native <= at <= validity["not_after"].native:
        raise SigningFailed(_("The certificate of the signing key is not valid on that day."))


class _PlainWriter(IncrementalPdfFileWriter):
    """Adds what it is told to and nothing of its own: the title page's dates and names stay the core's."""

    def _update_meta(self) -> None:
        return


async def _append(target: Path, signer: Signer, at: datetime, stamper: TimeStamper | None) -> None:
    made = SimpleSigner(
        signing_cert=x509.Certificate.load(signer.certificate),
        signing_key=keys.PrivateKeyInfo.load(signer.key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    with target.open("r+b") as file:
        session = PdfSigner(meta, made, timestamper=stamper).init_signing_session(_PlainWriter(file))
        session.system_time = at.astimezone(UTC)
        reserved = RESERVED_WITH_TIMESTAMP if stamper else RESERVED
        document = session.prepare_tbs_document(validation_info=None, bytes_reserved=reserved)
        prepared, _output = document.digest_tbs_document(in_place=True)
        attributes = PdfCMSSignedAttributes(signing_time=session.system_time)
        await document.perform_signature(prepared.document_digest, attributes)


def _checked(core: Path, target: Path, signer: Signer) -> Signed:
    with target.open("rb") as file:
        tag = find_tag(file)
    length = core.stat().st_size
    if tag is None or tag.length != length:
        raise SigningFailed(_("The file is not sealed, or was already signed."))
    hole = find_hole(target, length)
    found = digests(target, tag, (hole.start, hole.end))
    if found.core != tag.digest:
        raise SigningFailed(_("The sealed bytes changed while the file was signed."))
    trusted = [signer.certificate]
    report = check_signature(
        target, hole, signed_sha256=found.signed, certificate_sha256=signer.certificate_sha256, trusted=trusted
    )
    if report.status == BROKEN:
        raise SigningFailed(" ".join(report.sentences))
    return Signed(found.whole, report)


class HttpTimeStamper(TimeStamper):
    """Asks a timestamp authority over HTTP (RFC 3161, section 3.4)."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        if not url.startswith(("http://", "https://")):
            raise SigningFailed(_("The address of the timestamp authority is not an HTTP address."))
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Post a request and read the answer. Raises SigningFailed when there is none in time."""
        return self._ask(bytes(req.dump()))

    def _ask(self, body: bytes) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = urllib.request.Request(self.url, data=body, headers=headers)  # noqa: S310 - checked above
        try:
            with urllib.request.urlopen(request, timeout=TIMESTAMP_SECONDS) as answer:  # noqa: S310
                content = answer.read(MOST_RESPONSE_BYTES + 1)
        except (urllib.error.URLError, OSError) as error:
            raise SigningFailed(_("The timestamp authority did not answer.")) from error
        if len(content) > MOST_RESPONSE_BYTES:
            raise SigningFailed(_("The timestamp authority's answer is too long."))
        return tsp.TimeStampResp.load(content)
