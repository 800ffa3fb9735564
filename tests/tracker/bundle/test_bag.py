"""The bag: valid for the standard's own program, the same bytes twice, and no way around an edition."""

import re
import subprocess
import zipfile
from dataclasses import replace
from hashlib import sha256

import bagit
import pikepdf
import pytest

from tests.data import pdfs
from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle import stages
from tracker.bundle.bag import BagBroken, Goods, bag_name, write_bag
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.plan import Hidden, Native

MAIL = (
    b"From: ada@example.org\r\nTo: b@example.org\r\nSubject: On leaving\r\n"
    b"Date: Wed, 11 Feb 2026 15:02:00 -0600\r\n\r\nHi\r\n"
)


@pytest.fixture(scope="module")
def goods(tmp_path_factory):
    """A plan of a letter, an e-mail with an attachment, a letter with a hidden page, one withheld; and its files."""
    folder = tmp_path_factory.mktemp("goods")
    natives, items = {}, []
    for key, first, count in (("E-1", 1, 2), ("E-2", 3, 1), ("E-2.1", 4, 1), ("E-3", 5, 3)):
        source = pdfs.letter(folder / "source.pdf", count, words=f"Words of {key}")
        facts = samples.rendition(source, folder / f"{key}.pdf")
        natives[key] = folder / f"native-{key}"
        natives[key].write_bytes(MAIL if key == "E-2" else source.read_bytes())
        item = samples.shown(key, facts, first)
        items.append(replace(item, native=native_of(natives[key], "mail.eml" if key == "E-2" else f"{key}.PDF")))
    items[1] = replace(items[1], attachments=1)
    items[2] = replace(items[2], parent="E-2", origin="E-2")
    items[3] = replace(items[3], hidden=(Hidden(2, 2, "W-1"),))
    natives["E-4"] = folder / "native-E-4"
    natives["E-4"].write_bytes(b"SEALED SOUND")
    plan = plan_of(*items, samples.withheld("E-4", 8, 9))
    plan = replace(plan, fonts=tuple(sorted(samples.fonts().pins.items())))
    copies = samples.copies(plan, folder)
    volumes = stages.build(plan, copies, folder, samples.fonts())
    return plan, Goods(volumes, natives, copies, {}, folder)


def native_of(path, name):
    data = path.read_bytes()
    return Native(name, sha256(data).hexdigest(), len(data), "file")


@pytest.fixture
def bag(goods, tmp_path):
    plan, held = goods
    write_bag(plan, held, tmp_path / "bag.zip")
    with zipfile.ZipFile(tmp_path / "bag.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / bag_name(plan)


def test_the_standards_own_program_finds_it_valid(bag):
    bagit.Bag(str(bag)).validate()


def test_the_usual_tools_find_it_valid(bag):
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        done = subprocess.run(["sha256sum", "--quiet", "-c", name], cwd=bag, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.poppler
def test_the_lines_of_its_own_instructions_run_as_written(bag):
    """Whoever receives a package does what VERIFY.txt says, and nothing else."""
    told = (bag / "VERIFY.txt").read_text(encoding="utf-8").replace("FILE", "BHP-2026-0417-board-freeze-3")
    lines = re.findall(r"(?m)^.* {3,}((?:sha256sum|pdfdetach|pdfsig) .+)$", told)
    done = [subprocess.run(line.split(), cwd=bag, capture_output=True, text=True, check=False) for line in lines]
    by_line = dict(zip(lines, done, strict=True))
    signature = by_line.pop("pdfsig data/BHP-2026-0417-board-freeze-3.pdf")
    first, second = by_line["sha256sum m.json data/manifest.json"].stdout.splitlines()

    assert len(by_line) == 4
    assert {line: one.stderr for line, one in by_line.items() if one.returncode} == {}
    assert first.split()[0] == second.split()[0]
    assert "does not contain any signatures" in signature.stdout


def test_the_same_bytes_twice(goods, tmp_path):
    plan, held = goods

    assert write_bag(plan, held, tmp_path / "a.zip") == write_bag(plan, held, tmp_path / "b.zip")


def test_what_is_in_it(bag, goods):
    plan, _held = goods
    names = sorted(str(path.relative_to(bag / "data")) for path in (bag / "data").rglob("*") if path.is_file())
    number = "BHP-2026-0417-00000"

    assert names == [
        "BHP-2026-0417-board-freeze-3.pdf",
        "exhibit-list.csv",
        "load/BHP-2026-0417.dat",
        "load/BHP-2026-0417.opt",
        "manifest.json",
        f"natives/{number}1.pdf",
        f"natives/{number}3.eml",
        f"natives/{number}4.pdf",
        *(f"renditions/{number}{first}.pdf" for first in (1, 3, 4, 5, 8)),
    ]
    assert sha256((bag / "data/manifest.json").read_bytes()).hexdigest() == manifest_digest(plan)
    assert b"On leaving" in (bag / "data/load/BHP-2026-0417.dat").read_bytes()
    assert "20260211" in (bag / "data/load/BHP-2026-0417.dat").read_text(encoding="utf-8-sig")


def test_of_hidden_pages_there_is_only_their_sheet(bag):
    with pikepdf.open(bag / "data/renditions/BHP-2026-0417-000005.pdf") as pdf:
        assert len(pdf.pages) == 3
        streams = b"".join(item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream))
    assert b"Words of E-3, page 1" in streams
    assert b"Words of E-3, page 2" not in streams
    for path in bag.rglob("*"):
        assert path.is_dir() or b"SEALED SOUND" not in path.read_bytes()


def test_nothing_but_copies_goes_with_the_public_record(goods, tmp_path):
    plan, held = goods
    public = replace(plan, heading=replace(plan.heading, edition="public", is_masked=False))
    write_bag(public, held, tmp_path / "bag.zip")
    with zipfile.ZipFile(tmp_path / "bag.zip") as archive:
        names = [name for name in archive.namelist() if "/natives/" in name]
        listed = archive.read(next(name for name in archive.namelist() if name.endswith(".dat"))).decode()

    assert names == []
    assert "natives/" not in listed
    assert "On leaving" not in listed


def test_other_bytes_than_the_frozen_ones_are_refused_by_name(goods, tmp_path):
    plan, held = goods
    (tmp_path / "other").write_bytes(b"other")
    changed = replace(held, natives={**held.natives, "E-1": tmp_path / "other"})

    with pytest.raises(BagBroken, match="natives/BHP-2026-0417-000001"):
        write_bag(plan, changed, tmp_path / "bag.zip")
