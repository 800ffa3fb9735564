"""The demo's file fits the rows it stands beside."""

from django.conf import settings

from tracker.access.policy import Role
from tracker.directory import reference
from tracker.web.seeding import demofile


def test_every_board_of_the_demo_is_hosted_and_looks_after_its_profession() -> None:
    files = reference.read(settings.BASE_DIR / "fixtures")

    assert set(demofile.boards()) == {board.slug for board in files.hosted}
    assert {told["profession"] for told in demofile.boards().values()} <= {row["key"] for row in files.professions}
    assert all(told["citation"] for told in demofile.boards().values())


def test_staff_and_stories_are_of_boards_of_the_demo() -> None:
    told = demofile.read()

    assert {row["board"] for row in (*told["staff"], *told["stories"])} <= set(demofile.boards())
    assert {row["role"] for row in told["staff"]} <= set(Role.values)


def test_the_docs_say_which_case_shows_each_path() -> None:
    told = (settings.BASE_DIR / "docs" / "demo.md").read_text(encoding="utf-8")
    licensees = {row["respondent"].partition(",")[0] for row in demofile.read()["stories"] if row.get("path")}

    assert {name for name in licensees if name not in told} == set()
    rows = [
        line.split(" | ")[1] for line in told.splitlines() if line.startswith("| ") and ", " in line.split(" | ")[1]
    ]
    known = {row["respondent"].partition(",")[0] for row in demofile.read()["stories"]}
    assert {row.partition(",")[0] for row in rows} - {"Respondent"} <= known
