"""Freezing the papers of a step, and filing papers by hand."""

import hashlib
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access import gate
from tracker.audit.actors import Actor
from tracker.cases import waivers, workflow
from tracker.cases.actions import clocking, moving
from tracker.cases.clocks import WAIVED_BY
from tracker.cases.kinds import FILED_BY_HAND, DeadlineState, DocumentKind, Period
from tracker.cases.models import Case, CaseDocument
from tracker.cases.pathkinds import BeforeBoard
from tracker.errors import ActionRefused, OutOfScope
from tracker.files import kinds as file_kinds
from tracker.files import storage
from tracker.files.models import StoredFile


def freeze(
    begun: moving.Begun,
    kind: DocumentKind,
    text: str,
    *,
    title: str = "",
    period: str = "",
    given_by: str = "",
    service_method: str = "",
    dated_on: date | None = None,
    stored: StoredFile | None = None,
) -> CaseDocument:
    """Keep one official paper of the case, in the next version of its kind, with the digest of its words or bytes.

    The ledger entry of the act that is told after it names the digest.
    """
    paper = CaseDocument.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        kind=kind,
        version=next_version(begun.case, kind),
        title=(title or str(kind.label))[:200],
        text=text,
        stored_file=stored,
        digest=stored.digest if stored else hashlib.sha256(text.encode()).hexdigest(),
        period=period,
        given_by=given_by,
        service_method=service_method,
        dated_on=dated_on or begun.today,
        author_id=begun.actor.user_id,
        filed_at=begun.at,
    )
    begun.papers.append(paper.digest)
    return paper


def next_version(case: Case, kind: DocumentKind) -> int:
    """The version that the next paper of a kind gets; the case is locked, so no two get the same."""
    return CaseDocument.objects.filter(case=case, kind=kind).count() + 1


def file_document(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    title: str,
    text: str = "",
    path: Path | None = None,
    seen: int | None = None,
) -> CaseDocument:
    """File a paper that no step makes: information received, exceptions, a motion, something else.

    Words in `text` or a file at `path`. Refused for kinds that a step makes, and without content. Ledger:
    case.document_filed.
    """
    if kind not in FILED_BY_HAND:
        raise ActionRefused([_("Papers of this kind are made by the step that needs them.")])
    if not text.strip() and path is None:
        raise ActionRefused([_("Write the paper's words, or choose a file.")])
    kept = None
    if path:
        # Bytes move before the transaction, so who may not file must be turned away before they do.
        case = Case.objects.filter(pk=case_id).first()
        if case is None:
            raise OutOfScope
        gate.require(actor, workflow.step("file_document").needs, case, at=at)
        kept = storage.store(path, key_prefix=storage.case_prefix(case.board_id, case.pk))
    with transaction.atomic():
        begun = moving.begin(case_id, "file_document", actor=actor, at=at, seen=seen)
        stored = None
        if kept and path:
            stored = StoredFile.objects.record(
                kept, board_id=begun.case.board_id, case_id=begun.case.pk, kind=file_kinds.sniff(path), at=at
            )
        paper = freeze(begun, DocumentKind(kind), text, title=title, stored=stored)
        moving.finish_act(
            begun,
            "case.document_filed",
            facts={"kind": kind, "document": str(paper.pk), "digest": paper.digest},
            private={"title": title},
        )
        return paper


@transaction.atomic
def file_waiver(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    period: str,
    given_by: str,
    signed_on: date,
    text: str,
    seen: int | None = None,
) -> CaseDocument:
    """File a waiver of a period by the respondent, the board's counsel or both, with the day on which it was signed.

    Once all have waived it whose period it is, its guard is satisfied and its clock ends as waived. Refused for a
    period that nobody can waive, for a side whose period it is not, without the waiver's words and for a day in the
    future; of reconsideration and judicial review also without an order in force, unless an offer of settlement is
    open or signed, and for a day before that. Ledger: case.waiver_filed.
    """
    begun = moving.begin(case_id, "file_waiver", actor=actor, at=at, seen=seen)
    faults = waivers.faults(period, given_by, challenges_open=begun.facts.challenges_open)
    faults += [] if text.strip() else [_("Write the waiver's words.")]
    faults += _signing_faults(begun, period, signed_on)
    moving.refuse_if(faults)
    paper = freeze(
        begun,
        DocumentKind.WAIVER,
        text,
        title=_("Waiver: %(period)s, %(by)s") % {"period": Period(period).label, "by": waivers.BY[given_by]},
        period=period,
        given_by=given_by,
        dated_on=signed_on,
    )
    if period in waivers.complete(waivers.joined(begun.facts.waived_by, period, given_by)):
        ended = [kind for kind, what in WAIVED_BY.items() if what == period]
        clocking.end_clocks(begun.case, ended, begun.today, state=DeadlineState.WAIVED)
    moving.finish_act(
        begun,
        "case.waiver_filed",
        facts={
            "period": period,
            "given_by": given_by,
            "signed_on": signed_on.isoformat(),
            **_with_offer(begun, period),
            "document": str(paper.pk),
            "digest": paper.digest,
        },
        private={"note": text},
    )
    return paper


def _signing_faults(begun: moving.Begun, period: str, signed_on: date) -> list[str]:
    """Nobody gives up the challenge to an order, or to what is offered, before it is there."""
    about = begun.facts.challenged_on
    if signed_on > begun.today:
        return [_("It cannot have been signed in the future.")]
    if period in waivers.CHALLENGES and about and signed_on < about:
        return [_("It was signed before the order or the offer that it would be about.")]
    return []


def _with_offer(begun: moving.Begun, period: str) -> dict[str, bool]:
    """Whether a waiver of a challenge comes with a settlement, so that its entry tells of talks."""
    talks = bool(begun.facts.open_offer) or begun.facts.before_board == BeforeBoard.SETTLEMENT
    return {"with_offer": True} if talks and period in waivers.CHALLENGES else {}
