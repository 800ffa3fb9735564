"""The hearing itself: setting it, opening it, finding, proposing a decision, handing over to the board."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, letters, moving, papers
from tracker.cases.clocks import DeadlineKind, told
from tracker.cases.kinds import COUNT_VALUES, DocumentKind, FindingBy, Period
from tracker.cases.models import Case, ChargingDocument, Count, Finding
from tracker.hearings import rules
from tracker.hearings.actions import agenda, proposing, sitting
from tracker.hearings.models import Hearing


@transaction.atomic
def schedule_hearing(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    starts_at: datetime,
    place: str,
    prehearing_order: str,
    seen: int | None = None,
) -> Hearing:
    """T18. Set the hearing, send the notice and issue the prehearing order (dates for exhibits, witnesses, motions).

    Refused with less notice than the board's rule, unless a waiver of notice is on file; without place or order; and
    for anybody but the assigned presiding officer. Ledger: hearing.scheduled.
    """
    begun = moving.begin(case_id, "schedule_hearing", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    faults = slot_faults(begun, starts_at, place)
    moving.refuse_if(faults + ([] if prehearing_order.strip() else [_("Write the prehearing order.")]))
    papers.freeze(begun, DocumentKind.PREHEARING_ORDER, prehearing_order)
    return set_slot(begun, starts_at, place)


def slot_faults(begun: moving.Begun, starts_at: datetime, place: str) -> list[str]:
    """Why no hearing can be set for that moment and place."""
    day = clocking.local_date(begun.case, starts_at)
    least = board_queries.rule_in_force(begun.case.board, "hearing_notice_min_days", begun.today).value
    waived = Period.HEARING_NOTICE in begun.facts.waivers
    faults = [] if place.strip() else [_("Say where the hearing is held.")]
    return faults + rules.notice_faults(begun.today, day, least, waived=waived)


def set_slot(begun: moving.Begun, starts_at: datetime, place: str) -> Hearing:
    """Set the hearing before the acting officer: its notice, its clocks, its letters. Ends the step."""
    day = clocking.local_date(begun.case, starts_at)
    hearing = Hearing.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        presiding_id=begun.user_id,
        starts_at=starts_at,
        place=place,
        noticed_on=begun.today,
    )
    papers.freeze(begun, DocumentKind.NOTICE_OF_HEARING, _notice_text(begun, starts_at, place), dated_on=begun.today)
    entry = moving.finish_move(
        begun,
        facts={
            "hearing": str(hearing.pk),
            "starts_on": day.isoformat(),
            "notice_days": (day - begun.today).days,
            **told({DeadlineKind.HEARING: day, DeadlineKind.EXHIBIT_EXCHANGE: _exchange_on(begun, day)}),
        },
        private={"place": place},
    )
    _hearing_clocks(begun, day, entry.id)
    _write(begun, hearing)
    return hearing


def waiting_slot(case: Case) -> Hearing:
    """The hearing that is set and not opened; the guards of the steps that ask for it say that there is one."""
    return Hearing.objects.get(case=case, opened_at__isnull=True, vacated_at__isnull=True)


def _notice_text(begun: moving.Begun, starts_at: datetime, place: str) -> str:
    local = starts_at.astimezone(board_queries.board_zone(begun.case.board))
    return f"{begun.case.docket}\n{local:%Y-%m-%d %H:%M %Z}\n{place}"


def _days_ahead(begun: moving.Begun) -> int:
    return int(board_queries.rule_in_force(begun.case.board, "exhibit_exchange_days", begun.today).value)


def _exchange_on(begun: moving.Begun, day: date) -> date | None:
    """By when exhibits are shown before a hearing on that day; None where it is too late for that, or waived."""
    exchange = day - timedelta(days=_days_ahead(begun))
    return None if exchange < begun.today or Period.EXHIBIT_EXCHANGE in begun.facts.waivers else exchange


def _hearing_clocks(begun: moving.Begun, day: date, entry: UUID) -> None:
    case = begun.case
    clocking.open_dated(
        case,
        DeadlineKind.HEARING,
        day,
        starts_on=begun.today,
        anchor=entry,
        why=clocking.set_by_step(_("Set by the notice of hearing"), day),
    )
    exchange = _exchange_on(begun, day)
    if exchange:
        why = _("%(days)d calendar days before the hearing (%(day)s).") % {
            "days": _days_ahead(begun),
            "day": f"{day:%b} {day.day}, {day.year}",
        }
        clocking.open_dated(case, DeadlineKind.EXHIBIT_EXCHANGE, exchange, starts_on=begun.today, anchor=entry, why=why)
    clocking.refresh_next_due(case)


def _write(begun: moving.Begun, hearing: Hearing) -> None:
    merge = {"hearing_at": hearing.starts_at, "place": hearing.place, "presiding_officer": hearing.presiding.full_name}
    letters.to_respondent(begun.case, "notice_of_hearing", merge, actor=begun.actor, at=begun.at)
    merge["respondent_name"] = letters.respondent_name(begun.case)
    letters.to_complainant(begun.case, "notice_of_hearing", merge, actor=begun.actor, at=begun.at)


@transaction.atomic
def open_hearing(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    appearances: str,
    heard_by: Collection[str] = (),
    seen: int | None = None,
) -> Case:
    """T20. Open the hearing on its day and record who appeared.

    `heard_by` are the e-mail addresses of the members who sit where the board hears the case itself: then only they
    vote on the proposal, and it is not adopted by time alone (Cal. Gov. Code 11517(b)). Ledger: hearing.opened.
    """
    begun = moving.begin(case_id, "open_hearing", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    moving.refuse_if([] if appearances.strip() else [_("Record who appeared.")])
    members = sitting.members(begun, heard_by)
    told_there = sitting.record_text(appearances, members)
    hearing = waiting_slot(begun.case)
    Hearing.objects.filter(pk=hearing.pk).update(opened_at=at, appearances=told_there)
    hearing.heard_by.set(members)
    papers.freeze(begun, DocumentKind.HEARING_RECORD, told_there)
    facts = {"hearing": str(hearing.pk), "heard_by": [str(member.pk) for member in members]}
    moving.finish_move(begun, facts=facts, private={"appearances": told_there})
    return begun.case


@transaction.atomic
def propose_finding(
    case_id: UUID, *, actor: Actor, at: datetime, count: int, value: str, reasons: str, seen: int | None = None
) -> Finding:
    """Record the presiding officer's finding on a count, under the board's burden of proof. A later row counts.

    Ledger: case.finding_recorded.
    """
    begun = moving.begin(case_id, "propose_finding", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    return find_on_count(begun, FindingBy.PRESIDING_OFFICER, count, value=value, reasons=reasons)


@transaction.atomic
def record_board_finding(
    case_id: UUID, *, actor: Actor, at: datetime, count: int, value: str, reasons: str, seen: int | None = None
) -> Finding:
    """Record the board's own finding on a count, where it departs from the proposal. Ledger: case.finding_recorded."""
    begun = moving.begin(case_id, "record_board_finding", actor=actor, at=at, seen=seen)
    return find_on_count(begun, FindingBy.BOARD, count, value=value, reasons=reasons)


