"""Opposing counsel checks the file they were given, without an account and without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.tracker.bundle.cores import two_pages


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed file."""
    return two_pages(tmp_path_factory.mktemp("sealed"))


def check(page: Page, path: Path) -> None:
    page.goto("/")
    page.get_by_role("link", name="Check an evidence bundle").click()
    page.get_by_label("PDF or ZIP of the bundle").set_input_files(path)
    page.get_by_role("button", name="Check this file").click()


def test_an_intact_and_an_altered_copy(page: Page, inspect_page: Callable, sealed: Path, tmp_path: Path) -> None:
    page.goto("/verify/")
    inspect_page(page)
    check(page, sealed)
    expect(page.get_by_role("heading", level=1)).to_have_text("The bundle is intact")
    inspect_page(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Check another file")).to_be_hidden()
    expect(page.get_by_text("Every byte of your copy")).to_be_visible()
    page.emulate_media(media="screen")

    data = bytearray(sealed.read_bytes())
    data[-100] ^= 1
    (tmp_path / "changed.pdf").write_bytes(data)
    check(page, tmp_path / "changed.pdf")
    expect(page.get_by_role("heading", level=1)).to_have_text("The bundle was altered")
    inspect_page(page)


def test_on_a_telephone_without_javascript(plain_page: Page, sealed: Path, tmp_path: Path) -> None:
    check(plain_page, sealed)
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("The bundle is intact")
    (tmp_path / "note.txt").write_text("not a bundle")
    check(plain_page, tmp_path / "note.txt")
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Not a bundle of ours")


def test_the_printed_address_and_a_missing_file(page: Page, inspect_page: Callable, sealed: Path) -> None:
    page.goto("/VERIFY/0123456789ABCDEF")
    inspect_page(page)
    page.get_by_label("PDF or ZIP of the bundle").evaluate("node => node.removeAttribute('required')")
    page.get_by_role("button", name="Check this file").click()
    expect(page.locator("#error-summary")).to_contain_text("Choose the file first.")
    inspect_page(page)
    page.get_by_label("PDF or ZIP of the bundle").set_input_files(sealed)
    page.get_by_role("button", name="Check this file").click()
    expect(page.get_by_text("belongs to another bundle than this file")).to_be_visible()
    inspect_page(page)
