"""The corpus bench survives any folder, loses nothing, and tells what became of every file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.corpus import main
from bench.corpusrun import Entry, Outcome, files_below, run
from tests.data import broken
from tests.data.bytes import WINDOWS_PROGRAM, image, pdf
from tracker.bundle.verify import Outcome as Verdict
from tracker.bundle.verify import verify

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"file", "sha256", "pages_in", "first_page", "pages_out", "slip_reason", "seconds"}


@pytest.fixture
def corpus(bench_environment):
    """Run the bench as its users do."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bench.corpus", *map(str, arguments)]
        return subprocess.run(
            command, cwd=ROOT, env=bench_environment, capture_output=True, text=True, timeout=280, check=False
        )

    return run


@pytest.fixture
def folder(tmp_path):
    """A folder as nobody should keep one."""
    place = tmp_path / "any folder"
    (place / "below" / "deeper").mkdir(parents=True)
    (place / "letter.pdf").write_bytes(pdf(pages=3))
    (place / "below" / "same bytes.pdf").write_bytes(pdf(pages=3))
    (place / "below" / "deeper" / "photo.png").write_bytes(image())
    (place / "empty.pdf").write_bytes(b"")
    (place / "program.pdf.exe").write_bytes(WINDOWS_PROGRAM)
    (place / "ünïcode 東京 \u202egnp.txt").write_text("words\n")
    os.mkfifo(place / "pipe")
    (place / "link.pdf").symlink_to(place / "letter.pdf")
    (place / "circle").symlink_to(place)
    broken.bad_content(place / "damaged.pdf")
    with open(os.fsencode(place) + b"/bytes-\xff\xfe.pdf", "wb") as file:
        file.write(pdf(pages=1))
    return place


def test_every_file_is_in_the_bundle_as_pages_or_as_a_slip_sheet(corpus, folder, tmp_path):
    done = corpus(folder, "--json", tmp_path / "report.json", "--output", tmp_path / "bundle.pdf")
    entries = json.loads((tmp_path / "report.json").read_text())
    by_name = {entry["file"]: entry for entry in entries}

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("8 files: ")
    assert done.stdout.splitlines()[-1].endswith(" slip sheets, 0 lost")
    assert all(set(entry) == KEYS for entry in entries)
    assert {"letter.pdf", "below/same bytes.pdf", "damaged.pdf", "bytes-??.pdf"} <= set(by_name)
    assert (by_name["letter.pdf"]["pages_in"], by_name["letter.pdf"]["pages_out"]) == (3, 3)
    assert by_name["below/same bytes.pdf"]["sha256"] == by_name["letter.pdf"]["sha256"]
    assert by_name["empty.pdf"]["slip_reason"]
    assert by_name["damaged.pdf"]["pages_out"] == 3
    firsts = [entry["first_page"] for entry in entries]
    assert len(set(firsts)) == len(entries)
    assert min(firsts) > 1
    assert verify(tmp_path / "bundle.pdf").outcome is Verdict.INTACT


@pytest.mark.once
def test_an_empty_folder_is_no_fault(db, tmp_path):
    (tmp_path / "nothing").mkdir()
    told = []
    outcome = run(tmp_path / "nothing", say=told.append)

    assert (outcome.fault, outcome.lost, outcome.bundle, told) == ("", 0, None, [])
    assert outcome.summary == "0 files: 0 rendered, 0 slip sheets, 0 lost"


def test_what_is_no_folder_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit) as refusal:
        main([str(tmp_path / "none")])

    assert refusal.value.code == 2
    assert "is not a folder" in capsys.readouterr().err


def test_links_pipes_and_devices_are_left_out(folder):
    names = [path.name for path in files_below(folder)]

    assert "pipe" not in names
    assert "link.pdf" not in names
    assert len(names) == 8


@pytest.mark.parametrize(
    ("pages_in", "pages_out", "reason", "is_lost"),
    [
        (3, 3, "", False),
        (3, 2, "", True),
        (0, 0, "", True),  # never received
        (0, 1, "", False),
        (5, 1, "A password.", False),
        (5, 0, "A password.", True),  # its sheet is missing
    ],
)
def test_a_file_is_lost_unless_all_of_it_is_accounted_for(pages_in, pages_out, reason, is_lost):
    entry = Entry("a", "", pages_in, 1, pages_out, reason, 0.1)

    assert entry.is_lost is is_lost
    assert Outcome([entry]).summary.endswith(f"{int(is_lost)} lost")
