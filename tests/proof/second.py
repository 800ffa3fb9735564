"""A second verifier of bundles, as a stranger would write it from `docs/bundle.md`; it knows nothing of the product.

What it finds is told as sentences; an empty list is what a bundle as it was sealed gives.
"""

import json
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509 import load_der_x509_certificate
from pypdfium2 import PdfDocument

from tests.proof.secondpage import last_stream, page_digest
from tests.proof.secondpdf import File, Unreadable

TAIL, MOST_ADDED = 128 * 1024, 96 * 1024
_SEAL = re.compile(rb"/RCSSeal ?\(RCS1 len=(\d{12}) sha256=([0-9a-f]{64})\)")
_RANGE = re.compile(rb"/ByteRange ?\[0 (\d+) (\d+) (\d+)\]")
_PRINTED = re.compile(rb"\(((?:[^()\\]|\\.)*)\) Tj")
_LISTED = re.compile(r"([0-9a-f]{64})  (.+)")


def pdf_faults(path: Path) -> list[str]:
    """What differs in a PDF from what was sealed."""
    data = path.read_bytes()
    seals = list(_SEAL.finditer(data, max(0, len(data) - TAIL)))
    if not seals:
        return ["There is no seal."]
    length, digits = int(seals[-1][1]), seals[-1].start(2)
    core = data[:length]
    found = []
    if not core.endswith(b"%%EOF\n") or sha256(core[:digits] + b"0" * 64 + core[digits + 64 :]).digest() != (
        bytes.fromhex(seals[-1][2].decode())
    ):
        found.append("The bytes are not those that were sealed.")
    try:
        file = File(core)
        text = manifest_text(file)
        found += _manifest_faults(file, text) + _page_faults(file, json.loads(text))
        found += _signature_faults(data, length, json.loads(text)["signing"])
    except (ValueError, TypeError, AttributeError, LookupError, InvalidSignature) as error:
        return [*found, f"It can no longer be read: {type(error).__name__}."]
    return found + _cover_faults(path, sha256(text).hexdigest())


def manifest_text(file: File) -> bytes:
    """The attached manifest's bytes."""
    names = file.at(file.trailer, "/Root", "/Names", "/EmbeddedFiles", "/Names")
    spec = names[names.index(b"manifest.json") + 1]
    text = file.unpacked(file.at(spec, "/EF", "/F"))
    if text is None:
        raise Unreadable("The manifest is packed in a way that is not known.")
    return text


def _manifest_faults(file: File, text: bytes) -> list[str]:
    found = []
    if file.at(file.trailer, "/ID") != [sha256(text).digest()[:16]] * 2:
        found.append("The identifier is not that of the manifest.")
    manifest = json.loads(text)
    again = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if again != text or manifest["format"] != "recourse-bundle/1":
        found.append("The manifest is not canonical.")
    for item in manifest["exhibits"]:
        pages = item.get("page_sha256")
        shown = b"".join(bytes.fromhex(page) for page in pages or ())
        if pages is not None and sha256(shown).hexdigest() != item["pages_sha256"]:
            found.append(f"The manifest contradicts itself about exhibit {item['mark']}.")
    return found


def _cover_faults(path: Path, digest: str) -> list[str]:
    pdf = PdfDocument(path)
    cover = "".join(pdf[0].get_textpage().get_text_bounded().split())
    pdf.close()
    return [] if digest in cover else ["The cover prints another manifest's digest."]


def labels(file: File) -> list[str]:
    """The label of every page; roman ones are not written out."""
    count = sum(1 for _page in file.pages())
    starts = file.at(file.trailer, "/Root", "/PageLabels", "/Nums")
    out = []
    for place in range(0, len(starts), 2):
        begin, entry = starts[place], file.get(starts[place + 1])
        end = starts[place + 2] if place + 2 < len(starts) else count
        prefix = _text(file.at(entry, "/P") or b"")
        for number in range(file.at(entry, "/St") or 1, (file.at(entry, "/St") or 1) + end - begin):
            style = file.at(entry, "/S")
            out.append(prefix + (str(number) if style == b"/D" else "" if style is None else "*" * number))
    return out


def _text(text: bytes) -> str:
    return text[2:].decode("utf-16-be") if text[:2] == b"\xfe\xff" else text.decode("latin-1")


def _page_faults(file: File, manifest: dict[str, Any]) -> list[str]:
    found = []
    pages, every = list(file.pages()), labels(file)
    volume = file.at(file.trailer, "/Root", "/RCSVolume")
    times = Counter(every)
    wanted = dict(_wanted(manifest, volume))
    for label, (digest, may_lack_it) in wanted.items():
        if times[label] != 1:
            found.append(f"{label} labels {times[label]} pages.")
            continue
        page = pages[every.index(label)]
        if digest and page_digest(file, page) != digest:
            found.append(f"{label} is not the page that was sealed.")
        printed = _PRINTED.findall(last_stream(file, page))
        spelled = re.sub(rb"([\\()])", rb"\\\1", label.encode("cp1252"))
        if printed.count(spelled) != 1 and not (may_lack_it and not printed):
            found.append(f"{label} does not print its number.")
    prefix = manifest["bates"]["prefix"]
    strange = [label for label in every if label.startswith(prefix) and label not in wanted]
    return found + [f"{label} is not in the manifest." for label in strange]


