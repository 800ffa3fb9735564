"""Acts on people who sign in and on their roles at boards."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from boards.models import Board
from tracker.access import gate, holding
from tracker.access.models import Delegation, Membership, User
from tracker.access.policy import Permission, Role
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.directory import changes as changed
from tracker.errors import ActionRefused

USER_FIELDS = frozenset(("email", "full_name", "title", "is_active"))


@transaction.atomic
def create_user(
    *,
    email: str,
    full_name: str,
    actor: Actor,
    at: datetime,
    title: str = "",
    password: str | None = None,
    is_demo: bool = False,
) -> User:
    """Add a person. Without a password they cannot sign in until one is set.

    Refused: no or wrong email address, one in use, no name, a weak password. Ledger: directory.user_created.
    """
    gate.require(actor, Permission.PEOPLE_EDIT, None, at=at)
    user = User(
        id=uuid7(),
        email=email.strip().lower(),
        full_name=full_name.strip(),
        title=title.strip(),
        is_demo=is_demo,
        created_at=at,
    )
    changed.check(user, ("email", "full_name", "title"))
    user.password = _hashed(user, password)
    changed.insert(user)
    private = {"name": user.full_name, "email": user.email}
    _record("directory.user_created", {"user": str(user.pk)}, private, actor=actor, at=at)
    return user


@transaction.atomic
def edit_user(user_id: UUID, *, changes: Mapping[str, Any], actor: Actor, at: datetime) -> User:
    """Change a person's name, title, email address, or whether they may sign in.

    Refused: other fields, an address in use, switching off one's own sign-in; not permitted to someone who
    does not look after people at every board where this person has a role. Ledger: directory.user_edited,
    nothing when nothing changed.
    """
    user = changed.locked(User, user_id)
    _require_over(user, actor, at)
    if "email" in changes:
        changes = {**changes, "email": str(changes["email"]).strip().lower()}
    if changes.get("is_active") is False and actor.user_id == user.pk:
        raise ActionRefused([_("You cannot switch off your own sign-in.")])
    before, after = changed.apply(user, changes, USER_FIELDS)
    changed.check(user, after)
    if after:
        user.save(update_fields=list(after))
        facts = {"user": str(user.pk), "fields": sorted(after)}
        _record("directory.user_edited", facts, {"before": before, "after": after}, actor=actor, at=at)
    return user


@transaction.atomic
def set_password(user_id: UUID, *, password: str, actor: Actor, at: datetime) -> User:
    """Set a person's password; their open sessions end. Refused when weak. Ledger: directory.user_edited."""
    user = changed.locked(User, user_id)
    _require_over(user, actor, at)
    user.password = _hashed(user, password)
    user.save(update_fields=["password"])
    _record("directory.user_edited", {"user": str(user.pk), "fields": ["password"]}, {}, actor=actor, at=at)
    return user


@transaction.atomic
def offer_password(user_id: UUID, *, actor: Actor, at: datetime) -> User:
    """Say that somebody is shown a link by which this person's password can be set; the door makes the link.

    Refused for a person who may not sign in; not permitted to someone who does not look after people at every
    board where this person has a role. Ledger: directory.password_offered.
    """
    user = changed.locked(User, user_id)
    _require_over(user, actor, at)
    if not user.is_active:
        raise ActionRefused([_("This person may not sign in.")])
    _record("directory.password_offered", {"user": str(user.pk)}, {}, actor=actor, at=at)
    return user


