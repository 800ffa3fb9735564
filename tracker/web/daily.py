"""The daily round: what the law does by itself, then reminders; board by board, and it says what it did.

It may die at any line and be run again, at any hour and beside another one.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import reminding
from tracker.cases.queries import attention
from tracker.hearings.actions import bylaw

DAILY = "daily"


def go_round(at: datetime, *, actor: Actor | None = None) -> list[str]:
    """Do what is due at every hosted board at a moment. Returns one line for each thing that was done or refused."""
    who = actor or Actor.system(DAILY)
    lines = []
    for board in attention.hosted_boards():
        lines += [_law(done) for done in bylaw.record_due(board, actor=who, at=at)]
        lines += _told(reminding.remind(board.pk, actor=who, at=at))
    return lines


def _law(done: bylaw.Done) -> str:
    words = {"docket": done.docket, "act": done.act, "reasons": " ".join(done.reasons)}
    if done.reasons:
        return _("%(docket)s: %(act)s could not be recorded: %(reasons)s") % words
    return _("%(docket)s: %(act)s recorded") % words


def _told(reminded: reminding.Reminded) -> list[str]:
    lines = [
        _("%(docket)s: %(matter)s, %(level)s") % {"docket": docket, "matter": matter, "level": level}
        for docket, matter, level in reminded.matters
    ]
    if lines:
        words = {"board": reminded.board, "n": reminded.people}
        lines.append(_("%(board)s: people who are told by mail: %(n)d") % words)
    return lines
