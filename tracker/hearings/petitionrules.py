"""Yes or no about petitions: which order they fit, and whether what was decided ends the earlier discipline. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tracker.cases.states import CaseKind
from tracker.hearings.orderrules import DENIALS

# What takes a license away for a while or for good; only such a license can be given back.
TAKEN_AWAY = frozenset({"SUSPENSION", "REVOCATION", "SURRENDER"})


def kind_faults(kind: str, codes: Sequence[str], *, terms_left: int) -> list[str]:
    """Why a petition of this kind does not fit an order with these sanctions, of which some terms are left."""
    if kind == CaseKind.REINSTATEMENT and not TAKEN_AWAY.intersection(codes):
        return [_("The order did not take the license away, so there is nothing to reinstate.")]
    if kind == CaseKind.EARLY_TERMINATION and not terms_left:
        return [_("No term of the order is left that could end early.")]
    return []


def ends_discipline(kind: str, outcome: str, codes: Sequence[str]) -> bool:
    """Whether an order on a petition ends what the earlier order imposed.

    A reinstatement and a granted early termination do; conditions of a reinstatement stand in its own order. A
    modification leaves the earlier order in force with the changes that it names. An order that finds a violation
    and imposes sanctions takes the place of the earlier one.
    """
    if kind == CaseKind.VIOLATION:
        return bool(codes)
    granted = bool(outcome) and outcome not in DENIALS
    return granted and kind in (CaseKind.REINSTATEMENT, CaseKind.EARLY_TERMINATION)
