"""Guards of the board's order: its vote, its own findings, and sanctions that fit what was found. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cases.casefacts import CaseFacts
from tracker.cases.decisions import Decision
from tracker.cases.guards import Guard
from tracker.cases.kinds import COUNT_VALUES, FindingValue
from tracker.cases.pathkinds import BeforeBoard, ChangedPart


def decided(facts: CaseFacts, decision: Decision) -> bool:
    """Whether the board's vote that no step rested on yet was for this decision."""
    return f"order:{decision}" in facts.votes


def _order_voted(facts: CaseFacts) -> list[str]:
    if any(decided(facts, decision) for decision in Decision):
        return []
    if facts.vote_is_outdated:
        return [_("The order was changed after the board voted on it. Record the board's vote on it as it is now.")]
    return [_("No vote of the board decided on this with quorum and majority.")]


def _sanctions_fit(facts: CaseFacts) -> list[str]:
    drafted = facts.drafted_sanctions
    if facts.before_board == BeforeBoard.SETTLEMENT:  # it brings its own
        return []
    if decided(facts, Decision.AFFIRM):
        return [_("An affirmed order keeps its own sanctions. Remove the drafted ones.")] if drafted else []
    if decided(facts, Decision.DENY):
        return [_("A denied petition brings no sanctions. Remove the drafted ones.")] if drafted else []
    return _fit(_found(facts), drafted)


def _found(facts: CaseFacts) -> list[str]:
    """What the order will find on each count: the board's own word, else what its decision rests on."""
    if decided(facts, Decision.REJECT) or facts.before_board == BeforeBoard.UNDISPUTED:
        return [c.by_board for c in facts.counts]
    by_default = FindingValue.PROVEN if facts.before_board == BeforeBoard.DEFAULT else ""
    return [c.by_board or by_default or c.proposed for c in facts.counts]


def _fit(found: Sequence[str], drafted: Sequence[str]) -> list[str]:
    # A petition has no counts, and an order that rests on a stipulation has no findings.
    if not any(found):
        return []
    proven = FindingValue.PROVEN in found
    if drafted and not proven:
        return [_("No count was proven, so the order cannot impose a sanction.")]
    if proven and not drafted:
        return [_("A violation was found, so the order needs at least one sanction.")]
    return []


def is_swapped(facts: CaseFacts) -> bool:
    """Whether a proposal before the board recommends sanctions and others are drafted."""
    return _recommends(facts) and facts.sanctions_differ


def _recommends(facts: CaseFacts) -> bool:
    """Whether a proposal is before the board that came with sanctions; where it did not, the board sets them itself."""
    return facts.before_board == BeforeBoard.PROPOSAL and bool(facts.proposed_sanctions)


def _differs(facts: CaseFacts) -> bool:
    """Whether the order would impose something else than the proposal does."""
    return facts.before_board == BeforeBoard.PROPOSAL and facts.sanctions_differ


def found_otherwise(facts: CaseFacts) -> list[int]:
    """The numbers of the counts on which the board found otherwise than the proposal."""
    return [c.number for c in facts.counts if c.by_board and c.by_board != c.proposed]


def _sanctions_open(facts: CaseFacts) -> list[str]:
    if facts.before_board == BeforeBoard.SETTLEMENT:
        return [_("On what is before the board no sanctions are drafted.")]
    if not _recommends(facts) or ChangedPart.SANCTION in facts.decision_changes or facts.rejection_voted:
        return []
    return [
        _("The sanctions are those of the proposal. Record the board's change to them, with its reasons, first."),
    ]


def _change_recorded(facts: CaseFacts) -> list[str]:
    return [] if facts.decision_changes else [_("No change to the proposal is recorded.")]


def _changes_explained(facts: CaseFacts) -> list[str]:
    if not decided(facts, Decision.MODIFY):
        return []
    if not facts.decision_changes:
        return [_("The board voted to modify: record each change with its reasons.")]
    found = [] if ChangedPart.FINDING in facts.decision_changes else found_otherwise(facts)
    reasons = [
        _("On count %(n)d the board found otherwise than the proposal: record this change, with its reasons.")
        % {"n": number}
        for number in found
    ]
    if _differs(facts) and ChangedPart.SANCTION not in facts.decision_changes:
        reasons.append(_("The sanctions are not those of the proposal: record this change, with its reasons."))
    return reasons


def _proposal_fits(facts: CaseFacts) -> list[str]:
    return _fit([c.proposed for c in facts.counts], facts.proposed_sanctions)


def _board_found(facts: CaseFacts) -> list[str]:
    if not decided(facts, Decision.REJECT) and facts.before_board != BeforeBoard.UNDISPUTED:
        return []
    return [
        _("Count %(n)d has no finding by the board.") % {"n": c.number}
        for c in facts.counts
        if c.by_board not in COUNT_VALUES
    ]


ORDER_VOTED = Guard(
    gettext_lazy(
        "The board voted on the order as drafted, with quorum and majority; panel members and the recused do not count"
    ),
    _order_voted,
)
SANCTIONS_FIT = Guard(gettext_lazy("Sanctions fit the findings"), _sanctions_fit)
SANCTIONS_OPEN = Guard(
    gettext_lazy(
        "The proposal before the board recommends no sanctions, or the board records a change to them or rejects it"
    ),
    _sanctions_open,
)
CHANGES_EXPLAINED = Guard(
    gettext_lazy("What differs from the proposal is recorded as a change, with reasons"), _changes_explained
)
CHANGE_RECORDED = Guard(gettext_lazy("A change to the proposal is recorded"), _change_recorded)
PROPOSAL_FITS = Guard(gettext_lazy("The sanctions that were proposed fit the proposed findings"), _proposal_fits)
BOARD_FOUND = Guard(
    gettext_lazy("Where the board decides without a proposal, it found on every count itself"), _board_found
)
