"""Checking the signature of a bundle: exactly one update behind the core, and nothing in it that is not pinned.

The signature library's verdict alone passes over flips inside the signature's own hole, so `container` holds the hole
to one spelling first; what the update may change in the document is checked object by object.
"""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from asn1crypto import x509
from cryptography.x509 import load_der_x509_certificate
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    PdfSignatureStatus,
    SignatureCoverageLevel,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from tracker.bundle.container import UNREADABLE, Container, read_container
from tracker.bundle.signature_hole import BROKEN, UNTRUSTED, VALID, ContainerBroken, Hole, SignatureReport
from tracker.bundle.signer import DEMO_NAME, name_of

Answer = TypeVar("Answer")

_FIELD_KEYS = {"/FT", "/T", "/Type", "/Subtype", "/F", "/Rect", "/P", "/V"}
_CATALOG_MAY_GAIN = {"/AcroForm", "/Perms", "/Extensions", "/Version"}
_EITHER_USE = KeyUsageConstraints({"digital_signature", "non_repudiation"}, match_all_key_usages=False)

_UNREADABLE = (
    misc.PdfError, SigningError, SignatureValidationError, PathError, RuntimeError, OSError, *UNREADABLE,
)  # fmt: skip


def apart(work: Callable[[], Answer]) -> Answer:
    """Do something in a thread of its own: the signature library begins an event loop, and the caller may have one."""
    language = get_language()

    def in_the_same_language() -> Answer:
        with override(language):
            return work()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(in_the_same_language).result()


def check_signature(
    path: Path, hole: Hole, *, signed_sha256: str, certificate_sha256: str, trusted: Sequence[bytes] = ()
) -> SignatureReport:
    """Judge the signature of a file whose core was found intact.

    `signed_sha256` is the digest of all bytes outside `hole`; `certificate_sha256` the fingerprint that the bundle's
    manifest names; `trusted` are certificates (DER): the boards' own, and authorities. Never raises for a bad file.
    """
    try:
        if not certificate_sha256:
            raise ContainerBroken(_("A signature was added that the bundle does not announce."))
        container = read_container(hole.content, signed_sha256, certificate_sha256)
        with path.open("rb") as file:
            reader = PdfFileReader(file)
            signature = _only_signature(reader, hole)
            _check_update(reader, signature)
            roots = [x509.Certificate.load(item) for item in trusted]
            status = _verdict(signature, roots)
            return _report(container, signature, status)
    except ContainerBroken as error:
        return SignatureReport(BROKEN, sentences=(str(error),))
    except _UNREADABLE:
        return SignatureReport(BROKEN, sentences=(_("The signature cannot be read."),))


def _only_signature(reader: PdfFileReader, hole: Hole) -> EmbeddedPdfSignature:
    found = reader.embedded_signatures
    if len(found) != 1 or reader.total_revisions != 2:
        raise ContainerBroken(_("What was added after the sealing is not one signature."))
    signature = found[0]
    covered = [int(number) for number in list(signature.byte_range)[:3]]
    if covered != [0, hole.start, hole.end]:
        raise ContainerBroken(_("The signature does not cover the whole file."))
    return signature


