"""Who stands in for somebody absent: recorded with its days, ended early, told on the board's chain."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards.models import Board
from tracker.access import gate, holding
from tracker.access.models import Delegation, Membership, User
from tracker.access.policy import Permission, Role
from tracker.access.queries import person_by_email
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused, OutOfScope

# Who hears and votes does so in person; who keeps watch is not replaced by whom it watches; and who gives roles is
# named by another administrator, not by those to whom roles are given.
NOT_LENT = (*holding.DECIDES, Role.AUDITOR, Role.ADMINISTRATOR)


@transaction.atomic
def record_delegation(
    board_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    absent: str,
    deputy: str,
    role: str,
    valid_from: date,
    valid_until: date,
    reason: str,
) -> Delegation:
    """Let somebody stand in for an absent person in one role, from one day to another, both included.

    `absent` and `deputy` are e-mail addresses. Refused for a role that cannot be lent or that the absent person does
    not hold, a deputy who cannot sign in, holds it already or hears or votes at the board in these days, a second
    deputy for the same days, days in the wrong order or in the past, and without a reason; and for an actor who is
    the deputy, or records deputies only in somebody's place. Ledger: directory.delegation_recorded.
    """
    board = Board.objects.select_for_update(of=("self",)).select_related("jurisdiction").filter(pk=board_id).first()
    if board is None:
        raise OutOfScope
    gate.require(actor, Permission.DELEGATE, board, at=at)
    people = person_by_email(absent), person_by_email(deputy)
    days = valid_from, valid_until
    today = board_queries.local_day(board, at)
    gone, stands_in = people
    faults = _actor_faults(board, stands_in, actor=actor, at=at)
    faults += _role_faults(board, people, role, today) + _day_faults(days, today)
    faults += [] if reason.strip() else [_("Give the reason.")]
    if not faults and gone and stands_in:
        faults = _time_faults(board, (gone, stands_in), role, days)
    if faults or gone is None or stands_in is None:
        raise ActionRefused(faults)
    row = Delegation.objects.create(
        board=board,
        absent=gone,
        deputy=stands_in,
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason.strip(),
        recorded_at=at,
    )
    _record("directory.delegation_recorded", row, reason, actor=actor, at=at)
    return row


@transaction.atomic
def end_delegation(delegation_id: UUID, *, actor: Actor, at: datetime, reason: str) -> Delegation:
    """End a delegation before its last day. What was done in it stays.

    Refused for one that ended, and without a reason. Ledger: directory.delegation_ended.
    """
    row = Delegation.objects.select_for_update(of=("self",)).select_related("board").filter(pk=delegation_id).first()
    if row is None:
        raise OutOfScope
    gate.require(actor, Permission.DELEGATE, row.board, at=at)
    faults = [] if row.ended_at is None else [_("This delegation has ended already.")]
    faults += [] if reason.strip() else [_("Give the reason.")]
    if faults:
        raise ActionRefused(faults)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    _record("directory.delegation_ended", row, reason, actor=actor, at=at)
    return row


def _actor_faults(board: Board, stands_in: User | None, *, actor: Actor, at: datetime) -> list[str]:
    """Why not this actor: a deputy could extend the own time, or lend on what was lent."""
    faults = []
    if gate.acts_for(actor, Permission.DELEGATE, board, at=at):
        faults.append(_("Who stands in for somebody does not record deputies."))
    if stands_in and stands_in.pk == actor.user_id:
        faults.append(_("Nobody records themselves as a deputy. Somebody else must do it."))
    return faults


def _role_faults(board: Board, people: tuple[User | None, User | None], role: str, on: date) -> list[str]:
    gone, stands_in = people
    if gone is None or stands_in is None:
        return [_("Nobody with this e-mail address can sign in.")]
    if gone == stands_in:
        return [_("Nobody stands in for themselves.")]
    if role not in Role.values or role in NOT_LENT:
        return [_("This role cannot be taken by a deputy.")]
    faults = [] if _holds(board, gone, role, on) else [_("The absent person does not hold this role at the board.")]
    if _holds(board, stands_in, role, on):
        faults.append(_("The deputy holds this role already."))
    return faults


def _holds(board: Board, person: User, role: str, on: date) -> bool:
    return person.pk in holding.holders(board.pk, role, on)


def _day_faults(days: tuple[date, date], today: date) -> list[str]:
    faults = [] if days[0] <= days[1] else [_("The last day is before the first.")]
    return faults + ([] if days[0] >= today else [_("The first day cannot be in the past.")])


def _time_faults(board: Board, people: tuple[User, User], role: str, days: tuple[date, date]) -> list[str]:
    (gone, stands_in), faults, shared = people, [], holding.overlapping(*days)
    same = Delegation.objects.filter(shared, board=board, absent=gone, role=role, ended_at__isnull=True)
    if same.exists():
        faults.append(_("Somebody stands in for this person in these days already."))
    decides = Membership.objects.filter(shared, board=board, user=stands_in, role__in=holding.DECIDES)
    if decides.exists():
        faults.append(_("Who hears or votes at the board cannot stand in for its staff."))
    return faults


def _record(event: str, row: Delegation, reason: str, *, actor: Actor, at: datetime) -> None:
    ledger.record(
        event,
        board_id=row.board_id,
        chain=row.board_id,
        actor=actor,
        at=at,
        facts={
            "delegation": str(row.pk),
            "absent": str(row.absent_id),
            "deputy": str(row.deputy_id),
            "role": row.role,
            "valid_from": row.valid_from.isoformat(),
            "valid_until": row.valid_until.isoformat(),
        },
        private={"reason": reason.strip()},
    )
