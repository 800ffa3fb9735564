"""The frame of the acts of this room: case locked first, then the exhibit; permission; one entry in the
case's chain.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.cases.actions import moving
from tracker.errors import OutOfScope
from tracker.evidence.models import Exhibit


def begin(exhibit_id: UUID, permission: Permission, *, actor: Actor, at: datetime) -> Exhibit:
    """The exhibit with its case, both locked. Raises OutOfScope or NotPermitted.

    Who does not see the whole case acts on what they brought in themselves, and on nothing else.
    """
    case_id = Exhibit.objects.filter(pk=exhibit_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise OutOfScope
    case = moving.lock(case_id)
    gate.require(actor, permission, case, at=at)
    exhibit = locked(exhibit_id)
    if exhibit.received_by != actor.code and not gate.can(actor, Permission.CASE_VIEW, case, at=at):
        raise OutOfScope
    return exhibit


def locked(exhibit_id: UUID) -> Exhibit:
    """The exhibit, locked until the transaction ends.

    Of an attachment the e-mail under whose number it stands is locked too, and first: its parts are numbered one by
    one. Raises Exhibit.DoesNotExist.
    """
    rows = Exhibit.objects.select_for_update(of=("self",)).select_related("case__board__jurisdiction", "stored_file")
    outer = Exhibit.objects.filter(pk=exhibit_id).values("parent_id")
    for row in rows.filter(Q(pk=exhibit_id) | Q(pk__in=outer)).order_by("part"):
        if row.pk == exhibit_id:
            return row
    raise Exhibit.DoesNotExist


def record(
    event: str,
    exhibit: Exhibit,
    *,
    actor: Actor,
    at: datetime,
    needs: Permission | None = None,
    facts: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """One entry about an exhibit, which it names by key and id.

    `needs` is the permission by which somebody acts, so that a deputy's entry says for whom; None for what a job does.
    """
    return ledger.record(
        event,
        board_id=exhibit.board_id,
        chain=exhibit.case_id,
        actor=actor,
        at=at,
        facts={"exhibit": exhibit.key, "exhibit_id": str(exhibit.pk), **(facts or {})},
        private=private,
        on_behalf_of=moving.on_behalf_of(actor, needs, exhibit.case, at=at) if needs else None,
    )
