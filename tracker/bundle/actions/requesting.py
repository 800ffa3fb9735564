"""Asking for a bundle, which freezes it, and handing out the finished file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import actions as audit_actions
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.bundle import gather
from tracker.bundle.actions.building import named
from tracker.bundle.fonts import FontFiles, FontsMissing
from tracker.bundle.manifest import manifest_digest
from tracker.bundle.models import BatesRange, BundleExport, ExportStatus
from tracker.bundle.plan import WITHHELD, BundlePlan, Heading, PlannedExhibit, make_plan, with_ledger_entry
from tracker.bundle.stages import tool_versions
from tracker.cases import numbering
from tracker.cases.actions import moving
from tracker.cases.models import Case
from tracker.errors import ActionRefused, OutOfScope

EDITIONS = ("board",)


@transaction.atomic
def request_bundle(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    exhibits: Sequence[UUID] | None = None,
    withheld: Mapping[UUID, str] | None = None,
    edition: str = "board",
    queue: bool = True,
) -> BundleExport:
    """Freeze a bundle of the chosen exhibits (None: all, in E order) and queue its build.

    `withheld` names exhibits that are kept out, with their code (W-1 to W-5); those withheld by an act of their own
    are kept out in any case. Numbers are reserved for exhibits that have none, in this order. With `queue` false no
    job is queued, for callers that build at once; should they die, the worker's own round finds the export.

    Refused, with all reasons, while an exhibit is not settled, where a class needs a release that is not recorded,
    and where no exhibit is chosen. Ledger: bundle.requested with the manifest's digest; anchor.made before it.
    """
    case = moving.lock(case_id)
    gate.require(actor, Permission.BUNDLE_EXPORT, case, at=at)
    drafted = gather.draft(case, exhibits, withheld or {})
    fonts = _decide(drafted, edition)
    audit_actions.make_anchor(actor=actor, at=at)
    numbered, fresh = _numbered(case, drafted)
    freeze = numbering.next_number(f"bundle:{case.pk}")
    heading = gather.heading(case, edition=edition, freeze=freeze, at=at)
    plan = _freeze(case, heading, numbered, drafted, fonts=fonts)
    export = _export(case, plan, actor=actor, at=at)
    entry = ledger.record(
        "bundle.requested",
        board_id=case.board_id,
        chain=case.pk,
        actor=actor,
        at=at,
        facts=named(export)
        | {
            "exhibits": export.exhibit_count,
            "withheld": export.withheld_count,
            "first_number": plan.first_number,
            "last_number": plan.last_number,
        },
    )
    export.plan = with_ledger_entry(plan, entry.seq).to_json()
    export.save(force_insert=True)
    _reserve(export, fresh, at)
    # The task imports these actions, so it is found by its name; enqueued here, it is rolled back with the act.
    if queue:
        import_string("tracker.bundle.tasks.build_bundle").enqueue(str(export.pk))
    return export


def _decide(drafted: gather.Drafted, edition: str) -> FontFiles:
    """Refuse with all reasons at once, or answer the typefaces to pin."""
    reasons = list(drafted.reasons)
    fonts = None
    try:
        fonts = gather.installed_fonts()
    except FontsMissing as error:
        reasons.append(str(error))
    if edition not in EDITIONS:
        reasons.append(_("There is no edition named %(edition)s.") % {"edition": edition})
    if reasons or fonts is None:
        raise ActionRefused(reasons)
    return fonts


def _freeze(
    case: Case, heading: Heading, numbered: list[PlannedExhibit], drafted: gather.Drafted, *, fonts: FontFiles
) -> BundlePlan:
    try:
        return make_plan(
            heading,
            numbered,
            unchosen=drafted.unchosen,
            chains=gather.chains(case),
            tools=tool_versions(),
            fonts=fonts.pins,
        )
    except ValueError as error:
        raise ActionRefused([str(error)]) from error


def _export(case: Case, plan: BundlePlan, *, actor: Actor, at: datetime) -> BundleExport:
    return BundleExport(
        id=uuid7(),
        board_id=case.board_id,
        case=case,
        freeze=plan.heading.freeze,
        edition=plan.heading.edition,
        exhibit_count=len(plan.exhibits),
        withheld_count=sum(item.kind == WITHHELD for item in plan.exhibits),
        manifest_sha256=manifest_digest(plan),
        requested_by=actor.code,
        requested_at=at,
    )


def _reserve(export: BundleExport, fresh: list[PlannedExhibit], at: datetime) -> None:
    BatesRange.objects.bulk_create(
        BatesRange(
            board_id=export.board_id,
            case_id=export.case_id,
            exhibit_id=UUID(item.exhibit_id),
            first=item.bates_first,
            last=item.bates_last,
            reserved_by=export,
            reserved_at=at,
        )
        for item in fresh
    )


def _numbered(case: Case, drafted: gather.Drafted) -> tuple[list[PlannedExhibit], list[PlannedExhibit]]:
    """Give numbers to exhibits that have none, after the highest of the case; return all, and those."""
    last = BatesRange.objects.filter(case=case).aggregate(last=Max("last"))["last"] or 0
    numbered, fresh = [], []
    for item in drafted.exhibits:
        if not item.bates_first:
            item = replace(item, bates_first=last + 1, bates_last=last + drafted.needed[item.key])
            last = item.bates_last
            fresh.append(item)
        numbered.append(item)
    return numbered, fresh


@transaction.atomic
def hand_out(export_id: UUID, *, actor: Actor, at: datetime) -> BundleExport:
    """Record that somebody takes the finished file; the door then streams `stored_file`.

    Refused until it is sealed. Ledger: bundle.handed_out with the file's digest.
    """
    export = BundleExport.objects.select_related("case__board", "stored_file").filter(pk=export_id).first()
    if export is None:
        raise OutOfScope
    gate.require(actor, Permission.BUNDLE_EXPORT, export.case, at=at)
    if export.status != ExportStatus.SEALED or export.stored_file is None:
        raise ActionRefused([_("This bundle is not finished, so there is no file to hand out.")])
    ledger.record(
        "bundle.handed_out",
        board_id=export.board_id,
        chain=export.case_id,
        actor=actor,
        at=at,
        facts=named(export) | {"sha256": export.stored_file.digest, "bytes": export.stored_file.size},
    )
    return export
