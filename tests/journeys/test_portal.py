"""A person in trouble finds the board, files with two documents, keeps the receipt, and sees where it stands."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from reportlab.pdfgen.canvas import Canvas

from tests.factories.offices import make_offices
from tracker.cases.models import Case, Complaint, FilingDraft
from tracker.evidence.models import Exhibit

WORDS = "I told him on February 2 that I wanted to stop. He said I was “not ready”."


@pytest.fixture(autouse=True)
def offices(transactional_db):
    return make_offices()


@pytest.fixture
def papers(tmp_path: Path) -> list[str]:
    """A readable text and a real PDF."""
    text, bill = tmp_path / "messages from February.txt", tmp_path / "bill.pdf"
    text.write_text("Feb 2: I want to stop.\nFeb 16: You booked me again.\n")
    canvas = Canvas(str(bill))
    canvas.drawString(72, 720, "Retreat, 1,800 dollars")
    canvas.save()
    return [str(text), str(bill)]


def go_on(page: Page) -> None:
    """To the next step. Its button is named as this one, so the next page has to be there before the next click."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()


def to_the_story(page: Page) -> None:
    page.goto("/")
    page.get_by_label("State").select_option("TX")
    page.get_by_label("Profession").select_option("counseling")
    page.get_by_role("button", name="Show the board").click()
    page.get_by_role("link", name="Texas Behavioral Health Executive Council").click()
    page.get_by_role("link", name="File a complaint with this board").click()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Profession").select_option("counseling")
    go_on(page)
    page.get_by_label("Name of the person").fill("Leland Prewitt")
    go_on(page)


def tell(page: Page) -> None:
    page.get_by_text("Would not end treatment").click()
    page.get_by_label("Month").first.select_option("2")
    page.get_by_label("Year").first.fill("2026")
    page.get_by_label("Tell it in your own words").fill(WORDS)
    go_on(page)


def say_who(page: Page) -> None:
    page.get_by_text("I am the client or patient").click()
    page.get_by_label("Your name").fill("Maya Ortiz-Bell")
    page.get_by_label("E-mail", exact=False).first.fill("maya@example.com")
    go_on(page)


def sign(page: Page) -> None:
    page.get_by_text("I have read this statement and it is true").click()
    page.get_by_label("Type your full name as your signature").fill("Maya Ortiz-Bell")
    page.get_by_role("button", name="File my complaint").click()


