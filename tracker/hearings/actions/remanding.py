"""The board sends a matter back for hearing (T24)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import closing, letters, moving, papers
from tracker.cases.decisions import Question
from tracker.cases.kinds import DocumentKind, VoteKind
from tracker.cases.models import Case
from tracker.cases.pathkinds import BeforeBoard
from tracker.hearings.actions import ordering, vacating

AN_ORDER = (BeforeBoard.RECONSIDERATION, BeforeBoard.REMANDED)


@transaction.atomic
def remand(case_id: UUID, *, actor: Actor, at: datetime, reasons: str, seen: int | None = None) -> Case:
    """T24. Send what is before the board back for hearing, on its vote, with its reasons.

    What the hearing found, proposed, drafted and waived before is spent; a default is set aside. An order that the
    board had taken up again is set aside too, since the case is decided anew. A report to the NPDB that is due stays
    due. Refused without reasons. Ledger: hearing.remanded.
    """
    begun = moving.begin(case_id, "remand", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if reasons.strip() else [_("Give the board's reasons.")])
    paper = papers.freeze(begun, DocumentKind.REMAND, reasons)
    vote = closing.use_vote(begun, VoteKind.ORDER, Question.REMAND, passed=True)
    fields = vacating.clear_for_hearing(begun)
    set_aside = _set_aside(begun)
    moving.finish_move(
        begun,
        fields=fields,
        facts={
            "before": begun.facts.before_board,
            "vote": str(vote.pk) if vote else None,
            "document": str(paper.pk),
            "digest": paper.digest,
            "order_set_aside": set_aside,
        },
        private={"reasons": reasons},
    )
    letters.to_respondent(begun.case, "remand", {"reasons": reasons}, actor=actor, at=at)
    named = {"respondent_name": letters.respondent_name(begun.case)}
    letters.to_complainant(begun.case, "remand", named, actor=actor, at=at)
    return begun.case


def _set_aside(begun: moving.Begun) -> bool:
    if begun.facts.before_board not in AN_ORDER:
        return False
    order = ordering.earlier_order(begun)
    assert order is not None  # noqa: S101 - this is what is before the board
    vacating.vacate(begun, order, begun.today)
    return True
