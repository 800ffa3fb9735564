"""Asking for a bundle, which freezes it: one freeze, an export for each edition, numbers reserved once for all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import actions as audit_actions
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.bundle import gather, gather_heading
from tracker.bundle.actions.building import named
from tracker.bundle.gather import Drafted
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.models import BatesRange, BundleExport, Edition, Format
from tracker.bundle.plan import WITHHELD, BundlePlan, Chains, Limits
from tracker.bundle.planning import Extras, make_plan, with_ledger_entry
from tracker.bundle.ranges import Book
from tracker.bundle.stages import tool_versions
from tracker.cases import numbering
from tracker.cases.actions import moving
from tracker.cases.models import Case
from tracker.errors import ActionRefused
from tracker.files.fonts import FontFiles, FontsMissing

MOST_MEGABYTES = 10_000
MOST_SHEETS = 100_000


@transaction.atomic
def request_bundle(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    exhibits: Sequence[UUID] | None = None,
    withheld: Mapping[UUID, str] | None = None,
    editions: Sequence[str] = (Edition.BOARD,),
    format: str = Format.PDF,
    volume_mb: int | None = None,
    volume_pages: int | None = None,
    queue: bool = True,
) -> list[BundleExport]:
    """Freeze the chosen exhibits (None: all, in E order) for one or more editions and queue their builds.

    `withheld` names exhibits that are kept out, with their code (W-1 to W-5); those withheld by an act of their own
    are kept out in any case. `volume_mb` (10^6 bytes) and `volume_pages` (sheets) say where a volume ends. Numbers are
    reserved for exhibits that have none, in this order, and are the same in every edition; an exhibit that takes
    another count of numbers than it holds gets new ones at the end. With `queue` false no job is queued, for callers
    that build at once; should they die, the worker's own round finds the exports.

    Refused, with all reasons, while an exhibit is not settled, where a class needs a release that is not recorded,
    where a page names who is masked, and where an edition would hold nothing. Ledger: bundle.requested for each export
    with the manifest's digest; anchor.made before them.
    """
    case = moving.lock(case_id)
    gate.require(actor, Permission.BUNDLE_EXPORT, case, at=at)
    wanted = list(dict.fromkeys(editions))
    limits = Limits(volume_mb or 0, volume_pages or 0)
    known = [edition for edition in wanted if edition in Edition.values]
    drafts = [gather.draft(case, exhibits, withheld or {}, edition=edition, at=at) for edition in known]
    fonts = _decide(drafts, _odd_options(wanted, format, volume_mb=volume_mb, volume_pages=volume_pages))
    audit_actions.make_anchor(actor=actor, at=at)
    before = gather_heading.book_of(case, at)
    book = _reserved(before, drafts)
    freeze = numbering.next_number(f"bundle:{case.pk}")
    freezer = _Freezer(case, book, fonts, limits, freeze=freeze, at=at)
    plans = [freezer.freeze(drafted) for drafted in drafts]
    exports = [_export(case, plan, limits, format=format, actor=actor, at=at) for plan in plans]
    for export, plan in zip(exports, plans, strict=True):
        _enter(export, plan, before, book, actor=actor)
    _keep(book, before, exports[0])
    # The task imports these actions, so it is found by its name; enqueued here, it is rolled back with the act.
    for export in exports if queue else ():
        import_string("tracker.bundle.tasks.build_bundle").enqueue(str(export.pk))
    return exports


def _odd_options(wanted: Sequence[str], format: str, *, volume_mb: int | None, volume_pages: int | None) -> list[str]:
    reasons = [] if wanted else [_("Choose at least one edition.")]
    reasons += [
        _("There is no edition named %(edition)s.") % {"edition": edition}
        for edition in wanted
        if edition not in Edition.values
    ]
    if format not in Format.values:
        reasons.append(_("A bundle is handed out as PDF or ZIP."))
    if volume_mb is not None and not 1 <= volume_mb <= MOST_MEGABYTES:
        reasons.append(_("A volume holds from 1 to %(most)s megabytes.") % {"most": f"{MOST_MEGABYTES:,}"})
    if volume_pages is not None and not 1 <= volume_pages <= MOST_SHEETS:
        reasons.append(_("A volume holds from 1 to %(most)s pages.") % {"most": f"{MOST_SHEETS:,}"})
    return reasons


def _decide(drafts: Sequence[Drafted], odd: list[str]) -> FontFiles:
    """Refuse with all reasons at once, or answer the typefaces to pin."""
    reasons = _reasons(drafts) + odd
    fonts = None
    try:
        fonts = gather.installed_fonts()
    except FontsMissing as error:
        reasons.append(str(error))
    if reasons or fonts is None:
        raise ActionRefused(reasons)
    return fonts


def _reasons(drafts: Sequence[Drafted]) -> list[str]:
    """What stands against the editions, once each; what stands against some of them names these."""
    told: dict[str, list[str]] = {}
    for drafted in drafts:
        for reason in drafted.reasons:
            told.setdefault(reason, []).append(str(Edition(drafted.edition).label))
    return [reason if len(names) == len(drafts) else f"{', '.join(names)}: {reason}" for reason, names in told.items()]


def _reserved(book: Book, drafts: Sequence[Drafted]) -> Book:
    """The book after this freeze: what any of the editions shows or withholds has its numbers, the same in all."""
    wanted: dict[str, int] = {}
    for drafted in drafts:
        for item in drafted.exhibits:
            wanted.setdefault(item.exhibit_id, drafted.needed[item.key])
    return book.reserve(wanted.items())


class _Freezer:
    def __init__(self, case: Case, book: Book, fonts: FontFiles, limits: Limits, *, freeze: int, at: datetime) -> None:
        self._case, self._book, self._fonts, self._limits = case, book, fonts, limits
        self._freeze, self._at = freeze, at
        self._chains: Chains = gather_heading.chains_of(case)

    def freeze(self, drafted: Drafted) -> BundlePlan:
        case, at = self._case, self._at
        whole = gather.numbered(drafted, self._book)
        heading = gather_heading.heading_of(
            case,
            edition=whole.edition,
            freeze=self._freeze,
            at=at,
            is_masked=whole.is_masked,
            has_part2=whole.has_part2,
        )
        try:
            return make_plan(
                heading,
                whole.exhibits,
                gaps=whole.gaps,
                chains=self._chains,
                stamping=gather_heading.stamping_of(case, at, has_part2=whole.has_part2),
                tools=tool_versions(),
                fonts=self._fonts.pins,
                extras=Extras(whole.tables, self._limits, gather_heading.signing_of(case.board, at)),
            )
        except ValueError as error:
            raise ActionRefused([str(error)]) from error


def _export(case: Case, plan: BundlePlan, limits: Limits, *, format: str, actor: Actor, at: datetime) -> BundleExport:
    return BundleExport(
        id=uuid7(),
        board_id=case.board_id,
        case=case,
        freeze=plan.heading.freeze,
        edition=plan.heading.edition,
        format=format,
        volume_mb=limits.megabytes or None,
        volume_pages=limits.sheets or None,
        exhibit_count=len(plan.exhibits),
        withheld_count=sum(item.kind == WITHHELD for item in plan.exhibits),
        manifest_sha256=manifest_digest(plan),
        requested_by=actor.code,
        requested_at=at,
    )


def _enter(export: BundleExport, plan: BundlePlan, before: Book, book: Book, *, actor: Actor) -> None:
    """One entry in the ledger, whose number the plan then cites, and the export's row."""
    retired = sum(row.is_retired for row in book.ranges) - sum(row.is_retired for row in before.ranges)
    entry = ledger.record(
        "bundle.requested",
        board_id=export.board_id,
        chain=export.case_id,
        actor=actor,
        at=export.requested_at,
        facts=named(export)
        | {
            "format": export.format,
            "exhibits": export.exhibit_count,
            "withheld": export.withheld_count,
            "first_number": plan.first_number,
            "last_number": plan.last_number,
            "reserved": len(book.ranges) - len(before.ranges),
            "retired": retired,
        },
        on_behalf_of=moving.on_behalf_of(actor, Permission.BUNDLE_EXPORT, export.case, at=export.requested_at),
    )
    export.plan = with_ledger_entry(plan, entry.seq).to_json()
    export.save(force_insert=True)


def _keep(book: Book, before: Book, export: BundleExport) -> None:
    """Write down the new ranges, and those they took the place of."""
    at = export.requested_at
    for old, new in zip(before.ranges, book.ranges, strict=False):
        if new != old:
            rows = BatesRange.objects.filter(case_id=export.case_id, first=old.first, retired_at__isnull=True)
            rows.update(retired_at=at)
    BatesRange.objects.bulk_create(
        BatesRange(
            board_id=export.board_id,
            case_id=export.case_id,
            exhibit_id=UUID(row.exhibit_id),
            first=row.first,
            last=row.last,
            reserved_by=export,
            reserved_at=at,
        )
        for row in book.ranges[len(before.ranges) :]
    )
