"""Loading the product's own reference data."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from boards import queries
from boards.models import Board, BoardRule, ClosedDay, Ground, Jurisdiction, NpdbCode, Profession
from tracker.audit.actors import Actor
from tracker.directory import actions
from tracker.errors import ActionRefused, NotPermitted

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[4] / "fixtures"
SYSTEM = Actor.system("load_reference")
TODAY = date(2026, 11, 20)


def load(at, folder=FOLDER):
    return actions.load_reference(folder, actor=SYSTEM, at=at)


def test_everything_is_loaded_once(at, ledger, django_assert_max_num_queries):
    load(at)
    tables = (Jurisdiction, Profession, Ground, NpdbCode, Board, BoardRule, ClosedDay)
    counts = [table.objects.count() for table in tables]
    assert counts[:5] == [54, 10, 25, 189, 256]
    assert Board.objects.values("short_code").distinct().count() == 256
    assert ledger.events() == ["directory.boards_imported", "directory.reference_loaded"]
    with django_assert_max_num_queries(25):
        again = load(at)
    assert not again.did_anything
    assert again.lines()[-1] == "Nothing to change: 256 boards are as listed, 0 kept."
    assert [table.objects.count() for table in tables] == counts
    assert len(ledger.events()) == 2


def test_the_hosted_boards_stand_with_their_settings(at):
    load(at)
    hosted = {board.slug: board for board in Board.objects.filter(hosted=True)}
    assert {slug: board.short_code for slug, board in hosted.items()} == {
        "tx-bhec": "BHEC",
        "ca-bbs": "BBS",
        "oh-cswmft": "CSWMFT",
        "fl-csw-mft-mhc": "FL491",
        "wa-doh-counselors": "WADOH",
    }
    assert hosted["ca-bbs"].zone.key == "America/Los_Angeles"
    answers = {slug: queries.rule_in_force(board, "answer_days", TODAY) for slug, board in hosted.items()}
    assert {slug: rule.value for slug, rule in answers.items()} == {
        "tx-bhec": 20,
        "ca-bbs": 15,
        "oh-cswmft": 30,
        "fl-csw-mft-mhc": 21,
        "wa-doh-counselors": 20,
    }
    assert [slug for slug, rule in answers.items() if rule.is_default] == ["tx-bhec"]
    approvers = queries.rule_in_force(hosted["tx-bhec"], "closure_approvers", TODAY).value
    assert approvers["count"] == 3


def test_every_core_profession_finds_a_board_everywhere(at):
    load(at)
    missing = [
        (place.code, key)
        for place in Jurisdiction.objects.all()
        for key in ("counseling", "psychology", "social-work", "marriage-family-therapy")
        if not queries.boards_accepting(key, place.code).exists()
    ]
    assert missing == [("PR", "marriage-family-therapy")]


def test_texas_works_on_good_friday(at):
    load(at)
    board = Board.objects.get(slug="tx-bhec")
    closed = queries.closed_days(board, date(2026, 1, 1), date(2026, 12, 31))
    assert date(2026, 4, 3) not in closed
    assert closed[date(2026, 11, 26)] == "Thanksgiving Day"


def test_what_a_clerk_changed_stays(at):
    load(at)
    ground = Ground.objects.get(key="records")
    day = ClosedDay.objects.filter(jurisdiction__code="TX").first()
    board = Board.objects.get(slug="tx-bhec")
    actions.edit_ground(ground.pk, changes={"labels": {"en": "Records"}}, actor=SYSTEM, at=at)
    actions.retract_closed_day(day.pk, reason="Open", actor=SYSTEM, at=at)
    actions.edit_board(board.pk, changes={"phone": "512-555-0100"}, actor=SYSTEM, at=at)
    assert not load(at).did_anything
    assert Ground.objects.get(key="records").label == "Records"
    assert Board.objects.get(slug="tx-bhec").phone == "512-555-0100"
    assert day.date not in queries.closed_days(board, day.date, day.date)


def test_published_codes_are_brought_up_to_date(at):
    load(at)
    NpdbCode.objects.filter(code="D1").update(label="Changed", retired_on=date(2026, 1, 1))
    assert load(at).written["codes"] == 1
    assert NpdbCode.objects.get(kind="basis", code="D1").retired_on is None


def test_files_that_contradict_each_other_are_refused(at, tmp_path, ledger):
    folder = tmp_path / "fixtures"
    shutil.copytree(FOLDER, folder)
    rows = json.loads((folder / "rules.json").read_text())
    rows[0]["value"] = "soon"
    (folder / "rules.json").write_text(json.dumps(rows))
    with pytest.raises(ActionRefused, match="must be a whole number"):
        load(at, folder)
    assert not Jurisdiction.objects.exists()
    assert ledger.events() == []


def test_not_everybody_loads(outsider, at):
    with pytest.raises(NotPermitted):
        actions.load_reference(FOLDER, actor=outsider, at=at)
