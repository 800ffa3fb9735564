"""The frozen content of one bundle: plain values, no database behind them, written as canonical JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from tracker.bundle.canonical import canonical
from tracker.files.pdf import PageFacts
from tracker.files.pdfclean import OutlineItem

FORMAT = "recourse-bundle/1"
DIGITS = 6

PAGES = "pages"
SLIP = "slip"
WITHHELD = "withheld"

# Numbers that belong to exhibits which were not chosen for this bundle.
NOT_CHOSEN = "G-3"


@dataclass(frozen=True)
class Native:
    """An item as received: its file name, SHA-256 in hex, size in bytes and kind in words."""

    name: str
    sha256: str
    bytes: int
    kind: str


@dataclass(frozen=True)
class RenditionFacts:
    """The copy whose pages are shown: SHA-256 in hex, size in bytes, how it was made and with what."""

    sha256: str
    bytes: int
    how: str
    tool: str


@dataclass(frozen=True)
class CustodyLine:
    """One entry of an exhibit's custody: time (UTC, "2026-02-11 15:02"), act, person, note, ledger number."""

    at: str
    act: str
    person: str
    note: str
    ledger: int


@dataclass(frozen=True)
class PlannedExhibit:
    """One exhibit of the plan.

    `key` is its own number for ever ("E-7"), `mark` what is printed ("4", "B", else the key); `party` is
    "board", "respondent" or "" and groups the list; `state` is "admitted", "offered", "excluded" or "";
    `date` is an ISO day or "". `kind` is PAGES (its rendition is shown), SLIP (one sheet says why not) or
    WITHHELD (one sheet for the whole range). A withheld exhibit carries nothing but key, mark, party, state
    and numbers.
    """

    key: str
    exhibit_id: str
    mark: str
    party: str
    kind: str
    state: str
    bates_first: int
    bates_last: int
    title: str = ""
    date: str = ""
    source: str = ""
    sponsor: str = ""
    state_note: str = ""
    native: Native | None = None
    rendition: RenditionFacts | None = None
    pages: tuple[PageFacts, ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    removed: tuple[str, ...] = ()
    slip_reason: str = ""
    withheld_code: str = ""
    withheld_reason: str = ""
    withheld_line: int = 0
    received: str = ""
    custody: tuple[CustodyLine, ...] = ()

    @property
    def sheets(self) -> int:
        """How many sheets of the bundle it takes, its divider not counted."""
        return len(self.pages) if self.kind == PAGES else 1

    @property
    def numbers(self) -> int:
        """How many Bates numbers it holds."""
        return self.bates_last - self.bates_first + 1


@dataclass(frozen=True)
class Gap:
    """Reserved numbers that no sheet of this bundle carries, the code that explains them, its log line."""

    first: int
    last: int
    key: str
    code: str
    line: int


@dataclass(frozen=True)
class Heading:
    """What the front matter says of case, board and freeze.

    `frozen_at` is UTC, "2026-11-18T16:42:07Z"; `edition` one of "board", "hearing", "respondent", "public";
    `custodian` may be "" where the board has none; `ledger_entry` numbers the entry that carries the
    manifest's digest; `facts` are further caption lines (label, value).
    """

    docket: str
    board: str
    jurisdiction: str
    respondent: str
    license_number: str
    edition: str
    freeze: int
    frozen_at: str
    custodian: str
    ledger_entry: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    confidentiality: str = ""


@dataclass(frozen=True)
class Chains:
    """Where the ledger stood at the freeze: head of the case's chain, latest anchor over all chains."""

    custody_seq: int
    custody_hash: str
    anchor_number: int = 0
    anchor_at: str = ""
    anchor_root: str = ""


@dataclass(frozen=True)
class BundlePlan:
    """All a build needs beside the renditions and fonts; `tools` and `fonts` pin what makes the bytes."""

    heading: Heading
    exhibits: tuple[PlannedExhibit, ...]
    gaps: tuple[Gap, ...]
    chains: Chains
    tools: tuple[tuple[str, str], ...]
    fonts: tuple[tuple[str, str], ...]
    format: str = FORMAT

    @property
    def prefix(self) -> str:
        """What stands before every number."""
        return f"{self.heading.docket}-"

    @property
    def first_number(self) -> int:
        """Lowest number shown, withheld or explained."""
        return min([item.bates_first for item in self.exhibits] + [gap.first for gap in self.gaps])

    @property
    def last_number(self) -> int:
        """Highest number shown, withheld or explained."""
        return max([item.bates_last for item in self.exhibits] + [gap.last for gap in self.gaps])

    def bates(self, number: int) -> str:
        """Write a number in full, as it is stamped."""
        return f"{self.prefix}{number:0{DIGITS}d}"

    def to_json(self) -> str:
        """Write the plan as canonical JSON: sorted keys, no spaces, no floats."""
        return canonical(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "BundlePlan":
        """Read what `to_json` wrote. Raises ValueError for another format."""
        plain = json.loads(text)
        if plain.get("format") != FORMAT:
            raise ValueError(f"not a plan of {FORMAT}")
        heading = {**plain["heading"], "facts": tuple((a, b) for a, b in plain["heading"]["facts"])}
        return cls(
            heading=Heading(**heading),
            exhibits=tuple(_exhibit(item) for item in plain["exhibits"]),
            gaps=tuple(Gap(**gap) for gap in plain["gaps"]),
            chains=Chains(**plain["chains"]),
            tools=tuple((a, b) for a, b in plain["tools"]),
            fonts=tuple((a, b) for a, b in plain["fonts"]),
        )


def numbers_needed(*, page_count: int | None) -> int:
    """How many Bates numbers an exhibit takes: one a page, one for what has no pages (None)."""
    return page_count or 1


def printed_mark(party_mark: str, key: str) -> str:
    """The mark to print: the party's, or the exhibit's own number where there is none that can be stamped."""
    mark = party_mark.strip()
    return mark if mark and len(mark) <= 12 and all(" " <= letter <= "~" for letter in mark) else key


def make_plan(
    heading: Heading,
    exhibits: Sequence[PlannedExhibit],
    *,
    unchosen: Mapping[str, tuple[int, int]],
    chains: Chains,
    tools: Mapping[str, str],
    fonts: Mapping[str, str],
) -> BundlePlan:
    """Freeze a bundle of `exhibits` in the given order.

    `unchosen` are the ranges reserved for exhibits that are not in it, by key. Withheld exhibits are stripped
    of everything that says what they are. Raises ValueError when marks repeat, numbers overlap or do not fit
    the pages, or the docket cannot be stamped.
    """
    if not exhibits:
        raise ValueError("A bundle needs at least one exhibit.")
    if not all(" " < letter <= "~" for letter in heading.docket):
        raise ValueError("The docket number holds characters that cannot be stamped.")
    line = 0
    frozen = []
    for item in exhibits:
        if item.kind == WITHHELD:
            line += 1
            item = _stripped(item, line)
        frozen.append(item)
    gaps = []
    for key, (first, last) in sorted(unchosen.items(), key=lambda entry: entry[1]):
        line += 1
        gaps.append(Gap(first, last, key, NOT_CHOSEN, line))
    _check(frozen, gaps)
    return BundlePlan(
        heading=heading,
        exhibits=tuple(frozen),
        gaps=tuple(gaps),
        chains=chains,
        tools=tuple(sorted(tools.items())),
        fonts=tuple(sorted(fonts.items())),
    )


def with_ledger_entry(plan: BundlePlan, number: int) -> BundlePlan:
    """Return the plan citing the ledger entry that recorded its manifest."""
    return replace(plan, heading=replace(plan.heading, ledger_entry=number))


def _stripped(item: PlannedExhibit, line: int) -> PlannedExhibit:
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
        withheld_line=line,
    )


def _check(exhibits: Sequence[PlannedExhibit], gaps: Sequence[Gap]) -> None:
    if len({item.mark for item in exhibits}) != len(exhibits):
        raise ValueError("Two exhibits carry the same mark.")
    ranges = sorted(
        [(item.bates_first, item.bates_last) for item in exhibits] + [(gap.first, gap.last) for gap in gaps]
    )
    if ranges[0][0] < 1 or any(last < first for first, last in ranges):
        raise ValueError("A range of numbers is empty.")
    if any(left[1] >= right[0] for left, right in zip(ranges, ranges[1:], strict=False)):
        raise ValueError("Two ranges of numbers overlap.")
    for item in exhibits:
        if item.kind == PAGES and item.numbers != len(item.pages):
            raise ValueError(f"Exhibit {item.key} has {len(item.pages)} pages and {item.numbers} numbers.")
        if item.kind == SLIP and item.numbers != 1:
            raise ValueError(f"Exhibit {item.key} is one slip sheet and has {item.numbers} numbers.")


def _exhibit(plain: dict[str, Any]) -> PlannedExhibit:
    return PlannedExhibit(
        **{
            **plain,
            "native": None if plain["native"] is None else Native(**plain["native"]),
            "rendition": None if plain["rendition"] is None else RenditionFacts(**plain["rendition"]),
            "pages": tuple(PageFacts(**{**page, "box": tuple(page["box"])}) for page in plain["pages"]),
            "outline": tuple(OutlineItem(**item) for item in plain["outline"]),
            "removed": tuple(plain["removed"]),
            "custody": tuple(CustodyLine(**line) for line in plain["custody"]),
        }
    )
