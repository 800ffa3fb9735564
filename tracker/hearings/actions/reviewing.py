"""Judicial review of an order (T26): the petition, the stay, the certified record, the court's decision."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, letters, moving, papers, tolling
from tracker.cases.clocks import MONITORED, DeadlineKind, told
from tracker.cases.kinds import DeadlineState, DocumentKind
from tracker.cases.models import Case
from tracker.cases.pathkinds import CourtOutcome, CourtStay
from tracker.cases.states import Status
from tracker.hearings.actions import petitions, vacating
from tracker.hearings.models import JudicialReview, Order

# Where a case can stand after a court sent it back.
BACK_TO = (Status.BOARD_REVIEW, Status.PREHEARING)


@transaction.atomic
def record_judicial_review(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    court: str,
    number: str = "",
    filed_on: date,
    text: str = "",
    seen: int | None = None,
) -> JudicialReview:
    """T26. Record that a petition for review of the order was filed with a court. The record is due to the court.

    `number` is the court's, `text` what the petition says. The order stays in force unless the court stays it. The day
    of filing with the court decides whether it is in time, not that of recording. Refused for one filed late, without
    the court, and for a day in the future or before the order. Ledger: hearing.review_filed.
    """
    begun = moving.begin(case_id, "record_judicial_review", actor=actor, at=at, seen=seen, filed_on=filed_on)
    order = petitions.last_order(begun.case)
    assert order is not None and order.issued_at is not None  # noqa: S101, PT018 - the case is decided
    faults = [] if court.strip() else [_("Name the court.")]
    faults += [_("The petition cannot come in the future.")] if filed_on > begun.today else []
    if filed_on < clocking.local_date(begun.case, order.issued_at):
        faults.append(_("The petition cannot come before the order."))
    moving.refuse_if(faults)
    row = JudicialReview.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        order=order,
        court=court.strip(),
        number=number.strip(),
        filed_on=filed_on,
        from_status=begun.case.status,
    )
    words = "\n\n".join(part for part in (f"{row.court} {row.number}".strip(), text.strip()) if part)
    paper = papers.freeze(begun, DocumentKind.COURT_PETITION, words, dated_on=filed_on)
    clocking.end_clocks(begun.case, [DeadlineKind.APPEAL], filed_on)
    entry = moving.finish_move(
        begun,
        facts={"filed_on": filed_on.isoformat(), "order": str(order.pk), "digest": paper.digest},
        private={"court": row.court, "number": row.number},
        skip_clocks=(DeadlineKind.CERTIFIED_RECORD,),
    )
    clocking.open_clock(begun.case, DeadlineKind.CERTIFIED_RECORD, filed_on, anchor=entry.id)
    clocking.refresh_next_due(begun.case)
    return row


@transaction.atomic
def record_stay(
    case_id: UUID, *, actor: Actor, at: datetime, stay: str, decided_on: date, text: str, seen: int | None = None
) -> Order:
    """Record that the court stayed the order until it decides, or lifted a stay. Ledger: hearing.stay_recorded.

    What is monitored of the order stands still under a stay: its clocks end later by the days that it lasted. Refused
    without the ruling's words, for a day in the future or before the petition, for a stay where one is in force and for
    lifting where none is.
    """
    begun = moving.begin(case_id, "record_stay", actor=actor, at=at, seen=seen)
    row = _pending(begun.case)
    faults = [] if stay in CourtStay.values else [_("Say whether the court stayed the order or lifted a stay.")]
    faults += [] if text.strip() else [_("Write what the court ruled.")]
    if begun.facts.stay_in_force and stay == CourtStay.GRANTED:
        faults.append(_("The order is stayed already."))
    if not begun.facts.stay_in_force and stay == CourtStay.LIFTED:
        faults.append(_("The order is not stayed."))
    since = row.order.stayed_on if stay == CourtStay.LIFTED and row.order.stayed_on else row.filed_on
    moving.refuse_if(faults + _day_faults(begun, decided_on, since))
    granted = stay == CourtStay.GRANTED
    days = {"stayed_on": decided_on, "stay_lifted_on": None} if granted else {"stay_lifted_on": decided_on}
    Order.objects.filter(pk=row.order_id).update(**days)
    paper = papers.freeze(begun, DocumentKind.COURT_STAY, text, dated_on=decided_on)
    turn = tolling.stop_monitored if granted else tolling.run_monitored_on
    moving.finish_act(
        begun,
        "hearing.stay_recorded",
        facts={
            "stay": stay,
            "decided_on": decided_on.isoformat(),
            "order": str(row.order_id),
            "digest": paper.digest,
            **turn(begun, decided_on),
        },
        private={"note": text},
    )
    row.order.refresh_from_db()
    return row.order


@transaction.atomic
def certify_record(
    case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None
) -> JudicialReview:
    """Certify the record for the court: the sealed court record, with its pages and the digest of its manifest.

    Refused until a court record is built that was frozen since the petition came. Ledger: hearing.record_certified.
    """
    begun = moving.begin(case_id, "certify_record", actor=actor, at=at, seen=seen)
    row = _pending(begun.case)
    case: Any = begun.case
    record = case.bundles.filter(edition="court", status="sealed").order_by("freeze").last()
    words = _("The record of docket %(docket)s (bundle %(freeze)d, %(pages)d pages) is certified as full and true.") % {
        "docket": begun.case.docket,
        "freeze": record.freeze,
        "pages": record.page_count,
    }
    digest = _("SHA-256 of its manifest: %(digest)s") % {"digest": record.manifest_sha256}
    text = "\n\n".join(part for part in (words, digest, note.strip()) if part)
    paper = papers.freeze(begun, DocumentKind.RECORD_CERTIFICATE, text)
    JudicialReview.objects.filter(pk=row.pk).update(certified_on=begun.today, certified_pages=record.page_count)
    clocking.end_clocks(begun.case, [DeadlineKind.CERTIFIED_RECORD], begun.today)
    moving.finish_act(
        begun,
        "hearing.record_certified",
        facts={
            "pages": record.page_count,
            "bundle": str(record.pk),
            "manifest_sha256": record.manifest_sha256,
            "digest": paper.digest,
        },
        private={"note": note},
    )
    row.refresh_from_db()
    return row


@transaction.atomic
def decide_judicial_review(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    outcome: str,
    decided_on: date,
    text: str,
    back_to: str = "",
    seen: int | None = None,
) -> JudicialReview:
    """T26. Record what the court did with the order. A stay ends with it, and terms that stand run on.

    Affirmed or dismissed, the case goes back to where it stood. Reversed, the order is set aside for good and a report
    of it to the NPDB is to be declared void. Sent back, it is before the board again (`back_to` board_review), or the
    order is set aside and the case is heard anew (prehearing). Refused for an unknown outcome, without the ruling's
    words, for a day in the future or before the petition, and for a hearing where no charges were issued. Ledger:
    hearing.review_decided.
    """
    begun = moving.begin(case_id, "decide_judicial_review", actor=actor, at=at, seen=seen)
    row = _pending(begun.case)
    faults = _ruling_faults(begun, outcome, back_to, text)
    moving.refuse_if(faults + _day_faults(begun, decided_on, row.filed_on))
    papers.freeze(begun, DocumentKind.COURT_RULING, text, dated_on=decided_on)
    JudicialReview.objects.filter(pk=row.pk).update(outcome=outcome, decided_on=decided_on)
    if begun.facts.stay_in_force:
        Order.objects.filter(pk=row.order_id).update(stay_lifted_on=decided_on)
    target = _target(row, outcome, back_to)
    entry = moving.finish_move(
        begun,
        target=target,
        fields=_take_effect(begun, row, outcome, target=target, on=decided_on),
        facts={
            "outcome": outcome,
            "decided_on": decided_on.isoformat(),
            "order": str(row.order_id),
            **_turned(begun, row, outcome, target=target, on=decided_on),
        },
        private={"summary": text},
    )
    if outcome == CourtOutcome.REVERSED:
        vacating.void_report(begun, row.order, decided_on, anchor=entry.id)
    _write(begun, row, outcome, target=target, on=decided_on)
    row.refresh_from_db()
    return row


def _pending(case: Case) -> JudicialReview:
    return JudicialReview.objects.select_related("order").get(case=case, outcome="")


def _day_faults(begun: moving.Begun, day: date, since: date) -> list[str]:
    faults = [_("The court cannot have decided in the future.")] if day > begun.today else []
    return faults + ([_("The court cannot have decided before that.")] if day < since else [])


def _ruling_faults(begun: moving.Begun, outcome: str, back_to: str, text: str) -> list[str]:
    faults = [] if outcome in CourtOutcome.values else [_("Choose what the court decided.")]
    faults += [] if text.strip() else [_("Write what the court ruled.")]
    if outcome == CourtOutcome.REMANDED and back_to not in BACK_TO:
        faults.append(_("Say whether the case goes back to the board or to a hearing."))
    if outcome == CourtOutcome.REMANDED and back_to == Status.PREHEARING and begun.case.charged_at is None:
        faults.append(_("No charges were issued, so there is nothing to hear."))
    return faults


def _target(row: JudicialReview, outcome: str, back_to: str) -> Status:
    if outcome == CourtOutcome.REVERSED:
        return Status.ORDER_ISSUED
    return Status(back_to if outcome == CourtOutcome.REMANDED else row.from_status)


def _turned(begun: moving.Begun, row: JudicialReview, outcome: str, *, target: Status, on: date) -> Mapping[str, Any]:
    """What the ruling does to clocks: the terms of an order that falls or stands, the report of one reversed."""
    is_reversed = outcome == CourtOutcome.REVERSED
    falls = is_reversed or target is Status.PREHEARING
    report = vacating.report_turn(begun, row.order) if is_reversed else None
    turns = told(
        {**dict.fromkeys(MONITORED, DeadlineState.SUPERSEDED if falls else None), DeadlineKind.NPDB_REPORT: report}
    )
    return turns if falls else {**turns, **tolling.run_monitored_on(begun, on)}


def _take_effect(
    begun: moving.Begun, row: JudicialReview, outcome: str, *, target: Status, on: date
) -> Mapping[str, Any]:
    """What the ruling does to the order. Returns the columns of the case that change with it."""
    if outcome == CourtOutcome.REVERSED:
        vacating.reverse(begun, row.order, on)
    elif target is Status.BOARD_REVIEW:
        Order.objects.filter(pk=row.order_id).update(remanded_at=begun.at)
    elif target is Status.PREHEARING:
        vacating.vacate(begun, row.order, on)
        words = _("The court set the order aside and sent the case back for hearing.")
        papers.freeze(begun, DocumentKind.REMAND, words)
        return vacating.clear_for_hearing(begun)
    return {}


def _write(begun: moving.Begun, row: JudicialReview, outcome: str, *, target: Status, on: date) -> None:
    merge = {"court": row.court, "outcome": outcome, "decided_on": on, "goes_to": str(target)}
    letters.to_respondent(begun.case, "court_ruling", merge, actor=begun.actor, at=begun.at)
    named = {**merge, "respondent_name": letters.respondent_name(begun.case)}
    letters.to_complainant(begun.case, "court_ruling", named, actor=begun.actor, at=begun.at)
