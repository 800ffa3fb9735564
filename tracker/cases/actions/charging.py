"""Charges: drafting counts, issuing, service, the answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases import facts
from tracker.cases.actions import clocking, closing, letters, moving, papers
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import AnswerValue, DocumentKind, Period, ServiceMethod, VoteKind
from tracker.cases.models import Case, ChargingDocument, Count
from tracker.cases.pathkinds import Election
from tracker.cases.queries import publicity


@transaction.atomic
def draft_count(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    allegations: Sequence[str],
    citation: str,
    text: str,
    seen: int | None = None,
) -> Count:
    """Draft one count of the charges, resting on allegations (keys such as A1) and citing a statute or rule.

    Refused without citation or words, or on an allegation that the case has not. Ledger: case.count_drafted.
    """
    begun = moving.begin(case_id, "draft_count", actor=actor, at=at, seen=seen)
    wanted = {key.strip().upper() for key in allegations if key.strip()}
    rows = [row for row in begun.case.allegations.all() if row.key in wanted]
    faults = [] if wanted else [_("Name the allegations that the count rests on.")]
    unknown = wanted - {row.key for row in rows}
    faults += [_("This case has no allegation %(key)s.") % {"key": key} for key in sorted(unknown)]
    faults += [] if citation.strip() else [_("Cite the statute or rule.")]
    faults += [] if text.strip() else [_("Write the charge in words.")]
    moving.refuse_if(faults)
    charges, _new = ChargingDocument.objects.get_or_create(
        case=begun.case, issued_at__isnull=True, defaults={"board_id": begun.case.board_id}
    )
    count = Count.objects.create(
        board_id=begun.case.board_id,
        charges=charges,
        number=charges.counts.count() + 1,
        citation=citation.strip(),
        text=text,
        rule_id=facts.limitation(begun.case.board, rows, begun.today).rule_id,
    )
    count.allegations.set(rows)
    moving.finish_act(
        begun,
        "case.count_drafted",
        facts={"number": count.number, "allegations": ",".join(sorted(wanted)), "count": str(count.pk)},
        private={"citation": citation, "text": text},
    )
    return count


@transaction.atomic
def issue_charges(case_id: UUID, *, actor: Actor, at: datetime, memo: str, seen: int | None = None) -> Case:
    """T13. Probable cause found: freeze the memo and the charges, open the record, write to the respondent.

    Refused without a vote (at boards whose panel decides), without counts that cite the law and are in time, and
    without a memo. Ledger: case.charges_issued.
    """
    begun = moving.begin(case_id, "issue_charges", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if memo.strip() else [_("Write the probable cause memo.")])
    charges = ChargingDocument.objects.get(case=begun.case, issued_at__isnull=True)
    lines = [f"Count {c.number}. {c.citation}. {c.text}" for c in charges.counts.all()]
    papers.freeze(begun, DocumentKind.PROBABLE_CAUSE_MEMO, memo)
    paper = papers.freeze(begun, DocumentKind.CHARGES, "\n\n".join([*lines, str(NOT_FINAL)]))
    ChargingDocument.objects.filter(pk=charges.pk).update(issued_at=at)
    vote = closing.use_vote(begun, VoteKind.PROBABLE_CAUSE, "", passed=True)
    moving.finish_move(
        begun,
        fields={"charged_at": at},
        facts={
            "counts": len(lines),
            "charges": str(charges.pk),
            "digest": paper.digest,
            "vote": str(vote.pk) if vote else None,
        },
        private={"memo": memo},
    )
    merge = {
        "counts": lines,
        "answer_due_on": clocking.due_on(begun.case, DeadlineKind.ANSWER, begun.today),
        "public_from": public_from(begun) or "",
        "asks_election": asks_election(begun),
    }
    letters.to_respondent(begun.case, "charges", merge, actor=actor, at=at)
    return begun.case


NOT_FINAL = gettext_lazy("Allegations are not a final determination.")


def public_from(begun: moving.Begun) -> date | None:
    """The date on which charges that are issued turn public by the board's rule, or None where they do not by that."""
    rule = board_queries.rule_in_force(begun.case.board, "public_from", begun.today).value
    return publicity.public_since(begun.case, rule)


