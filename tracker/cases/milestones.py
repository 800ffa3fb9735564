"""What a complainant is told that happened, each with the stage that the board must name for it. Pure.

Nothing here says what the other side answered or offered: of a settlement one hears when the board made it its order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.cases.decisions import Decision
from tracker.cases.states import Stage

_ORDERED = _("The board issued its order.")
_TOLD: Mapping[str, tuple[Stage, Promise]] = {
    "case.charges_issued": (Stage.HEARING, _("The board charged the licensee.")),
    "hearing.default_entered": (
        Stage.HEARING,
        _("The time to answer the charges is over. The board decides without a hearing."),
    ),
    "hearing.sent_undisputed": (Stage.HEARING, _("No hearing is needed. The board decides on the charges.")),
    "hearing.settlement_signed": (Stage.HEARING, _("The case went to the board. It may end it without a hearing.")),
    "hearing.settlement_rejected": (Stage.HEARING, _("The board did not end the case. It goes on.")),
    "hearing.scheduled": (Stage.HEARING, _("A hearing was set.")),
    "hearing.opened": (Stage.HEARING, _("The hearing was held.")),
    "hearing.sent_to_board": (Stage.HEARING, _("The case went to the board for its decision.")),
    "hearing.remanded": (Stage.HEARING, _("The board sent the case back for a hearing.")),
    "hearing.order_issued": (Stage.DISPOSITION, _ORDERED),
    "hearing.deemed_adopted": (Stage.DISPOSITION, _ORDERED),
}
_AGREED = _("The board ended the case by an agreement that it accepted as its order.")


@dataclass(frozen=True)
class PublicMilestone:
    """One thing that happened, on the board's local date, in public words."""

    on: date
    words: str


def milestones(
    moves: Iterable[tuple[str, date, Mapping[str, Any]]], named: Iterable[str]
) -> tuple[PublicMilestone, ...]:
    """What may be told of moves (event, local date, facts; oldest first) where the board names these stages."""
    stages = set(named)
    told = [(on, _TOLD[event][0], _words(event, facts)) for event, on, facts in moves if event in _TOLD]
    return tuple(PublicMilestone(on, words) for on, stage, words in told if stage in stages)


def _words(event: str, facts: Mapping[str, Any]) -> str:
    agreed = event == "hearing.order_issued" and facts.get("decision") == Decision.ACCEPT_SETTLEMENT
    return str(_AGREED if agreed else _TOLD[event][1])
