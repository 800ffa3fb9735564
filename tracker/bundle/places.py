"""Where every page of a volume stands and what it is called: pure arithmetic on plan and section lengths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.bundle.plan import DIGITS, WITHHELD, BundlePlan

FRONT = ("cover", "certificate", "list")
LOGS = ("withheld", "custody", "hashes")


@dataclass(frozen=True)
class Label:
    """One entry of the page labels: from page `index`, `prefix` and then numbers in `style` from `start`."""

    index: int
    prefix: str
    style: str
    start: int


@dataclass(frozen=True)
class Places:
    """The order of one volume: front matter, then per exhibit a divider and its sheets, then the logs.

    `lengths` gives the pages of each section of front matter and logs (0 where there is none); `titles` their
    names in the contents; `divider_prefix` what stands before the mark in a divider's label. Indexes from 0.
    """

    plan: BundlePlan
    lengths: Mapping[str, int]
    titles: Mapping[str, str]
    divider_prefix: str

    @property
    def front(self) -> int:
        """Pages of front matter."""
        return sum(self.lengths.get(section, 0) for section in FRONT)

    @property
    def total(self) -> int:
        """Pages of the volume."""
        logs = sum(self.lengths.get(section, 0) for section in LOGS)
        return self.front + sum(1 + item.sheets for item in self.plan.exhibits) + logs

    @property
    def contents(self) -> Sequence[tuple[str, str]]:
        """Sections and titles for the contents, in order; "exhibits" stands for the exhibits."""
        names = (*FRONT[1:], "exhibits", *LOGS)
        return [(name, self.titles[name]) for name in names if name == "exhibits" or self.lengths.get(name, 0)]

    def divider_index(self, key: str) -> int:
        """Index of the divider of an exhibit."""
        at = self.front
        for item in self.plan.exhibits:
            if item.key == key:
                return at
            at += 1 + item.sheets
        raise KeyError(key)

    def divider_indexes(self) -> dict[str, int]:
        """Index of every divider, by exhibit key."""
        out, at = {}, self.front
        for item in self.plan.exhibits:
            out[item.key] = at
            at += 1 + item.sheets
        return out

    def section_index(self, section: str) -> int:
        """Index of the first page of a section."""
        if section == "exhibits":
            return self.front
        at = 0
        for name in FRONT:
            if name == section:
                return at
            at += self.lengths.get(name, 0)
        at = self.total - sum(self.lengths.get(name, 0) for name in LOGS)
        for name in LOGS:
            if name == section:
                return at
            at += self.lengths.get(name, 0)
        raise KeyError(section)

    def label_of_section(self, section: str) -> str:
        """Label of the first page of a section, as printed in the contents."""
        if section == "exhibits":
            return f"{self.plan.exhibits[0].bates_first:0{DIGITS}d}"
        index = self.section_index(section)
        if index < self.front:
            return roman(index + 1)
        return f"A-{index - self.section_index(LOGS[0]) + 1}"

    def front_label(self, index: int) -> str:
        """Label of a page of the front matter."""
        return roman(index + 1)

    def labels(self) -> list[Label]:
        """All entries of the page labels; a new one where a number gains a digit, since /D never pads."""
        out = [Label(0, "", "r", 1)]
        at = self.front
        for item in self.plan.exhibits:
            out.append(Label(at, f"{self.divider_prefix}{item.mark}", "", 1))
            at += 1
            if item.kind == WITHHELD:
                out.append(Label(at, full_range(self.plan, item.bates_first, item.bates_last), "", 1))
            else:
                for offset in range(item.numbers):
                    number = item.bates_first + offset
                    if offset == 0 or len(str(number)) > len(str(number - 1)):
                        zeros = "0" * (DIGITS - len(str(number)))
                        out.append(Label(at + offset, self.plan.prefix + zeros, "D", number))
            at += item.sheets
        out.append(Label(at, "A-", "D", 1))
        return out


def full_range(plan: BundlePlan, first: int, last: int) -> str:
    """Write a range with its prefix once: "BHP-2026-0417-000019–000024"."""
    return plan.bates(first) if first == last else f"{plan.bates(first)}–{last:0{DIGITS}d}"


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
