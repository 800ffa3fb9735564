"""Abeyance, hold and seal: what lies over a case without moving it, and the lifting of a recusal."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access import bars
from tracker.access.models import ConflictDeclaration, User
from tracker.audit.actors import Actor
from tracker.cases.actions import moving, tolling
from tracker.cases.models import Overlay
from tracker.cases.pathkinds import OverlayKind
from tracker.errors import ActionRefused


@transaction.atomic
def begin_abeyance(
    case_id: UUID, *, actor: Actor, at: datetime, reason: str, ends_on: date | None = None, seen: int | None = None
) -> Overlay:
    """Hold a case in abeyance while another one runs. Its targets stand still; its age goes on.

    `ends_on` is the board's date by which it is thought to end. Refused without a reason and for an end in the past.
    Ledger: case.abeyance_begun.
    """
    begun = moving.begin(case_id, "begin_abeyance", actor=actor, at=at, seen=seen)
    moving.refuse_if(_reason_faults(reason) + _day_faults(begun, ends_on, _("The end cannot be in the past.")))
    row = _place(begun, OverlayKind.ABEYANCE, reason, ends_on=ends_on)
    stopped = tolling.stop_targets(begun, row)
    moving.finish_act(
        begun,
        "case.abeyance_begun",
        facts={"overlay": str(row.pk), "from_on": begun.today.isoformat(), "ends_on": _iso(ends_on), "stops": stopped},
        private={"reason": reason},
    )
    return row


@transaction.atomic
def end_abeyance(case_id: UUID, *, actor: Actor, at: datetime, reason: str, seen: int | None = None) -> Overlay:
    """End the abeyance: the targets run on, moved by the days they stood still. Ledger: case.abeyance_ended.

    Refused without a reason.
    """
    begun = moving.begin(case_id, "end_abeyance", actor=actor, at=at, seen=seen)
    moving.refuse_if(_reason_faults(reason))
    row = _end(begun, OverlayKind.ABEYANCE, reason)
    due = tolling.run_targets_on(begun, row)
    moving.finish_act(
        begun, "case.abeyance_ended", facts={"overlay": str(row.pk), "due": dict(due)}, private={"reason": reason}
    )
    return row


@transaction.atomic
def place_hold(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    ends_on: date | None = None,
    review_on: date | None = None,
    seen: int | None = None,
) -> Overlay:
    """Place a litigation or records hold. No hold is without an end or a day of review, both the board's dates.

    Refused without a reason, without either day, and for days in the past. Ledger: case.hold_placed.
    """
    begun = moving.begin(case_id, "place_hold", actor=actor, at=at, seen=seen)
    faults = _reason_faults(reason)
    faults += [] if ends_on or review_on else [_("Name the end of the hold, or the day on which it is reviewed.")]
    faults += _day_faults(begun, ends_on, _("The end cannot be in the past."))
    faults += _day_faults(begun, review_on, _("The review cannot be in the past."))
    moving.refuse_if(faults)
    row = _place(begun, OverlayKind.HOLD, reason, ends_on=ends_on, review_on=review_on)
    moving.finish_act(
        begun,
        "case.hold_placed",
        facts={"overlay": str(row.pk), "ends_on": _iso(ends_on), "review_on": _iso(review_on or ends_on)},
        private={"reason": reason},
    )
    return row


@transaction.atomic
def review_hold(
    case_id: UUID, *, actor: Actor, at: datetime, review_on: date, reason: str, seen: int | None = None
) -> Overlay:
    """Look at a hold again and keep it: why, and when it is reviewed next. Ledger: case.hold_reviewed.

    Refused without a reason, and for a next review that is not ahead.
    """
    begun = moving.begin(case_id, "review_hold", actor=actor, at=at, seen=seen)
    faults = _reason_faults(reason)
    faults += [] if review_on > begun.today else [_("The next review must be after today.")]
    moving.refuse_if(faults)
    row = _in_force(begun, OverlayKind.HOLD)
    Overlay.objects.filter(pk=row.pk).update(review_on=review_on)
    moving.finish_act(
        begun,
        "case.hold_reviewed",
        facts={"overlay": str(row.pk), "review_on": review_on.isoformat()},
        private={"reason": reason},
    )
    row.refresh_from_db()
    return row


@transaction.atomic
def lift_hold(case_id: UUID, *, actor: Actor, at: datetime, reason: str, seen: int | None = None) -> Overlay:
    """Lift the hold. Refused without a reason. Ledger: case.hold_lifted."""
    begun = moving.begin(case_id, "lift_hold", actor=actor, at=at, seen=seen)
    moving.refuse_if(_reason_faults(reason))
    row = _end(begun, OverlayKind.HOLD, reason)
    moving.finish_act(begun, "case.hold_lifted", facts={"overlay": str(row.pk)}, private={"reason": reason})
    return row


@transaction.atomic
def seal_case(case_id: UUID, *, actor: Actor, at: datetime, reason: str, seen: int | None = None) -> Overlay:
    """Seal a case: only those whom the policy lets at sealed cases see it, and people with a place on it.

    Refused without a reason. Ledger: case.sealed.
    """
    begun = moving.begin(case_id, "seal_case", actor=actor, at=at, seen=seen)
    moving.refuse_if(_reason_faults(reason))
    row = _place(begun, OverlayKind.SEAL, reason)
    facts = {"overlay": str(row.pk)}
    moving.finish_act(begun, "case.sealed", fields={"sealed_at": at}, facts=facts, private={"reason": reason})
    return row


@transaction.atomic
def unseal_case(case_id: UUID, *, actor: Actor, at: datetime, reason: str, seen: int | None = None) -> Overlay:
    """Take the seal off. Refused without a reason. Ledger: case.unsealed."""
    begun = moving.begin(case_id, "unseal_case", actor=actor, at=at, seen=seen)
    moving.refuse_if(_reason_faults(reason))
    row = _end(begun, OverlayKind.SEAL, reason)
    facts = {"overlay": str(row.pk)}
    moving.finish_act(begun, "case.unsealed", fields={"sealed_at": None}, facts=facts, private={"reason": reason})
    return row


@transaction.atomic
def lift_recusal(
    case_id: UUID, *, actor: Actor, at: datetime, email: str, reason: str, seen: int | None = None
) -> ConflictDeclaration:
    """Let somebody who declared a conflict at the case again; `email` names the person. Their own answer stays.

    Refused for somebody who is not recused here, and without a reason. Ledger: access.recusal_lifted.
    """
    begun = moving.begin(case_id, "lift_recusal", actor=actor, at=at, seen=seen)
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None or not bars.recused_from(person.pk).filter(case_id=begun.case.pk).exists():
        raise ActionRefused([_("Nobody with this e-mail address is recused from this case.")])
    moving.refuse_if(_reason_faults(reason))
    row = ConflictDeclaration.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        user=person,
        has_conflict=False,
        reason=reason,
        declared_at=at,
    )
    moving.finish_act(begun, "access.recusal_lifted", facts={"user": str(person.pk)}, private={"reason": reason})
    return row


def _reason_faults(reason: str) -> list[str]:
    return [] if reason.strip() else [_("Give the reason.")]


def _day_faults(begun: moving.Begun, day: date | None, words: str) -> list[str]:
    return [words] if day and day < begun.today else []


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(begun: moving.Begun, kind: OverlayKind, reason: str, **days: Any) -> Overlay:
    return Overlay.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        kind=kind,
        starts_on=begun.today,
        reason=reason.strip(),
        placed_by_id=begun.user_id,
        placed_at=begun.at,
        **days,
    )


def _in_force(begun: moving.Begun, kind: OverlayKind) -> Overlay:
    return Overlay.objects.get(case=begun.case, kind=kind, ended_at__isnull=True)


def _end(begun: moving.Begun, kind: OverlayKind, reason: str) -> Overlay:
    row = _in_force(begun, kind)
    Overlay.objects.filter(pk=row.pk).update(ended_at=begun.at, end_reason=reason.strip())
    row.refresh_from_db()
    return row
