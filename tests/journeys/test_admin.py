"""An administrator mends a board, supersedes a rule, checks a day, adds a colleague; an auditor reads."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from boards.models import Board, BoardRule, ClosedDay
from tests.factories.docketed import Docketed
from tests.factories.office import make_board
from tests.factories.offices import make_rule
from tests.factories.staffed import Staffed, make_staffed
from tracker.access.models import User
from tracker.audit.models import LedgerEntry

PASSWORD = "a long and quiet river"
Arrive = Callable[[Page, str], None]


@pytest.fixture
def office(transactional_db: None) -> Staffed:
    """An office whose administrator and auditor can sign in, with a case, rules and a day to check."""
    office = make_staffed()
    make_board("tx-two", "TWO", name="Board of Somebody Else")
    make_rule(office.board, "response_days", 30)
    ClosedDay.objects.create(board=office.board, date=date(2026, 12, 24), name="Christmas Eve", source="Calendar")
    Docketed(office).scheduled()
    for person in (office.administrator, office.auditor):
        person.set_password(PASSWORD)
        person.save()
    return office


@pytest.fixture
def arrive(inspect_page: Callable[[Page], None]) -> Callable[[Page, str], None]:
    """Wait for the page under a heading, then inspect it."""

    def wait(page: Page, heading: str) -> None:
        expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
        page.wait_for_load_state()
        inspect_page(page)

    return wait


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def enter(page: Page, person: User) -> None:
    page.goto("/admin/")
    sign_in(page, person.email)
    expect(page.get_by_role("heading", level=1, name="Administration")).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_an_administrator_keeps_the_directory(office: Staffed, page: Page, arrive: Arrive) -> None:
    enter(page, office.administrator)
    arrive(page, "Administration")

    page.get_by_role("link", name="Boards", exact=True).click()
    arrive(page, "Boards")
    expect(page.get_by_text("Board of Somebody Else")).to_have_count(0)
    page.get_by_role("link", name=office.board.name).click()
    arrive(page, office.board.name)
    page.get_by_label("Time zone, if not the jurisdiction's").fill("Mars/Olympus")
    page.get_by_label("Phone", exact=True).fill("512-305-7700")
    save(page)
    expect(page.get_by_text("Mars/Olympus is not a known time zone.")).to_be_visible()
    expect(page.get_by_label("Phone", exact=True)).to_have_value("512-305-7700")
    arrive(page, office.board.name)
    page.get_by_label("Time zone, if not the jurisdiction's").fill("")
    save(page)
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Board.objects.get(pk=office.board.pk).phone == "512-305-7700"

    page.get_by_role("link", name=office.board.name).first.click()
    page.get_by_role("link", name="Supersede Response of the licensee").click()
    arrive(page, "Supersede: Response of the licensee")
    page.get_by_label("Value in days").fill("soon")
    save(page)
    expect(page.get_by_text("Must be a whole number from 0 to 3650.")).to_be_visible()
    arrive(page, "Supersede: Response of the licensee")
    page.get_by_label("Value in days").fill("21")
    page.get_by_label("Citation").fill("22 TAC 884.12")
    save(page)
    arrive(page, "Rules")
    expect(page.get_by_role("row", name=re.compile("21 days.*In force"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("30 days.*Superseded"))).to_be_visible()
    assert [row.value for row in BoardRule.objects.order_by("valid_from")] == [30, 21]


def test_days_and_people(
    office: Staffed, page: Page, new_context: Callable[..., BrowserContext], arrive: Arrive
) -> None:
    enter(page, office.administrator)
    page.get_by_role("link", name="Closed days", exact=True).click()
    arrive(page, "Closed days")
    page.get_by_role("link", name="Christmas Eve").click()
    arrive(page, "2026-12-24 Christmas Eve")
    page.get_by_label("I checked this day").check()
    save(page)
    expect(page.get_by_role("row", name=re.compile("Christmas Eve.*Checked"))).to_be_visible()

    page.goto("/admin/tracker/user/add/")
    arrive(page, "Add person")
    page.get_by_label("Full name").fill("Ada Lindqvist")
    page.get_by_label("Email address").fill("ada@board.example")
    save(page)
    arrive(page, "A link to set a password")
    link = page.locator(".secret").inner_text()
    page.get_by_role("link", name="Give a role").click()
    arrive(page, "Add membership")
    expect(page.get_by_label("Email address of the person")).to_have_value("ada@board.example")
    page.get_by_label("Board", exact=True).select_option(label=office.board.name)
    page.get_by_label("Role", exact=True).select_option(label="Auditor")
    save(page)
    arrive(page, "Memberships")
    expect(page.get_by_role("row", name=re.compile("Ada Lindqvist.*Auditor"))).to_be_visible()
    page.goto("/admin/tracker/user/")
    page.get_by_role("link", name="Ada Lindqvist").click()
    arrive(page, "Ada Lindqvist")

    hers = new_context().new_page()
    hers.goto(link)
    arrive(hers, "Set your password")
    hers.get_by_label("New password", exact=True).fill("short")
    hers.get_by_label("New password confirmation").fill("short")
    hers.get_by_role("button", name="Set password").click()
    expect(hers.get_by_text("too short").first).to_be_visible()
    arrive(hers, "Set your password")
    hers.get_by_label("New password", exact=True).fill(PASSWORD)
    hers.get_by_label("New password confirmation").fill(PASSWORD)
    hers.get_by_role("button", name="Set password").click()
    expect(hers.get_by_text("Your password is set")).to_be_visible()
    sign_in(hers, "ada@board.example")
    hers.wait_for_url(re.compile("/desk/"))
    hers.goto("/admin/")
    expect(hers.get_by_role("link", name="Ledger entries")).to_be_visible()
    hers.goto(link)
    expect(hers.get_by_text("This link was used already")).to_be_visible()
    arrive(hers, "Set your password")
    assert LedgerEntry.objects.filter(event="directory.password_offered").count() == 1


def test_an_auditor_reads_with_the_keyboard_and_without_scripts(
    office: Staffed, new_context: Callable[..., BrowserContext], page: Page, arrive: Arrive
) -> None:
    enter(page, office.auditor)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    for name in ("Cases", "Exhibits", "Ledger entries"):
        page.goto("/admin/")
        page.get_by_role("link", name=name).press("Enter")
        arrive(page, name)
        row = page.locator("#result_list tbody th a").first
        with page.expect_navigation():
            row.press("Enter")
        expect(page.locator("#result_list")).to_have_count(0)
        expect(page.get_by_role("button", name="Save")).to_have_count(0)
        arrive(page, page.locator("h1").inner_text())
    page.goto("/admin/tracker/case/")
    page.get_by_role("link", name="at the desk").first.click()
    expect(page).to_have_url(re.compile("/desk/cases/"))

    plain = new_context(java_script_enabled=False).new_page()
    enter(plain, office.auditor)
    plain.get_by_role("link", name="Rules", exact=True).click()
    plain.get_by_role("link", name="In force", exact=True).click()
    expect(plain.get_by_role("row", name=re.compile("Response of the licensee"))).to_be_visible()


def test_who_may_not_enter_is_told_who_may(office: Staffed, page: Page, watched: Any) -> None:
    watched.expected.append("403")
    office.intake.set_password(PASSWORD)
    office.intake.save()
    page.goto("/admin/")
    sign_in(page, office.intake.email)

    expect(page.get_by_text("Administrator, Auditor, Records custodian")).to_be_visible()
