"""Exhibits that came in twice: what is withheld or redacted in one of them may stand open in the other."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.bundle import editions
from tracker.bundle.editions import Decision
from tracker.evidence.models import Exhibit


def notes(inside: Sequence[tuple[Exhibit, Decision]], edition: str) -> list[str]:
    """A sentence for each exhibit that an edition does not show whole, while it shows more of the very same file.

    Files are the same when their SHA-256 is. `inside` are the exhibits of the edition and what was decided on each.
    """
    same: dict[UUID, list[tuple[Exhibit, Decision]]] = defaultdict(list)
    for row, decision in inside:
        same[row.stored_file_id].append((row, decision))
    is_redacted = editions.shows_redacted(edition)
    words = _(
        "Exhibit %(key)s is not shown whole, but %(twin)s is the same file and shows more of it. Withhold or redact "
        "it there too."
    )
    return [
        words % {"key": row.key, "twin": twin.key}
        for row, decision in inside
        for twin, other in same[row.stored_file_id]
        if twin.pk != row.pk
        and other.outcome == editions.SHOWN
        and _shows_more(other, twin, decision, row, is_redacted=is_redacted)
    ]


def _shows_more(other: Decision, twin: Exhibit, decision: Decision, row: Exhibit, *, is_redacted: bool) -> bool:
    if decision.outcome != editions.SHOWN:
        return True
    if decision.hidden_pages - other.hidden_pages:
        return True
    return is_redacted and row.redacted is not None and twin.redacted is None
