"""Linking two dockets and ending a link. Each act is told on both chains; rows end, none is removed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.audit.actors import Actor
from tracker.cases.actions import dockets, moving
from tracker.cases.models import Case, CaseLink
from tracker.cases.pathkinds import LINKED_BY_HAND, LinkKind
from tracker.cases.queries import links
from tracker.errors import ActionRefused


@transaction.atomic
def link_dockets(
    case_id: UUID, *, actor: Actor, at: datetime, docket: str, kind: str, reason: str, seen: int | None = None
) -> CaseLink:
    """Link a case with another docket: of the same respondent, consolidated, or one that another board handles too.

    The other docket is named by its exact number. One that the actor does not see is refused like one that does not
    exist. Refused also without a reason, for the case itself, for a kind that does not fit the two boards, and where
    the two are linked already. Ledger: case.docket_linked on both chains; the reason stays within the board.
    """
    begun = moving.begin(case_id, "link_dockets", actor=actor, at=at, seen=seen)
    faults = [] if kind in LINKED_BY_HAND else [_("Choose how the two dockets belong together.")]
    moving.refuse_if(faults + _reason_faults(reason))
    other = dockets.lock_other(docket, begun.case)
    if other is None or not gate.sees(actor, other, at=at):
        raise ActionRefused([_("There is no other docket %(docket)s to link.") % {"docket": docket.strip().upper()}])
    moving.refuse_if(_pair_faults(begun.case, other, kind))
    row = CaseLink.objects.create(
        board_id=begun.case.board_id, case=begun.case, other=other, kind=kind, reason=reason.strip(), linked_at=at
    )
    facts = {"other": other.docket, "kind": kind}
    moving.finish_act(begun, "case.docket_linked", facts=facts, private={"reason": reason})
    _tell(begun, other, "case.docket_linked", kind=kind, reason=reason)
    return row


@transaction.atomic
def unlink_dockets(
    case_id: UUID, *, actor: Actor, at: datetime, number: int, reason: str, seen: int | None = None
) -> CaseLink:
    """End a link that staff made. `number` is its place among the links of the case, oldest first, from 1.

    Refused without a reason, and for a link that is not there, ended already, or was made by a step. Ledger:
    case.docket_unlinked on both chains.
    """
    begun = moving.begin(case_id, "unlink_dockets", actor=actor, at=at, seen=seen)
    moving.refuse_if(_reason_faults(reason))
    row = links.numbered(begun.case).get(number)
    if row is None or row.ended_at or row.kind not in LINKED_BY_HAND:
        raise ActionRefused([_("Choose a link that staff made and that is in force.")])
    other = row.other if row.case_id == begun.case.pk else row.case
    CaseLink.objects.filter(pk=row.pk).update(ended_at=at)
    facts = {"other": other.docket, "kind": row.kind}
    moving.finish_act(begun, "case.docket_unlinked", facts=facts, private={"reason": reason})
    _tell(begun, other, "case.docket_unlinked", kind=row.kind, reason=reason)
    row.refresh_from_db()
    return row


def merge(begun: moving.Begun, docket: str) -> CaseLink:
    """The link of a duplicate with the docket that it is merged into, in the act that closes it.

    The closing's own entry names the docket; this tells the other chain.
    """
    other = Case.objects.get(board_id=begun.case.board_id, docket=docket)
    row = CaseLink.objects.create(
        board_id=begun.case.board_id, case=begun.case, other=other, kind=LinkKind.DUPLICATE, linked_at=begun.at
    )
    _tell(begun, other, "case.docket_linked", kind=LinkKind.DUPLICATE)
    return row


def end_merge(begun: moving.Begun) -> None:
    """A duplicate that is opened again goes its own way: its link ends, and the other chain is told."""
    for row in CaseLink.objects.filter(case=begun.case, kind=LinkKind.DUPLICATE, ended_at__isnull=True):
        CaseLink.objects.filter(pk=row.pk).update(ended_at=begun.at)
        _tell(begun, row.other, "case.docket_unlinked", kind=LinkKind.DUPLICATE)


def _tell(begun: moving.Begun, other: Case, event: str, *, kind: str, reason: str = "") -> None:
    private = {"reason": reason} if reason and other.board_id == begun.case.board_id else None
    facts = {"other": begun.case.docket, "kind": str(kind)}
    dockets.tell(other, event, actor=begun.actor, at=begun.at, facts=facts, private=private)


def _reason_faults(reason: str) -> list[str]:
    return [] if reason.strip() else [_("Give the reason.")]


def _pair_faults(case: Case, other: Case, kind: str) -> list[str]:
    crosses = case.board_id != other.board_id
    if crosses and kind != LinkKind.CROSS_BOARD:
        return [_("That docket is of another board. Choose the kind of link that says so.")]
    if not crosses and kind == LinkKind.CROSS_BOARD:
        return [_("That docket is of this board.")]
    pair = Q(case=case, other=other) | Q(case=other, other=case)
    if CaseLink.objects.filter(pair, kind=kind, ended_at__isnull=True).exists():
        return [_("The two dockets are linked in this way already.")]
    return []
