"""A real headless Chromium against a real server on a file database; every page is watched for errors."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from tests.conftest import need
from tests.journeys.seats import Seat
from tracker.access.models import User

HERE = Path(__file__).parent
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A server, a worker and a browser share two processors with other tests: patience costs nothing where all is well.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)
# Ends every timer of a page.
STAY = "() => { for (let last = setTimeout(() => 0); last > 0; last--) clearTimeout(last); }"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("journey")
            item.add_marker(pytest.mark.django_db(transaction=True))


# Not for the whole session: the event loop would be in the way of every later test in this process.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once per file of journeys.

    Playwright keeps an event loop in this thread as long as it runs, which Django would take for asynchronous code.
    """
    program = need("journey")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        yield chromium
        chromium.close()


class Watched:
    """Collects what a browser complains about; `expected` holds parts of complaints that a test provokes."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.expected: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to one page."""
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("console", lambda line: self._console(line))

    def _console(self, line: Any) -> None:
        if line.type == "error":
            self.complaints.append(f"console: {line.text}")

    @property
    def unexpected(self) -> list[str]:
        """The complaints no test asked for."""
        return [line for line in self.complaints if not any(part in line for part in self.expected)]


@pytest.fixture
def watched() -> Iterator[Watched]:
    """Fails the test when any of its pages had a script error, a refused resource or a CSP violation."""
    watch = Watched()
    yield watch
    assert watch.unexpected == []


@pytest.fixture
def new_context(browser: Browser, live_server: Any, watched: Watched) -> Iterator[Callable[..., BrowserContext]]:
    """Another browser profile, as of another person: `new_context(java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        options = {"viewport": WIDE, "base_url": live_server.url, "locale": "en-US", **options}
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", watched.follow)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """One page at 1280 pixels."""
    return new_context().new_page()


@pytest.fixture
def narrow_page(new_context: Callable[..., BrowserContext]) -> Page:
    """One page at the width of a telephone, 390 pixels."""
    return new_context(viewport=NARROW, has_touch=True).new_page()


@pytest.fixture
def plain_page(new_context: Callable[..., BrowserContext]) -> Page:
    """One page without JavaScript."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def inspect_page() -> Callable[[Page], None]:
    """Assert of the page shown: axe finds nothing, and nothing scrolls sideways here or at 390 pixels."""
    axe = Axe()

    def look(page: Page) -> None:
        found = axe.run(page).response["violations"]
        told = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
        assert told == [], f"{page.url}: {told}"
        assert_no_sideways_scroll(page)

    def inspect(page: Page) -> None:
        # A page that waits for the worker loads itself again, and may do so while it is looked at.
        try:
            look(page)
        except Error as error:
            if "context was destroyed" not in error.message:
                raise
            page.wait_for_load_state()
            page.evaluate(STAY)
            look(page)
            page.reload()

    return inspect


@pytest.fixture
def seat_of(
    new_context: Callable[..., BrowserContext], inspect_page: Callable[[Page], None], live_server: Any
) -> Callable[[str, User], Seat]:
    """`seat_of(docket, user)` is the browser of a person who has signed in; the same one for the same person."""
    seats: dict[str, Seat] = {}

    def sit(docket: str, user: User) -> Seat:
        if user.email not in seats:
            client = Client()
            client.force_login(user)
            context, name = new_context(), django_settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
            seats[user.email] = Seat(context.new_page(), inspect_page, docket, user)
        seats[user.email].docket = docket
        return seats[user.email]

    return sit


def assert_no_sideways_scroll(page: Page) -> None:
    """Whatever the width of the window, the page is no wider."""
    before = page.viewport_size
    for size in (NARROW, before or WIDE):
        page.set_viewport_size(size)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{page.url} is {width} pixels wide at {size['width']}"