def _check_update(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> None:
    """Refuse an update that adds more than the signature, so that what a reader sees is still the core."""
    try:
        is_pure = _adds_only(reader, signature)
    except _UNREADABLE:
        is_pure = False
    if not is_pure:
        raise ContainerBroken(_("The signature's update changes more of the document than it may."))


def _adds_only(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> bool:
    before, after = reader.get_historical_resolver(0), reader.get_historical_resolver(1)
    catalog = reader.root_ref
    form_ref = after.get_object(catalog).raw_get("/AcroForm").reference
    form = after.get_object(form_ref)
    field_ref = form["/Fields"].raw_get(0).reference
    widget = after.get_object(field_ref)
    page_ref, value_ref = widget.raw_get("/P").reference, widget.raw_get("/V").reference
    old = {catalog.idnum, page_ref.idnum, *_indirect_annotations(after.get_object(page_ref))}
    new = {form_ref.idnum, field_ref.idnum, value_ref.idnum}
    changed = {ref.idnum for ref in reader.xrefs.explicit_refs_in_revision(1) if ref.idnum}
    return (
        _catalog_gains_only(after.get_object(catalog), before.get_object(catalog), value_ref)
        and set(form) == {"/Fields", "/SigFlags"}
        and len(form["/Fields"]) == 1
        and set(widget) == _FIELD_KEYS
        and [int(item) for item in list(widget["/Rect"])] == [0, 0, 0, 0]
        and _page_gains_only(after.get_object(page_ref), before.get_object(page_ref), field_ref)
        and all(reader.xrefs.get_historical_ref(generic.Reference(number, 0, reader), 0) is None for number in new)
        and all(_is_xref(after, number) for number in changed - old - new)
        and signature.sig_object.raw_get("/SubFilter") == "/ETSI.CAdES.detached"
    )


def _catalog_gains_only(new: Any, old: Any, value_ref: generic.Reference) -> bool:
    perms = new["/Perms"]
    return (
        not set(old) & _CATALOG_MAY_GAIN
        and _same(new, old, but=_CATALOG_MAY_GAIN)
        and list(perms) == ["/DocMDP"]
        and perms.raw_get("/DocMDP").reference.idnum == value_ref.idnum
    )


def _page_gains_only(new: Any, old: Any, field_ref: generic.Reference) -> bool:
    items = _annotations(new)
    added = items.pop() if items else None
    is_field = isinstance(added, generic.IndirectObject) and added.reference.idnum == field_ref.idnum
    same = [_written(item) for item in items] == [_written(item) for item in _annotations(old)]
    return is_field and same and _same(new, old, but={"/Annots"})


def _indirect_annotations(page: Any) -> set[int]:
    held = page.raw_get("/Annots")
    return {held.idnum} if isinstance(held, generic.IndirectObject) else set()


def _annotations(page: Any) -> list[Any]:
    held = page.get("/Annots", [])
    return [held.raw_get(number) for number in range(len(held))]


def _written(value: Any) -> bytes:
    out = io.BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def _same(new: Any, old: Any, *, but: set[str]) -> bool:
    keys = (set(new) | set(old)) - but
    return all(key in new and key in old and _written(new.raw_get(key)) == _written(old.raw_get(key)) for key in keys)


def _is_xref(after: HistoricalResolver, number: int) -> bool:
    found = after.get_object(generic.Reference(number, 0, after))
    return isinstance(found, generic.StreamObject) and found.get("/Type") == "/XRef"


def _verdict(signature: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> PdfSignatureStatus:
    """The signature library's own judgment; raises ContainerBroken where it finds a fault."""
    moment = signature.self_reported_timestamp
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, moment=moment, best_signature_time=moment, revocation_mode="soft-fail"
    )
    plain = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    status = apart(lambda: validate_pdf_signature(signature, context, plain, key_usage_settings=_EITHER_USE))
    if not (status.intact and status.valid and status.coverage is SignatureCoverageLevel.ENTIRE_FILE):
        raise ContainerBroken(_("The signature does not fit the file."))
    if not status.docmdp_ok or not status.seed_value_ok:
        raise ContainerBroken(_("The signature's update changes more of the document than it may."))
    stamp = status.timestamp_validity
    if stamp is not None and not (stamp.intact and stamp.valid):
        raise ContainerBroken(_("The timestamp does not fit the signature."))
    return status


def _report(container: Container, signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> SignatureReport:
    name = name_of(load_der_x509_certificate(container.certificate))
    is_demo = DEMO_NAME in name
    if is_demo:
        said = _("It carries the signature of a demonstration key, which proves nothing.")
    elif status.trusted:
        said = _("It is signed by %(name)s, and the signature covers the whole file.") % {"name": name}
    else:
        said = _("It is signed by %(name)s, but that certificate is not on the list of this installation.")
        said %= {"name": name}
    at, stamp = _utc(signature.self_reported_timestamp), status.timestamp_validity
    return SignatureReport(
        VALID if status.trusted and not is_demo else UNTRUSTED,
        signer=name,
        fingerprint=container.fingerprint,
        is_demo=is_demo,
        signed_at=at,
        timestamp=_utc(stamp.timestamp) if stamp else "",
        sentences=(said, _time_words(at, stamp)),
    )


def _time_words(at: str, stamp: TimestampSignatureStatus | None) -> str:
    if stamp is None:
        return _("The signing time, %(at)s UTC, is the signer's own word.") % {"at": at}
    if stamp.trusted:
        words = _("A timestamp authority confirms that it was signed by %(at)s UTC.")
    else:
        words = _("A timestamp says %(at)s UTC; its authority is not on the list of this installation.")
    return words % {"at": _utc(stamp.timestamp)}


def _utc(moment: datetime | None) -> str:
    if moment is None:
        return ""
    offset = moment.utcoffset()
    return f"{moment.replace(tzinfo=None) - offset if offset else moment:%Y-%m-%d %H:%M}"