def test_from_the_start_page_to_the_tracking_page(page: Page, papers, inspect_page: Callable, tmp_path: Path) -> None:
    page.goto("/")
    inspect_page(page)
    to_the_story(page)
    go_on(page)
    expect(page).to_have_title(re.compile("^Error: What happened, step 4 of 7"))
    expect(page.locator("#error-summary")).to_be_focused()
    inspect_page(page)
    page.get_by_role("link", name="Tell us what happened in your own words").click()
    expect(page.get_by_label("Tell it in your own words")).to_be_focused()
    tell(page)
    inspect_page(page)
    say_who(page)
    page.get_by_label("Choose files").set_input_files(papers)
    page.get_by_role("button", name="Add these files").click()
    expect(page.get_by_text("2 files were received and are safe.")).to_be_visible()
    inspect_page(page)
    go_on(page)
    expect(page.get_by_text(WORDS)).to_be_visible()
    inspect_page(page)
    sign(page)
    expect(page.get_by_role("heading", name="Your complaint is filed")).to_be_visible()
    inspect_page(page)
    expect(page.locator(".code")).to_have_count(2)
    docket, code = (one.inner_text() for one in page.locator(".code").all())
    with page.expect_download() as download:
        page.get_by_role("link", name="Download receipt").click()
    download.value.save_as(tmp_path / "receipt.pdf")
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF-")
    assert Case.objects.get().docket == docket
    assert Exhibit.objects.count() == 2

    with page.expect_navigation():
        page.get_by_role("button", name="Done").click()
    page.goto("/track/")
    inspect_page(page)
    page.get_by_label("Docket number").fill(docket)
    page.get_by_label("Tracking code").fill(code)
    page.get_by_role("button", name="See where it stands").click()
    expect(page.get_by_role("heading", name="The board has your complaint")).to_be_visible()
    page.get_by_text("Ask to withdraw your complaint").click()
    inspect_page(page)
    page.get_by_label("Add documents").set_input_files(papers[0])
    page.get_by_role("button", name="Send these files").click()
    expect(page.get_by_text("1 file was received")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out and clear").click()
    expect(page.get_by_text(docket)).to_have_count(0)
    page.clock.install()
    page.get_by_label("Docket number").fill(docket)
    page.get_by_label("Tracking code").fill(code)
    page.get_by_role("button", name="See where it stands").click()
    expect(page.get_by_role("heading", name="The board has your complaint")).to_be_visible()
    expect(page.get_by_text("This page closes in two minutes.")).to_be_hidden()
    page.clock.fast_forward(13 * 60_000)
    expect(page.get_by_text("This page closes in two minutes.")).to_be_visible()
    expect(page.get_by_role("link", name="Stay")).to_be_focused()


def test_the_whole_way_works_without_javascript_on_a_telephone(
    new_context: Callable[..., BrowserContext], papers
) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    to_the_story(page)
    tell(page)
    say_who(page)
    page.get_by_label("Choose files").set_input_files(papers)
    go_on(page)
    sign(page)
    expect(page.get_by_role("heading", name="Your complaint is filed")).to_be_visible()
    assert Complaint.objects.count() == 1
    page.get_by_text("Menu").click()
    page.get_by_role("link", name="Track", exact=True).click()
    expect(page.get_by_role("heading", name="Track a complaint")).to_be_visible()


def test_a_double_click_files_once_and_shows_the_code(page: Page) -> None:
    to_the_story(page)
    tell(page)
    say_who(page)
    go_on(page)
    page.get_by_text("I have read this statement and it is true").click()
    page.get_by_label("Type your full name as your signature").fill("Maya Ortiz-Bell")
    page.get_by_role("button", name="File my complaint").dblclick()
    expect(page.get_by_role("heading", name="Your complaint is filed")).to_be_visible()
    expect(page.get_by_text("Tracking code, shown only now")).to_be_visible()
    assert Complaint.objects.count() == Case.objects.count() == 1


def test_a_draft_comes_back_in_another_browser(page: Page, new_context: Callable[..., BrowserContext]) -> None:
    to_the_story(page)
    page.get_by_label("Tell it in your own words").fill("Half a story")
    page.get_by_role("button", name="Save and finish later").click()
    code = page.locator(".code").inner_text()
    with page.expect_navigation():
        page.get_by_role("button", name="Clear it from this browser").click()
    other = new_context().new_page()
    other.goto("/file/resume/")
    other.get_by_label("Draft code").fill(code)
    with other.expect_navigation():
        other.get_by_role("button", name="Bring it back").click()
    other.goto("/file/what/")
    expect(other.get_by_label("Tell it in your own words")).to_have_value("Half a story")


def test_leaving_is_the_second_stop_and_leads_away_for_good(page: Page, live_server) -> None:
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="<title>Weather</title>"))
    page.goto("/track/")
    page.goto("/before-you-file/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Leave this page")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.weather.gov/**")
    page.go_back()
    expect(page).to_have_url(f"{live_server.url}/track/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.weather.gov/**")


PUBLIC_PAGES = [
    "/before-you-file/",
    "/boards/",
    "/boards/ut-dopl/",
    "/grounds/",
    "/your-information/",
    "/accessibility/",
    "/file/start/",
    "/file/resume/",
    "/sign-in/",
]


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_every_public_page_is_clean_at_both_widths(narrow_page: Page, inspect_page: Callable, address: str) -> None:
    narrow_page.goto(address)
    inspect_page(narrow_page)
    narrow_page.emulate_media(color_scheme="dark")
    inspect_page(narrow_page)
    narrow_page.set_viewport_size({"width": 1280, "height": 900})
    inspect_page(narrow_page)


def test_a_board_elsewhere_explains_and_files_nothing(page: Page, inspect_page: Callable) -> None:
    page.goto("/file/start/")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("State").select_option("UT")
    page.get_by_label("Profession").select_option("counseling")
    go_on(page)
    expect(page.get_by_text("This board does not take complaints through this site.")).to_be_visible()
    expect(page.get_by_text("160 East 300 South").first).to_be_visible()
    inspect_page(page)
    assert FilingDraft.objects.count() == 1
    assert Complaint.objects.count() == 0
