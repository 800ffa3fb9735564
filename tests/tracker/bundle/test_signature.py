"""The strict check: one update, nothing but the signature in it, and whose certificate counts."""

import asyncio
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509
from django.utils.translation import get_language, override
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.tracker.bundle import signing
from tracker.bundle.sealtag import digests, find_tag
from tracker.bundle.sign import sign
from tracker.bundle.signature import apart, check_signature
from tracker.bundle.signature_hole import BROKEN, UNTRUSTED, VALID, ContainerBroken, find_hole
from tracker.bundle.signer import DEMO_NAME, Signer

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def key():
    return signing.signer()


@pytest.fixture(scope="module")
def signed(built, key, tmp_path_factory):
    """A signed file."""
    path = tmp_path_factory.mktemp("signed") / "s.pdf"
    sign(built.path, path, key, at=signing.AT)
    return path


def judge(path, pinned, trusted=()):
    """The report of the strict check, or the words of the first refusal."""
    with path.open("rb") as file:
        tag = find_tag(file)
    try:
        hole = find_hole(path, tag.length)
    except ContainerBroken as error:
        return str(error)
    found = digests(path, tag, (hole.start, hole.end))
    return check_signature(path, hole, signed_sha256=found.signed, certificate_sha256=pinned, trusted=trusted)


def test_a_pinned_and_trusted_certificate_is_valid(signed, key):
    report = judge(signed, key.certificate_sha256, [key.certificate, signing.signer().certificate])

    assert (report.status, report.is_demo, report.timestamp) == (VALID, False, "")
    assert "signed by Board of Behavioral Health Practice" in report.sentences[0]


def test_a_certificate_that_nobody_knows_is_not_trusted(signed, key):
    for trusted in ((), [signing.signer().certificate]):
        report = judge(signed, key.certificate_sha256, trusted)
        assert report.status == UNTRUSTED
        assert "not on the list" in report.sentences[0]


def test_a_demonstration_key_is_never_trusted(built, tmp_path):
    key = signing.signer(name=DEMO_NAME)
    sign(built.path, tmp_path / "s.pdf", key, at=signing.AT)
    report = judge(tmp_path / "s.pdf", key.certificate_sha256, [key.certificate])

    assert (report.status, report.is_demo) == (UNTRUSTED, True)
    assert "proves nothing" in report.sentences[0]


def test_whoever_has_an_event_loop_may_sign_and_check(built, key, tmp_path):
    async def within():
        sign(built.path, tmp_path / "s.pdf", key, at=signing.AT)
        return judge(tmp_path / "s.pdf", key.certificate_sha256, [key.certificate])

    assert asyncio.run(within()).status == VALID


def test_words_come_in_the_language_of_the_caller():
    with override("es"):
        assert apart(get_language) == "es"


def test_another_certificate_than_the_manifest_names_is_broken(signed):
    assert judge(signed, "ab" * 32).status == BROKEN
    assert "does not announce" in judge(signed, "").sentences[0]


def test_a_trusted_authority_confirms_the_time(built, key, tmp_path):
    with signing.timestamp_authority() as (url, authority):
        sign(built.path, tmp_path / "s.pdf", key, at=signing.AT, timestamp_url=url)
    report = judge(tmp_path / "s.pdf", key.certificate_sha256, [key.certificate, authority])

    assert (report.status, report.timestamp) == (VALID, "2026-11-18 16:44")
    assert "confirms" in report.sentences[1]


def test_flips_in_the_update_outside_the_hole_are_found(signed, key, built, tmp_path):
    """The hole has its own test; the core is the seal's. What stands around the hole is signed."""
    data, target = signed.read_bytes(), tmp_path / "x.pdf"
    core = built.path.stat().st_size
    hole = find_hole(signed, core)
    around = [*range(core, hole.start), *range(hole.end, len(data))]
    missed = []
    for at in around[::7]:
        for bit in (0x01, 0x20):
            target.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
            report = judge(target, key.certificate_sha256, [key.certificate])
            if not isinstance(report, str) and report.status != BROKEN:
                missed.append((at, bit))
    assert missed == []


