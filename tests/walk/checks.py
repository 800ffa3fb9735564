"""What must hold after every step of a walk, whatever happened. Source: the invariants of the domain model, 1.3."""

import json
from typing import Any

from tests.walk import replay
from tracker.access import gate
from tracker.access.models import Assignment
from tracker.access.policy import Capacity
from tracker.audit import queries as audit
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.cases.actions import voting
from tracker.cases.kinds import RECORD_DOCUMENTS, Choice, DocumentKind, VoteKind
from tracker.cases.models import Ballot, Case
from tracker.cases.queries import casefile, readers, recomputed
from tracker.cases.states import DISPOSITIONS, STAGE_OF, Status
from tracker.errors import OutOfScope
from tracker.hearings.models import Order


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
    for person in _deciders(case):
        _sees_the_record_only(case, person, at)


def _discipline_has_its_ground(case: Case) -> None:
    disciplines = [
        order for order in Order.objects.filter(case=case, issued_at__isnull=False)
        if any(DISPOSITIONS[row.code].discipline for row in order.sanctions.all())
    ]  # fmt: skip
    for order in disciplines:
        served = case.charging_documents.filter(served_on__isnull=False).exists()
        stipulated = case.documents.filter(kind=DocumentKind.STIPULATION, filed_at__lte=order.issued_at).exists()
        petition = case.documents.filter(kind=DocumentKind.PETITION).exists()
        assert served or stipulated or petition, f"{case.docket}: discipline without charges served or stipulation"


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


def _deciders(case: Case) -> list[Any]:
    rows = Assignment.objects.filter(case=case, capacity=Capacity.PRESIDING, ended_at__isnull=True)
    return [row.user for row in rows.select_related("user")]


def _sees_the_record_only(case: Case, person: Any, at: Any) -> None:
    actor = Actor.staff(person.pk, Origin.DEMO)
    try:
        seen = casefile.find(readers.reader(person.pk, at=at), case.docket)
    except OutOfScope:
        assert not gate.sees(actor, case, at=at)
        return
    assert not seen.is_whole
    kinds = {row.kind for row in casefile.documents(seen)}
    assert kinds <= set(RECORD_DOCUMENTS), f"{case.docket}: a decider sees {kinds - set(RECORD_DOCUMENTS)}"


def facts_of(entry: LedgerEntry) -> dict[str, Any]:
    """The facts of an entry."""
    return dict(json.loads(entry.body)["facts"])
