"""Take the README's pictures from a running demo: `.venv/bin/python docs/take_screenshots.py http://127.0.0.1:8000`.

Needs Chromium on the PATH and DEMO_PASSWORD in the environment or in `.env`.
"""

import os
import shutil
import sys
from pathlib import Path

import environ
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
SWITCHES = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
# Picture, who is signed in (None: nobody), address, width and height of the window in pixels.
PICTURES: tuple[tuple[str, str | None, str, int, int], ...] = (
    ("portal-home", None, "/", 1280, 900),
    ("portal-home-phone", None, "/", 390, 844),
    ("board", None, "/boards/tx-bhec/", 1280, 900),
    ("desk-home", "director", "/desk/", 1280, 900),
    ("desk-queue", "manager", "/desk/queue/", 1280, 900),
    ("desk-case", "investigator", "/desk/cases/BHEC-2026-00006/", 1280, 1100),
    ("desk-case-phone", "investigator", "/desk/cases/BHEC-2026-00006/", 390, 844),
    ("desk-record", "presiding", "/desk/cases/BHEC-2026-00012/", 1280, 900),
    ("desk-bundle", "counsel", "/desk/cases/BHEC-2026-00006/bundle/", 1280, 760),
    ("desk-workflow", "director", "/desk/workflow/", 1280, 900),
)


def main(base: str) -> None:
    """Take every picture into `docs/screens/`."""
    environ.Env.read_env(HERE.parent / ".env", overwrite=False)
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        sys.exit("Chromium is not installed: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        for name, who, address, width, height in PICTURES:
            page = sign_in(browser, base, who, width=width, height=height)
            page.goto(base + address)
            page.screenshot(path=HERE / "screens" / f"{name}.png")
        browser.close()


def sign_in(browser: Browser, base: str, who: str | None, *, width: int, height: int) -> Page:
    """A new window, signed in as somebody of the demo."""
    page = browser.new_page(viewport={"width": width, "height": height})
    if who:
        page.goto(base + "/sign-in/")
        page.fill("input[name=username]", f"{who}@demo.example")
        page.fill("input[name=password]", os.environ["DEMO_PASSWORD"])
        page.click("main form button")
    return page


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: docs/take_screenshots.py http://127.0.0.1:8000")
    main(sys.argv[1].rstrip("/"))
