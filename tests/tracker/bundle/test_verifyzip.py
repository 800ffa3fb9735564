"""Checking a package: every flipped bit is found, and what differs is named."""

import io
import random
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pikepdf
import pytest

from tests.data import pdfs
from tests.tracker.bundle import cores, samples, signing
from tests.tracker.bundle.cores import two_pages, two_signed_pages
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle import stages
from tracker.bundle.bag import Goods, write_bag
from tracker.bundle.plan import Hidden, Limits
from tracker.bundle.planning import Extras
from tracker.bundle.verify import LedgerMatch, Outcome, with_ledger
from tracker.bundle.verifyzip import examine_any, is_zip
from tracker.bundle.zipstore import ZipWriter, read_entry, read_zip

AT = datetime(2026, 11, 18, 16, 42, tzinfo=UTC)
ROOT = "BHP-2026-0417-board-freeze-3/"
NUMBER = "BHP-2026-0417-000001"


def pack(path, payload, *, tags=(), changed=None):
    """Write a bag of `payload` (name below data/ → bytes); `changed` overrides files after the lists were made."""
    files = {f"data/{name}": data for name, data in payload.items()}
    files |= {"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", **dict(tags)}
    lines = {True: [], False: []}
    for name in sorted(files):
        lines[name.startswith("data/")].append(f"{sha256(files[name]).hexdigest()}  {name}\n")
    files["manifest-sha256.txt"] = "".join(lines[True]).encode()
    lines[False].append(f"{sha256(files['manifest-sha256.txt']).hexdigest()}  manifest-sha256.txt\n")
    files["tagmanifest-sha256.txt"] = "".join(lines[False]).encode()
    files |= changed or {}
    with ZipWriter(path, at=AT) as out:
        for name in sorted(files, key=str.encode):
            if files[name] is not None:
                out.add(ROOT + name, len(files[name]), [files[name]])
    return path


@pytest.fixture(scope="module")
def key():
    return signing.signer()


@pytest.fixture(scope="module")
def goods(tmp_path_factory, key):
    """What goes into a package: a signed volume, its manifest, the original and the copy of its exhibit."""
    folder = tmp_path_factory.mktemp("goods")
    volume = two_signed_pages(folder, key)
    manifest = manifest_of(volume)
    return {
        f"{ROOT[:-1]}.pdf": volume.read_bytes(),
        "manifest.json": manifest,
        f"natives/{NUMBER}.pdf": b"E-1",
        f"renditions/{NUMBER}.pdf": (folder / "E-1.pdf").read_bytes(),
        "load/x.dat": b"BEGBATES\r\n",
    }


def manifest_of(path):
    with pikepdf.open(path) as pdf:
        return bytes(pdf.attachments["manifest.json"].get_file().read_bytes())


@pytest.fixture(scope="module")
def package(goods, tmp_path_factory):
    return pack(tmp_path_factory.mktemp("package") / "bundle.zip", goods, tags=[("VERIFY.txt", b"How to check\n")])


def test_a_whole_package_is_intact_and_every_pdf_in_it_checked(package, key):
    result = examine_any(package, [key.certificate])

    assert (result.outcome, result.exit_code, result.kind) == (Outcome.INTACT, 0, "zip"), result.sentences
    assert (result.docket, result.edition, result.freeze) == ("BHP-2026-0417", "board", 3)
    assert [(name, member.signature.status) for name, member in result.members] == [(f"{ROOT[:-1]}.pdf", "valid")]
    assert result.file_sha256 == sha256(package.read_bytes()).hexdigest()
    assert "The package is intact" in result.sentences[0]


def test_a_volume_that_came_alone_says_that_the_others_were_not_checked(tmp_path):
    facts = samples.rendition(pdfs.letter(tmp_path / "a.pdf", 6), tmp_path / "E-1.pdf")
    plan = plan_of(samples.shown("E-1", facts, 1), extras=Extras(limits=Limits(sheets=3)))
    first, second = cores.build(plan, tmp_path)

    result = examine_any(second)
    assert (result.outcome, result.volume, result.volumes) == (Outcome.INTACT, 2, 2)
    assert result.sentences[-1].startswith("This is volume 2 of 2. The others were not checked here")
    assert "volume 1 of 2" in examine_any(first).sentences[-1]


def test_a_required_signature_that_is_not_trusted_has_its_own_code(package):
    assert examine_any(package).exit_code == 3


def test_flipped_bits_are_found_wherever_they_are(package, tmp_path):
    """Every byte that is no content of the PDFs, one bit each, and a sample of the rest."""
    data = package.read_bytes()
    with package.open("rb") as file:
        entries = read_zip(file)
    inside = [entry for entry in entries if entry.name.endswith(".pdf") and entry.size > 1000]
    places = [at for at in range(len(data)) if not any(entry.data_at <= at < entry.end for entry in inside)]
    chance = random.Random(417)
    places = chance.sample(places, 250) + chance.sample(range(len(data)), 50) + [0, 1, 2, 3, len(data) - 1]
    target = tmp_path / "x.zip"
    missed = []
    for at in places:
        target.write_bytes(data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :])
        if examine_any(target).outcome is not Outcome.ALTERED:
            missed.append(at)
    assert missed == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"data/load/x.dat": b"other"}, "data/load/x.dat is not the file that was packed."),
        ({"data/load/x.dat": None}, "data/load/x.dat is listed but missing."),
        ({"data/more.txt": b"x"}, "data/more.txt is not listed in the package."),
        ({"note.txt": b"x"}, "note.txt is not listed in the package."),
        ({"bagit.txt": b"BagIt-Version: 0.9\n"}, "bagit.txt is not as a bag has it."),
        ({"manifest-sha256.txt": b""}, "manifest-sha256.txt is missing or cannot be read."),
        ({"manifest-sha256.txt": b"\xff"}, "manifest-sha256.txt is missing or cannot be read."),
        ({"data/manifest.json": b"{"}, "data/manifest.json is missing or cannot be read."),
    ],
)
def test_a_bag_that_does_not_agree_with_its_lists_names_the_file(goods, tmp_path, changed, words):
    result = examine_any(pack(tmp_path / "x.zip", goods, changed=changed))

    assert result.exit_code == 1
    assert words in result.sentences


