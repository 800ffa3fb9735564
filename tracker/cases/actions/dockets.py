"""Opening a docket that belongs to another, and telling the other docket's chain. Only actions call these.

An act on two dockets leaves its one entry on the chain of the case it acts on, and a short one on the other chain, so
that each record tells the whole story by itself.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from tracker.access import bars
from tracker.access.models import ConflictDeclaration
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.cases import copying, numbering
from tracker.cases.actions import moving
from tracker.cases.kinds import ParticipantRole
from tracker.cases.models import Case, CaseLink, Identity, Overlay, Participant
from tracker.cases.pathkinds import LinkKind, OverlayKind
from tracker.cases.states import STAGE_OF, CaseKind, Status

_CHARGED = (CaseKind.VIOLATION, CaseKind.REINSTATEMENT, CaseKind.MODIFICATION, CaseKind.EARLY_TERMINATION)


def open_docket(begun: moving.Begun, *, kind: CaseKind, status: Status, link: LinkKind, reason: str) -> Case:
    """A new docket of the same board and profession that begins at a status, linked with the case of the act.

    A petition counts as its own charges, so its record begins at once. A seal over the case lies over the new docket
    too, and who is recused from the one is recused from the other, until somebody lifts it there. The caller names the
    respondent (`copy_respondent` or its own) and records the entry of the new chain with `tell`, with what `followed`.
    """
    case = begun.case
    opened = Case.objects.create(
        board_id=case.board_id,
        docket=numbering.next_docket(case.board, begun.today),
        kind=kind,
        profession_id=case.profession_id,
        stage=STAGE_OF[status],
        status=status,
        status_since=begun.at,
        received_at=begun.at,
        moved_at=begun.at,
        charged_at=begun.at if kind in _CHARGED else None,
    )
    CaseLink.objects.create(
        board_id=case.board_id, case=opened, other=case, kind=link, reason=reason, linked_at=begun.at
    )
    _seal(begun, opened)
    _recuse(begun, opened)
    return opened


def _seal(begun: moving.Begun, opened: Case) -> None:
    for seal in Overlay.objects.filter(case=begun.case, kind=OverlayKind.SEAL, ended_at__isnull=True):
        Overlay.objects.create(
            board_id=opened.board_id,
            case=opened,
            kind=OverlayKind.SEAL,
            starts_on=begun.today,
            reason=seal.reason,
            placed_by_id=begun.user_id,
            placed_at=begun.at,
        )
        opened.sealed_at = begun.at
        opened.save(update_fields=["sealed_at"])


def _recuse(begun: moving.Begun, opened: Case) -> None:
    for row in bars.recusals().filter(case_id=begun.case.pk).order_by("declared_at", "id"):
        ConflictDeclaration.objects.create(
            board_id=opened.board_id,
            case=opened,
            user_id=row.user_id,
            has_conflict=True,
            reason=row.reason,
            declared_at=begun.at,
        )


def followed(opened: Case) -> dict[str, Any]:
    """What came with a docket just opened, for its first entry: its seal and who is recused; nothing where none did."""
    seal = Overlay.objects.filter(case=opened, kind=OverlayKind.SEAL, ended_at__isnull=True).first()
    recused = bars.recusals().filter(case_id=opened.pk).order_by("declared_at", "id").values_list("user_id", flat=True)
    told = {"overlay": str(seal.pk) if seal else "", "recused": [str(user_id) for user_id in recused]}
    return {name: value for name, value in told.items() if value}


def copy_respondent(begun: moving.Begun, opened: Case) -> Participant:
    """The respondent of the case, with what is known of the person, on the new docket; counsel must appear anew."""
    old = Participant.objects.select_related("identity").get(case=begun.case, role=ParticipantRole.RESPONDENT)
    return copy_person(old, opened, at=begun.at)


def copy_person(old: Participant, opened: Case, *, at: datetime) -> Participant:
    """Somebody's part in a case, with what is known of the person, on another docket."""
    new = Participant.objects.create(
        board_id=opened.board_id, case=opened, role=old.role, label=old.label, relation=old.relation, since=at
    )
    known = getattr(old, "identity", None)
    if known:
        kept = copying.values(known, but=("board", "participant"))
        Identity.objects.create(board_id=opened.board_id, participant=new, **kept)
    return new


def tell(
    case: Case,
    event: str,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any],
    private: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """The entry on the chain of the other docket."""
    return ledger.record(event, board_id=case.board_id, chain=case.pk, actor=actor, at=at, facts=facts, private=private)


def lock_other(docket: str, case: Case) -> Case | None:
    """Another docket of any hosted board by its number, locked; None where there is none.

    Two acts that link the same two dockets the other way round could wait for each other; the database then refuses
    one of them, and its transaction leaves nothing.
    """
    found = Case.objects.filter(docket=docket.strip().upper()).exclude(pk=case.pk).values_list("pk", flat=True).first()
    return moving.lock(UUID(str(found))) if found else None