@transaction.atomic
def record_service(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    method: str,
    served_on: date,
    proof: str,
    seen: int | None = None,
) -> Case:
    """T15. Record that the charges were served, with the proof; the time to answer runs from that day.

    The board's days for mail are added only where they were served by mail. Refused without proof, with an unknown
    method, for a day in the future or before the charges. Ledger: case.charges_served.
    """
    begun = moving.begin(case_id, "record_service", actor=actor, at=at, seen=seen)
    charges = ChargingDocument.objects.filter(case=begun.case, issued_at__isnull=False).order_by("id").last()
    assert charges is not None  # noqa: S101 - the guard asks for issued charges
    faults = [] if proof.strip() else [_("Describe the proof of service.")]
    faults += [] if method in ServiceMethod.values else [_("Choose how the charges were served.")]
    if served_on > begun.today:
        faults.append(_("The day of service cannot be in the future."))
    if charges.issued_at and served_on < clocking.local_date(begun.case, charges.issued_at):
        faults.append(_("The charges cannot be served before they were issued."))
    moving.refuse_if(faults)
    papers.freeze(begun, DocumentKind.PROOF_OF_SERVICE, proof, service_method=method, dated_on=served_on)
    ChargingDocument.objects.filter(pk=charges.pk).update(served_on=served_on)
    by_mail = ServiceMethod(method).is_mail
    due_on = clocking.due_on(begun.case, DeadlineKind.ANSWER, served_on, by_mail=by_mail)
    entry = moving.finish_move(
        begun,
        facts={"method": method, "served_on": served_on.isoformat(), "due_on": due_on.isoformat()},
        private={"note": proof},
        skip_clocks=(DeadlineKind.ANSWER,),
    )
    moving.start_clock(begun, DeadlineKind.ANSWER, served_on, anchor=entry.id, by_mail=by_mail)
    clocking.refresh_next_due(begun.case)
    return begun.case


@transaction.atomic
def record_answer(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    answers: Mapping[str, str],
    received_on: date,
    text: str,
    good_cause: str = "",
    election: str = "",
    seen: int | None = None,
) -> Case:
    """T16. Record the answer: each count (by number) admitted, denied or not contested.

    `election` is one of three ways to have the charges decided, at boards that ask for it; without a formal hearing
    no count can be denied. A late answer is taken only for good cause, in words. Where a hearing follows, the
    respondent gets a letter. Ledger: case.answer_recorded.
    """
    begun = moving.begin(case_id, "record_answer", actor=actor, at=at, seen=seen)
    charges = ChargingDocument.objects.filter(case=begun.case, issued_at__isnull=False).order_by("id").last()
    assert charges is not None  # noqa: S101 - the guard asks for issued charges
    counts = list(charges.counts.all())
    faults = _answer_faults(begun, counts, answers, received_on=received_on, text=text, good_cause=good_cause)
    moving.refuse_if(faults + _election_faults(begun, election, answers.values()))
    for count in counts:
        Count.objects.filter(pk=count.pk).update(answer=answers[str(count.number)])
    ChargingDocument.objects.filter(pk=charges.pk).update(hearing_requested_on=received_on, election=election)
    papers.freeze(begun, DocumentKind.ANSWER, text, dated_on=received_on)
    due = clocking.running(begun.case, DeadlineKind.ANSWER)
    # The paper came on that day, whenever somebody typed it in.
    clocking.end_clocks(begun.case, [DeadlineKind.ANSWER], received_on)
    given = {str(count.number): answers[str(count.number)] for count in counts}
    is_late = due is not None and received_on > due.due_on
    moving.finish_move(
        begun,
        facts={"answers": given, "received_on": received_on.isoformat(), "late": is_late, "election": election},
        private={"note": good_cause},
    )
    if election == Election.FORMAL or AnswerValue.DENIED in given.values():
        _announce_hearing(begun, received_on)
    return begun.case


def _announce_hearing(begun: moving.Begun, answered_on: date) -> None:
    """Tell the respondent that a hearing comes, and how long ahead its notice does, unless that was waived."""
    merge: dict[str, Any] = {"answered_on": answered_on}
    if Period.HEARING_NOTICE not in begun.facts.waivers:
        days = board_queries.rule_in_force(begun.case.board, "hearing_notice_min_days", begun.today).value
        merge["notice_days"] = days
    letters.to_respondent(begun.case, "scheduling", merge, actor=begun.actor, at=begun.at)


def asks_election(begun: moving.Begun) -> bool:
    """Whether the answer to the charges must name one of three ways to have them decided, by the board's rule."""
    return bool(board_queries.rule_in_force(begun.case.board, "election_of_rights", begun.today).value)


def _election_faults(begun: moving.Begun, election: str, given: Iterable[str]) -> list[str]:
    if not asks_election(begun):
        return [_("This board does not ask for an election of rights.")] if election else []
    if election not in Election.values:
        return [_("Say how the respondent wants the charges decided.")]
    if election != Election.FORMAL and AnswerValue.DENIED in given:
        return [_("A count that is denied needs a formal hearing.")]
    return []


def _answer_faults(
    begun: moving.Begun,
    counts: Sequence[Count],
    answers: Mapping[str, str],
    *,
    received_on: date,
    text: str,
    good_cause: str,
) -> list[str]:
    faults = [] if text.strip() else [_("Write what the answer says.")]
    for count in counts:
        if answers.get(str(count.number)) not in AnswerValue.values:
            faults.append(_("Count %(n)d needs an answer: admitted, denied or not contested.") % {"n": count.number})
    if received_on > begun.today:
        faults.append(_("The answer cannot have come in the future."))
    due = clocking.running(begun.case, DeadlineKind.ANSWER)
    if due and received_on > due.due_on and not good_cause.strip():
        faults.append(_("The answer is late. It can be taken only for good cause: say which."))
    return faults
