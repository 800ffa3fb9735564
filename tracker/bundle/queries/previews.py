"""What would go into a bundle, what is withheld and why, in which order; nothing is reserved by looking."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tracker.audit.actors import Actor
from tracker.bundle import gather, words
from tracker.bundle.gather import Drafted
from tracker.bundle.models import BundleExport, Edition
from tracker.bundle.ordering import Placed, usual_order
from tracker.bundle.plan import PAGES, SLIP, WITHHELD, Limits, PlannedExhibit
from tracker.bundle.queries.exports import exportable_case
from tracker.bundle.volumes import divide, estimated_bytes
from tracker.cases.models import Case
from tracker.evidence.models import Exhibit

ABSENT = "absent"


@dataclass(frozen=True)
class HiddenPages:
    """Pages of a shown exhibit that the edition does not show, counted from 1; `why` in words."""

    first: int
    last: int
    code: str
    why: str


@dataclass(frozen=True)
class PreviewLine:
    """One exhibit as it would stand in a bundle.

    `kind` is "pages", "slip", "withheld" or ABSENT (chosen, but not part of this edition); `bates` is "" where numbers
    are not reserved yet; `code` and `why` say why it has no pages here; `redacted` counts its blackened pages.
    """

    exhibit_id: UUID
    key: str
    mark: str
    title: str
    kind: str
    state: str
    sheets: int
    bates: str
    code: str
    why: str
    hidden: tuple[HiddenPages, ...] = ()
    redacted: int = 0


@dataclass(frozen=True)
class Preview:
    """What would go into an edition, in order. `reasons` stand against it (empty: it can be exported), `notes` do not.

    `bytes` is an estimate for all its `volumes`.
    """

    edition: str
    label: str
    lines: tuple[PreviewLine, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    volumes: int
    bytes: int

    @property
    def sheets(self) -> int:
        """Numbered sheets in all."""
        return sum(line.sheets for line in self.lines)

    @property
    def shown(self) -> int:
        """Exhibits of which something is shown: pages or a slip sheet."""
        return sum(line.kind in (PAGES, SLIP) for line in self.lines)

    @property
    def withheld(self) -> int:
        """Exhibits withheld as a whole."""
        return sum(line.kind == WITHHELD for line in self.lines)

    @property
    def absent(self) -> int:
        """Exhibits that were chosen and are not part of this edition."""
        return sum(line.kind == ABSENT for line in self.lines)


def preview(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    exhibits: Sequence[UUID] | None = None,
    withheld: Mapping[UUID, str] | None = None,
    edition: str = Edition.BOARD,
    volume_mb: int | None = None,
    volume_pages: int | None = None,
) -> Preview:
    """Show what `request_bundle` would freeze for an edition, with the same arguments; nothing is reserved.

    Raises OutOfScope or NotPermitted.
    """
    case = exportable_case(case_id, actor, at)
    drafted = gather.draft(case, exhibits, withheld or {}, edition=edition, at=at)
    volumes = max(1, len(divide(drafted.exhibits, Limits(volume_mb or 0, volume_pages or 0))))
    return Preview(
        edition=edition,
        label=str(Edition(edition).label),
        lines=(*(_line(item) for item in drafted.exhibits), *_absent(case, drafted)),
        reasons=drafted.reasons,
        notes=drafted.notes,
        volumes=volumes,
        bytes=estimated_bytes(drafted.exhibits, volumes),
    )


def _line(item: PlannedExhibit) -> PreviewLine:
    return PreviewLine(
        exhibit_id=UUID(item.exhibit_id),
        key=item.key,
        mark=item.mark,
        title=item.title,
        kind=item.kind,
        state=words.state(item.state),
        sheets=item.sheets,
        bates=words.range_text(item.bates_first, item.bates_last) if item.bates_first else "",
        code=item.withheld_code,
        why=words.code_label(item.withheld_code) if item.withheld_code else item.slip_reason,
        hidden=tuple(HiddenPages(one.first, one.last, one.code, words.code_label(one.code)) for one in item.hidden),
        redacted=len(item.redacted),
    )


def _absent(case: Case, drafted: Drafted) -> Iterator[PreviewLine]:
    rows = Exhibit.objects.filter(case=case, pk__in=list(drafted.absent)) if drafted.absent else ()
    for row in rows:
        code = drafted.absent[str(row.pk)]
        yield PreviewLine(
            exhibit_id=row.pk,
            key=row.key,
            mark=row.key,
            title=row.title,
            kind=ABSENT,
            state="",
            sheets=0,
            bates="",
            code=code,
            why=words.code_label(code),
        )


def order_for(case_id: UUID, *, actor: Actor, at: datetime) -> list[UUID]:
    """All exhibits of a case in the order that a new bundle begins with.

    That is the order of the last export; what was not in it stands where its mark and number put it. Attachments follow
    their e-mail. Raises OutOfScope or NotPermitted.
    """
    case = exportable_case(case_id, actor, at)
    rows = Exhibit.objects.filter(case=case).prefetch_related("markings").order_by("number", "part")
    placed = []
    for row in rows:
        marking = row.marking
        party, mark = (marking.party, marking.mark) if marking else ("", "")
        placed.append(Placed(row.pk, row.number, row.part, row.parent_id, party, mark))
    last = BundleExport.objects.filter(case=case).order_by("-freeze", "-exhibit_count").values_list("plan", flat=True)
    plan = last.first()
    # Not as a whole plan: that of a large case takes long to read.
    before = [UUID(item["exhibit_id"]) for item in json.loads(plan)["exhibits"]] if plan else []
    return usual_order(placed, before)
