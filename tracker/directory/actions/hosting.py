"""The act that takes another board in: from then on people file with it here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from boards.models import Board
from tracker.access import gate
from tracker.access.models import Membership
from tracker.access.policy import Permission, Role
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.directory import changes as changed
from tracker.errors import ActionRefused


@transaction.atomic
def host_board(board_id: UUID, *, actor: Actor, at: datetime) -> Membership:
    """Host a board of the list here. Who does it is its first administrator, from the day of the act on.

    Returns that role. Refused: a board that is hosted already, one where somebody has a role (its administrators
    look after it), an actor who is no person. Not permitted to someone who is administrator nowhere. Ledger:
    directory.board_hosted, on the board's chain.
    """
    board = changed.locked(Board, board_id)
    gate.require(actor, Permission.CODES_EDIT, None, at=at)
    reasons = [_("This board is hosted here already.")] if board.hosted else []
    if not board.hosted and Membership.objects.filter(board=board).exists():
        reasons.append(_("People have roles at this board already. Its administrators decide whether it is hosted."))
    if actor.user_id is None:
        reasons.append(_("A person hosts a board, and is its first administrator."))
    if reasons or actor.user_id is None:
        raise ActionRefused(reasons)
    board.hosted = True
    board.save(update_fields=["hosted"])
    first = Membership(
        id=uuid7(), user_id=actor.user_id, board=board, role=Role.ADMINISTRATOR, valid_from=at.date(), valid_until=None
    )
    changed.insert(first)
    ledger.record(
        "directory.board_hosted",
        board_id=board.pk,
        chain=board.pk,
        actor=actor,
        at=at,
        facts={"board": str(board.pk), "membership": str(first.pk), "user": str(actor.user_id), "role": first.role},
    )
    return first
