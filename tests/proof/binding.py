"""From received files to finished volumes, without a database: what the proofs look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.tracker.bundle import samples
from tracker.bundle import stages
from tracker.bundle.plan import BundlePlan, Limits, PlannedExhibit, Stamping
from tracker.bundle.planning import Extras, make_plan
from tracker.files.pdf import NotRenderable, PdfFacts, inspect_and_rewrite


@dataclass(frozen=True)
class Received:
    """A file as received, with the facts of its copy, or the code that says why it has none."""

    source: Path
    copy: Path
    facts: PdfFacts | None
    reason: str


@dataclass
class Binder:
    """Collects exhibits in order and numbers them one after the other from `start`."""

    start: int = 1
    items: list[PlannedExhibit] = field(default_factory=list)
    copies: dict[str, Path] = field(default_factory=dict)
    sources: dict[str, Path] = field(default_factory=dict)

    @property
    def _key(self) -> str:
        return f"E-{len(self.items) + 1}"

    @property
    def _next(self) -> int:
        return self.items[-1].bates_last + 1 if self.items else self.start

    def add(self, received: Received, *, looks_same: bool = True, **more: object) -> None:
        """Show a received file's pages, or a slip sheet where it has none."""
        key = self._key
        if received.facts is None:
            self.items.append(samples.slip(key, self._next, **more))
            return
        if looks_same:
            self.sources[key] = received.source
        self.copies[key] = received.copy
        self.items.append(samples.shown(key, received.facts, self._next, **more))

    def slip(self) -> None:
        """Stand one slip sheet for something that has no pages."""
        self.items.append(samples.slip(self._key, self._next))

    def withhold(self, pages: int) -> None:
        """Withhold an exhibit of so many pages."""
        self.items.append(samples.withheld(self._key, self._next, self._next + pages - 1))

    def plan(
        self,
        order: Sequence[int] | None = None,
        *,
        limits: Limits | None = None,
        stamping: Stamping = samples.STAMPING,
    ) -> BundlePlan:
        """Freeze the exhibits, in an order of their own places where one is given."""
        items = [self.items[place] for place in order] if order else self.items
        return make_plan(
            replace(samples.HEADING, facts=()),
            items,
            gaps=[],
            chains=samples.CHAINS,
            stamping=stamping,
            tools={},
            fonts=samples.fonts().pins,
            extras=Extras(limits=limits or Limits()),
        )


def receive(source: Path, copy: Path) -> Received:
    """Receive a file as the product does."""
    try:
        return Received(source, copy, inspect_and_rewrite(source, copy), "")
    except NotRenderable as fault:
        return Received(source, copy, None, fault.code)


def bind(plan: BundlePlan, copies: Mapping[str, Path], folder: Path) -> list[Path]:
    """Build the volumes of a plan."""
    folder.mkdir(exist_ok=True)
    return [sealed.path for sealed in stages.build(plan, copies, folder, samples.fonts())]
