"""The lists of the front matter beside the exhibit list: witnesses, chronology, and allegations with their evidence.

Each names only what its edition shows: nothing of a withheld exhibit, no event and no finding that its readers may not
know.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit import queries as audit_queries
from tracker.bundle import gather_aside, gather_papers, milestones, words
from tracker.bundle.editions import BOARD, COURT, PUBLIC
from tracker.bundle.lists import Cite, Event, MatrixLine, MatrixRow, Tables, Witness
from tracker.bundle.plan import WITHHELD, PlannedExhibit
from tracker.cases.kinds import FindingBy, ParticipantRole
from tracker.cases.models import Allegation, Case, ChargingDocument, Finding, Participant
from tracker.cases.queries import matrix
from tracker.evidence.models import EvidenceLink
from tracker.evidence.states import ON_RECORD, Bearing, Party


@dataclass(frozen=True)
class Edition:
    """An edition of a case and the exhibits it shows, by id."""

    case: Case
    code: str
    shown: Mapping[str, PlannedExhibit]


def tables(case: Case, edition: str, items: Sequence[PlannedExhibit]) -> Tables:
    """The lists of an edition that holds these exhibits."""
    here = Edition(case, edition, {item.exhibit_id: item for item in items if item.kind != WITHHELD})
    return Tables(
        witnesses=_witnesses(here),
        chronology=_chronology(here),
        matrix=_matrix(here),
        papers=gather_papers.papers(case) if edition == COURT else (),
        aside=gather_aside.aside(case, edition),
    )


def _witnesses(here: Edition) -> tuple[Witness, ...]:
    """Who sponsors exhibits, by the side that calls them; in the board's edition also who is a witness of the case."""
    cites: dict[tuple[str, str], list[Cite]] = {}
    names: dict[tuple[str, str], str] = {}
    for item in here.shown.values():
        if item.sponsor:
            who = (item.party, item.sponsor.casefold())
            names.setdefault(who, item.sponsor)
            cites.setdefault(who, []).append(Cite(item.key))
    order = {party: place for place, party in enumerate(Party.values)}
    known = sorted(names, key=lambda who: order.get(who[0], len(order)))
    out = [Witness(names[who], _caller(who[0]), cites=tuple(cites[who])) for who in known]
    if here.code == BOARD:
        out += _participants(here.case, {name for _party, name in names})
    return tuple(out)


def _participants(case: Case, named: set[str]) -> list[Witness]:
    rows = Participant.objects.filter(
        case=case, role__in=[ParticipantRole.WITNESS, ParticipantRole.EXPERT], until__isnull=True
    )
    found = []
    for row in rows.select_related("identity").order_by("since", "id"):
        identity = getattr(row, "identity", None)
        name = row.label if identity is None or identity.is_sealed else row.name
        if name.casefold() not in named:
            needs = _language(identity.language) if identity else ""
            found.append(Witness(name, _("Not yet called"), str(ParticipantRole(row.role).label), needs))
    return found


def _language(code: str) -> str:
    return "" if code in ("", "en") else _("Language: %(code)s") % {"code": code}


def _caller(party: str) -> str:
    return {
        Party.BOARD: _("Called by the Board"),
        Party.RESPONDENT: _("Called by the Respondent"),
        Party.JOINT: _("Called by both sides"),
        Party.PRESIDING_OFFICER: _("Called by the hearing officer"),
    }.get(Party(party) if party in Party.values else Party.BOARD, "")


def _chronology(here: Edition) -> tuple[Event, ...]:
    """Dated exhibits and the milestones of the case, by day."""
    dated = [
        Event(item.date, item.title, _("Ex. %(mark)s") % {"mark": item.mark}, (Cite(item.key),))
        for item in here.shown.values()
        if item.date
    ]
    return tuple(sorted([*dated, *_milestones(here)], key=lambda event: event.on))


def _milestones(here: Edition) -> Iterable[Event]:
    zone = board_queries.board_zone(here.case.board)
    for entry, facts in audit_queries.facts_of(here.case.pk, *milestones.events_for(here.code)):
        exhibit_id = facts.get("exhibit_id")
        item = here.shown.get(str(exhibit_id))
        if exhibit_id and item is None:
            continue
        said = milestones.sentence(entry.event, facts, edition=here.code, mark=item.mark if item else "")
        if said:
            on = milestones.day_of(entry.event, facts, at=entry.at, zone=zone)
            source = _("Ledger %(number)s") % {"number": entry.seq}
            yield Event(on.isoformat(), said, source, (Cite(item.key),) if item else ())


def _matrix(here: Edition) -> tuple[MatrixRow, ...]:
    """Counts once charges are issued; before that the allegations, for the board alone."""
    if here.code == PUBLIC:
        # For and against are how the office weighs evidence; the public reads the decision.
        return ()
    charges = ChargingDocument.objects.filter(case=here.case, issued_at__isnull=False).order_by("issued_at").last()
    if charges:
        return _counts(here, charges)
    return _allegations(here) if here.code == BOARD else ()


def _counts(here: Edition, charges: ChargingDocument) -> tuple[MatrixRow, ...]:
    # Drafts are nobody's business until they are filed or issued.
    findings = Finding.objects.filter(matrix.on_record(here.case)).order_by("found_at", "id")
    links = Prefetch("allegations__evidence_links", _links())
    rows: Any = charges.counts.prefetch_related(Prefetch("findings", findings), links)
    out = []
    for row in rows.order_by("number"):
        found = [link for allegation in row.allegations.all() for link in allegation.evidence_links.all()]
        latest = {finding.by: finding for finding in row.findings.all()}
        finding = latest.get(FindingBy.BOARD) or latest.get(FindingBy.PRESIDING_OFFICER)
        out.append(
            MatrixRow(
                key=str(row.number),
                words=words.short(row.text),
                basis=row.citation,
                evidence=_lines(here, found),
                finding=str(finding.get_value_display()) if finding else "",
                finding_note=str(finding.get_by_display()) if finding else "",
            )
        )
    return tuple(out)


def _allegations(here: Edition) -> tuple[MatrixRow, ...]:
    findings = Finding.objects.filter(by=FindingBy.INVESTIGATOR).order_by("found_at", "id")
    rows: Any = Allegation.objects.filter(case=here.case).select_related("ground").order_by("number")
    out = []
    for row in rows.prefetch_related(Prefetch("findings", findings), Prefetch("evidence_links", _links())):
        finding = list(row.findings.all())[-1:]
        out.append(
            MatrixRow(
                key=row.key,
                words=str(row.ground.label),
                basis=row.citation,
                evidence=_lines(here, row.evidence_links.all()),
                finding=str(finding[0].get_value_display()) if finding else "",
                finding_note=str(finding[0].get_by_display()) if finding else "",
            )
        )
    return tuple(out)


def _links() -> "QuerySet[EvidenceLink]":
    return EvidenceLink.objects.select_related("exhibit").order_by("exhibit__number", "exhibit__part")


def _lines(here: Edition, links: Iterable[EvidenceLink]) -> tuple[MatrixLine, ...]:
    """The evidence that the edition shows, what speaks for it first, each exhibit once.

    How the office weighs what it has not offered is told in its own edition only.
    """
    out: dict[str, MatrixLine] = {}
    for link in sorted(links, key=lambda one: one.bearing == Bearing.AGAINST):
        item = here.shown.get(str(link.exhibit_id))
        if item and item.key not in out and (here.code == BOARD or item.state in ON_RECORD):
            out[item.key] = MatrixLine(Cite(item.key), str(link.bearing), words.short(item.title))
    return tuple(out.values())
