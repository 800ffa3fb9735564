"""Counsel builds bundles: by mouse, by keyboard, on a telephone, without scripts; a real worker builds them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT, wait_until
from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tests.journeys.test_desk import enter
from tracker.audit.models import LedgerEntry
from tracker.bundle.models import BundleExport, ExportStatus


@pytest.fixture(autouse=True)
def office(transactional_db):
    return make_staffed()


@pytest.fixture
def story(office):
    made = Docketed(office).file()
    for number in (1, 2, 3):
        made.receive(f"{number}.txt", b"words %d" % number, f"Paper {number}")
    return made


@pytest.fixture
def at_page(page, office, story):
    """Counsel before the page of the bundle."""
    enter(page, office.counsel)
    page.goto(address(story))
    return page


def address(story) -> str:
    return f"/desk/cases/{story.case.docket}/bundle/"


def expect_rows(page: Page, *keys: str) -> None:
    """Wait until the choice lists these exhibits, in this order."""
    found = page.locator("#bundle-rows tbody tr")
    expect(found).to_have_count(len(keys))
    for number, key in enumerate(keys):
        expect(found.nth(number)).to_have_attribute("data-key", key)


def expect_listed(page: Page, *keys: str) -> None:
    """Wait until the preview lists these exhibits, in this order."""
    expect(page.locator("#preview-board tbody td:first-child")).to_have_text(list(keys))


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[None]:
    """The real worker, as its own process."""
    process = subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "work"], env=environment, cwd=ROOT)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_rows_are_dragged_and_the_preview_follows(at_page: Page, inspect_page) -> None:
    page = at_page
    row = page.locator("#bundle-rows tbody tr")
    row.nth(2).drag_to(row.nth(0), target_position={"x": 200, "y": 3})

    expect_rows(page, "E-3", "E-1", "E-2")
    expect(page.locator("#bundle-said")).to_have_text("E-3 is now number 1 of 3.")
    expect_listed(page, "E-3", "E-1", "E-2")
    expect(page.get_by_role("button", name="Move E-3 up")).to_be_disabled()
    row.nth(0).drag_to(row.nth(2), target_position={"x": 200, "y": 40})
    expect_rows(page, "E-1", "E-2", "E-3")
    page.locator("input[name=in][value=E-2]").uncheck()
    expect(page.get_by_text("2 in, 0 withheld, 1 left out")).to_be_visible()
    page.get_by_label("Withhold E-1").select_option("W-1")
    expect(page.locator("#preview-board").get_by_text("Withheld, W-1 Privileged")).to_be_visible()
    inspect_page(page)


def test_the_keyboard_moves_rows_in_place(at_page: Page) -> None:
    page = at_page
    button = page.get_by_role("button", name="Move E-1 down")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#bundle-said")).to_have_text("E-1 is now number 2 of 3.")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")

    expect_rows(page, "E-2", "E-3", "E-1")
    expect(page.get_by_role("button", name="Move E-1 up")).to_be_focused()
    assert not BundleExport.objects.exists()


def test_enter_in_a_field_moves_nothing_and_builds_nothing(at_page: Page) -> None:
    page = at_page
    page.get_by_label("Volumes of at most, MB").fill("50")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect_rows(page, "E-1", "E-2", "E-3")
    expect(page.get_by_label("Volumes of at most, MB")).to_have_value("50")
    assert not BundleExport.objects.exists()


def test_without_scripts_the_buttons_do_all_of_it(plain_page: Page, office, story, child_environment) -> None:
    page = enter(plain_page, office.counsel)
    page.goto(address(story))
    page.get_by_role("button", name="Move E-1 down").click()
    expect_rows(page, "E-2", "E-1", "E-3")
    expect_listed(page, "E-2", "E-1", "E-3")
    page.locator("input[name=in][value=E-3]").uncheck()
    page.get_by_role("button", name="Update the preview").last.click()
    expect_listed(page, "E-2", "E-1")
    page.get_by_role("button", name="Freeze and build").click()
    page.get_by_role("button", name="Cancel bundle 1, Board").click()
    expect(page.get_by_text("It was stopped before the end")).to_be_visible()
    page.get_by_role("button", name="Try again bundle 1, Board").click()
    expect(page.get_by_role("link", name="See how far it is")).to_be_visible()
    sealed = BundleExport.objects.filter(status=ExportStatus.SEALED)
    with worker(child_environment):
        wait_until(sealed.exists, seconds=60, what="the bundle is sealed")
    page.get_by_role("link", name="See how far it is").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download").click()

    assert taken.value.path().read_bytes().startswith(b"%PDF-")
    told = LedgerEntry.objects.filter(chain=story.case.pk, event__startswith="bundle.").order_by("seq")
    assert list(told.values_list("event", flat=True)) == [
        "bundle.requested",
        "bundle.cancelled",
        "bundle.retried",
        "bundle.build_begun",
        "bundle.volume_sealed",
        "bundle.sealed",
        "bundle.handed_out",
    ]


def test_a_bundle_is_built_while_one_watches_and_taken_away_twice(
    at_page: Page, story, inspect_page, child_environment
) -> None:
    page = at_page
    page.get_by_role("button", name="Freeze and build").click()
    expect(page.get_by_text("Waiting", exact=True)).to_be_visible()
    inspect_page(page)
    with worker(child_environment):
        expect(page.get_by_role("link", name="Download")).to_be_visible(timeout=60_000)
    expect(page.locator("#bundle-said")).to_have_text("Bundle 1, Board: Sealed")
    page.get_by_text("Fingerprints (SHA-256)").click()
    inspect_page(page)
    for _time in range(2):
        with page.expect_download() as taken:
            page.get_by_role("link", name="Download").click()
        assert taken.value.suggested_filename == f"{story.case.docket}-board-freeze-1.pdf"
        assert taken.value.path().read_bytes().startswith(b"%PDF-")

    assert LedgerEntry.objects.filter(event="bundle.handed_out").count() == 2


def test_what_stands_against_it_is_told_with_the_way_to_the_exhibit(at_page: Page, watched, inspect_page) -> None:
    watched.expected = ["status of 409"]
    page = at_page
    page.get_by_label("Hearing").check()
    expect(page.locator("#preview-hearing").get_by_text("It cannot be built yet:")).to_be_visible()
    inspect_page(page)
    page.get_by_role("button", name="Freeze and build").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed. Your choice is kept.")
    expect(page.get_by_label("Hearing")).to_be_checked()
    assert not BundleExport.objects.exists()
    inspect_page(page)
