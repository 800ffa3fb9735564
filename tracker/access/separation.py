"""Separation of functions: which parts in one matter one person may not have, now or one after the other. Pure.

A part is a place on a case, or what somebody did there without one. Sources: SD 36-1C-11; OAC 4757-11-04; Cal. Gov
11425.30.
"""

from tracker.access.policy import Capacity as C

# Who presides has no other part in the case.
_PAIRS = frozenset(frozenset({C.PRESIDING, other}) for other in C if other is not C.PRESIDING) | {
    # Who investigated or prosecutes does not judge probable cause.
    frozenset({C.PANEL, C.INVESTIGATOR}),
    frozenset({C.PANEL, C.PROSECUTOR}),
    # Who advises the board on its decision neither prosecutes nor investigated nor advised the investigation.
    frozenset({C.ADVISER, C.PROSECUTOR}),
    frozenset({C.ADVISER, C.INVESTIGATOR}),
    frozenset({C.ADVISER, C.LIAISON}),
}
# Who investigated, prosecuted, advised the investigation, sat on probable cause or presided does not vote on the order.
OFF_THE_ORDER = (C.PANEL, C.INVESTIGATOR, C.PROSECUTOR, C.LIAISON, C.PRESIDING)
# The kinds of links between dockets that are about the same facts; a petition is about what happened since.
SAME_MATTER = ("same_complaint", "duplicate", "consolidated")


def apart(place: C) -> frozenset[C]:
    """The places that nobody may have who has, or had, this one in the same matter."""
    return frozenset(other for pair in _PAIRS if place in pair for other in pair if other is not place)
