"""The papers of the record for a court: what was before who heard and decided the case, in the order of filing."""

from django.db.models import Q

from boards import queries as board_queries
from tracker.bundle.lists import Paper
from tracker.cases.kinds import RECORD_DOCUMENTS, DocumentKind
from tracker.cases.models import Case, CaseDocument
from tracker.cases.pathkinds import OfferState
from tracker.cases.queries import untold
from tracker.cases.states import Status
from tracker.hearings.models import Settlement


def papers(case: Case) -> tuple[Paper, ...]:
    """Every paper of the hearing record, in the order of filing; of settlements the one that the board accepted.

    While a court reviews the order, the record ends with what was filed before its review was asked for.
    """
    zone = board_queries.board_zone(case.board)
    rows = CaseDocument.objects.filter(case=case, kind__in=RECORD_DOCUMENTS).select_related("stored_file")
    accepted = Settlement.objects.filter(case=case, state=OfferState.ACCEPTED).values("paper")
    rows = rows.exclude(Q(kind=DocumentKind.STIPULATION) & ~Q(pk__in=accepted))
    if case.status == Status.JUDICIAL_REVIEW:
        rows = rows.filter(filed_at__lt=case.status_since)
    found = list(rows.order_by("filed_at", "id"))
    talking = untold.talking_papers(case, found, known=(OfferState.ACCEPTED,))
    return tuple(
        Paper(
            kind=str(DocumentKind(row.kind).label),
            title=row.title,
            dated_on=row.dated_on.isoformat(),
            filed_on=row.filed_at.astimezone(zone).date().isoformat(),
            sha256=row.digest,
            words="" if row.stored_file_id else row.text,
        )
        for row in found
        if row.pk not in talking
    )
