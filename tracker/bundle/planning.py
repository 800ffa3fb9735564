"""Freezing a bundle: what is withheld is stripped, every number that is not shown gets a line in the log. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from tracker.bundle.lists import Tables
from tracker.bundle.plan import (
    PAGES,
    SLIP,
    WITHDRAWN_PAGES,
    WITHHELD,
    BundlePlan,
    Chains,
    Gap,
    Heading,
    Hidden,
    Limits,
    PlannedExhibit,
    Signing,
    Stamping,
)

MARK_LENGTH = 12
_PAGE_LINE = re.compile(r"p(\d+) ")


@dataclass(frozen=True)
class Extras:
    """What a plan holds beside its exhibits and numbers."""

    tables: Tables = field(default_factory=Tables)
    limits: Limits = field(default_factory=Limits)
    signing: Signing = field(default_factory=Signing)


def numbers_needed(*, page_count: int | None) -> int:
    """How many Bates numbers an exhibit takes: one a page, one for what has no pages (None)."""
    return page_count or 1


def printed_mark(party_mark: str, key: str) -> str:
    """The mark to print: the party's, or the exhibit's own number where there is none that can be stamped."""
    mark = party_mark.strip()
    return mark if mark and len(mark) <= MARK_LENGTH and all(" " <= letter <= "~" for letter in mark) else key


def make_plan(
    heading: Heading,
    exhibits: Sequence[PlannedExhibit],
    *,
    gaps: Sequence[Gap],
    chains: Chains,
    stamping: Stamping,
    tools: Mapping[str, str],
    fonts: Mapping[str, str],
    extras: Extras | None = None,
) -> BundlePlan:
    """Freeze a bundle of `exhibits` in the given order; without any where it has papers of a record.

    `gaps` are reserved numbers that are in no exhibit of it; their log lines are given here, as are those of
    withheld, hidden and redacted pages. Withheld exhibits are stripped of everything that says what they are. Raises
    ValueError when marks repeat, numbers overlap or do not fit the pages, or the prefix cannot be stamped.
    """
    extras = extras or Extras()
    if not exhibits and not extras.tables.papers:
        raise ValueError("A bundle needs at least one exhibit.")
    if not all(" " < letter <= "~" for letter in stamping.prefix):
        raise ValueError("The prefix of the numbers holds characters that cannot be stamped.")
    lines = _Lines()
    frozen = _lined([_frozen(item) for item in exhibits], lines)
    lined = [replace(gap, line=lines.next()) for gap in sorted(gaps, key=lambda gap: gap.first)]
    _check(frozen, lined)
    return BundlePlan(
        heading=heading,
        exhibits=tuple(frozen),
        gaps=tuple(lined),
        chains=chains,
        tools=tuple(sorted(tools.items())),
        fonts=tuple(sorted(fonts.items())),
        stamping=stamping,
        tables=extras.tables,
        limits=extras.limits,
        signing=extras.signing,
    )


def with_ledger_entry(plan: BundlePlan, number: int) -> BundlePlan:
    """Return the plan citing the ledger entry that recorded its manifest."""
    return replace(plan, heading=replace(plan.heading, ledger_entry=number))


class _Lines:
    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        self._last += 1
        return self._last


def _lined(exhibits: Sequence[PlannedExhibit], lines: _Lines) -> list[PlannedExhibit]:
    """Give the lines of the log, in the order in which it is printed: whole exhibits, stretches, redacted pages."""
    out = [replace(item, withheld_line=lines.next()) if item.kind == WITHHELD else item for item in exhibits]
    out = [replace(item, hidden=tuple(replace(one, line=lines.next()) for one in item.hidden)) for item in out]
    return [replace(item, redacted=tuple(replace(one, line=lines.next()) for one in item.redacted)) for item in out]


def _frozen(item: PlannedExhibit) -> PlannedExhibit:
    if item.kind == WITHHELD:
        return _stripped(item)
    gone = {number for stretch in item.hidden for number in stretch.pages}
    redacted = tuple(page for page in item.redacted if page.page not in gone)
    pages = tuple(
        replace(page, sha256="") if number in gone else page for number, page in enumerate(item.pages, start=1)
    )
    outline = tuple(entry for entry in item.outline if entry.page + 1 not in gone)
    # What was removed from a page can tell what stood on it, as the address of a link does.
    removed = tuple(line for line in item.removed if _page_of(line) not in gone)
    return replace(item, redacted=redacted, pages=pages, outline=outline, removed=removed)


def _page_of(line: str) -> int:
    """The page, from 1, that a line of what was removed is about; 0 for the whole document."""
    found = _PAGE_LINE.match(line)
    return int(found[1]) if found else 0


def _stripped(item: PlannedExhibit) -> PlannedExhibit:
    return PlannedExhibit(
        key=item.key,
        exhibit_id=item.exhibit_id,
        mark=item.mark,
        party=item.party,
        kind=WITHHELD,
        state=item.state,
        bates_first=item.bates_first,
        bates_last=item.bates_last,
        withheld_code=item.withheld_code,
        withheld_reason=item.withheld_reason,
        parent=item.parent,
    )


def _check(exhibits: Sequence[PlannedExhibit], gaps: Sequence[Gap]) -> None:
    if len({item.mark for item in exhibits}) != len(exhibits):
        raise ValueError("Two exhibits carry the same mark.")
    ranges = sorted(
        [(item.bates_first, item.bates_last) for item in exhibits] + [(gap.first, gap.last) for gap in gaps]
    )
    if any(first < 1 for first, _last in ranges) or any(last < first for first, last in ranges):
        raise ValueError("A range of numbers is empty.")
    if any(left[1] >= right[0] for left, right in pairwise(ranges)):
        raise ValueError("Two ranges of numbers overlap.")
    for item in exhibits:
        if item.kind == PAGES and item.numbers != len(item.pages):
            raise ValueError(f"Exhibit {item.key} has {len(item.pages)} pages and {item.numbers} numbers.")
        if item.kind == SLIP and item.numbers != 1:
            raise ValueError(f"Exhibit {item.key} is one slip sheet and has {item.numbers} numbers.")
        _check_hidden(item)


def _check_hidden(item: PlannedExhibit) -> None:
    at = 0
    for stretch in item.hidden:
        if item.kind != PAGES or stretch.first <= at or stretch.last < stretch.first:
            raise ValueError(f"The pages that exhibit {item.key} does not show overlap or are none.")
        at = stretch.last
    if at > len(item.pages):
        raise ValueError(f"Exhibit {item.key} does not have the pages that are withheld of it.")
    if item.kind == PAGES and not any(segment.kind == PAGES for segment in item.segments):
        raise ValueError(f"Exhibit {item.key} shows no page; withhold the whole of it.")


def hidden_stretches(pages: Mapping[int, tuple[str, str]]) -> tuple[Hidden, ...]:
    """Join hidden pages (page from 1 → code and reason) into stretches of one code and reason each."""
    out: list[Hidden] = []
    for number, (code, reason) in sorted(pages.items()):
        last = out[-1] if out else None
        if last and last.last == number - 1 and (last.code, last.reason) == (code, reason):
            out[-1] = replace(last, last=number)
        else:
            out.append(Hidden(number, number, code, reason))
    return tuple(out)


def unshown(exhibits: Iterable[PlannedExhibit]) -> dict[str, int]:
    """Count the numbers of exhibits by what became of them: "shown", "withheld", "withdrawn"."""
    counts = {"shown": 0, "withheld": 0, "withdrawn": 0}
    for item in exhibits:
        if item.kind == WITHHELD:
            counts["withheld"] += item.numbers
            continue
        gone = sum(stretch.last - stretch.first + 1 for stretch in item.hidden)
        withdrawn = sum(stretch.last - stretch.first + 1 for stretch in item.hidden if stretch.code == WITHDRAWN_PAGES)
        counts["withdrawn"] += withdrawn
        counts["withheld"] += gone - withdrawn
        counts["shown"] += item.numbers - gone
    return counts
