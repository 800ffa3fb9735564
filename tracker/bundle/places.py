"""Where every page of a volume stands and what it is called: pure arithmetic on plan, volume and section lengths."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.bundle.plan import PAGES, WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.volumes import Piece, Volume

FRONT = ("cover", "certificate", "list", "papers", "witnesses", "chronology", "aside", "matrix")
LOGS = ("withheld", "custody", "hashes")


@dataclass(frozen=True)
class Label:
    """One entry of the page labels: from page `index`, `prefix` and then numbers in `style` from `start`."""

    index: int
    prefix: str
    style: str
    start: int


@dataclass(frozen=True)
class Placed:
    """A piece of an exhibit in its volume: index of its divider (None where none stands before it) and first sheet."""

    piece: Piece
    item: PlannedExhibit
    divider: int | None
    first: int


@dataclass(frozen=True)
class Places:
    """The order of one volume: front matter, then per exhibit a divider and its sheets, then the logs.

    `lengths` gives the pages of each section of front matter and logs (0 where there is none); `titles` their
    names in the contents; `divider_prefix` what stands before the mark in a divider's label. Indexes from 0.
    """

    plan: BundlePlan
    volume: Volume
    lengths: Mapping[str, int]
    titles: Mapping[str, str]
    divider_prefix: str

    @cached_property
    def front(self) -> int:
        """Pages of front matter."""
        return sum(self.lengths.get(section, 0) for section in self._front_order)

    @cached_property
    def _front_order(self) -> tuple[str, ...]:
        """The sections of the front matter, each paper of the record one of its own behind their list."""
        after = FRONT.index("papers") + 1
        return (*FRONT[:after], *self._papers, *FRONT[after:])

    @cached_property
    def _papers(self) -> tuple[str, ...]:
        return tuple(paper_section(number) for number, _paper in enumerate(self.plan.tables.papers, start=1))

    @cached_property
    def _record(self) -> tuple[int, int]:
        """Index of the first page of the papers of the record, and how many pages they take."""
        if not self._papers:
            return 0, 0
        return self.section_index(self._papers[0]), sum(self.lengths.get(name, 0) for name in self._papers)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Every piece in order with where it stands."""
        items = self.plan.by_key()
        out, at = [], self.front
        for piece in self.volume.pieces:
            divider = at if piece.begins else None
            at += piece.begins
            out.append(Placed(piece, items[piece.key], divider, at))
            at += piece.segment.sheets
        return tuple(out)

    @cached_property
    def total(self) -> int:
        """Pages of the volume."""
        logs = sum(self.lengths.get(section, 0) for section in LOGS)
        return self._logs_from + logs

    @cached_property
    def _logs_from(self) -> int:
        if not self.placed:
            return self.front
        last = self.placed[-1]
        return last.first + last.piece.segment.sheets

    @property
    def contents(self) -> Sequence[tuple[str, str]]:
        """Sections and titles for the contents, in order; "exhibits" stands for the exhibits."""
        names = (*FRONT[1:], "exhibits", *LOGS)
        return [(name, self.titles[name]) for name in names if self._has(name)]

    def _has(self, section: str) -> bool:
        return bool(self.plan.exhibits) if section == "exhibits" else bool(self.lengths.get(section, 0))

    @cached_property
    def dividers(self) -> dict[str, int]:
        """Index of the divider of every exhibit of the volume, by key."""
        return {one.piece.key: one.divider for one in self.placed if one.divider is not None}

    def sheet_index(self, key: str, page: int) -> int | None:
        """Index of the sheet on which a page (from 1) of an exhibit stands or is said to be withheld.

        None where it stands in another volume, or nowhere.
        """
        for one in self.placed:
            segment = one.piece.segment
            if one.piece.key == key and segment.first <= page <= segment.last:
                return one.first + (page - segment.first if segment.kind == PAGES else 0)
        return None

    def section_index(self, section: str) -> int:
        """Index of the first page of a section."""
        if section == "exhibits":
            return self.front
        is_front = section in self._front_order
        order = self._front_order if is_front else LOGS
        if section not in order:
            raise KeyError(section)
        before = order[: order.index(section)]
        start = 0 if is_front else self._logs_from
        return start + sum(self.lengths.get(name, 0) for name in before)

    def label_of_section(self, section: str) -> str:
        """Label of the first page of a section, as printed in the contents."""
        if section == "exhibits":
            return self.plan.digits(self.plan.exhibits[0].bates_first)
        index = self.section_index(section)
        if section in self._front_order:
            return self.front_label(index)
        return f"A-{index - self._logs_from + 1}"

    def front_label(self, index: int) -> str:
        """Label of a page of the front matter: "iv", in later volumes "V2-iv"; of the papers of the record "R-3"."""
        first, count = self._record
        if count and first <= index < first + count:
            return f"R-{index - first + 1}"
        return self._front_prefix + roman(index + 1 - (count if index >= first else 0))

    @property
    def _front_prefix(self) -> str:
        return f"V{self.volume.number}-" if self.volume.number > 1 else ""

    def labels(self) -> list[Label]:
        """All entries of the page labels; a new one where a number gains a digit, since /D never pads."""
        out = [Label(0, self._front_prefix, "r", 1)]
        first, count = self._record
        if count:
            out.append(Label(first, "R-", "D", 1))
        if count and first + count < self.front:
            out.append(Label(first + count, self._front_prefix, "r", first + 1))
        for one in self.placed:
            if one.divider is not None:
                out.append(Label(one.divider, f"{self.divider_prefix}{one.item.mark}", "", 1))
            out += self._piece_labels(one)
        if self._logs_from < self.total:
            out.append(Label(self._logs_from, "A-", "D", 1))
        return out

    def _piece_labels(self, one: Placed) -> Iterator[Label]:
        first, last = segment_numbers(one.item, one.piece)
        if one.piece.segment.kind == WITHHELD:
            yield Label(one.first, full_range(self.plan, first, last), "", 1)
            return
        for offset in range(one.piece.segment.sheets):
            number = first + offset
            if offset == 0 or len(str(number)) > len(str(number - 1)):
                zeros = "0" * (self.plan.stamping.digits - len(str(number)))
                yield Label(one.first + offset, self.plan.prefix + zeros, "D", number)


def paper_section(number: int) -> str:
    """Name of the section that a paper of the record is, by its number from 1."""
    return f"paper-{number}"


def segment_numbers(item: PlannedExhibit, piece: Piece) -> tuple[int, int]:
    """First and last Bates number of a piece."""
    return item.bates_first + piece.segment.first - 1, item.bates_first + piece.segment.last - 1


def full_range(plan: BundlePlan, first: int, last: int) -> str:
    """Write a range with its prefix once: "BHP-2026-0417-000019–000024"."""
    return plan.bates(first) if first == last else f"{plan.bates(first)}–{plan.digits(last)}"


def roman(number: int) -> str:
    """Write a number in small roman letters."""
    out = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
        (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        while number >= value:
            out += letters
            number -= value
    return out
