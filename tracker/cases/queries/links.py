"""The dockets linked with a case, each as far as the reader may know of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from tracker.cases.models import Case, CaseLink
from tracker.cases.pathkinds import LinkKind
from tracker.cases.queries import rows
from tracker.cases.queries.casefile import Seen
from tracker.cases.queries.rows import CaseRow

# What a link is called on the page of the docket that it names, where that differs.
_SEEN_FROM_OTHER = {
    LinkKind.DUPLICATE: gettext_lazy("Merged into this docket"),
    LinkKind.PETITION: gettext_lazy("Petition on its order"),
}
# What readers of the record are told: what is heard together, and what the order is about.
_ON_RECORD = (LinkKind.CONSOLIDATED, LinkKind.PETITION)


@dataclass(frozen=True)
class Linked:
    """A link in force. `row` is the other docket as in a list, None where the reader does not see it.

    `is_onward` marks the link of a duplicate to the docket into which it was merged.
    """

    number: int
    kind: str
    label: str
    reason: str
    since: datetime
    row: CaseRow | None
    is_onward: bool


def numbered(case: Case) -> dict[int, CaseLink]:
    """Every link of a case there ever was, either way, oldest first, by its number from 1."""
    found = CaseLink.objects.filter(Q(case=case) | Q(other=case)).select_related("case", "other")
    return dict(enumerate(found.order_by("linked_at", "id"), start=1))


def linked(seen: Seen) -> list[Linked]:
    """The links in force that the reader may know of, in order.

    The file tells of each; a docket that the reader does not see is not named. The record tells only of consolidated
    dockets and petitions whose record the reader sees too.
    """
    known = {number: link for number, link in numbered(seen.case).items() if link.ended_at is None}
    others = {link.pk: _other(link, seen.case) for link in known.values()}
    if not known:
        return []
    visible = {row.docket: row for row in rows.rows_of(seen.reader, seen.reader.cases().filter(pk__in=others.values()))}
    dockets = dict(Case.objects.filter(pk__in=others.values()).values_list("pk", "docket"))
    found = [_linked(seen, n, link, visible.get(dockets[others[link.pk]])) for n, link in known.items()]
    return [one for one in found if seen.is_whole or (one.kind in _ON_RECORD and one.row)]


def _other(link: CaseLink, case: Case) -> Any:
    return link.other_id if link.case_id == case.pk else link.case_id


def _linked(seen: Seen, number: int, link: CaseLink, row: CaseRow | None) -> Linked:
    kind = LinkKind(link.kind)
    names_this = link.other_id == seen.case.pk
    label = _SEEN_FROM_OTHER.get(kind, kind.label) if names_this else kind.label
    # The reason belongs to the board that linked.
    own = seen.is_whole and link.board_id == seen.case.board_id
    return Linked(
        number=number,
        kind=link.kind,
        label=str(label),
        reason=link.reason if own else "",
        since=link.linked_at,
        row=row,
        is_onward=kind is LinkKind.DUPLICATE and not names_this,
    )
