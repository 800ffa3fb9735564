"""Exhibits as rows and cards: what a list says of each, as far as its reader may know."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import ngettext

from tracker.cases.queries.casefile import Seen
from tracker.evidence import queries
from tracker.evidence.states import Confidentiality, ExhibitState


@dataclass(frozen=True)
class ExhibitRow:
    """One exhibit. `mark` is the party's mark, `ruling` the state of its marking, both empty where there is none.

    `handled` counts custody entries and is None for readers of the record, whose page shows no custody.
    """

    key: str
    title: str
    source: str
    kind: str
    pages: int | None
    digest: str
    state: str
    state_reason: str
    mark: str
    party: str
    ruling: str
    handled: int | None
    last_act: str
    last_at: datetime | None
    allegations: list[str]
    may_download: bool


def rows(seen: Seen) -> list[ExhibitRow]:
    """The exhibits that the reader may see, in E order."""
    found = list(queries.exhibits_for(seen.case, seen.actor, at=seen.reader.at))
    custody = queries.custody_of(found) if seen.is_whole else {}
    return [row(seen, exhibit, custody.get(exhibit.pk)) for exhibit in found]


def row(seen: Seen, exhibit: object, custody: list | None) -> ExhibitRow:
    """One exhibit as a row."""
    marking = exhibit.marking
    last = custody[-1] if custody else None
    return ExhibitRow(
        key=exhibit.key,
        title=exhibit.title,
        source=exhibit.source if seen.is_whole else "",
        kind=exhibit.stored_file.media_type,
        pages=exhibit.page_count,
        digest=exhibit.stored_file.digest,
        state=state_of(exhibit),
        state_reason=(exhibit.not_renderable_reason or exhibit.state_reason) if seen.is_whole else "",
        mark=marking.mark if marking else "",
        party=str(marking.get_party_display()) if marking else "",
        ruling=str(marking.state) if marking else "",
        handled=len(custody) if custody is not None else None,
        last_act=str(last.get_act_display()) if last else "",
        last_at=last.at if last else None,
        allegations=[link.allegation.key for link in exhibit.links.all()] if seen.is_whole else [],
        may_download=exhibit.state == ExhibitState.CLEARED,
    )


def state_of(exhibit: object) -> str:
    """The one mark that tells most about an exhibit: trouble first, then who may not see it, then how it is kept."""
    if exhibit.state != ExhibitState.CLEARED:
        return "pending" if exhibit.state == ExhibitState.RECEIVED else str(exhibit.state)
    if exhibit.is_withheld:
        return "withheld"
    if exhibit.confidentiality == Confidentiality.SEALED:
        return "sealed"
    return "not_renderable" if exhibit.not_renderable_reason else "cleared"


def heading(found: list[ExhibitRow]) -> str:
    """How many exhibits and pages there are among those shown."""
    pages = sum(one.pages or 0 for one in found)
    words = ngettext("%(n)s exhibit", "%(n)s exhibits", len(found)) % {"n": len(found)}
    return words + ", " + ngettext("%(n)s page", "%(n)s pages", pages) % {"n": pages}
