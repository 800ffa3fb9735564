"""The numbers of a case: which ranges are held, which were given up, which come next. Pure.

Ranges follow each other without gaps, are never changed and never given to anything else. An exhibit whose number of
pages changed gets a new range at the end; the old one is retired.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Range:
    """Numbers of one exhibit, both ends included; `is_retired` once another range took their place."""

    exhibit_id: str
    first: int
    last: int
    is_retired: bool = False

    @property
    def count(self) -> int:
        """How many numbers it holds."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Book:
    """Every range of a case, in order; `start` is the number of the first page where there is none yet."""

    ranges: tuple[Range, ...] = ()
    start: int = 1

    @property
    def next_number(self) -> int:
        """The number that the next page gets."""
        return max((row.last + 1 for row in self.ranges), default=self.start)

    def held(self, exhibit_id: str) -> Range | None:
        """The range in use of an exhibit."""
        return next((row for row in self.ranges if row.exhibit_id == exhibit_id and not row.is_retired), None)

    def fitting(self, exhibit_id: str, count: int) -> Range | None:
        """The range in use of an exhibit when it still holds as many numbers as the exhibit takes."""
        row = self.held(exhibit_id)
        return row if row and row.count == count else None

    def reserve(self, wanted: Iterable[tuple[str, int]]) -> "Book":
        """The book after a freeze of exhibits (id, count of numbers) in that order; others keep what they have."""
        ranges, at = list(self.ranges), self.next_number
        in_use = {row.exhibit_id: place for place, row in enumerate(ranges) if not row.is_retired}
        for exhibit_id, count in wanted:
            place = in_use.get(exhibit_id)
            if place is not None:
                if ranges[place].count == count:
                    continue
                ranges[place] = replace(ranges[place], is_retired=True)
            in_use[exhibit_id] = len(ranges)
            ranges.append(Range(exhibit_id, at, at + count - 1))
            at += count
        return replace(self, ranges=tuple(ranges))
