"""The frozen content of one bundle: plain values, no database behind them, written as canonical JSON."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from tracker.bundle.canonical import canonical
from tracker.bundle.lists import Tables, tables_from
from tracker.files.pdf import PageFacts
from tracker.files.pdfframe import Frame
from tracker.files.pdflinks import OutlineItem

FORMAT = "recourse-bundle/1"

PAGES = "pages"
SLIP = "slip"
WITHHELD = "withheld"

# Numbers that no sheet carries: pages that were withdrawn, exhibits that were not chosen for this edition, exhibits
# that are not part of the record, and ranges given up because the number of pages changed.
WITHDRAWN_PAGES = "G-1"
NOT_CHOSEN = "G-3"
NOT_OFFERED = "G-4"
RENUMBERED = "G-5"

# In place of a count of attachments.
UNKNOWN = -1


@dataclass(frozen=True)
class Native:
    """An item as received: its file name, SHA-256 in hex, size in bytes and kind in words."""

    name: str
    sha256: str
    bytes: int
    kind: str


@dataclass(frozen=True)
class RenditionFacts:
    """The copy whose pages are shown: SHA-256 in hex, size in bytes, how it was made and with what.

    `frame` says where its parts stand in the file (`files.pdf.Frame`).
    """

    sha256: str
    bytes: int
    how: str
    tool: str
    frame: Frame = Frame()


@dataclass(frozen=True)
class CustodyLine:
    """One entry of an exhibit's custody: time (UTC, "2026-02-11 15:02"), act, person, note, ledger number."""

    at: str
    act: str
    person: str
    note: str
    ledger: int


