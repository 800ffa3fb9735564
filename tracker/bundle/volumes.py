"""Volumes: how the sheets of a plan are divided over files. Pure arithmetic, the same for every reader of the plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.bundle.plan import PAGES, BundlePlan, Limits, PlannedExhibit, Segment

MEGABYTE = 1_000_000
# What a volume may hold beside its exhibits' copies, so that no limit is passed: typefaces and front matter, of which
# the lists grow with the exhibits of the bundle; the first volume holds the custody of all of them.
_PAPERS, _LINES, _FIRST_LINES, _CUSTODY_LINE = 350_000, 1_500, 10_000, 400
# What it does hold, as measured on bundles of 3 to 62 exhibits: a volume, and with each exhibit its divider and lines.
_USUAL_OVERHEAD, _EXHIBIT_OVERHEAD = 130_000, 11_000
_SHEET_OVERHEAD = 1_200


@dataclass(frozen=True)
class Piece:
    """A stretch of an exhibit in one volume; `begins` says that the exhibit's divider stands before it."""

    key: str
    segment: Segment
    begins: bool


@dataclass(frozen=True)
class Volume:
    """One file of a bundle: its number from 1, of how many, and its pieces in order."""

    number: int
    of: int
    pieces: tuple[Piece, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The exhibits of which something stands in it, in order."""
        return tuple(dict.fromkeys(piece.key for piece in self.pieces))


def volumes_of(plan: BundlePlan) -> tuple[Volume, ...]:
    """Divide a plan by its limits; one volume where there are none."""
    return divide(plan.exhibits, plan.limits)


def divide(exhibits: Sequence[PlannedExhibit], limits: Limits) -> tuple[Volume, ...]:
    """Divide exhibits, in their order, by the limits of a volume; without exhibits there is one, with papers only.

    An exhibit is kept whole where it fits into a volume of its own; a longer one is divided between its pages. A
    single page larger than the limit gets a volume of its own.
    """
    lines = sum(len(item.custody) for item in exhibits)
    papers = _PAPERS + _LINES * len(exhibits)
    first = _PAPERS + _FIRST_LINES * len(exhibits) + _CUSTODY_LINE * lines
    binder = _Binder(limits.megabytes * MEGABYTE, limits.sheets, papers=(first, papers))
    for item in exhibits:
        binder.add(item)
    volumes = binder.done()
    return tuple(Volume(number, len(volumes), tuple(pieces)) for number, pieces in enumerate(volumes, start=1))


def estimated_bytes(exhibits: Sequence[PlannedExhibit], volumes: int) -> int:
    """About how many bytes the files of these exhibits will take."""
    copies = sum(_Binder.page_bytes(item) * _pages_shown(item) for item in exhibits)
    sheets = sum(item.sheets for item in exhibits)
    return int(copies) + volumes * _USUAL_OVERHEAD + len(exhibits) * _EXHIBIT_OVERHEAD + sheets * _SHEET_OVERHEAD


def _pages_shown(item: PlannedExhibit) -> int:
    return sum(segment.sheets for segment in item.segments if segment.kind == PAGES)


def volume_file(plan: BundlePlan, volume: int, of: int) -> str:
    """Name of a volume's file: nothing of the case but docket, edition and freeze."""
    return volume_name(file_stem(plan.heading.docket, plan.heading.edition, plan.heading.freeze), volume, of)


def volume_name(stem: str, volume: int, of: int) -> str:
    """Name of a volume's file; the only one carries no number."""
    return f"{stem}-v{volume}.pdf" if of > 1 else f"{stem}.pdf"


def file_stem(docket: str, edition: str, freeze: int) -> str:
    """How the names of all files of an export begin."""
    stem = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in docket)
    return f"{stem}-{edition}-freeze-{freeze}"


class _Binder:
    def __init__(self, most_bytes: int, most_sheets: int, *, papers: tuple[int, int]) -> None:
        """`papers` are the bytes set aside beside the copies in the first volume and in each other one."""
        self._most_bytes = most_bytes
        self._most_sheets = most_sheets
        self._volumes: list[list[Piece]] = [[]]
        first, self._papers = papers
        self._bytes, self._sheets = float(first), 0

    def done(self) -> list[list[Piece]]:
        return [pieces for pieces in self._volumes if pieces] or [[]]

    def add(self, item: PlannedExhibit) -> None:
        page_bytes = self.page_bytes(item)
        whole_bytes = sum(self._cost(segment, page_bytes) for segment in item.segments)
        if not self._fits(whole_bytes, item.sheets) and self._sheets:
            self._turn()
        begins = True
        for segment in item.segments:
            begins = self._add_segment(item.key, segment, page_bytes, begins=begins)

    def _add_segment(self, key: str, segment: Segment, page_bytes: float, *, begins: bool) -> bool:
        first = segment.first
        while first <= segment.last:
            last = self._last_fitting(first, segment.last, page_bytes) if segment.kind == PAGES else segment.last
            is_full = segment.kind != PAGES and self._sheets and not self._fits(self._cost(segment, page_bytes), 1)
            if last < first or is_full:
                self._turn()
                begins = True
                continue
            part = Segment(segment.kind, first, last)
            self._volumes[-1].append(Piece(key, part, begins))
            self._bytes += self._cost(part, page_bytes)
            self._sheets += part.sheets
            begins, first = False, last + 1
        return begins

    def _last_fitting(self, first: int, last: int, page_bytes: float) -> int:
        """The last page that still fits; at least one goes into an empty volume."""
        most = last - first + 1
        if self._most_bytes:
            most = min(most, int((self._most_bytes - self._bytes) // (page_bytes + _SHEET_OVERHEAD)))
        if self._most_sheets:
            most = min(most, self._most_sheets - self._sheets)
        return first + max(most, 0 if self._sheets else 1) - 1

    def _fits(self, size: float, sheets: int) -> bool:
        return not (
            (self._most_bytes and self._bytes + size > self._most_bytes)
            or (self._most_sheets and self._sheets + sheets > self._most_sheets)
        )

    def _turn(self) -> None:
        self._volumes.append([])
        self._bytes, self._sheets = float(self._papers), 0

    @staticmethod
    def page_bytes(item: PlannedExhibit) -> float:
        """Bytes of one page of its copy, on average."""
        return item.rendition.bytes / len(item.pages) if item.rendition and item.pages else 0

    @staticmethod
    def _cost(segment: Segment, page_bytes: float) -> float:
        return segment.sheets * ((page_bytes if segment.kind == PAGES else 0) + _SHEET_OVERHEAD)
