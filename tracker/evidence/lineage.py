"""What came out of what: an e-mail within an e-mail stands under the outer one's number, and still holds its own parts.

The row of an attachment names the outer e-mail only. Out of which one it came is told by the entry of its receipt;
of what came by reference, by that of the exhibit it refers to.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from tracker.audit import queries as audit_queries
from tracker.cases.models import Case
from tracker.evidence.models import Exhibit
from tracker.evidence.states import NEED_RELEASE

UNRELEASED = Q(confidentiality__in=NEED_RELEASE, release_basis="")
CLOSED = ~Q(withheld_code="") | UNRELEASED


def origins(case_id: UUID) -> dict[UUID, UUID]:
    """The attachments of a case, each with the e-mail that it came out of; an e-mail before what it holds.

    What came by reference has the origin that it has on the docket it came from.
    """
    return _origins(case_id, frozenset())


def _origins(case_id: UUID, seen: frozenset[UUID]) -> dict[UUID, UUID]:
    found = _received(case_id)
    rows = Exhibit.objects.filter(case_id=case_id, shares__isnull=False).order_by("number", "part")
    shared = list(rows.values_list("pk", "shares_id", "shares__case_id", "part"))
    here = {source: pk for pk, source, _docket, _part in shared}
    there: dict[UUID, UUID] = {}
    # Two dockets may have exhibits of each other, so none is asked twice.
    for docket in {docket for _pk, _source, docket, part in shared if part} - seen - {case_id}:
        there |= _origins(docket, seen | {case_id})
    for pk, source, _docket, _part in shared:
        if there.get(source) in here:
            found[pk] = here[there[source]]
    return found


def _received(case_id: UUID) -> dict[UUID, UUID]:
    ids: dict[str, UUID] = {}
    found = {}
    for _entry, facts in audit_queries.facts_of(case_id, "evidence.received"):
        exhibit_id = UUID(facts["exhibit_id"])
        ids[facts["exhibit"]] = exhibit_id
        # An e-mail is received before what it holds, so the line of origins has an end.
        if facts.get("parent") in ids:
            found[exhibit_id] = ids[facts["parent"]]
    return found


def inside(exhibit: Exhibit) -> "QuerySet[Exhibit]":
    """The attachments that came out of an exhibit, at any depth."""
    if exhibit.parent_id is None:
        return exhibit.attachments.all()
    return Exhibit.objects.filter(pk__in=_out_of({exhibit.pk}, origins(exhibit.case_id)))


def covered(case: Case) -> set[UUID]:
    """The attachments that an e-mail within an e-mail closes, since it is withheld or waits for an order or a consent.

    What the outer e-mail closes is not among them: its row is their `parent`.
    """
    closed = set(Exhibit.objects.filter(CLOSED, case=case, parent__isnull=False).values_list("pk", flat=True))
    return _out_of(closed, origins(case.pk)) if closed else set()


def _out_of(emails: set[UUID], known: dict[UUID, UUID]) -> set[UUID]:
    """What came out of any of some e-mails; the origins come in the order of receipt."""
    found: set[UUID] = set()
    for exhibit_id, origin in known.items():
        if origin in emails or origin in found:
            found.add(exhibit_id)
    return found
