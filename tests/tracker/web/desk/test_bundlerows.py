"""What the bundle page makes of a form, of sentences, and of a build's progress."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.http import QueryDict

from tracker.bundle.queries import Progress
from tracker.bundle.stages import STAGES
from tracker.web.desk import bundlerows
from tracker.web.desk.bundlerows import Choice


@dataclass(frozen=True)
class Exhibit:
    """What a choice reads of an exhibit."""

    pk: UUID
    parent_id: UUID | None = None
    is_withheld: bool = False


MAIL = Exhibit(UUID(int=2))
FOUND = {
    "E-1": Exhibit(UUID(int=1)),
    "E-2": MAIL,
    "E-2.1": Exhibit(UUID(int=21), MAIL.pk),
    "E-2.2": Exhibit(UUID(int=22), MAIL.pk),
    "E-3": Exhibit(UUID(int=3), is_withheld=True),
}


def read(text):
    return Choice.read(QueryDict(text), FOUND)


def test_at_first_everything_is_in():
    choice = Choice.read(None, FOUND)

    assert choice.order == list(FOUND)
    assert choice.counts(FOUND) == {"inside": 5, "withheld": 1, "out": 0}


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("down:E-1", ["E-2", "E-2.1", "E-2.2", "E-1", "E-3"]),
        ("up:E-3", ["E-1", "E-3", "E-2", "E-2.1", "E-2.2"]),
        ("down:E-2", ["E-1", "E-3", "E-2", "E-2.1", "E-2.2"]),
        ("up:E-2.2", list(FOUND)),
        ("sideways:E-1", list(FOUND)),
        ("up:E-" + "9" * 40, list(FOUND)),
    ],
)
def test_attachments_move_with_their_mail(do, order):
    assert read(f"order=E-1&order=E-2&order=E-3&do={do}").order == order


def test_what_the_form_says_of_other_exhibits_is_ignored():
    choice = read("order=E-9&order=E-3&order=E-3&order=E-2.1&in=E-9&in=E-1&withhold_E-9=W-1")

    assert choice.order == ["E-3", "E-1", "E-2", "E-2.1", "E-2.2"]
    assert (choice.chosen, choice.withheld) == ({"E-1"}, {})


def test_a_code_that_is_not_known_goes_on_to_be_refused_and_opens_nothing():
    choice = read("in=E-1&withhold_E-1=X-1")

    assert choice.arguments(FOUND)["withheld"] == {FOUND["E-1"].pk: "X-1"}


def test_only_what_goes_in_is_withheld():
    choice = read("in=E-1&in=E-2.1&withhold_E-2.1=W-1&withhold_E-3=W-2")

    assert choice.arguments(FOUND) == {
        "exhibits": [FOUND["E-1"].pk, FOUND["E-2.1"].pk],
        "withheld": {FOUND["E-2.1"].pk: "W-1"},
    }
    assert choice.counts(FOUND) == {"inside": 2, "withheld": 1, "out": 3}


def test_sentences_lead_to_the_exhibits_they_name():
    found = bundlerows.with_links(["Exhibit E-2.1 and E-3, again E-3.", "Nothing is chosen.", "XE-4 and E-x"])

    assert [one["keys"] for one in found] == [["E-2.1", "E-3"], [], []]


PROGRESS = Progress(
    export_id=UUID(int=9), freeze=1, edition="board", edition_label="Board", format="pdf", format_label="PDF",
    volume_mb=None, volume_pages=None, status="building", status_label="Being built", is_unfinished=True,
    is_stopping=False, stage="", detail="", done=0, steps=0, percent=0, reason="", requested_by="staff:1",
    requested_at=datetime(2026, 7, 1, tzinfo=UTC), ended_at=None, exhibit_count=1, withheld_count=0, page_count=None,
    manifest_sha256="ab" * 32, name="", file_sha256="", bytes=0, files=(),
)  # fmt: skip


def states(**values):
    return [one["state"] for one in bundlerows._steps(replace(PROGRESS, **values))]


def test_every_stage_of_a_build_has_its_place():
    assert set(STAGES) == set(bundlerows.STEPS) | set(bundlerows.PART_OF)
    assert states() == ["todo"] * 5
    assert states(stage="assemble") == ["done", "done", "now", "todo", "todo"]
    assert states(stage="sign") == states(stage="pack") == ["done"] * 4 + ["now"]
    assert states(stage="pack", status="sealed") == ["done"] * 5


def test_the_stage_says_what_it_is_at():
    step = bundlerows._steps(replace(PROGRESS, stage="assemble", detail="E-7", done=6, steps=40))[2]

    assert (step["detail"], step["at"], step["of"]) == ("E-7", 7, 40)


def test_the_last_freeze_and_what_is_being_built_come_first():
    ended = {"status": "failed", "is_unfinished": False}
    rows = [replace(PROGRESS, freeze=3, **ended), replace(PROGRESS, freeze=2), replace(PROGRESS, freeze=1, **ended)]
    found = bundlerows.exports(rows, {"staff:1": "Sam Okafor"})

    assert [one["it"].freeze for one in found["exports"]] == [3, 2]
    assert [one["it"].freeze for one in found["earlier"]] == [1]
    assert found["exports"][0]["who"] == "Sam Okafor"
