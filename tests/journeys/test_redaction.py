"""Counsel redacts an exhibit in the browser: by mouse, by keyboard, by typing, on a telephone, without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.data import statements
from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tests.journeys.test_desk import enter
from tracker.audit.actors import Actor
from tracker.evidence import actions
from tracker.evidence.models import Redaction
from tracker.files.redaction import areas


@pytest.fixture(autouse=True)
def office(transactional_db):
    return make_staffed()


@pytest.fixture
def story(office, tmp_path: Path) -> Docketed:
    path = statements.statement(tmp_path / "statement.pdf", face="sans", others=("Ms. Quarrington came.",))
    story = Docketed(office).file()
    story.receive("statement.pdf", path.read_bytes(), title="Statement of account")
    return story


def address(story: Docketed, more: str = "") -> str:
    return f"/desk/cases/{story.case.docket}/exhibits/E-1/{more}"


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag over the stage, from and to displayed points."""
    place = page.locator("#stage").bounding_box()
    assert place is not None
    scale = place["width"] / 612
    for number, (x, y) in enumerate((start, end)):
        page.mouse.move(place["x"] + x * scale, place["y"] + y * scale, steps=1 + 4 * number)
        page.mouse.down() if number == 0 else page.mouse.up()


def drawn(page: Page) -> Locator:
    """The boxes on the stage."""
    return page.get_by_role("button", name=re.compile(r"^Box \d+,"))


def kept() -> list[tuple[int, int, int, int, int, str]]:
    rows = areas.from_text(Redaction.objects.get(status="drafted").areas)
    return [(one.page, *(round(n) for n in (one.x, one.y, one.width, one.height)), one.code) for one in rows]


def run() -> None:
    row = Redaction.objects.get(status="requested")
    actions.run_redaction(row.pk, actor=Actor.system("worker"), at=row.drafted_at)


def test_drawn_by_mouse_checked_made_and_seen(page, office, story, inspect_page):
    enter(page, office.counsel)
    page.goto(address(story))
    page.get_by_role("link", name="Redact parts of pages").click()
    inspect_page(page)
    page.get_by_label("Reason for new boxes").select_option("M-1")
    drag(page, (160, 110), (460, 126))
    drag(page, (160, 300), (260, 340))
    expect(drawn(page)).to_have_count(2)
    drag(page, (200, 320), (200, 143))
    page.keyboard.press("Shift+ArrowRight")
    inspect_page(page)
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_text("words touch a box")).to_be_visible()
    expect(page.get_by_role("cell", name="Quarrington", exact=True)).to_be_visible()
    inspect_page(page)
    found = kept()
    assert [one[0] for one in found] == [1, 1]
    assert [one[5] for one in found] == ["M-1", "M-1"]
    for (_page, x, y, width, height, _code), wanted in zip(
        found, [(160, 110, 300, 16), (160, 123, 102, 40)], strict=True
    ):
        assert (x, y, width, height) == pytest.approx(wanted, abs=3)

    page.get_by_text("I looked at the places").click()
    page.get_by_role("button", name="Make the redacted copy").click()
    expect(page.get_by_text("is being made and searched")).to_be_visible()
    inspect_page(page)
    run()
    page.get_by_role("link", name="See the redacted copy").click()
    expect(page.get_by_role("img", name="Page 1 of the redacted copy of E-1")).to_be_visible()
    inspect_page(page)


def test_drawn_by_keyboard(page, office, story):
    enter(page, office.counsel)
    page.goto(address(story, "redact/"))
    page.locator("#stage").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Added: Box 1, R-1, 120 by 16 points")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#said")).to_contain_text("122 by 18 points, 244 from the left, 386 from the top")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("Delete")
    expect(page.locator("#said")).to_have_text("Box 2 removed")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Box 1")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Save the boxes").click()
    expect(page.get_by_text("Nothing is redacted yet")).to_be_visible()
    assert kept() == [(1, 244, 386, 122, 18, "R-2")]


def test_more_boxes_than_rows_and_typed_numbers_move_them(page, office, story):
    enter(page, office.counsel)
    page.goto(address(story, "redact/"))
    for row in range(5):
        drag(page, (100, 200 + 50 * row), (200, 230 + 50 * row))
    expect(drawn(page)).to_have_count(5)
    page.locator("#id_box-0-y").fill("20")
    moved = re.compile(r"Box 1, R-1, (99|100|101) by \d+ points, (99|100|101) from the left, 20 from the top")
    expect(drawn(page).first).to_have_accessible_name(moved)
    page.locator("#boxes").get_by_label("Remove").nth(1).check()
    expect(drawn(page)).to_have_count(4)
    page.get_by_role("button", name="Save, next page").click()
    expect(page.get_by_text("Page 2 of 2")).to_be_visible()
    assert len(kept()) == 4
    page.get_by_role("button", name="Page 1", exact=True).click()
    expect(drawn(page)).to_have_count(4)


def test_drawn_by_finger_on_a_telephone(narrow_page, office, story, inspect_page):
    page = narrow_page
    enter(page, office.counsel)
    page.goto(address(story, "redact/"))
    inspect_page(page)
    page.locator("#stage").scroll_into_view_if_needed()
    drag(page, (160, 110), (460, 126))
    page.get_by_role("button", name="Draw boxes").click()
    drag(page, (160, 310), (460, 326))
    expect(drawn(page)).to_have_count(1)


def test_typed_without_scripts(plain_page, office, story, watched):
    watched.expected = ["status of 409"]
    page = plain_page
    enter(page, office.counsel)
    page.goto(address(story, "redact/"))
    expect(page.get_by_label("Reason for new boxes")).to_be_hidden()
    first = page.get_by_role("group", name="Box 1")
    for label, value in (("From the left", "160"), ("From the top", "110"), ("Width", "900"), ("Height", "16")):
        first.get_by_label(label).fill(value)
    first.get_by_label("Reason").select_option("R-1")
    page.get_by_role("button", name="Save the boxes").click()
    expect(page.get_by_role("alert")).to_contain_text("Box 1 reaches beyond page 1")
    first.get_by_label("Width").fill("300")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the boxes").click()
    expect(page.locator("#drawn rect")).to_have_count(1)
    assert kept() == [(1, 160, 110, 300, 16, "R-1")]


def test_who_has_no_case_for_it_gets_none_of_it(page, office, story, watched):
    watched.expected = ["status of 403"]
    enter(page, office.auditor)
    response = page.goto(address(story, "redact/"))
    assert response is not None
    assert response.status == 403
