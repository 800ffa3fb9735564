"""Exports of a case: how far a build is, what was made, the file to hand out, and what a seal proves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.bundle.models import BundleExport, BundleFile, ExportStatus, Format
from tracker.bundle.stages import STAGES
from tracker.bundle.volumes import file_stem, volume_name
from tracker.cases.models import Case
from tracker.errors import ActionRefused, OutOfScope
from tracker.files.models import StoredFile


@dataclass(frozen=True)
class FileLine:
    """One sealed PDF of an export: its volume from 1, file name, pages, size in bytes, digests (SHA-256 in hex).

    `certificate_sha256` is "" where it is not signed.
    """

    volume: int
    name: str
    pages: int
    bytes: int
    sha256: str
    seal_sha256: str
    certificate_sha256: str


@dataclass(frozen=True)
class Progress:
    """How far an export is, with its options.

    `detail` is the exhibit or volume the stage is at, `done` of `steps` how far it is; `percent` counts both.
    `is_stopping` says that it was told to stop. Once it is sealed, `files` are its volumes, `name` and `file_sha256`
    are of what is handed out as a whole (of several volumes the first), `bytes` is the size of all that is handed out.
    `requested_by` is an actor's code.
    """

    export_id: UUID
    freeze: int
    edition: str
    edition_label: str
    format: str
    format_label: str
    volume_mb: int | None
    volume_pages: int | None
    status: str
    status_label: str
    is_unfinished: bool
    is_stopping: bool
    stage: str
    detail: str
    done: int
    steps: int
    percent: int
    reason: str
    requested_by: str
    requested_at: datetime
    ended_at: datetime | None
    exhibit_count: int
    withheld_count: int
    page_count: int | None
    manifest_sha256: str
    name: str
    file_sha256: str
    bytes: int
    files: tuple[FileLine, ...]


@dataclass(frozen=True)
class Finished:
    """A file of a sealed export that may be handed out, and the name it gets."""

    export: BundleExport
    file: StoredFile
    name: str


def exportable_case(case_id: UUID, actor: Actor, at: datetime) -> Case:
    """The case, for those who may export its bundles. Raises OutOfScope or NotPermitted."""
    case = Case.objects.select_related("board__jurisdiction").filter(pk=case_id).first()
    if case is None:
        raise OutOfScope
    gate.require(actor, Permission.BUNDLE_EXPORT, case, at=at)
    return case


def exports(case_id: UUID, *, actor: Actor, at: datetime) -> list[Progress]:
    """Every export of a case, newest first. Raises OutOfScope or NotPermitted."""
    case = exportable_case(case_id, actor, at)
    rows = (
        BundleExport.objects.filter(case=case)
        .select_related("stored_file")
        .prefetch_related("files__stored_file")
        .defer("plan")
        .order_by("-freeze", "id")
    )
    return [_progress(row, case.docket) for row in rows]


def progress(export_id: UUID, *, actor: Actor, at: datetime) -> Progress:
    """How far one export is. Raises OutOfScope or NotPermitted."""
    row = _permitted(export_id, actor, at)
    return _progress(row, row.case.docket)


def finished_file(export_id: UUID, *, actor: Actor, at: datetime, volume: int | None = None) -> Finished:
    """A file of an export: one of its volumes, or (None) the one that is handed out as a whole.

    Raises OutOfScope (also for a volume that it does not have), NotPermitted, and ActionRefused until it is sealed.
    """
    row = _permitted(export_id, actor, at)
    if row.status != ExportStatus.SEALED or row.stored_file is None:
        raise ActionRefused([_("This bundle is not finished, so there is no file to hand out.")])
    if volume is None:
        return Finished(row, row.stored_file, _whole_name(row, row.case.docket))
    files = list(row.files.all())
    found = next((file for file in files if file.volume == volume), None)
    if found is None:
        raise OutOfScope
    return Finished(row, found.stored_file, volume_name(_stem(row, row.case.docket), volume, len(files)))


def _permitted(export_id: UUID, actor: Actor, at: datetime) -> BundleExport:
    rows = BundleExport.objects.select_related("stored_file", "case__board").prefetch_related("files__stored_file")
    row = rows.defer("plan").filter(pk=export_id).first()
    if row is None:
        raise OutOfScope
    gate.require(actor, Permission.BUNDLE_EXPORT, row.case, at=at)
    return row


def _progress(row: BundleExport, docket: str) -> Progress:
    file = row.stored_file
    files = list(row.files.all())
    return Progress(
        export_id=row.pk,
        freeze=row.freeze,
        edition=row.edition,
        edition_label=str(row.get_edition_display()),
        format=row.format,
        format_label=str(row.get_format_display()),
        volume_mb=row.volume_mb,
        volume_pages=row.volume_pages,
        status=row.status,
        status_label=str(row.get_status_display()),
        is_unfinished=row.is_unfinished,
        is_stopping=row.is_unfinished and row.cancel_asked_at is not None,
        stage=row.stage,
        detail=row.detail,
        done=row.done,
        steps=row.steps,
        percent=_percent(row),
        reason=row.reason,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        ended_at=row.ended_at,
        exhibit_count=row.exhibit_count,
        withheld_count=row.withheld_count,
        page_count=row.page_count,
        manifest_sha256=row.manifest_sha256,
        name=_whole_name(row, docket) if file else "",
        file_sha256=file.digest if file else "",
        bytes=_size(row, files),
        files=tuple(_file_line(row, docket, one, len(files)) for one in files),
    )


def _size(row: BundleExport, files: list[BundleFile]) -> int:
    if row.stored_file is None:
        return 0
    return sum(one.stored_file.size for one in files) if row.format == Format.PDF and files else row.stored_file.size


def _file_line(row: BundleExport, docket: str, file: BundleFile, of: int) -> FileLine:
    return FileLine(
        volume=file.volume,
        name=volume_name(_stem(row, docket), file.volume, of),
        pages=file.page_count,
        bytes=file.stored_file.size,
        sha256=file.stored_file.digest,
        seal_sha256=file.seal_sha256,
        certificate_sha256=file.certificate_sha256,
    )


def _whole_name(row: BundleExport, docket: str) -> str:
    stem = _stem(row, docket)
    return f"{stem}.zip" if row.format == Format.ZIP else volume_name(stem, 1, len(row.files.all()))


def _stem(row: BundleExport, docket: str) -> str:
    return file_stem(docket, row.edition, row.freeze)


def _percent(row: BundleExport) -> int:
    if row.status == ExportStatus.SEALED:
        return 100
    if row.stage not in STAGES:
        return 0
    within = row.done / row.steps if row.steps else 0
    return int(100 * (STAGES.index(row.stage) + within) / len(STAGES))
