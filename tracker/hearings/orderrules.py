"""What an order needs besides its vote, by what the board decided; and the words of each decision. Pure."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.cases import orderguards
from tracker.cases.casefacts import CaseFacts
from tracker.cases.decisions import DECISIONS, Decision
from tracker.cases.pathkinds import ChangedPart
from tracker.cases.states import DISPOSITIONS, PETITION_OUTCOMES
from tracker.hearings import rules

# How the letter and the order say what the board did.
BASIS: Mapping[str, Promise] = {
    Decision.ADOPT: gettext_lazy("The board adopted the proposed decision."),
    Decision.MODIFY: gettext_lazy("The board changed the proposed decision. The order gives its reasons."),
    Decision.REJECT: gettext_lazy(
        "The board did not follow the proposed decision. It decided on the record, and the order gives its reasons."
    ),
    Decision.ACCEPT_SETTLEMENT: gettext_lazy("The board accepted the settlement that both sides signed."),
    Decision.DEFAULT: gettext_lazy("No answer to the charges came in time, so the board decided by default."),
    Decision.DECIDE: gettext_lazy("The charges were not disputed, so the board decided without a hearing."),
    Decision.AFFIRM: gettext_lazy("The board looked at its order again and keeps it as it was."),
    Decision.AMEND: gettext_lazy("The board looked at its order again and changed it. This order replaces it."),
    Decision.GRANT: gettext_lazy("The board granted the petition."),
    Decision.DENY: gettext_lazy("The board denied the petition. The order gives its reasons."),
    Decision.DEEMED: gettext_lazy(
        "The board did not act on the proposed decision in the time that the law gives it. "
        "By law the proposed decision is now its order."
    ),
}
# Where the board departs from what it was asked or had decided, it says why. A modification says so change by change.
NEED_REASONS = (Decision.REJECT, Decision.AMEND, Decision.DENY)
DENIALS = ("REINSTATEMENT_DENIED", "PETITION_DENIED")


def order_faults(facts: CaseFacts, decision: str, *, text: str, reasons: str, outcome: str) -> list[str]:
    """Why this decision cannot be made an order, as far as the table's guards do not tell it.

    Refused: a decision that does not fit what is before the board, or that no vote was for; an adoption beside a
    finding of the board that differs from the proposal's, or of sanctions that were changed since; no words, no
    reasons where they are needed, and an outcome that does not fit the petition.
    """
    if decision not in DECISIONS.get(facts.before_board, ()):
        return [_("Choose what the board decided: something that fits what is before it.")]
    if f"order:{decision}" not in facts.votes:
        return [_("The vote was not for this decision.")]
    faults = _departures(facts) if decision == Decision.ADOPT else []
    if not text.strip():
        faults.append(_("Write the order: findings of fact and conclusions of law."))
    if decision in NEED_REASONS and not reasons.strip():
        faults.append(_("This decision needs written reasons."))
    return faults + _outcome_faults(facts, decision, outcome)


def _departures(facts: CaseFacts) -> list[str]:
    departures = [
        _("On count %(n)d the board found otherwise than the proposal, so this is a modification.") % {"n": number}
        for number in orderguards.found_otherwise(facts)
    ]
    if ChangedPart.SANCTION in facts.decision_changes or orderguards.is_swapped(facts):
        departures.append(_("The sanctions were changed since they were proposed, so this is a modification."))
    return departures


def outcomes(kind: str, decision: str) -> tuple[str, ...]:
    """The outcomes that an order on a petition of this kind can have under a decision; none for other dockets."""
    fitting = tuple(code for code in PETITION_OUTCOMES if kind in DISPOSITIONS[code].grants)
    if decision == Decision.AMEND:
        return fitting
    if decision not in (Decision.GRANT, Decision.DENY):
        return ()
    return tuple(code for code in fitting if (code in DENIALS) == (decision == Decision.DENY))


def outcome_of(kind: str, decision: str, outcome: str) -> str:
    """The outcome as told, or the only one there can be."""
    possible = outcomes(kind, decision)
    return possible[0] if not outcome and len(possible) == 1 else outcome


def _outcome_faults(facts: CaseFacts, decision: str, outcome: str) -> list[str]:
    possible = outcomes(facts.kind, decision)
    told = outcome_of(facts.kind, decision, outcome)
    if not possible:
        return [_("Only a petition has an outcome of its own.")] if told else []
    if told not in possible:
        return [_("Choose the outcome of the petition.")]
    if told in DENIALS and facts.drafted_sanctions and decision == Decision.AMEND:
        return [_("A denied petition brings no sanctions. Remove the drafted ones.")]
    return []


def principal(codes: Iterable[str], outcome: str) -> str:
    """The disposition that an order gives: the outcome of a petition, else the heaviest of its sanctions."""
    return outcome or rules.principal(codes)


def is_reportable(codes: Iterable[str], outcome: str) -> bool:
    """Whether the order must be reported to the NPDB; an outcome with a code of its own revises an earlier report."""
    revises = bool(outcome and DISPOSITIONS[outcome].npdb_action)
    return revises or rules.is_reportable(codes, from_formal_proceeding=True)
