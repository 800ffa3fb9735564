"""A complainant who asks to withdraw: recorded, answered, and told whether that can end the case."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, letters, moving, papers
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import CaseDocument


@transaction.atomic
def record_withdrawal(
    case_id: UUID, *, actor: Actor, at: datetime, text: str, asked_on: date | None = None, seen: int | None = None
) -> CaseDocument:
    """Record that the complainant asks to withdraw, by staff or by the complainant through the tracking page.

    `asked_on` is the board's date it reached the board, today where none is given; the clock of the answer runs from
    it. Refused without the complainant's words, and for a day in the future or before the complaint. Ledger:
    case.withdrawal_recorded.
    """
    begun = moving.begin(case_id, "record_withdrawal", actor=actor, at=at, seen=seen)
    day = asked_on or begun.today
    faults = [] if text.strip() else [_("Write what the complainant said.")]
    faults += [_("The withdrawal cannot be in the future.")] if day > begun.today else []
    if day < clocking.local_date(begun.case, begun.case.received_at):
        faults.append(_("The withdrawal cannot be before the complaint."))
    moving.refuse_if(faults)
    paper = papers.freeze(begun, DocumentKind.WITHDRAWAL, text, dated_on=day)
    entry = moving.finish_act(
        begun,
        "case.withdrawal_recorded",
        facts={"asked_on": day.isoformat(), "document": str(paper.pk), "digest": paper.digest},
        private={"text": text},
    )
    clocking.open_clock(begun.case, DeadlineKind.WITHDRAWAL_ANSWER, day, anchor=entry.id)
    clocking.refresh_next_due(begun.case)
    return paper


@transaction.atomic
def answer_withdrawal(case_id: UUID, *, actor: Actor, at: datetime, text: str, seen: int | None = None) -> CaseDocument:
    """Answer the complainant who asked to withdraw. The letter says whether the board's rule lets it end the case.

    It can end a case only before charges; the closing itself is a step of its own. Refused without words. Ledger:
    case.withdrawal_answered.
    """
    begun = moving.begin(case_id, "answer_withdrawal", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if text.strip() else [_("Write the answer in words the complainant understands.")])
    paper = papers.freeze(begun, DocumentKind.WITHDRAWAL_ANSWER, text)
    rule = board_queries.rule_in_force(begun.case.board, "withdrawal_ends_case", begun.today)
    can_end = bool(rule.value) and begun.case.charged_at is None
    clocking.end_clocks(begun.case, [DeadlineKind.WITHDRAWAL_ANSWER], begun.today)
    moving.finish_act(
        begun,
        "case.withdrawal_answered",
        facts={"ends_case": can_end, "document": str(paper.pk), "digest": paper.digest},
        private={"text": text},
    )
    merge = {"answer": text, "can_end": can_end}
    letters.to_complainant(begun.case, "withdrawal_answer", merge, actor=actor, at=at)
    return paper
