"""What must hold after every step of a walk, whatever happened. Source: the invariants of the domain model, 1.3."""

import json
from typing import Any

from tests.walk import replay
from tracker.access import gate
from tracker.access.models import Assignment, Membership
from tracker.access.policy import Capacity, Role
from tracker.audit import queries as audit
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.cases.actions import voting
from tracker.cases.decisions import Decision
from tracker.cases.kinds import RECORD_DOCUMENTS, Choice, DocumentKind, VoteKind
from tracker.cases.models import Ballot, Case
from tracker.cases.pathkinds import OfferState
from tracker.cases.queries import casefile, readers, recomputed
from tracker.cases.states import DISPOSITIONS, PETITIONS, STAGE_OF, Status
from tracker.errors import OutOfScope
from tracker.hearings.models import Order, Settlement


def quick(case: Case) -> None:
    """Cheap enough for every step."""
    told = replay.replay(case.pk)
    assert (told.status, told.stage) == (case.status, case.stage)
    assert told.disposition == case.disposition
    assert STAGE_OF[Status(case.status)] == case.stage
    assert (case.disposition is not None) == (case.status == Status.CLOSED)
    _discipline_has_its_ground(case)
    _nobody_votes_twice_over(case)
    _npdb_is_computed(case)


def thorough(case: Case, at: Any) -> None:
    """The chain, the scopes and the clocks."""
    assert recomputed.differences(case) == []
    report = audit.chain_report(case.pk)
    assert report.is_whole, report.broken
    for person in _deciders(case, at):
        _sees_the_record_only(case, person, at)


def _discipline_has_its_ground(case: Case) -> None:
    """Each order that disciplines rests on what its decision says it rests on."""
    for order in Order.objects.filter(case=case, issued_at__isnull=False).prefetch_related("sanctions"):
        if any(DISPOSITIONS[row.code].discipline for row in order.sanctions.all()):
            assert _ground(case, order), f"{case.docket}: discipline by {order.decision} without its ground"


def _ground(case: Case, order: Order) -> bool:
    served = case.charging_documents.filter(served_on__isnull=False, issued_at__lte=order.issued_at)
    if order.decision == Decision.ACCEPT_SETTLEMENT:
        signed = Settlement.objects.filter(case=case, state=OfferState.ACCEPTED, paper__filed_at__lte=order.issued_at)
        return signed.exists()
    if order.decision == Decision.DEFAULT:
        # An order that was set aside since took the mark off the charges; the papers stay.
        packets = case.documents.filter(kind=DocumentKind.DEFAULT_PACKET, filed_at__lte=order.issued_at)
        return served.exists() and packets.exists()
    if order.decision in (Decision.AFFIRM, Decision.AMEND):
        return Order.objects.filter(case=case, issued_at__lt=order.issued_at).exists()
    if order.decision in (Decision.GRANT, Decision.DENY):
        return case.kind in PETITIONS
    return served.exists()


def _nobody_votes_twice_over(case: Case) -> None:
    """Nobody who investigated, prosecuted or sat on probable cause is counted on the order."""
    apart = set(
        Assignment.objects.filter(case=case, capacity__in=voting.BARS_FROM_ORDER).values_list("user_id", "assigned_at")
    )
    counted = Ballot.objects.filter(vote__case=case, vote__kind=VoteKind.ORDER).exclude(choice=Choice.RECUSED)
    for ballot in counted.select_related("vote"):
        before = [at for user, at in apart if user == ballot.voter_id and at <= ballot.cast_at]
        assert not before, f"{case.docket}: a ballot on the order by somebody who took part before"


def _npdb_is_computed(case: Case) -> None:
    for order in Order.objects.filter(case=case, issued_at__isnull=False):
        if any(DISPOSITIONS[row.code].discipline for row in order.sanctions.all()):
            assert order.npdb_due, f"{case.docket}: discipline that is not reportable"


def _deciders(case: Case, at: Any) -> list[Any]:
    """The presiding officer, and two members who vote in the end."""
    rows = Assignment.objects.filter(case=case, capacity=Capacity.PRESIDING, ended_at__isnull=True)
    members = Membership.objects.filter(board=case.board_id, role=Role.BOARD_MEMBER, valid_from__lte=at.date())
    apart = Assignment.objects.filter(case=case, capacity__in=gate.OFF_THE_VOTE, ended_at__isnull=True).values("user")
    voting = members.exclude(user__in=apart).select_related("user").order_by("pk")[:2]
    return [row.user for row in (*rows.select_related("user"), *voting)]


def _sees_the_record_only(case: Case, person: Any, at: Any) -> None:
    actor, reader = Actor.staff(person.pk, Origin.DEMO), readers.reader(person.pk, at=at)
    listed = reader.cases().filter(pk=case.pk).exists()
    assert listed == gate.sees(actor, case, at=at), f"{case.docket}: the list and the gate differ"
    try:
        seen = casefile.find(reader, case.docket)
    except OutOfScope:
        assert not listed
        return
    assert listed
    assert not seen.is_whole
    papers = casefile.documents(seen)
    kinds = {row.kind for row in papers}
    assert kinds <= set(RECORD_DOCUMENTS), f"{case.docket}: a decider sees {kinds - set(RECORD_DOCUMENTS)}"
    talks = Settlement.objects.filter(case=case).exclude(state__in=(OfferState.ACCEPTED, OfferState.SIGNED))
    shown = {row.pk for row in papers} & set(talks.values_list("paper", flat=True))
    assert not shown, f"{case.docket}: a decider sees a settlement that was not made"
    assert casefile.timeline(seen) == []
    assert casefile.notes(seen) == []
    assert casefile.votes(seen) == []


def facts_of(entry: LedgerEntry) -> dict[str, Any]:
    """The facts of an entry."""
    return dict(json.loads(entry.body)["facts"])
