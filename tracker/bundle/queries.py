"""Bundles as people may see them: what would go in, what was exported, how far a build is, what a seal proves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import queries as audit_queries
from tracker.audit.actors import Actor
from tracker.bundle import gather, words
from tracker.bundle.models import BundleExport, ExportStatus
from tracker.bundle.stages import STAGES
from tracker.bundle.verify import LedgerMatch
from tracker.cases.models import Case
from tracker.errors import OutOfScope


@dataclass(frozen=True)
class PreviewLine:
    """One exhibit as it would stand in a bundle. `kind` is "pages", "slip" or "withheld"; `bates` is "" where
    numbers are not reserved yet; `why` says why it has no pages here.
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


@dataclass(frozen=True)
class Preview:
    """What would go in, in order, and the sentences that stand against it (empty: it can be exported)."""

    lines: tuple[PreviewLine, ...]
    reasons: tuple[str, ...]

    @property
    def sheets(self) -> int:
        """Numbered sheets in all."""
        return sum(line.sheets for line in self.lines)


@dataclass(frozen=True)
class Progress:
    """How far an export is. `percent` counts stages begun; `file_sha256` and `bytes` are set once it is sealed."""

    export_id: UUID
    freeze: int
    edition: str
    status: str
    status_label: str
    stage: str
    percent: int
    reason: str
    requested_at: datetime
    ended_at: datetime | None
    exhibit_count: int
    withheld_count: int
    page_count: int | None
    manifest_sha256: str
    seal_sha256: str
    file_sha256: str
    bytes: int


def preview(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    exhibits: Sequence[UUID] | None = None,
    withheld: Mapping[UUID, str] | None = None,
) -> Preview:
    """Show what `request_bundle` would freeze, with the same arguments; nothing is reserved.

    Raises OutOfScope or NotPermitted.
    """
    case = _exportable(case_id, actor, at)
    drafted = gather.draft(case, exhibits, withheld or {})
    lines = tuple(
        PreviewLine(
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
        )
        for item in drafted.exhibits
    )
    return Preview(lines, drafted.reasons)


def exports(case_id: UUID, *, actor: Actor, at: datetime) -> list[Progress]:
    """Every export of a case, newest first. Raises OutOfScope or NotPermitted."""
    case = _exportable(case_id, actor, at)
    rows = BundleExport.objects.filter(case=case).select_related("stored_file").defer("plan").order_by("-freeze")
    return [_progress(row) for row in rows]


def progress(export_id: UUID, *, actor: Actor, at: datetime) -> Progress:
    """How far one export is. Raises OutOfScope or NotPermitted."""
    row = BundleExport.objects.select_related("stored_file", "case__board").defer("plan").filter(pk=export_id).first()
    if row is None:
        raise OutOfScope
    gate.require(actor, Permission.BUNDLE_EXPORT, row.case, at=at)
    return _progress(row)


def _exportable(case_id: UUID, actor: Actor, at: datetime) -> Case:
    case = Case.objects.select_related("board__jurisdiction").filter(pk=case_id).first()
    if case is None:
        raise OutOfScope
    gate.require(actor, Permission.BUNDLE_EXPORT, case, at=at)
    return case


def _progress(row: BundleExport) -> Progress:
    file = row.stored_file
    return Progress(
        export_id=row.pk,
        freeze=row.freeze,
        edition=row.edition,
        status=row.status,
        status_label=str(row.get_status_display()),
        stage=row.stage,
        percent=_percent(row),
        reason=row.reason,
        requested_at=row.requested_at,
        ended_at=row.ended_at,
        exhibit_count=row.exhibit_count,
        withheld_count=row.withheld_count,
        page_count=row.page_count,
        manifest_sha256=row.manifest_sha256,
        seal_sha256=row.seal_sha256,
        file_sha256=file.digest if file else "",
        bytes=file.size if file else 0,
    )


def _percent(row: BundleExport) -> int:
    if row.status == ExportStatus.SEALED:
        return 100
    if row.stage not in STAGES:
        return 0
    return 100 * STAGES.index(row.stage) // len(STAGES)


def recorded_seal(manifest_sha256: str, seal_sha256: str) -> LedgerMatch | None:
    """The ledger entry that recorded a seal, for `verify(path, lookup=recorded_seal)`; None where there is none.

    What counts is the entry, not the export's row.
    """
    if not seal_sha256:
        return None
    rows = BundleExport.objects.filter(seal_sha256=seal_sha256, manifest_sha256=manifest_sha256)
    for case_id in rows.values_list("case_id", flat=True).distinct():
        for entry, facts in audit_queries.facts_of(case_id, "bundle.sealed"):
            if facts.get("seal_sha256") == seal_sha256 and facts.get("manifest_sha256") == manifest_sha256:
                return LedgerMatch(entry.seq, entry.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC"))
    return None
