"""Take the README's pictures from a running demo: `.venv/bin/python docs/take_screenshots.py http://127.0.0.1:8000`.

Needs Chromium on the PATH and DEMO_PASSWORD in the environment or in `.env`. The pages of a bundle are those of one
that is built on the way, so the worker of the demo must be running.
"""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

import environ
import pypdfium2
from PIL import Image
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
    ("desk-workflow", "counsel", "/desk/workflow/?board=fl-csw-mft-mhc", 1280, 900),
)
# The case whose hearing edition is built, and for each picture of its pages what to look for in the page's text.
BUNDLE = "/desk/cases/BHEC-2026-00012/bundle/"
BUNDLE_PAGES = (
    ("bundle-cover", ("Evidence Bundle",)),
    ("bundle-list", ("Exhibit list", "Description")),
    ("bundle-page", ("Ex. 14 · 1 of",)),
)
PAGE_PIXELS, COLORS = 900, 192
BUILD_MS = 180_000


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
            keep(name, Image.open(BytesIO(page.screenshot())))
        draw_pages(build_bundle(browser, base))
        browser.close()


def build_bundle(browser: Browser, base: str) -> bytes:
    """Build the hearing edition at the desk, as counsel does, and download it."""
    page = sign_in(browser, base, "counsel", width=1280, height=900)
    page.goto(base + BUNDLE)
    for box in page.locator("input[name=editions]").all():
        box.set_checked(box.get_attribute("value") == "hearing")
    page.click("button[value=build]")
    newest = page.locator("#bundles > section").first
    newest.locator("a[href*='/file/'], a.push").filter(has_text="Download").wait_for(timeout=BUILD_MS)
    address = newest.get_by_role("link", name="Download").get_attribute("href") or ""
    return page.request.get(base + address).body()


def draw_pages(bundle: bytes) -> None:
    """Draw the first page of the bundle that says the words of each picture, and its edge as a hairline."""
    with pypdfium2.PdfDocument(bundle) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
        for name, words in BUNDLE_PAGES:
            number = next(at for at, text in enumerate(texts) if all(word in text for word in words))
            picture = pdf[number].render(scale=PAGE_PIXELS / pdf[number].get_width()).to_pil()
            picture.paste("#c4cad2", (0, 0, picture.width, 1))
            for edge in ((0, 0, 1, picture.height), (picture.width - 1, 0, picture.width, picture.height)):
                picture.paste("#c4cad2", edge)
            picture.paste("#c4cad2", (0, picture.height - 1, picture.width, picture.height))
            keep(name, picture)


def keep(name: str, picture: Image.Image) -> None:
    """Save a picture with few colors, so that the repository stays small."""
    few = picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    few.save(HERE / "screens" / f"{name}.png", optimize=True)


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