def _wanted(manifest: dict[str, Any], volume: int) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Label, page digest ("" for a sheet) and whether the number may be missing, of all sheets of a volume."""
    prefix, digits = manifest["bates"]["prefix"], manifest["bates"]["digits"]
    for item in manifest["exhibits"]:
        unstamped = {one["page"] for one in item.get("stamp", ()) if one["place"] == "log"}
        for part in item["segments"]:
            at = item["bates_first"] - 1
            if part["volume"] != volume:
                continue
            if part["kind"] != "pages":
                first, last = (f"{at + part[end]:0{digits}d}" for end in ("first", "last"))
                is_range = part["kind"] == "withheld" and first != last
                yield f"{prefix}{first}–{last}" if is_range else prefix + first, ("", False)
                continue
            for page in range(part["first"], part["last"] + 1):
                yield f"{prefix}{at + page:0{digits}d}", (item["page_sha256"][page - 1], page in unstamped)


def _signature_faults(data: bytes, length: int, signing: dict[str, Any]) -> list[str]:
    """Whether the only update behind the core is one signature by the certificate that the manifest names."""
    if len(data) == length:
        return ["The signature is missing."] if signing["certificate_sha256"] else []
    ranges = _RANGE.findall(data, length)
    if len(data) - length > MOST_ADDED or len(ranges) != 1:
        return ["What was added is not one signature."]
    start, end, rest = map(int, ranges[0])
    hole = re.fullmatch(rb"<([0-9A-F]+)>", data[start:end])
    if hole is None or not length <= start < end or end + rest != len(data):
        return ["The signature does not cover the whole file."]
    der = bytes.fromhex(hole[1].decode())
    size = 4 + int.from_bytes(der[2:4])
    signed = cms.ContentInfo.load(der[:size], strict=True)["content"]
    certificate, signer = signed["certificates"][0].chosen.dump(), signed["signer_infos"][0]
    values = {item["type"].native: item["values"][0].native for item in signer["signed_attrs"]}
    _check_signature(certificate, signer)
    if der[size:].strip(b"\0") or values["message_digest"] != sha256(data[:start] + data[end:]).digest():
        return ["The signature is not of these bytes."]
    is_named = sha256(certificate).hexdigest() == signing["certificate_sha256"]
    return [] if is_named else ["The signature is not by the certificate that the manifest names."]


def _check_signature(certificate: bytes, signer: cms.SignerInfo) -> None:
    """Raise InvalidSignature where the attributes were not signed with the certificate's key."""
    key = load_der_x509_certificate(certificate).public_key()
    signature, attributes = signer["signature"].native, signer["signed_attrs"].untag().dump()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, attributes, ec.ECDSA(hashes.SHA256()))
    else:
        key.verify(signature, attributes, padding.PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr, call-arg]


def bag_faults(path: Path) -> list[str]:
    """What differs in a package from what was packed."""
    with zipfile.ZipFile(path) as archive:
        contents = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    tags = {name for name in contents if not name.startswith("data/") and name != "tagmanifest-sha256.txt"}
    payload = {name for name in contents if name.startswith("data/")}
    found = _list_faults(contents, "manifest-sha256.txt", payload)
    found += _list_faults(contents, "tagmanifest-sha256.txt", tags)
    text = contents["data/manifest.json"]
    found += _listed_faults(contents, json.loads(text))
    volumes = [name for name in contents if re.fullmatch(r"data/[^/]+\.pdf", name)]
    named = {f"data/{volume['file']}" for volume in json.loads(text)["volumes"]}
    found += [] if set(volumes) == named else [f"The volumes are {sorted(volumes)}, not {sorted(named)}."]
    with tempfile.TemporaryDirectory() as folder:
        for name in volumes:
            one = Path(folder) / "one.pdf"
            one.write_bytes(contents[name])
            found += [f"{name}: {fault}" for fault in pdf_faults(one)]
            length = int(list(_SEAL.finditer(contents[name]))[-1][1])
            if manifest_text(File(contents[name][:length])) != text:
                found.append(f"{name} carries another manifest.")
    return found


def _list_faults(contents: dict[str, bytes], name: str, present: set[str]) -> list[str]:
    lines = [_LISTED.fullmatch(line) for line in contents[name].decode().splitlines()]
    listed = {line[2]: line[1] for line in lines if line}
    found = [f"{path} is missing or not listed." for path in sorted(present ^ set(listed))]
    both = sorted(present & set(listed))
    return found + [f"{path} differs." for path in both if sha256(contents[path]).hexdigest() != listed[path]]


def _listed_faults(contents: dict[str, bytes], manifest: dict[str, Any]) -> list[str]:
    """Originals and whole copies against the manifest, which knows them by the first number."""
    prefix, digits = manifest["bates"]["prefix"], manifest["bates"]["digits"]
    found = []
    for item in manifest["exhibits"]:
        number = f"{prefix}{item['bates_first']:0{digits}d}"
        digests = item.get("page_sha256")
        pinned = {"natives": item.get("native"), "renditions": item.get("rendition") if all(digests or [""]) else None}
        for folder, facts in pinned.items():
            for path, content in contents.items():
                is_its = path.startswith(f"data/{folder}/{number}.")
                if is_its and facts and sha256(content).hexdigest() != facts["sha256"]:
                    found.append(f"{path} is not the file that the manifest names.")
    return found
