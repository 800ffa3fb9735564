"""Public words for what the office calls otherwise: where a complaint stands, what is due, what to expect."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HEADLINES: dict[str, Promise] = {
    "filed": _("The board has your complaint"),
    "investigation": _("Your complaint is being investigated"),
    "hearing": _("Charges were filed. The case goes on to a hearing"),
    "disposition": _("The board has decided"),
}
CLOSED = _("The board closed this case")
BEFORE_BOARD = _("The case is before the board")
# Of a case that the board is to decide: that it charged somebody, or that a hearing comes, is not always so.
BOARD_DECIDES = _("The members of the board look at the case and vote on it.")
AFTER_BOARD = _("The board writes to you when it has decided.")
PUBLIC_DATES: dict[str, Promise] = {
    "acknowledgement": _("You get a letter that your complaint arrived."),
    "intake": _("The board says whether it can act: open a case, ask you for more, or send it to the right agency."),
    "information": _("The last day to send what the board asked you for. Look at your letters."),
    "investigation_target": _("The board aims to finish investigating by then. It is a goal, not a deadline."),
    "status_update": _("A letter telling you where things stand."),
    "withdrawal_answer": _("The board answers your wish to withdraw."),
}


@dataclass(frozen=True)
class NextDate:
    """A date a complainant is told of: what happens then, why that day, and whether it only is a goal."""

    due_on: date
    words: Promise | str
    explanation: str
    is_goal: bool
    is_late: bool


def next_dates(rows: Iterable) -> list[NextDate]:
    """The open ones among public dates (`kind`, `label`, `due_on`, `explanation`, `is_goal`, `state`), in order."""
    return [
        NextDate(row.due_on, PUBLIC_DATES.get(row.kind, row.label), row.explanation, row.is_goal, row.state == "late")
        for row in rows
        if row.state in {"running", "late"}
    ]