def test_a_forged_bag_is_held_against_the_manifest(goods, tmp_path):
    """Whoever makes the lists anew is found by what the sealed manifest says."""
    for name in (f"natives/{NUMBER}.pdf", f"renditions/{NUMBER}.pdf", f"natives/{NUMBER[:-1]}9.pdf"):
        result = examine_any(pack(tmp_path / "x.zip", {**goods, name: b"forged"}))
        assert f"data/{name} is not the file that the manifest names." in result.sentences
    other = {**goods, "manifest.json": goods["manifest.json"].replace(b"BHP-2026-0417", b"BHP-2026-0418")}
    assert any("another manifest" in line for line in examine_any(pack(tmp_path / "x.zip", other)).sentences)


def test_a_package_without_its_volume_or_with_a_damaged_one_is_altered(goods, tmp_path, key):
    volume = f"{ROOT[:-1]}.pdf"
    without = {name: data for name, data in goods.items() if name != volume}
    assert "every volume" in " ".join(examine_any(pack(tmp_path / "x.zip", without)).sentences)
    twice = {**goods, "copy.pdf": goods[volume]}
    assert "every volume" in " ".join(examine_any(pack(tmp_path / "x.zip", twice)).sentences)
    damaged = {**goods, volume: goods[volume][:-200]}
    found = examine_any(pack(tmp_path / "x.zip", damaged)).sentences
    assert f"{volume} is not as it was sealed:" in found


def test_other_packages_are_not_ours_and_damaged_ones_of_ours_are(package, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "hello")
    pack(tmp_path / "b.zip", {"a.txt": b"hello"})
    assert {examine_any(tmp_path / name).exit_code for name in ("a.zip", "b.zip")} == {2}
    (tmp_path / "c.zip").write_bytes(package.read_bytes()[:-50])
    assert examine_any(tmp_path / "c.zip").exit_code == 1
    with zipfile.ZipFile(tmp_path / "d.zip", "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(package) as whole:
        for item in whole.infolist():
            archive.writestr(item.filename, whole.read(item))
    assert examine_any(tmp_path / "d.zip").exit_code in (1, 2)


def test_a_file_is_told_by_its_beginning_or_its_end(package, tmp_path):
    (tmp_path / "x").write_bytes(b"\0" + package.read_bytes()[1:])

    assert is_zip(package)
    assert is_zip(tmp_path / "x")
    assert not is_zip(pdfs.letter(tmp_path / "a.pdf"))
    assert not is_zip(tmp_path / "none")
    assert not is_zip(tmp_path)


def test_what_the_ledger_knows_of_a_package(package, key):
    match = LedgerMatch(7, "2026-11-18 16:43 UTC", "Board")
    result = with_ledger(examine_any(package, [key.certificate]), lambda _manifest, _digest: match)

    assert "recorded in the ledger, entry 7" in result.sentences[-1]
    assert result.members[0][1].ledger == match


def test_contents_are_read_in_pieces(package):
    with package.open("rb") as file:
        entry = max(read_zip(file), key=lambda entry: entry.size)
        assert sum(map(len, read_entry(file, entry))) == entry.size
    assert list(read_entry(io.BytesIO(b""), entry)) == []


def test_the_core_alone_is_enough_for_a_package_that_is_not_signed(tmp_path):
    volume = two_pages(tmp_path)
    copy = (tmp_path / "E-1.pdf").read_bytes()
    goods = {"v.pdf": volume.read_bytes(), "manifest.json": manifest_of(volume), f"renditions/{NUMBER}.pdf": copy}

    assert examine_any(pack(tmp_path / "x.zip", goods)).exit_code == 0
    assert samples.DOCKET in examine_any(tmp_path / "x.zip").sentences[0]


def test_the_bag_of_a_bundle_is_intact(tmp_path):
    """The package as the product packs it, with an exhibit that is not shown whole and one that is withheld."""
    first = samples.rendition(pdfs.letter(tmp_path / "a.pdf", 2), tmp_path / "E-1.pdf")
    second = samples.rendition(pdfs.letter(tmp_path / "b.pdf", 3), tmp_path / "E-2.pdf")
    hidden = samples.shown("E-2", second, 3, hidden=(Hidden(2, 2, "W-1"),))
    plan = plan_of(samples.shown("E-1", first, 1), hidden, samples.withheld("E-3", 6, 9))
    plan = replace(plan, fonts=tuple(sorted(samples.fonts().pins.items())))
    copies = samples.copies(plan, tmp_path)
    volumes = stages.build(plan, copies, tmp_path, samples.fonts())
    write_bag(plan, Goods(volumes, {}, copies, {}, tmp_path), tmp_path / "bag.zip")
    result = examine_any(tmp_path / "bag.zip")

    assert (result.exit_code, len(result.members)) == (0, 1), result.sentences
