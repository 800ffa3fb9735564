"""People at browsers of their own, who work on dockets step by step."""

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import Page, expect

from tracker.access.models import User
from tracker.cases.models import Case, CaseDocument
from tracker.notices.models import Notice


def today() -> date:
    """Today at the board."""
    return timezone.localdate(timezone=ZoneInfo("America/Chicago"))


class Seat:
    """Somebody at a browser, working on one docket at a time."""

    def __init__(self, page: Page, inspect_page: Callable[[Page], None], docket: str, user: User) -> None:
        self.page, self.inspect_page, self.docket, self.user = page, inspect_page, docket, user

    @property
    def case(self) -> str:
        """The address of the docket."""
        return f"/desk/cases/{self.docket}/"

    def open_step(self, key: str) -> None:
        """The page of a step."""
        self.page.goto(f"{self.case}steps/{key}/")

    def fill(self, **data: Any) -> None:
        """Fill a form by the names of its fields."""
        for name, value in data.items():
            field = self.page.locator(f'main [name="{name}"]').first
            tag = field.evaluate("node => node.tagName + ':' + (node.type || '')")
            if tag.startswith("SELECT"):
                field.select_option(str(value))
            elif tag == "INPUT:checkbox":
                self.page.locator(f'main label[for="{field.get_attribute("id")}"]').click()
            elif tag == "INPUT:radio":
                chosen = self.page.locator(f'main [name="{name}"][value="{value}"]').get_attribute("id")
                self.page.locator(f'main label[for="{chosen}"]').click()
            else:
                field.fill(str(value))

    def press(self) -> None:
        """The button of the step; the case page comes back."""
        self.page.locator("main form.stepform button.usa-button").click()
        expect(self.page).to_have_url(re.compile(rf"{self.case}(#.*)?$"))

    def do(self, key: str, **data: Any) -> None:
        """One step: open it, fill it, press its button, and be back at the case."""
        self.open_step(key)
        self.fill(**data)
        self.press()

    def vote(self, names: list[str], **data: Any) -> None:
        """Ballots of named members, all yes."""
        self.open_step("record_vote")
        self.fill(**data)
        for name in names:
            self.page.get_by_label(name, exact=True).select_option("yes")
        self.press()

    def look(self, *paths: str) -> None:
        """Pages as a critic looks at them: axe, and no sideways scroll."""
        for path in paths:
            self.page.goto(path)
            self.inspect_page(self.page)

    def reads(self, path: str = "") -> str:
        """The words of a page below the docket as this person gets them, without drawing it."""
        answer = self.page.context.request.get(self.case + path)
        assert answer.status == 200, (path, answer.status)
        words = re.sub(r"<[^>]*>", " ", html.unescape(answer.text()))
        return " ".join(words.split())

    def paper(self, kind: str) -> str:
        """Where below the docket the last document of a kind is shown."""
        rows = CaseDocument.objects.filter(case__docket=self.docket, kind=kind)
        return f"documents/{rows.latest('version').pk}/"

    def letter(self, kind: str, audience: str = "respondent") -> str:
        """The page of the letter of a kind that was written last on this docket."""
        case = Case.objects.get(docket=self.docket)
        row = Notice.objects.filter(case_id=case.pk, kind=kind, audience=audience).latest("queued_at", "id")
        return self.reads(f"letters/{row.pk}/")
