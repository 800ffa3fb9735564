"""What archives list: names clean, sizes as declared, traps said aloud, and nothing unpacked."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.files.rendering import archives
from tracker.files.rendering.archives import (
    Contents,
    Entry,
    facts,
    listing,
    packer,
    shown_path,
    tar_contents,
    zip_contents,
)


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def tarred(entries):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in entries.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def kept(path, data):
    path.write_bytes(data)
    return path


def test_a_zip_lists_its_files(tmp_path):
    found = zip_contents(zipped(tmp_path / "a.zip", {"photos/": b"", "photos/1.jpg": b"12345", "notes.txt": b""}))

    assert found == Contents((Entry("photos/1.jpg", 5), Entry("notes.txt", 0)), is_whole=True)
    assert listing(found) == ("photos/1.jpg · 5 bytes", "notes.txt · 0 bytes")
    assert facts(found, 300)[:2] == [("Files inside", "2"), ("Size unpacked", "5 bytes, as the archive says")]


def test_a_bomb_is_called_one(tmp_path):
    path = zipped(tmp_path / "a.zip", {"zeros": b"\0" * 10_000_000})

    assert "times its size" in dict(facts(zip_contents(path), path.stat().st_size))["Caution"]
    assert "Caution" not in dict(facts(zip_contents(path), 10_000_000))


def test_files_behind_a_password_are_said(tmp_path):
    path = zipped(tmp_path / "a.zip", {"secret.txt": b"x", "open.txt": b"x"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    found = zip_contents(kept(path, bytes(data)))

    assert [entry.is_locked for entry in found.entries] == [True, False]
    assert dict(facts(found, 100))["Locked"] == "1 file needs a password"
    assert listing(found)[0].endswith("· locked")


def test_a_damaged_list_is_said(tmp_path):
    data = zipped(tmp_path / "a.zip", {"a": b"x"}).read_bytes()
    found = zip_contents(kept(tmp_path / "b.zip", data[:30]))

    assert found == Contents((), is_whole=False)
    assert "List" in dict(facts(found, 30))


def test_a_long_list_is_cut_and_counted():
    found = Contents(tuple(Entry(f"{number}", 1) for number in range(1503)), is_whole=True)

    assert len(listing(found)) == 501
    assert listing(found)[-1] == "and 1,003 more files"


def test_a_list_without_end_is_not_read_to_it(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_READ", 2)
    entries = {str(number): b"x" for number in range(4)}
    zip_list = zip_contents(zipped(tmp_path / "a.zip", entries))
    tar_list = tar_contents(kept(tmp_path / "a.tar", tarred(entries)))

    assert (len(zip_list.entries), zip_list.is_whole) == (2, False)
    assert (len(tar_list.entries), tar_list.is_whole) == (2, False)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_a_tar_is_listed_packed_or_not(tmp_path, pack):
    path = kept(tmp_path / "a", pack(tarred({"b/c.txt": b"123", "d": b"\0" * 9000})))

    assert tar_contents(path) == Contents((Entry("b/c.txt", 3), Entry("d", 9000)), is_whole=True)


def test_a_packed_list_is_read_to_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_UNPACKED", 4096)
    path = kept(tmp_path / "a", gzip.compress(tarred({"first": b"x", "huge": b"\0" * 1_000_000, "last": b"x"})))
    found = tar_contents(path)

    assert [entry.path for entry in found.entries] == ["first", "huge"]
    assert not found.is_whole


def test_what_is_no_tar_is_none(tmp_path):
    assert tar_contents(kept(tmp_path / "a", b"just words " * 200)) is None
    assert tar_contents(kept(tmp_path / "b", gzip.compress(b"just words"))) is None
    assert tar_contents(kept(tmp_path / "c", lzma.compress(tarred({"a": b"x"})))) is None


def test_packers_are_known_by_their_first_bytes(tmp_path):
    packed = {
        "gzip": gzip.compress(b"x"),
        "bzip2": bz2.compress(b"x"),
        "xz": lzma.compress(b"x"),
        "": zlib.compress(b"x"),
    }

    assert [packer(kept(tmp_path / f"p{name}", data)) for name, data in packed.items()] == list(packed)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a/b.txt", "a/b.txt"),
        ("..\\..\\etc/passwd", "../../etc/passwd"),
        ("a\n\u202eb.txt", "a b.txt"),
        ("", "file"),
        ("///", "file"),
    ],
)
def test_paths_are_shown_in_one_clean_line(raw, shown):
    assert shown_path(raw) == shown


def test_a_long_path_keeps_its_end():
    assert len(shown_path("folder/" * 100 + "x" * 110)) <= 200
    assert shown_path("folder/" * 100 + "x" * 110).endswith("x" * 110)


def test_an_archive_in_an_archive_stays_closed_however_deep(tmp_path):
    data = b"\0" * 1_000_000
    for depth in range(60):
        data = zipped(tmp_path / "a", {f"{depth}.zip": data}).read_bytes()

    assert [entry.path for entry in zip_contents(kept(tmp_path / "a", data)).entries] == ["59.zip"]


def test_entries_that_share_their_bytes_are_counted_as_declared(tmp_path):
    """A list may name the same packed bytes a thousand times (a bomb without nesting)."""
    whole = zipped(tmp_path / "a", {"zeros": b"\0" * 1_000_000}).read_bytes()
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    entry, tail = whole[start:end], bytearray(whole[end:])
    tail[8:16] = struct.pack("<HHI", 1000, 1000, 1000 * len(entry))
    found = zip_contents(kept(tmp_path / "a", whole[:start] + entry * 1000 + bytes(tail)))

    assert len(found.entries) == 1000
    assert "do not unpack it" in str(facts(found, (tmp_path / "a").stat().st_size))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), st.binary(max_size=12), st.booleans())
def test_a_file_damaged_anywhere_is_listed_or_not(tmp_path, place, noise, is_tar):
    whole = tarred({"a": b"x" * 20}) if is_tar else zipped(tmp_path / "w.zip", {"a": b"x" * 20, "b": b""}).read_bytes()
    path = kept(tmp_path / "a", whole[:place] + noise + whole[place + len(noise) :])

    assert isinstance(zip_contents(path), Contents)
    assert tar_contents(path) is None or tar_contents(path).entries is not None
