"""What a hosted board still needs before its cases can go their whole way: shown above its rules."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards import rules
from boards.models import Board
from tracker.access.models import Membership
from tracker.access.policy import Role

AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Point:
    """One thing to have: whether it is there, in words, and the page where it is kept."""

    is_there: bool
    text: str
    url: str


def points(board: Board, on: date) -> list[Point]:
    """Rules with a source, closed days of the coming year, and somebody in every role."""
    return [_rules(board, on), _days(board, on), _people(board, on)]


def _rules(board: Board, on: date) -> Point:
    in_force = board_queries.rules_in_force(board, on).values()
    own = [value for value in in_force if value.is_board_row and (value.citation or value.source_url)]
    words = _("Settings with a source of this board: %(own)d of %(all)d. The others follow the defaults.")
    url = f"{reverse('admin:boards_boardrule_changelist')}?at_board={board.pk}"
    return Point(bool(own), words % {"own": len(own), "all": len(rules.RULES)}, url)


def _days(board: Board, on: date) -> Point:
    known = board_queries.closed_days(board, on, on + AHEAD)
    words = (
        _("Closed days in the coming year: %(count)d.") if known else _("No closed day of the coming year is known.")
    )
    return Point(bool(known), words % {"count": len(known)}, reverse("admin:boards_closedday_changelist"))


def _people(board: Board, on: date) -> Point:
    rows = Membership.objects.filter(board=board, user__is_active=True, valid_from__lte=on)
    held = set(rows.exclude(valid_until__lt=on).values_list("role", flat=True))
    missing = [str(role.label) for role in Role if role not in held]
    words = _("Nobody is here as: %(roles)s.") if missing else _("Somebody is here in every role.")
    url = f"{reverse('admin:tracker_membership_changelist')}?at_board={board.pk}"
    return Point(not missing, words % {"roles": ", ".join(missing)}, url)
