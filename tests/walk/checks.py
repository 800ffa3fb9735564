"""What must hold after every step of a walk, whatever happened. Source: the invariants of the domain model, 1.3."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from tests.walk import replay, scopes
from tracker.access.models import Assignment
from tracker.audit import queries as audit
from tracker.cases.decisions import Decision
from tracker.cases.kinds import Choice, DocumentKind, VoteKind
from tracker.cases.models import Ballot, Case, CaseDocument
from tracker.cases.pathkinds import OfferState
from tracker.cases.queries import recomputed
from tracker.cases.states import DISPOSITIONS, PETITIONS, STAGE_OF, CaseKind, Status
from tracker.cases.workflow import MOVES
from tracker.hearings.models import EmergencyAction, Order, Settlement

# Who may not be counted on an order, by the law and not by the product's own list.
PARTS = ("panel", "investigator", "prosecutor", "liaison", "presiding")


def quick(case: Case, *, clocks: bool = True) -> None:
    """Cheap enough for every step; the deadlines, which cost most, are recomputed with `clocks` only."""
    told = replay.replay(case.pk)
    assert (told.status, told.stage) == (case.status, case.stage)
    assert told.disposition == case.disposition
    assert STAGE_OF[Status(case.status)] == case.stage
    assert (case.disposition is not None) == (case.status == Status.CLOSED)
    if clocks:
        assert recomputed.differences(case) == []
    issued = list(Order.objects.filter(case=case, issued_at__isnull=False).prefetch_related("sanctions"))
    if issued:
        _discipline_has_its_ground(case, issued)
        _npdb_is_computed(case, issued)
        _nobody_votes_twice_over(case)


def thorough(case: Case, at: datetime, turns: int = 0, *, eyes: bool = True) -> None:
    """The clocks, the chain, the papers, the scopes: too dear for every step.

    With `eyes`, which cost most, it looks as one reader too; `turns` says as whom.
    """
    assert recomputed.differences(case) == []
    report = audit.chain_report(case.pk)
    assert report.is_whole, report.broken
    _moves_have_their_papers(case)
    for action in EmergencyAction.objects.filter(case=case).select_related("finding"):
        assert action.finding.kind == DocumentKind.EMERGENCY_FINDING
        assert action.finding.case_id == case.pk
        assert action.finding.text.strip(), f"{case.docket}: emergency action without a finding of danger"
    if eyes:
        scopes.nobody_sees_more(case, at, turns)


def _moves_have_their_papers(case: Case) -> None:
    """Each move says from where to where and by whom, left a paper of its row and names its digest."""
    papers = list(CaseDocument.objects.filter(case=case))
    for paper in papers:
        if paper.stored_file_id is None:
            assert paper.digest == sha256(paper.text.encode()).hexdigest(), f"{paper.kind}: not the digest of its words"
    digests = {paper.digest for paper in papers}
    # The first entry opens the docket, and comes from nowhere.
    for entry in replay.moves(case.pk)[1:]:
        row = MOVES[str(entry.facts["step"])]
        assert entry.facts["from"] in row.sources, f"{entry.event} from {entry.facts['from']}"
        assert entry.actor.partition(":")[2], f"{entry.event} by nobody"
        named = {entry.facts.get("digest"), *entry.facts.get("papers", ())} - {None}
        assert named <= digests, f"{entry.event} names a paper that is not there"
        ours = [paper for paper in papers if paper.kind in row.documents and paper.filed_at == entry.at]
        assert {paper.digest for paper in ours} <= named, f"{entry.event} does not name its paper"
        if row.documents and entry.facts.get("notice") != "withheld":
            assert ours or _charges(case, row.documents, entry.at), f"{entry.event} left no paper"


def _charges(case: Case, kinds: Iterable[str], at: datetime) -> bool:
    """Whether the paper is a charging document, which has rows of its own."""
    return DocumentKind.CHARGES in kinds and case.charging_documents.filter(issued_at=at).exists()


def _discipline_has_its_ground(case: Case, issued: list[Order]) -> None:
    """Each order that disciplines rests on what its decision says it rests on."""
    for order in issued:
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
    """Nobody who took part, presided, was asked as an expert or judged probable cause is counted on the order."""
    counted = Ballot.objects.filter(vote__case=case, vote__kind=VoteKind.ORDER).exclude(choice=Choice.RECUSED)
    ballots = list(counted.select_related("voter", "vote"))
    places = list(Assignment.objects.filter(case=case, capacity__in=PARTS).values_list("user_id", "assigned_at"))
    places += _judges_of_cause(case)
    experts = {row.expert.identity.email for row in case.expert_reviews.select_related("expert__identity")} - {""}
    for ballot in ballots:
        before = [at for user, at in places if user == ballot.voter_id and at <= ballot.cast_at]
        assert not before, f"{case.docket}: a ballot on the order by somebody who took part before"
        assert ballot.voter.email not in experts, f"{case.docket}: a ballot on the order by its expert"


def _judges_of_cause(case: Case) -> list[tuple[Any, datetime]]:
    """Whose ballot on probable cause was counted, and when; nobody's where the whole board judges it and decides."""
    rules = scopes.rules(case)
    if rules["pc_body"].value == "board":
        return []
    cause = Ballot.objects.filter(vote__case=case, vote__kind=VoteKind.PROBABLE_CAUSE).exclude(choice=Choice.RECUSED)
    return list(cause.values_list("voter_id", "cast_at"))


def _npdb_is_computed(case: Case, issued: list[Order]) -> None:
    """What disciplines is reportable; where nothing carries a code, only what revises an earlier report is."""
    for order in issued:
        codes = [row.code for row in order.sanctions.all()] + ([order.outcome] if order.outcome else [])
        if any(DISPOSITIONS[code].discipline for code in codes):
            assert order.npdb_due, f"{case.docket}: discipline that is not reportable"
        elif not any(DISPOSITIONS[code].npdb_action for code in codes) and case.kind == CaseKind.COMPLAINT:
            earlier = [one for one in issued if one.issued_at < order.issued_at and one.npdb_due]
            assert earlier or not order.npdb_due, f"{case.docket}: reportable, and nothing carries a code"
