"""What a finished bundle must hold, worked out from the plan alone, without the product's own arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.bundle.plan import BundlePlan, PlannedExhibit


@dataclass(frozen=True)
class Sheet:
    """A numbered sheet: its exhibit's key, number in full as label and stamp, page of the copy from 1 (0: none)."""

    key: str
    number: str
    page: int


def sheets(plan: BundlePlan) -> list[Sheet]:
    """Every numbered sheet of the whole bundle in order."""
    return [sheet for item in plan.exhibits for sheet in _sheets(plan, item)]


def _sheets(plan: BundlePlan, item: PlannedExhibit) -> Iterator[Sheet]:
    if item.kind != "pages":
        yield Sheet(item.key, _range(plan, item.bates_first, item.bates_last), 0)
        return
    number = 1
    stretches = {stretch.first: stretch for stretch in item.hidden}
    while number <= len(item.pages):
        stretch = stretches.get(number)
        if stretch is None:
            yield Sheet(item.key, _number(plan, item.bates_first + number - 1), number)
            number += 1
            continue
        if stretch.code != "G-1":  # withdrawn pages leave a gap
            first, last = item.bates_first + stretch.first - 1, item.bates_first + stretch.last - 1
            yield Sheet(item.key, _range(plan, first, last), 0)
        number = stretch.last + 1


def _number(plan: BundlePlan, number: int) -> str:
    return plan.stamping.prefix + str(number).rjust(plan.stamping.digits, "0")


def _range(plan: BundlePlan, first: int, last: int) -> str:
    end = "" if first == last else "–" + str(last).rjust(plan.stamping.digits, "0")
    return _number(plan, first) + end


def bookmark_titles(plan: BundlePlan) -> list[tuple[str, int]]:
    """The bookmarks that the received documents bring: title, and Bates number of the page they must open."""
    out = []
    for item in plan.exhibits:
        hidden = {page for stretch in item.hidden for page in range(stretch.first, stretch.last + 1)}
        for entry in item.outline:
            if item.kind == "pages" and entry.page + 1 not in hidden:
                out.append((entry.title, item.bates_first + entry.page))
    return out
