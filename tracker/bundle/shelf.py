"""All volumes of a plan side by side, as they are seen from one of them: where things stand and how that is printed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.lists import Cite
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.places import Places, segment_numbers
from tracker.bundle.plan import BundlePlan, PlannedExhibit


@dataclass(frozen=True)
class Cited:
    """A cited place as printed: "Ex. 4", its numbers, the link's target ("" for none), its volume (0: this one)."""

    name: str
    numbers: str
    target: str
    volume: int = 0


@dataclass(frozen=True)
class Shelf:
    """The volumes of a plan, seen from the one that is drawn (`number`, from 1); `digest` is the manifest's."""

    plan: BundlePlan
    volumes: tuple[Places, ...]
    digest: str
    number: int = 1

    @classmethod
    def of(cls, plan: BundlePlan, volumes: tuple[Places, ...], number: int = 1) -> "Shelf":
        """The shelf of a plan."""
        return cls(plan, volumes, manifest_digest(plan), number)

    def seen_from(self, number: int) -> "Shelf":
        """The same volumes from another of them."""
        return replace(self, number=number)

    @property
    def places(self) -> Places:
        """The volume that is drawn."""
        return self.volumes[self.number - 1]

    @cached_property
    def exhibits(self) -> tuple[PlannedExhibit, ...]:
        """The exhibits of which something stands in this volume, in order."""
        items = self.plan.by_key()
        return tuple(items[key] for key in self.places.volume.keys)

    @cached_property
    def _items(self) -> dict[str, PlannedExhibit]:
        return self.plan.by_key()

    @cached_property
    def _first_volume(self) -> dict[str, int]:
        out: dict[str, int] = {}
        for places in self.volumes:
            for key in places.dividers:
                out.setdefault(key, places.volume.number)
        return out

    def begins_in(self, key: str) -> int:
        """Number of the volume in which an exhibit begins; this one where nothing of it stands anywhere."""
        return self._first_volume.get(key, self.number)

    def pdf_page(self, key: str) -> str:
        """The page at which an exhibit begins: "19", in another volume "V2·10", "—" for none.

        In a later volume that continues it, the page at which it goes on.
        """
        goes_on = self.number > 1 and key in self.places.dividers
        volume = self.number if goes_on else self.begins_in(key)
        at = self.volumes[volume - 1].dividers.get(key)
        if at is None:
            return "—"
        return f"{at + 1:,}" if volume == self.number else f"V{volume}·{at + 1:,}"

    def page_of(self, section: str) -> str:
        """The page at which a section of the first volume begins: "page A-1", "volume 1, page A-1" from another."""
        label = self.volumes[0].label_of_section(section)
        if self.number == 1:
            return _("page %(page)s") % {"page": label}
        return _("volume 1, page %(page)s") % {"page": label}

    def numbers_here(self) -> Iterator[tuple[str, int, int]]:
        """The stretches of this volume: kind, first and last number."""
        for one in self.places.placed:
            yield one.piece.segment.kind, *segment_numbers(one.item, one.piece)

    def range_here(self, key: str) -> tuple[int, int]:
        """First and last number of an exhibit in this volume."""
        numbers = [
            number
            for one in self.places.placed
            if one.piece.key == key
            for number in segment_numbers(one.item, one.piece)
        ]
        return min(numbers), max(numbers)

    def target_here(self, item: PlannedExhibit) -> str:
        """Where a link to an exhibit leads in a list of this volume: to where it begins, or goes on in this volume."""
        if self.number == 1 or self.begins_in(item.key) == self.number:
            return f"exhibit:{item.key}"
        return f"page:{item.key}:{self.range_here(item.key)[0] - item.bates_first + 1}"

    def cited(self, cite: Cite) -> Cited:
        """A cited place. An exhibit that is not in the bundle is named by its number, without a link."""
        item = self._items.get(cite.key)
        if item is None:
            return Cited(_("Ex. %(mark)s") % {"mark": cite.key}, "—", "")
        name = _("Ex. %(mark)s") % {"mark": item.mark}
        if not 1 <= cite.page <= item.numbers:
            volume = self.begins_in(item.key)
            numbers = words.numbers(self.plan, item.bates_first, item.bates_last)
            target = f"exhibit:{item.key}" if item.key in self._first_volume else ""
            return Cited(name, numbers, target, 0 if volume == self.number else volume)
        volume = self._volume_of(item.key, cite.page)
        number = self.plan.digits(item.bates_first + cite.page - 1)
        return Cited(name, number, f"page:{item.key}:{cite.page}", 0 if volume == self.number else volume)

    def _volume_of(self, key: str, page: int) -> int:
        for places in self.volumes:
            if places.sheet_index(key, page) is not None:
                return places.volume.number
        return self.begins_in(key)