@dataclass(frozen=True)
class Hidden:
    """Pages of a shown exhibit that this edition does not show, counted from 1.

    One withheld sheet stands for the stretch, except for WITHDRAWN_PAGES, which leave a gap. `line` numbers its line
    in the log.
    """

    first: int
    last: int
    code: str
    reason: str = ""
    line: int = 0

    @property
    def pages(self) -> range:
        """The pages of the stretch."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class RedactedPage:
    """A shown page, counted from 1, that was rebuilt with `areas` black boxes; `codes` are their reasons."""

    page: int
    areas: int
    codes: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True)
class Segment:
    """A stretch of an exhibit: `kind` PAGES (its pages `first` to `last` from 1), SLIP or WITHHELD (one sheet)."""

    kind: str
    first: int
    last: int

    @property
    def sheets(self) -> int:
        """How many sheets it takes."""
        return self.last - self.first + 1 if self.kind == PAGES else 1


@dataclass(frozen=True)
class PlannedExhibit:
    """One exhibit of the plan.

    `key` is its own number for ever ("E-7", "E-7.1" for an attachment of the e-mail `parent`), `mark` what is printed
    ("4", "4.1", "B", else the key); `party` is "board", "respondent", "joint", "presiding_officer" or "" and groups
    the list; `state` is "admitted", "offered", "excluded" or ""; `date` is an ISO day or "". `kind` is PAGES (its
    rendition is shown), SLIP (one sheet says why not) or WITHHELD (one sheet for the whole range). A withheld exhibit
    carries nothing but key, parent, mark, party, state and numbers; `pages` of hidden stretches carry no digest.
    `slip_facts` are (label, value) lines and `listing` lines of content for the slip sheet; `text_sha256` names the
    text file of its pages, "" where there is none. `origin` is the e-mail that an attachment came out of: its parent,
    or an e-mail within it; "" for no attachment, and where the plan does not tell. `attachments` counts what came out
    of an e-mail at any depth, in this edition or not; UNKNOWN where that cannot be told. `is_refused` says that the
    scan refused the original, so that it is handed to nobody.
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
    parent: str = ""
    objection: str = ""
    hidden: tuple[Hidden, ...] = ()
    redacted: tuple[RedactedPage, ...] = ()
    slip_facts: tuple[tuple[str, str], ...] = ()
    listing: tuple[str, ...] = ()
    text_sha256: str = ""
    attachments: int = 0
    origin: str = ""
    is_refused: bool = False

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its stretches in order; withdrawn pages have none."""
        if self.kind != PAGES:
            return (Segment(self.kind, 1, self.numbers),)
        out, at = [], 1
        for stretch in self.hidden:
            if stretch.first > at:
                out.append(Segment(PAGES, at, stretch.first - 1))
            if stretch.code != WITHDRAWN_PAGES:
                out.append(Segment(WITHHELD, stretch.first, stretch.last))
            at = stretch.last + 1
        if at <= len(self.pages):
            out.append(Segment(PAGES, at, len(self.pages)))
        return tuple(out)

    @property
    def sheets(self) -> int:
        """How many sheets of the bundle it takes, its divider not counted."""
        return sum(segment.sheets for segment in self.segments)

    @property
    def numbers(self) -> int:
        """How many Bates numbers it holds."""
        return self.bates_last - self.bates_first + 1


@dataclass(frozen=True)
class Gap:
    """Reserved numbers that no sheet of this bundle carries, the code that explains them, its log line.

    `key` is the mark or number of the exhibit they belong to, as printed; "" where even that is not shown.
    """

    first: int
    last: int
    key: str
    code: str
    line: int


@dataclass(frozen=True)
class Stamping:
    """How numbers are printed, from the board's rules.

    `position` is "bottom_right", "bottom_left", "bottom_center", "top_right" or "top_left"; `size` points as decimal
    text; `confidential` a mark printed on every numbered page at the left ("" for none).
    """

    prefix: str
    digits: int = 6
    position: str = "bottom_right"
    size: str = "8.5"
    confidential: str = ""


@dataclass(frozen=True)
class Limits:
    """Where a bundle is split into volumes: megabytes (10^6 bytes) and sheets a volume; 0 for no limit."""

    megabytes: int = 0
    sheets: int = 0


@dataclass(frozen=True)
class Signing:
    """How the files are to be signed: fingerprint of the certificate (SHA-256 in hex, "" unsigned), its subject.

    `is_demo` says that the key was made on the spot and proves nothing; `required` that the board demands a signature.
    """

    certificate_sha256: str = ""
    subject: str = ""
    is_demo: bool = False
    required: bool = False


@dataclass(frozen=True)
class Heading:
    """What the front matter says of case, board and freeze.

    `frozen_at` is UTC, "2026-11-18T16:42:07Z"; `edition` one of "board", "hearing", "respondent", "public", "court";
    `is_masked` says that complainant and client may not be named, also where a plan does not tell;
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
    verify_url: str = ""
    is_masked: bool = True


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
    stamping: Stamping
    tables: Tables = Tables()
    limits: Limits = Limits()
    signing: Signing = Signing()
    format: str = FORMAT

    @property
    def prefix(self) -> str:
        """What stands before every number."""
        return self.stamping.prefix

    @property
    def first_number(self) -> int:
        """Lowest number shown, withheld or explained; 0 where there is none."""
        return min([item.bates_first for item in self.exhibits] + [gap.first for gap in self.gaps], default=0)

    @property
    def last_number(self) -> int:
        """Highest number shown, withheld or explained; 0 where there is none."""
        return max([item.bates_last for item in self.exhibits] + [gap.last for gap in self.gaps], default=0)

    def bates(self, number: int) -> str:
        """Write a number in full, as it is stamped."""
        return f"{self.prefix}{self.digits(number)}"

    def digits(self, number: int) -> str:
        """Write a number without its prefix: "000008"."""
        return f"{number:0{self.stamping.digits}d}"

    def by_key(self) -> dict[str, PlannedExhibit]:
        """The exhibits by their own number."""
        return {item.key: item for item in self.exhibits}

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
            stamping=Stamping(**plain["stamping"]),
            tables=tables_from(plain["tables"]),
            limits=Limits(**plain["limits"]),
            signing=Signing(**plain["signing"]),
        )


def _rendition(plain: dict[str, Any]) -> RenditionFacts:
    return RenditionFacts(**{**plain, "frame": Frame.from_plain(plain["frame"])})


def _exhibit(plain: dict[str, Any]) -> PlannedExhibit:
    return PlannedExhibit(
        **{
            **plain,
            "native": None if plain["native"] is None else Native(**plain["native"]),
            "rendition": None if plain["rendition"] is None else _rendition(plain["rendition"]),
            "pages": tuple(PageFacts.from_plain(page) for page in plain["pages"]),
            "outline": tuple(OutlineItem(**item) for item in plain["outline"]),
            "removed": tuple(plain["removed"]),
            "custody": tuple(CustodyLine(**line) for line in plain["custody"]),
            "hidden": tuple(Hidden(**item) for item in plain["hidden"]),
            "redacted": tuple(RedactedPage(**{**item, "codes": tuple(item["codes"])}) for item in plain["redacted"]),
            "slip_facts": tuple((a, b) for a, b in plain["slip_facts"]),
            "listing": tuple(plain["listing"]),
        }
    )
