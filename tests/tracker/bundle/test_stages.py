"""All stages in their order: same bytes anywhere, nothing sealed leaks, a bad file never passes."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.tracker.bundle import samples
from tracker.bundle import stages
from tracker.bundle.bag import Goods, write_bag
from tracker.bundle.copying import CopyBroken
from tracker.bundle.stages import BuildFailed, build, tool_versions

ROOT = Path(__file__).resolve().parents[3]
# The clock of the child goes ahead by so many days, for whoever asks it in whichever way.
BUILD = """
import datetime, sys, time
ahead = int(sys.argv[2]) * 86_400
now, split, local = time.time, time.gmtime, time.localtime
time.time = lambda: now() + ahead
time.gmtime = lambda seconds=None: split(time.time() if seconds is None else seconds)
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
datetime.datetime = Later
from datetime import UTC, datetime
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from tests.tracker.bundle import samples
from tracker.bundle import stages
from tracker.bundle.bag import Goods, write_bag
from tracker.bundle.plan import BundlePlan
folder = Path(sys.argv[1])
plan = BundlePlan.from_json((folder / "plan.json").read_text(encoding="utf-8"))
copies = samples.copies(plan, folder)
volumes = stages.build(plan, copies, folder, samples.fonts())
packed = write_bag(plan, Goods(volumes, {}, copies, {}, folder), folder / "bag.zip")
print(datetime.now(UTC).date(), volumes[0].file_sha256, packed)
"""


def test_the_same_plan_gives_the_same_bytes_in_another_place_and_language_on_another_day(built, tmp_path):
    bag = write_bag(
        built.plan,
        Goods([built.sealed], {}, samples.copies(built.plan, built.folder), {}, tmp_path),
        tmp_path / "bag.zip",
    )
    for item in built.plan.exhibits:
        if item.pages:
            (tmp_path / f"{item.key}.pdf").write_bytes((built.folder / f"{item.key}.pdf").read_bytes())
    (tmp_path / "plan.json").write_text(built.plan.to_json(), encoding="utf-8")
    days, found = set(), set()
    for zone, language, seed, days_ahead in (
        ("Asia/Kathmandu", "ar_EG.UTF-8", "1", "0"),
        ("America/Chicago", "C", "4711", "2000"),
    ):
        environment = os.environ | {
            "TZ": zone,
            "LANG": language,
            "LC_ALL": language,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
        }
        done = subprocess.run(
            [sys.executable, "-c", BUILD, tmp_path, days_ahead],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        day, *digests = done.stdout.split()
        days.add(day[:4])
        found.add(tuple(digests))

    assert len(days) == 2
    assert found == {(built.sealed.file_sha256, bag)}


def test_stages_are_reported_in_their_order(built, tmp_path):
    for item in built.plan.exhibits:
        if item.pages:
            (tmp_path / f"{item.key}.pdf").write_bytes((built.folder / f"{item.key}.pdf").read_bytes())
    told = []
    build(
        built.plan,
        samples.copies(built.plan, tmp_path),
        tmp_path,
        samples.fonts(),
        report=lambda stage, detail: told.append((stage, detail)),
    )

    assert told == [
        ("render", ""),
        ("assemble", ""),
        *(("assemble", key) for key in ("E-1", "E-2", "E-5")),
        ("verify", built.sealed.name),
    ]
    assert {stage for stage, _detail in told} <= set(stages.STAGES)


def test_nothing_of_a_withheld_exhibit_is_in_the_file(tmp_path):
    """Titles, names and digests are searched in texts, streams, names and strings, in UTF-8 and UTF-16."""
    hidden = samples.withheld("E-4", 4, 9)
    plan = samples.whole_plan(tmp_path)
    secret = samples.slip("E-4", 4)
    (sealed,) = build(plan, samples.copies(plan, tmp_path), tmp_path, samples.fonts())
    with pikepdf.open(sealed.path) as pdf:
        pdf.save(
            tmp_path / "open.pdf",
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.specialized,
        )
    data = (tmp_path / "open.pdf").read_bytes()
    texts = "\n".join(samples.page_texts(sealed.path))

    assert hidden.title == "SEALEDTITLE"
    for words in ("SEALEDTITLE", secret.native.sha256):
        assert words not in texts
        assert words.encode() not in data
        assert words.encode("utf-16-be") not in data
    assert "Title of E-2" in texts  # the search does find what is not withheld


def test_a_rendition_with_other_pages_than_frozen_does_not_pass(built, tmp_path):
    for item in built.plan.exhibits:
        if item.pages:
            (tmp_path / f"{item.key}.pdf").write_bytes((built.folder / f"{item.key}.pdf").read_bytes())
    (tmp_path / "E-1.pdf").write_bytes((built.folder / "E-5.pdf").read_bytes())

    with pytest.raises(CopyBroken, match="Exhibit E-1: its stored copy is not what was frozen"):
        build(built.plan, samples.copies(built.plan, tmp_path), tmp_path, samples.fonts())


def test_a_copy_that_is_not_what_its_pages_were_frozen_as_does_not_pass(built, tmp_path):
    """The last check reads the pages of the finished file, whatever the copies' digests say."""
    for item in built.plan.exhibits:
        if item.pages:
            (tmp_path / f"{item.key}.pdf").write_bytes((built.folder / f"{item.key}.pdf").read_bytes())
    first = built.plan.exhibits[0]
    pages = (replace(first.pages[0], sha256="ab" * 32), *first.pages[1:])
    plan = replace(built.plan, exhibits=(replace(first, pages=pages), *built.plan.exhibits[1:]))

    with pytest.raises(BuildFailed, match="Exhibit 1, page 1"):
        build(plan, samples.copies(plan, tmp_path), tmp_path, samples.fonts())


@pytest.mark.qpdf
def test_another_program_finds_no_fault(built):
    assert subprocess.run(["qpdf", "--check", built.path], capture_output=True, check=False).returncode == 0


def test_versions_are_named():
    assert set(tool_versions()) == {"libqpdf", "pikepdf", "reportlab", "uharfbuzz"}
