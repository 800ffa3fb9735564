"""An administrator hosts a sixth board in the admin site alone, as docs/adding-a-board.md says; then somebody files."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from boards import queries
from boards.models import Board
from tests.factories.office import make_person
from tracker.access.models import User
from tracker.access.policy import Role
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.cases.models import Case
from tracker.directory import actions

NAME = "Arizona Board of Behavioral Health Examiners"
PASSWORD = "a long and quiet river"
LAW = "https://lawserver.com/law/state/arizona/az-laws/arizona_laws_32-3281"
BY_VOTE = '{"by": "vote", "roles": ["board_member"], "count": 1}'
RULES = (
    ("Who finds probable cause", "board", "A.R.S. 32-3281"),
    ("Who approves a closure", BY_VOTE, "A.R.S. 32-3281"),
    ("Appeal to a court", "35", "A.R.S. 12-904"),
    ("Letter of concern is public", "no", "A.R.S. 32-3281 (to be verified)"),
)
Inspect = Callable[[Page], None]


@pytest.fixture
def administrator(transactional_db: None) -> User:
    """The reference data, and an administrator of another board."""
    folder = Path(settings.BASE_DIR) / "fixtures"
    actions.load_reference(folder, actor=Actor.system("load_reference"), at=timezone.now())
    person = make_person(Board.objects.filter(hosted=True).first(), Role.ADMINISTRATOR)
    person.set_password(PASSWORD)
    person.save()
    return person


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_be_visible()


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def host(page: Page, person: User, inspect_page: Inspect) -> str:
    """Sign in, find the board, host it. Returns the address of its page."""
    page.goto("/admin/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    heading(page, "Administration")
    page.get_by_role("link", name="Boards", exact=True).click()
    page.locator("#searchbar").fill("Arizona behavioral")
    page.locator("#searchbar").press("Enter")
    page.get_by_role("link", name=NAME).click()
    heading(page, NAME)
    inspect_page(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Host this board").click()
    expect(page.get_by_text("is hosted here, and you are its administrator")).to_be_visible()
    inspect_page(page)
    return page.url


def set_rule(page: Page, address: str, label: str, value: str, citation: str) -> None:
    page.goto(address)
    page.get_by_role("link", name=f"Set {label}", exact=True).click()
    control = page.locator("#id_value")
    if control.evaluate("one => one.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)
    page.get_by_label("Citation").fill(citation)
    page.get_by_label("Sources").fill(LAW)
    save(page)
    heading(page, "Rules")


def add_day(page: Page) -> None:
    page.goto("/admin/boards/closedday/add/")
    page.get_by_label("Closed at").select_option(label="Arizona")
    page.get_by_label("Date").fill(f"{date.today().year + 1}-01-01")
    page.get_by_label("Name").fill("New Year's Day")
    page.get_by_label("Source").fill("A.R.S. 1-301")
    save(page)
    heading(page, "Closed days")


def add_analyst(page: Page) -> None:
    page.goto("/admin/tracker/user/add/")
    page.get_by_label("Full name").fill("Rosa Abara")
    page.get_by_label("Email address").fill("rosa@board.example")
    save(page)
    heading(page, "A link to set a password")
    page.get_by_role("link", name="Give a role").click()
    page.get_by_label("Board", exact=True).select_option(label=NAME)
    page.get_by_label("Role", exact=True).select_option(label="Intake analyst")
    save(page)
    heading(page, "Memberships")


def check(page: Page, address: str, inspect_page: Inspect) -> None:
    """The board's own page, and the road that the desk draws of it."""
    page.goto(address)
    expect(page.get_by_text("Settings with a source of this board: 5 of")).to_be_visible()
    expect(page.get_by_text("Closed days in the coming year: 1.")).to_be_visible()
    expect(page.get_by_text("Nobody is here as: Investigator")).to_be_visible()
    inspect_page(page)
    page.goto("/desk/workflow/")
    page.get_by_label("Board", exact=True).select_option(label=NAME)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Petition for judicial review (35 calendar days)").first).to_be_visible()
    expect(page.get_by_text("Not used here. Deemed adopted: No")).to_be_visible()
    inspect_page(page)


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()


def file_complaint(page: Page) -> str:
    """File with the board on the portal. Returns the docket number."""
    page.goto("/")
    page.get_by_label("State").select_option("AZ")
    page.get_by_label("Profession").select_option("counseling")
    page.get_by_role("button", name="Show the board").click()
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="File a complaint with this board").click()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Profession").select_option("counseling")
    go_on(page)
    page.get_by_label("Name of the person").fill("Leland Prewitt")
    go_on(page)
    page.get_by_text("Would not end treatment").click()
    page.get_by_label("Month").first.select_option("2")
    page.get_by_label("Year").first.fill("2026")
    page.get_by_label("Tell it in your own words").fill("I said that I wanted to stop. I was told that I could not.")
    go_on(page)
    page.get_by_text("I am the client or patient").click()
    page.get_by_label("Your name").fill("Maya Ortiz-Bell")
    page.get_by_label("E-mail", exact=False).first.fill("maya@example.com")
    go_on(page)
    go_on(page)
    page.get_by_text("I have read this statement and it is true").click()
    page.get_by_label("Type your full name as your signature").fill("Maya Ortiz-Bell")
    page.get_by_role("button", name="File my complaint").click()
    expect(page.get_by_role("heading", name="Your complaint is filed")).to_be_visible()
    return page.locator(".code").first.inner_text()


def test_a_sixth_board_is_hosted_and_takes_a_complaint(
    administrator: User, page: Page, new_context: Callable[..., BrowserContext], inspect_page: Inspect
) -> None:
    before = Board.objects.filter(hosted=True).count()
    address = host(page, administrator, inspect_page)
    for rule in RULES:
        set_rule(page, address, *rule)
    add_day(page)
    add_analyst(page)
    check(page, address, inspect_page)

    board = Board.objects.get(name=NAME)
    assert Board.objects.filter(hosted=True).count() == before + 1 == 6
    in_force = queries.rules_in_force(board, timezone.now().date())
    assert (in_force["pc_body"].value, in_force["appeal_days"].value) == ("board", 35)
    assert in_force["closure_approvers"].value["by"] == "vote"
    assert LedgerEntry.objects.filter(event="directory.board_hosted", chain=board.pk).count() == 1

    docket = file_complaint(new_context().new_page())

    assert re.fullmatch(rf"{board.short_code}-\d{{4}}-\d{{5}}", docket)
    assert Case.objects.get(docket=docket).board == board