@transaction.atomic
def grant_role(
    user_id: UUID,
    *,
    board_id: UUID,
    role: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_until: date | None = None,
    reason: str = "",
) -> Membership:
    """Give a person a role at a board from a day on, until a day if told (both included).

    Refused: an unknown role, a person who may not sign in, days in the wrong order, the same role at the
    same time, a seat of who hears or votes for who stands in for somebody at the board in that time. Ledger:
    directory.role_granted, on the board's chain.
    """
    user = changed.locked(User, user_id)
    board = changed.locked(Board, board_id)
    gate.require(actor, Permission.PEOPLE_EDIT, board, at=at)
    reasons = [] if role in Role.values else [_("%(role)s is not a role.") % {"role": role}]
    if not user.is_active:
        reasons.append(_("This person may not sign in."))
    if valid_until and valid_until < valid_from:
        reasons.append(_("The last day is before the first."))
    elif _overlaps(user, board, role, (valid_from, valid_until)):
        reasons.append(_("This person has that role at this board in that time already."))
    elif role in holding.DECIDES and _stands_in(user, board, (valid_from, valid_until)):
        reasons.append(_("This person stands in for somebody at this board in that time. Who does so never decides."))
    if reasons:
        raise ActionRefused(reasons)
    membership = Membership(
        id=uuid7(), user=user, board=board, role=role, valid_from=valid_from, valid_until=valid_until
    )
    changed.insert(membership)
    _record_role("directory.role_granted", membership, reason, actor=actor, at=at)
    return membership


def _overlaps(user: User, board: Board, role: str, days: tuple[date, date | None]) -> bool:
    return Membership.objects.filter(holding.overlapping(*days), user=user, board=board, role=role).exists()


def _stands_in(user: User, board: Board, days: tuple[date, date | None]) -> bool:
    lent = Delegation.objects.filter(holding.overlapping(*days), deputy=user, board=board, ended_at__isnull=True)
    return lent.exists()


@transaction.atomic
def end_membership(
    membership_id: UUID, *, actor: Actor, at: datetime, last_day: date | None = None, reason: str = ""
) -> Membership:
    """End a role: its last day is ``last_day``, or yesterday if not told (today for a role that began today).

    Refused: ended before, a last day before the first, one's own last hold on people at that board.
    Ledger: directory.membership_ended, on the board's chain.
    """
    membership = changed.locked(Membership, membership_id)
    board = membership.board
    gate.require(actor, Permission.PEOPLE_EDIT, board, at=at)
    today = at.date()
    last_day = last_day or max(today - timedelta(days=1), membership.valid_from)
    reasons = []
    if membership.valid_until and membership.valid_until <= today:
        reasons.append(_("This role has ended already."))
    if last_day < membership.valid_from:
        reasons.append(_("The last day is before the first."))
    if membership.role == Role.ADMINISTRATOR and actor.user_id == membership.user_id:
        reasons.append(_("You cannot end your own role as administrator."))
    if reasons:
        raise ActionRefused(reasons)
    membership.valid_until = last_day
    membership.save(update_fields=["valid_until"])
    _record_role("directory.membership_ended", membership, reason, actor=actor, at=at)
    return membership


def _require_over(user: User, actor: Actor, at: datetime) -> None:
    """Who edits a person must look after people wherever that person acts, or one board could lock out
    another's.
    """
    gate.require(actor, Permission.PEOPLE_EDIT, None, at=at)
    today = at.date()
    held = Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gte=today), user=user)
    for board in Board.objects.filter(pk__in=held.values("board_id")):
        gate.require(actor, Permission.PEOPLE_EDIT, board, at=at)


def _hashed(user: User, password: str | None) -> str:
    if password is None:
        return make_password(None)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ActionRefused(changed.reasons_of(error)) from error
    return make_password(password)


def _record(event: str, facts: Mapping[str, Any], private: Mapping[str, Any], *, actor: Actor, at: datetime) -> None:
    chain = ledger.INSTALLATION_CHAIN
    ledger.record(event, board_id=None, chain=chain, actor=actor, at=at, facts=facts, private=private)


def _record_role(event: str, membership: Membership, reason: str, *, actor: Actor, at: datetime) -> None:
    until = membership.valid_until
    ledger.record(
        event,
        board_id=membership.board_id,
        chain=membership.board_id,
        actor=actor,
        at=at,
        facts={
            "membership": str(membership.pk),
            "user": str(membership.user_id),
            "role": membership.role,
            "valid_from": membership.valid_from.isoformat(),
            "valid_until": until.isoformat() if until else None,
        },
        private={"reason": reason.strip()},
    )
