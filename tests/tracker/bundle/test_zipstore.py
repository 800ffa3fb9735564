"""A ZIP with one spelling: every flipped bit is found, other programs read it, names cannot lead astray."""

import io
import random
import zipfile
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.bundle import zipstore
from tracker.bundle.zipstore import Entry, ZipBroken, ZipWriter, is_safe, read_entry, read_zip

AT = datetime(2026, 11, 18, 16, 42, 7, tzinfo=UTC)
FILES = {"bag/a.txt": b"hello", "bag/data/empty": b"", "bag/data/Ökonomie.pdf": bytes(range(256)) * 3}


def write(path, files=None, at=AT):
    files = FILES if files is None else files
    with ZipWriter(path, at=at) as out:
        for name in sorted(files, key=str.encode):
            out.add(name, len(files[name]), [files[name]])
    return path


def contents(data):
    """What a reader gets, or None where the structure is refused or a sum is wrong."""
    file = io.BytesIO(data)
    try:
        entries = read_zip(file)
    except ZipBroken:
        return None
    out = {entry.name: b"".join(read_entry(file, entry)) for entry in entries}
    return out if all(zlib.crc32(out[entry.name]) == entry.crc for entry in entries) else None


def test_other_programs_read_what_is_written(tmp_path):
    path = write(tmp_path / "x.zip")
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {item.filename: archive.read(item) for item in archive.infolist()} == FILES
        assert {item.date_time for item in archive.infolist()} == {(2026, 11, 18, 16, 42, 6)}
    assert contents(path.read_bytes()) == FILES


def test_what_the_standard_library_stores_has_the_same_spelling(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(FILES, key=str.encode):
            info = zipfile.ZipInfo(name, (2026, 11, 18, 16, 42, 6))
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, FILES[name])
    assert path.read_bytes() == write(tmp_path / "y.zip").read_bytes()


def test_the_zone_of_the_clock_does_not_matter(tmp_path):
    east = AT.astimezone(timezone(timedelta(hours=9)))

    assert write(tmp_path / "x.zip", at=east).read_bytes() == write(tmp_path / "y.zip").read_bytes()


def test_every_flipped_bit_is_found(tmp_path):
    data = write(tmp_path / "x.zip").read_bytes()
    missed = [
        (at, bit)
        for at in range(len(data))
        for bit in range(8)
        if contents(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]) is not None
    ]
    assert missed == []


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\0",
        lambda data: b"MZ" + data,
        lambda data: data[:-1],
        lambda data: data[:30],
        lambda data: data.replace(b"bag/a.txt", b"../../a.t"),
        lambda data: data.replace(b"bag/a.txt", b"bag/z.txt"),
        lambda data: b"",
        lambda data: b"PK\x05\x06" + b"\0" * 18,
        lambda data: b"\xff" * 200,
    ],
)
def test_added_cut_and_renamed_is_refused(tmp_path, change):
    assert contents(change(write(tmp_path / "x.zip").read_bytes())) is None


@given(st.binary(max_size=300))
def test_any_bytes_end_in_an_answer(data):
    assert contents(data) is None


@pytest.mark.parametrize(
    "name", ["/a", "a//b", "../a", "a/../b", "a/.", "a\\b", "C:a", "a\nb", "a/ b", "a.", "", "x" * 1001]
)
def test_a_name_that_leads_out_is_not_safe(name, tmp_path):
    assert not is_safe(name)
    with ZipWriter(tmp_path / "x.zip", at=AT) as out, pytest.raises(ValueError, match="A name in the package"):
        out.add(name, 0, [])


def test_a_name_out_of_order_or_twice_and_a_wrong_size_are_refused(tmp_path):
    with ZipWriter(tmp_path / "x.zip", at=AT) as out:
        out.add("b", 1, [b"1"])
        for name in ("a", "b"):
            with pytest.raises(ValueError, match="out of order"):
                out.add(name, 0, [])
    with pytest.raises(ValueError, match="changed its size"), ZipWriter(tmp_path / "y.zip", at=AT) as out:
        out.add("b", 2, [b"1"])
    assert contents((tmp_path / "y.zip").read_bytes()) is None


def test_packed_entries_have_many_spellings_and_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bag/a.txt", b"hello" * 100)
    assert contents((tmp_path / "x.zip").read_bytes()) is None


def test_sizes_beyond_four_gigabytes_are_written_as_other_programs_read_them():
    """The directory alone, for files that nobody wants to write in a test."""
    many = [Entry("a", 5_000_000_000, 1, 0, 0)]
    many.append(Entry("b", 3, 2, many[0].end, 0))
    head = zipstore.local_header(many[0])

    assert head[-16:] == (5_000_000_000).to_bytes(8, "little") * 2

    class Sparse(io.RawIOBase):
        """Zeros, with headers and directory in their places."""

        parts = {0: head, many[1].at: zipstore.local_header(many[1]), many[1].end: zipstore.directory(many)}
        size = many[1].end + len(zipstore.directory(many))
        place = 0

        def seekable(self):
            return True

        def readable(self):
            return True

        def seek(self, offset, whence=0):
            self.place = offset + (self.size if whence == 2 else self.place if whence == 1 else 0)
            return self.place

        def tell(self):
            return self.place

        def read(self, count=-1):
            count = self.size - self.place if count < 0 else min(count, self.size - self.place)
            for at, data in self.parts.items():
                if at <= self.place < at + len(data):
                    found = data[self.place - at :][:count]
                    self.place += len(found)
                    return found
            self.place += count
            return b"\0" * count

    assert read_zip(Sparse()) == many
    with zipfile.ZipFile(Sparse()) as archive:
        assert [(item.filename, item.file_size, item.header_offset) for item in archive.infolist()] == [
            ("a", 5_000_000_000, 0),
            ("b", 3, many[1].at),
        ]


def test_many_entries_are_listed(tmp_path):
    files = {f"bag/{number:06d}": b"" for number in range(66_000)}
    path = write(tmp_path / "x.zip", files)
    with path.open("rb") as file:
        assert len(read_zip(file)) == 66_000
    with zipfile.ZipFile(path) as archive:
        assert len(archive.infolist()) == 66_000
    data = bytearray(path.read_bytes())
    data[-random.Random(1).randrange(1, 90)] ^= 4
    assert contents(bytes(data)) is None
