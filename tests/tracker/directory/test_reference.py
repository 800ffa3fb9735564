"""The reference files fit together, and say what the design says."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from tracker.directory import reference

FOLDER = Path(__file__).resolve().parents[3] / "fixtures"


@pytest.fixture(scope="module")
def files():
    return reference.read(FOLDER)


def test_counts(files):
    assert len(files.jurisdictions) == 54
    assert len(files.professions) == 10
    assert len(files.grounds) == 25
    assert len(files.codes) == 189
    assert [board.slug for board in files.hosted] == [
        "tx-bhec",
        "ca-bbs",
        "oh-cswmft",
        "fl-csw-mft-mhc",
        "wa-doh-counselors",
    ]


def test_retired_codes_are_kept_with_their_date(files):
    retired = {row.code for row in files.codes if row.retired_on == date(2022, 12, 16)}
    assert retired == {"05", "11", "12", "15", "25", "45", "84", "A3", "D6", "D8", "F5", "F7"}


@pytest.mark.parametrize(
    ("board", "key", "value"),
    [
        ("tx-bhec", "response_days", 30),
        ("tx-bhec", "schedule_days", 30),
        ("ca-bbs", "ack_days", 10),
        ("ca-bbs", "answer_days", 15),
        ("ca-bbs", "board_action_days", 100),
        ("ca-bbs", "deemed_adopted", True),
        ("oh-cswmft", "answer_days", 30),
        ("oh-cswmft", "pc_body", "liaison"),
        ("fl-csw-mft-mhc", "answer_days", 21),
        ("fl-csw-mft-mhc", "election_of_rights", True),
        ("fl-csw-mft-mhc", "public_from", {"event": "probable_cause", "plus_days": 10}),
        ("wa-doh-counselors", "danger_screen_working_days", 2),
        ("wa-doh-counselors", "informal_track", True),
        ("wa-doh-counselors", "informal_paper", "statement_of_allegations"),
        ("tx-bhec", "informal_track", True),
        ("oh-cswmft", "informal_track", True),
        ("ca-bbs", "informal_track", False),
        ("fl-csw-mft-mhc", "informal_track", False),
    ],
)
def test_settings_of_the_hosted_boards(files, board, key, value):
    (row,) = [row for row in files.rules if (row["board"], row["key"]) == (board, key)]
    assert row["value"] == value
    assert row["citation"]
    assert row["source_url"].startswith("http")


def syllables(word):
    """Groups of vowels, a silent e left out: good enough to find a hard text."""
    found = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, found - (word.lower().endswith("e") and not word.lower().endswith("le")))


def grade(text):
    """The Flesch-Kincaid grade of a text."""
    sentences = [part for part in re.split(r"[.:]\s*", text) if part]
    words = re.findall(r"[A-Za-z']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_help_is_readable_at_grade_eight(files):
    hard = {
        (ground["key"], name): round(grade(ground[name]["en"]), 1)
        for ground in files.grounds
        for name in ("help_texts", "helps_board_texts")
        if grade(ground[name]["en"]) > 8
    }
    assert not hard


def test_words_are_american_and_calm(files):
    text = json.dumps(files.grounds)
    assert not re.search(r"licence|behaviour|practise|counsellor|!", text)


def spoil(tmp_path, name, change):
    folder = tmp_path / "fixtures"
    shutil.copytree(FOLDER, folder)
    path = folder / name
    if name.endswith(".json"):
        rows = json.loads(path.read_text())
        change(rows[0])
        path.write_text(json.dumps(rows))
    else:
        path.write_text(change(path.read_text()))
    with pytest.raises(reference.BadReference) as caught:
        reference.read(folder)
    return caught.value.faults


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("rules.json", lambda row: row.update(board="tx-none"), "tx-none is not a hosted board."),
        ("rules.json", lambda row: row.update(key="never"), "no setting named never"),
        ("rules.json", lambda row: row.update(value="30"), "not written as it is stored"),
        ("rules.json", lambda row: row.update(citation=""), "citation or source is missing"),
        ("grounds.json", lambda row: row.update(npdb_codes=["05"]), "code 05 may not be offered"),
        ("grounds.json", lambda row: row.update(labels={}), "the English text is missing"),
        ("jurisdictions.csv", lambda text: text.replace("America/Denver", "Mars/Base"), "Mars/Base is no time zone"),
        ("closed_days.csv", lambda text: text.replace("TX,2026", "XX,2026"), "XX is not known"),
    ],
)
def test_files_that_do_not_fit_are_refused(tmp_path, name, change, says):
    assert says in " ".join(spoil(tmp_path, name, change))
