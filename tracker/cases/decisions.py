"""What a board may decide, by what it has before it, and which questions may be voted on where. Pure."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tracker.cases.kinds import VoteKind
from tracker.cases.pathkinds import BeforeBoard
from tracker.cases.states import EMERGENCY_ACTIONS, REVIEW_CLOSURES, Status


class Decision(TextChoices):
    """What an order rests on: what the board did with what it had before it."""

    ADOPT = "adopt", _("Adopt the proposal")
    MODIFY = "modify", _("Modify the proposal")
    REJECT = "reject", _("Reject the proposal and decide on the record")
    ACCEPT_SETTLEMENT = "accept_settlement", _("Accept the settlement")
    DEFAULT = "default", _("Decide on the default")
    DECIDE = "decide", _("Decide on undisputed charges")
    AFFIRM = "affirm", _("Affirm its order")
    AMEND = "amend", _("Amend its order")
    GRANT = "grant", _("Grant the petition")
    DENY = "deny", _("Deny the petition")
    DEEMED = "deemed", _("Adopted by time")


# What the board may decide, by what it has before it. Each but DEEMED rests on a vote for that very decision.
DECISIONS: Mapping[str, tuple[Decision, ...]] = {
    BeforeBoard.PROPOSAL: (Decision.ADOPT, Decision.MODIFY, Decision.REJECT),
    BeforeBoard.SETTLEMENT: (Decision.ACCEPT_SETTLEMENT,),
    BeforeBoard.DEFAULT: (Decision.DEFAULT,),
    BeforeBoard.UNDISPUTED: (Decision.DECIDE,),
    BeforeBoard.RECONSIDERATION: (Decision.AFFIRM, Decision.AMEND),
    BeforeBoard.REMANDED: (Decision.AFFIRM, Decision.AMEND),
    BeforeBoard.PETITION: (Decision.GRANT, Decision.DENY),
}


# Decisions on an order as it is drafted: what is changed after the vote was not voted on.
ON_THE_DRAFT = (
    Decision.ADOPT,
    Decision.MODIFY,
    Decision.REJECT,
    Decision.DEFAULT,
    Decision.DECIDE,
    Decision.AMEND,
    Decision.GRANT,
)


class Question(TextChoices):
    """What the board may vote on besides an order."""

    REMAND = "remand", _("Send it back for hearing")
    REJECT_SETTLEMENT = "reject_settlement", _("Reject the settlement")
    RECONSIDER = "reconsider", _("Reconsider its order")
    DENY_RECONSIDERATION = "deny_reconsideration", _("Deny reconsideration")
    END_EMERGENCY = "end_emergency", _("Take back the emergency action")


def questions(kind: str, status: str, before_board: str, *, emergency: bool = False) -> tuple[str, ...]:
    """What may be voted on under a kind of vote while the case is at a status; empty where such a vote has no place.

    `emergency` says that an emergency action is in force, which the board may take back before its time. A vote on
    probable cause has no further word, so its one question is the empty text.
    """
    if kind == VoteKind.PROBABLE_CAUSE:
        return ("",) if status == Status.PROBABLE_CAUSE_REVIEW else ()
    if kind == VoteKind.CLOSURE:
        return REVIEW_CLOSURES if status == Status.PROBABLE_CAUSE_REVIEW else ()
    if kind == VoteKind.EMERGENCY:
        taken_back = (Question.END_EMERGENCY,) if emergency else ()
        return (*EMERGENCY_ACTIONS, *taken_back) if status != Status.CLOSED else ()
    if status == Status.RECONSIDERATION:
        return (Question.RECONSIDER, Question.DENY_RECONSIDERATION)
    if status != Status.BOARD_REVIEW:
        return ()
    if before_board == BeforeBoard.SETTLEMENT:
        return (*DECISIONS[BeforeBoard.SETTLEMENT], Question.REJECT_SETTLEMENT)
    return (*DECISIONS.get(before_board, ()), Question.REMAND)


LABELS: Mapping[str, object] = {row.value: row.label for kind in (Decision, Question) for row in kind}
