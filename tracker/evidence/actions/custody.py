"""Custody: the list of handlings that only grows."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.errors import ActionRefused
from tracker.evidence.actions import framing
from tracker.evidence.models import CustodyEvent, Exhibit
from tracker.evidence.states import CustodyAct

BY_HAND = (
    CustodyAct.COLLECTED,
    CustodyAct.TRANSFERRED,
    CustodyAct.EXAMINED,
    CustodyAct.COPIED,
    CustodyAct.SEALED,
    CustodyAct.UNSEALED,
    CustodyAct.RETURNED,
)
# In these somebody gives the item to somebody else, so both are named.
HANDOVERS = (CustodyAct.TRANSFERRED, CustodyAct.RETURNED)


@transaction.atomic
def transfer_custody(
    exhibit_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    act: str = CustodyAct.TRANSFERRED,
    released_by: str = "",
    received_by: str = "",
    purpose: str,
    location: str = "",
) -> CustodyEvent:
    """Record that an item changed hands or was handled. Refused without a purpose, or a handover without both
    names.

    Ledger: evidence.custody_changed.
    """
    exhibit = framing.begin(exhibit_id, Permission.CUSTODY_TRANSFER, actor=actor, at=at)
    reasons = []
    if act not in BY_HAND:
        reasons.append(_("Say what happened to the item."))
    if not purpose.strip():
        reasons.append(_("Give the purpose."))
    if act in HANDOVERS and not (released_by.strip() and received_by.strip()):
        reasons.append(_("Name who gave the item and who took it."))
    if reasons:
        raise ActionRefused(reasons)
    entry = framing.record(
        "evidence.custody_changed",
        exhibit,
        actor=actor,
        at=at,
        needs=Permission.CUSTODY_TRANSFER,
        facts={"act": act, "sha256": exhibit.stored_file.digest},
        private={"from": released_by, "to": received_by, "purpose": purpose, "place": location},
    )
    return add(
        exhibit,
        CustodyAct(act),
        actor=actor,
        at=at,
        entry=entry,
        released_by=released_by.strip(),
        received_by=received_by.strip(),
        purpose=purpose.strip(),
        location=location.strip(),
    )


def add(
    exhibit: Exhibit,
    act: CustodyAct,
    *,
    actor: Actor,
    at: datetime,
    entry: LedgerEntry,
    digest: str = "",
    released_by: str = "",
    received_by: str = "",
    purpose: str = "",
    location: str = "",
) -> CustodyEvent:
    """Append to an exhibit's custody, in the transaction of an act that holds its lock and wrote `entry`."""
    kept = CustodyEvent.objects.filter(exhibit_id=exhibit.pk).aggregate(last=Max("seq"))
    return CustodyEvent.objects.create(
        board_id=exhibit.board_id,
        case_id=exhibit.case_id,
        exhibit_id=exhibit.pk,
        seq=(kept["last"] or 0) + 1,
        act=act,
        actor=actor.code,
        released_by=released_by,
        received_by=received_by,
        purpose=purpose,
        location=location,
        digest=digest or exhibit.stored_file.digest,
        ledger_seq=entry.seq,
        at=at,
    )
