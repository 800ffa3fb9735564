"""Files without pages: a plain reason and true facts, whatever the bytes."""

import io
import struct
import wave

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data import bytes as samples
from tests.data import jobs
from tests.tracker.files.rendering.test_archives import tarred
from tracker.files.kinds import KINDS
from tracker.files.rendering import media


def slip(folder, data, kind, name="file"):
    made = media.make(jobs.job(folder, data, name, kind))
    assert (made.pdf, made.how, made.attachments) == (None, "", ())
    return made.slip


def sound(seconds=134, rate=8000):
    made = io.BytesIO()
    with wave.open(made, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(rate)
        out.writeframes(b"\x80" * rate * seconds)
    return made.getvalue()


def mp3(frames=1000):
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def box(name, *content):
    data = b"".join(content)
    return struct.pack(">I", len(data) + 8) + name + data


def mp4(brand=b"M4A ", seconds=3725):
    """The boxes of a recording that say how long it is, and no recording."""
    esds = box(b"esds", bytes(4), b"\x03\x16", bytes(3), b"\x04\x11\x40\x15", bytes(7), struct.pack(">I", 64_000))
    entry = box(b"mp4a", bytes(16), struct.pack(">HHI", 2, 16, 0), struct.pack(">I", 44100 << 16), esds)
    stsd = box(b"stsd", bytes(4), struct.pack(">I", 1), entry)
    clock = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000)
    track = box(b"trak", box(b"mdia", box(b"mdhd", clock, bytes(4)), box(b"minf", box(b"stbl", stsd))))
    return box(b"ftyp", brand, bytes(4)) + box(b"moov", box(b"mvhd", clock, bytes(80)), track)


def test_a_sound_recording_tells_its_length(tmp_path):
    found = slip(tmp_path, sound(), "wav")

    assert found.reason == "A sound recording cannot be shown on paper. Play the original."
    assert found.facts == (
        ("Length", "0:02:14 (hours, minutes, seconds)"),
        ("Bit rate", "64 kbit/s"),
        ("Channels", "one (mono)"),
        ("Sampling", "8 kHz"),
    )


@pytest.mark.parametrize(
    ("data", "kind", "length", "channels"),
    [(mp3(), "mp3", "0:00:26", "two (stereo)"), (mp4(), "m4a", "1:02:05", "two (stereo)")],
)
def test_other_recordings_do_too(tmp_path, data, kind, length, channels):
    found = dict(slip(tmp_path, data, kind).facts)

    assert found["Length"].startswith(length)
    assert found["Channels"] == channels


def test_a_video_says_it_is_one(tmp_path):
    found = slip(tmp_path, mp4(b"isom"), "mp4")

    assert found.reason == "A video cannot be shown on paper. Play the original."
    assert dict(found.facts)["Length"].startswith("1:02:05")


@pytest.mark.parametrize("kind", ["mp3", "wav", "m4a", "mp4", "mov"])
def test_a_damaged_recording_says_what_is_not_known(tmp_path, kind):
    assert slip(tmp_path, b"RIFF\0\0\0\0WAVE", kind).facts == (
        ("Length", "Not told by the file, or the file is damaged"),
    )


def test_an_archive_lists_what_it_holds(tmp_path):
    found = slip(tmp_path, samples.archive("a.txt", "b/c.txt"), "zip")

    assert "not opened here" in found.reason
    assert ("Files inside", "2") in found.facts
    assert [line.partition(" ")[0] for line in found.listing] == ["a.txt", "b/c.txt"]


def test_a_damaged_archive_says_so(tmp_path):
    assert "damaged" in slip(tmp_path, b"PK\x03\x04 broken", "zip").reason


def test_a_tar_among_the_unknown_is_an_archive(tmp_path):
    assert slip(tmp_path, tarred({"a.txt": b"123"}), "other").listing == ("a.txt · 3 bytes",)


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"", "empty", "no bytes"),
        (b"MZ", "program", "never run"),
        (b"\xd0\xcf\x11\xe0", "ole", "older office or mail program"),
        (samples.docx(macros=True), "macros", "carries programs"),
        (b"7z\xbc\xaf'\x1c", "other", "archive (7z)"),
        (b"\x1f\x8b\x08", "other", "packed by gzip"),
        (b"\x01\x02\x03", "other", "can show this kind of file"),
        (b"fLaC\0\0\0\x22", "other", "Play the original"),
    ],
)
def test_every_other_kind_has_a_reason(tmp_path, data, kind, reason):
    assert reason in slip(tmp_path, data, kind).reason


def test_macros_and_unknown_files_show_what_they_were_known_by(tmp_path):
    assert "vbaProject.bin" in dict(slip(tmp_path, samples.docx(macros=True), "macros").facts)["Programs inside"]
    assert dict(slip(tmp_path, b"\x01\x02\xff", "other").facts)["Begins with"] == "01 02 FF"


@pytest.mark.parametrize(("seconds", "shown"), [(0.4, "0:00:00"), (134.3, "0:02:14"), (36_000, "10:00:00")])
def test_lengths_are_shown_in_hours_minutes_and_seconds(seconds, shown):
    assert media.length(seconds) == shown


_HEADS = [
    b"",
    b"RIFF\x24\0\0\0WAVEfmt ",
    b"ID3\x04",
    b"\xff\xfb\x90",
    mp4()[:120],
    b"fLaC",
    b"OggS",
    b"PK\x03\x04",
    b"\x1f\x8b",
]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(_HEADS), st.binary(max_size=200), st.sampled_from(sorted(KINDS)))
def test_any_bytes_of_any_kind_have_a_reason(tmp_path, head, data, kind):
    assert slip(tmp_path, head + data, kind).reason.endswith((".", "paper."))
