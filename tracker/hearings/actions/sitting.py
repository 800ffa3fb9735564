"""A case that the board hears itself: which of its members sit with the presiding officer."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.access.models import User
from tracker.cases import votes
from tracker.cases.actions import moving, voting
from tracker.cases.kinds import VoteKind


def members(begun: moving.Begun, emails: Collection[str]) -> list[User]:
    """The members who hear the evidence, by name; none where the presiding officer hears it alone.

    Refused for somebody who may not vote on the order, and with fewer than the board's quorum: nobody else may vote on
    the proposal (Cal. Gov. Code 11512(a), 11517(b)(2)).
    """
    wanted = {email.strip().lower() for email in emails} - {""}
    if not wanted:
        return []
    found = list(User.objects.filter(email__in=wanted).order_by("full_name", "pk"))
    body = voting.deciding_body(begun.case, VoteKind.ORDER, begun.facts.pc_body, begun.today)
    unknown = voting.unknown_faults(sorted(wanted), {user.email for user in found})
    moving.refuse_if(unknown + _faults(begun, found, body))
    return found


def record_text(appearances: str, sitting: Collection[User]) -> str:
    """What the record says about who was there."""
    if not sitting:
        return appearances
    names = ", ".join(member.full_name for member in sitting)
    return (
        appearances.rstrip()
        + "\n"
        + _("The board hears the case itself. Members sitting: %(names)s.") % {"names": names}
    )


def _faults(begun: moving.Begun, found: Collection[User], body: votes.Body) -> list[str]:
    faults = []
    for user in found:
        if str(user.pk) not in body.members:
            faults.append(_("%(name)s is not a member of the board.") % {"name": user.full_name})
        elif str(user.pk) in body.barred:
            why = body.barred[str(user.pk)]
            faults.append(_("%(name)s may not hear the case: %(why)s.") % {"name": user.full_name, "why": why})
    rule = board_queries.rule_in_force(begun.case.board, "quorum", begun.today).value
    need = votes.quorum_needed(rule, body.serving)
    if not faults and len(found) < need:
        faults.append(
            _("Only who hears the case may vote on it, and the board's quorum is %(need)d. Name at least as many.")
            % {"need": need}
        )
    return faults