def find_on_count(begun: moving.Begun, by: FindingBy, number: int, *, value: str, reasons: str) -> Finding:
    """Write one finding on a count of the charges in force, with the burden of proof of the board's rule."""
    charges = ChargingDocument.objects.filter(case=begun.case, issued_at__isnull=False).order_by("id").last()
    count = Count.objects.filter(charges=charges, number=number).first()
    faults = [] if count else [_("The charges have no count %(n)s.") % {"n": number}]
    faults += [] if value in COUNT_VALUES else [_("Choose what was found.")]
    faults += [] if reasons.strip() else [_("Give the reasons of the finding.")]
    moving.refuse_if(faults)
    burden = board_queries.rule_in_force(begun.case.board, "burden_of_proof", begun.today).value
    row = Finding.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        count=count,
        by=by,
        value=value,
        reasons=reasons,
        burden=burden,
        author_id=begun.actor.user_id,
        found_at=begun.at,
    )
    moving.finish_act(
        begun,
        "case.finding_recorded",
        facts={"subject": f"C{number}", "value": value, "by": str(by), "burden": burden, "finding": str(row.pk)},
        private={"reasons": reasons},
    )
    return row


@transaction.atomic
def file_proposed_decision(case_id: UUID, *, actor: Actor, at: datetime, text: str, seen: int | None = None) -> Case:
    """T21. Close the record, unless that was done, file the proposed decision and serve it by letter.

    From today run the time for exceptions, for it is served, and the board's time to act, for the board has received
    it (Gov. Code 11517(c)(2)). Refused while a count has no finding, and without words. Ledger:
    hearing.decision_proposed.
    """
    begun = moving.begin(case_id, "file_proposed_decision", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    moving.refuse_if([] if text.strip() else [_("Write the proposed decision.")])
    Hearing.objects.filter(case=begun.case, opened_at__isnull=False, closed_at__isnull=True).update(closed_at=at)
    proposing.keep(begun.case)
    paper = papers.freeze(begun, DocumentKind.PROPOSED_DECISION, text)
    moving.finish_move(begun, facts={"document": str(paper.pk), "digest": paper.digest}, private={"summary": text})
    _serve(begun, text)
    return begun.case


def _serve(begun: moving.Begun, text: str) -> None:
    """The respondent gets the words and the last day for exceptions; the complainant is no party and gets neither."""
    exceptions = clocking.running(begun.case, DeadlineKind.EXCEPTIONS)
    merge = {"filed_on": begun.today, "decision": text, "exceptions_by": exceptions.due_on if exceptions else ""}
    letters.to_respondent(begun.case, "proposed_decision", merge, actor=begun.actor, at=begun.at)
    named = {"filed_on": begun.today, "respondent_name": letters.respondent_name(begun.case)}
    letters.to_complainant(begun.case, "proposed_decision", named, actor=begun.actor, at=begun.at)


@transaction.atomic
def submit_to_board(case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None) -> Case:
    """T22. Put the proposed decision before the board once the time for exceptions is over or waived, by letter.

    Ledger: hearing.sent_to_board.
    """
    begun = moving.begin(case_id, "submit_to_board", actor=actor, at=at, seen=seen)
    moving.finish_move(begun, private={"note": note})
    agenda.tell(begun, agenda.proposed(begun))
    return begun.case
