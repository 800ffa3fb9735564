"""Evidence by reference: an exhibit of a linked docket, the same stored bytes, a class and custody of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.cases import copying, numbering
from tracker.cases.actions import companions, dockets
from tracker.cases.filingdata import RespondentData
from tracker.cases.models import Case, CaseLink
from tracker.errors import ActionRefused
from tracker.evidence.actions import custody, framing
from tracker.evidence.models import Exhibit, PageRestriction, Rendition
from tracker.evidence.states import CustodyAct, ExhibitState

# What the new exhibit has in common with the one it refers to. A release was given for the other docket only.
_SAME = (
    *("title", "source", "dated_on", "original_name", "stored_file_id", "state", "state_reason", "is_renderable"),
    *("not_renderable_reason", "page_count", "slip_facts", "confidentiality", "withheld_code", "withheld_reason"),
)


@transaction.atomic
def share_exhibit(exhibit_id: UUID, *, actor: Actor, at: datetime, docket: str) -> Exhibit:
    """Receive a cleared exhibit on a linked docket of the same board, by reference: no byte is copied.

    It gets a number there, begins in the same class and withheld as here, and goes its own way from then on; a
    redacted copy stays behind. The attachments of an e-mail go with it. Refused for a docket that is not linked or on
    which the actor may not link, for an attachment alone, for what is not cleared, and for what is there already.
    Ledger: evidence.shared here, evidence.referred there; custody: received.
    """
    source = framing.begin(exhibit_id, Permission.CASE_LINK, actor=actor, at=at)
    target = dockets.lock_other(docket, source.case)
    if target is None or not _may_share(source.case, target, actor, at):
        raise ActionRefused([_("No docket %(docket)s is linked with this one.") % {"docket": docket.strip().upper()}])
    reasons = _faults(source, target)
    if reasons:
        raise ActionRefused(reasons)
    return _refer(source, target, actor=actor, at=at)


@transaction.atomic
def open_companion(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    respondent: RespondentData,
    allegations: Sequence[str],
    reason: str,
    share_exhibits: bool = False,
    seen: int | None = None,
) -> Case:
    """Open a companion case (`cases.actions.companions`) and, where asked, share every cleared exhibit with it.

    Refused as the opening is. Ledger: as the opening and each sharing.
    """
    opened = companions.open_companion(
        case_id, actor=actor, at=at, respondent=respondent, allegations=allegations, reason=reason, seen=seen
    )
    if share_exhibits:
        for exhibit in Exhibit.objects.filter(case_id=case_id, parent__isnull=True, state=ExhibitState.CLEARED):
            share_exhibit(exhibit.pk, actor=actor, at=at, docket=opened.docket)
    return opened


def _may_share(case: Case, target: Case, actor: Actor, at: datetime) -> bool:
    pair = Q(case=case, other=target) | Q(case=target, other=case)
    linked = CaseLink.objects.filter(pair, ended_at__isnull=True).exists()
    return linked and case.board_id == target.board_id and gate.can(actor, Permission.CASE_LINK, target, at=at)


def _faults(source: Exhibit, target: Case) -> list[str]:
    if source.parent_id:
        return [_("An attachment is shared together with its e-mail.")]
    if source.state != ExhibitState.CLEARED:
        return [_("Only an exhibit that is cleared can be shared.")]
    came_from = source.shares is not None and source.shares.case_id == target.pk
    if came_from or Exhibit.objects.filter(case=target, shares=source).exists():
        return [_("That docket has this exhibit already.")]
    return []


def _refer(source: Exhibit, target: Case, *, actor: Actor, at: datetime) -> Exhibit:
    number = numbering.next_number(f"exhibit:{target.pk}")
    exhibit = _enter(source, target, actor=actor, at=at, number=number)
    parts = source.attachments.filter(state=ExhibitState.CLEARED).select_related("stored_file", "case")
    for part in parts.order_by("part"):
        _enter(part, target, actor=actor, at=at, number=number, part=part.part, parent=exhibit)
    return exhibit


def _enter(source: Exhibit, target: Case, *, actor: Actor, at: datetime, **place: Any) -> Exhibit:
    exhibit = Exhibit.objects.create(
        board_id=target.board_id,
        case=target,
        shares=source,
        received_at=at,
        received_by=actor.code,
        settled_at=at,
        **{name: getattr(source, name) for name in _SAME},
        **place,
    )
    _copy_rows(source, exhibit, actor=actor, at=at)
    framing.record(
        "evidence.shared",
        source,
        actor=actor,
        at=at,
        needs=Permission.CASE_LINK,
        facts={"other": target.docket, "other_exhibit": exhibit.key},
    )
    entry = framing.record(
        "evidence.referred",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.CASE_LINK,
        facts={"other": source.case.docket, "other_exhibit": source.key, "sha256": source.stored_file.digest},
        private={"title": exhibit.title, "name": exhibit.original_name, "source": exhibit.source},
    )
    # The ledger names the other docket; custody is printed for parties who may not know of it.
    purpose = _("By reference from a linked docket; the bytes were not copied")
    custody.add(exhibit, CustodyAct.RECEIVED, actor=actor, at=at, entry=entry, purpose=purpose)
    return exhibit


def _copy_rows(source: Exhibit, exhibit: Exhibit, *, actor: Actor, at: datetime) -> None:
    """The copies that show the whole item, and which pages are restricted."""
    own = {"board_id": exhibit.board_id, "exhibit": exhibit}
    for row in source.renditions.filter(kind__in=(*Rendition.OF_PAGES, Rendition.Kind.TEXT)):
        Rendition.objects.create(**copying.values(row, but=("board", "exhibit")), **own)
    told = {"recorded_by": actor.code, "recorded_at": at}
    for restriction in source.restrictions.filter(lifted_at__isnull=True):
        # A release was given for the other docket only.
        kept = copying.values(restriction, but=("board", "exhibit", "release_basis", *told))
        PageRestriction.objects.create(**kept, **told, **own)