def test_flips_in_a_timestamp_are_found(built, key, tmp_path):
    """A sample; what its authority does not sign stands between, so every part is met."""
    path, target = tmp_path / "s.pdf", tmp_path / "x.pdf"
    with signing.timestamp_authority() as (url, authority):
        sign(built.path, path, key, at=signing.AT, timestamp_url=url)
    hole = find_hole(path, built.path.stat().st_size)
    data, used = path.read_bytes(), len(hole.content[:-1].rstrip(b"0"))
    chance = random.Random(417)
    missed = []
    for at in chance.sample(range(hole.start + used - 3300, hole.start + used), 150):
        target.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(4)]) + data[at + 1 :])
        report = judge(target, key.certificate_sha256, [key.certificate, authority])
        if isinstance(report, str) or report.status != BROKEN:
            missed.append(at)
    assert missed == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda data, core: data + b"\n", "not one signature"),
        (lambda data, core: data + b"%%EOF\n", "not one signature"),
        (lambda data, core: data + b"\n" * 100_000, "More was added"),
        (lambda data, core: data + data[core:], "not one signature"),
        (lambda data, core: data[:core] + b"%%EOF\n", "not one signature"),
        (lambda data, core: data.replace(b"/ByteRange [0 ", b"/ByteRange [1 "), "not one signature"),
    ],
)
def test_more_or_less_than_one_update_is_refused(signed, built, key, tmp_path, change, words):
    (tmp_path / "x.pdf").write_bytes(change(signed.read_bytes(), built.path.stat().st_size))

    assert words in judge(tmp_path / "x.pdf", key.certificate_sha256)


def sign_with(path, key: Signer, change):
    """Sign as our signer does, but change something of the document in the same update."""
    made = SimpleSigner(
        signing_cert=x509.Certificate.load(key.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(key.key),
        cert_registry=SimpleCertificateStore(),
    )
    meta = PdfSignatureMetadata(
        field_name="Seal",
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )

    async def run(file):
        writer = IncrementalPdfFileWriter(file)
        writer._update_meta = lambda: None
        change(writer)
        session = PdfSigner(meta, made).init_signing_session(writer)
        session.system_time = datetime(2026, 11, 18, tzinfo=UTC)
        document = session.prepare_tbs_document(validation_info=None, bytes_reserved=8192)
        prepared, _output = document.digest_tbs_document(in_place=True)
        await document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes())

    with path.open("r+b") as file:
        asyncio.run(run(file))


def no_change(writer):
    return


def new_cover(writer):
    page, _resources = writer.find_page_for_modification(0)
    page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page.get_object())


def new_text(writer):
    page, _resources = writer.find_page_for_modification(0)
    contents = page.get_object()["/Contents"]
    stream = contents[0] if isinstance(contents, generic.ArrayObject) else contents
    stream._data = b"BT ET"
    stream._encoded_data = None
    writer.update_container(stream)


def new_labels(writer):
    writer.root["/PageLabels"] = generic.DictionaryObject()
    writer.update_root()


def more_objects(writer):
    writer.add_object(generic.DictionaryObject())


def a_second_field(writer):
    field = writer.add_object(generic.DictionaryObject({generic.pdf_name("/FT"): generic.pdf_name("/Tx")}))
    form = generic.DictionaryObject({generic.pdf_name("/Fields"): generic.ArrayObject([field])})
    writer.root["/AcroForm"] = writer.add_object(form)
    writer.update_root()


@pytest.mark.parametrize("change", [new_cover, new_text, new_labels, more_objects, a_second_field])
def test_an_update_that_changes_more_is_broken_although_its_signature_is_right(built, key, tmp_path, change):
    (tmp_path / "x.pdf").write_bytes(built.path.read_bytes())
    sign_with(tmp_path / "x.pdf", key, change)
    report = judge(tmp_path / "x.pdf", key.certificate_sha256, [key.certificate])

    assert report.status == BROKEN
    assert report.sentences == ("The signature's update changes more of the document than it may.",)


def test_the_forger_of_these_tests_signs_right_when_nothing_is_changed(built, key, tmp_path):
    (tmp_path / "x.pdf").write_bytes(built.path.read_bytes())
    sign_with(tmp_path / "x.pdf", key, no_change)

    assert judge(tmp_path / "x.pdf", key.certificate_sha256, [key.certificate]).status == VALID


def test_a_program_that_checks_no_signature_does_not_load_the_library_for_it():
    code = "import sys, tracker.bundle.verify, tracker.bundle.stages; print('pyhanko' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
