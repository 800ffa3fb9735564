"""People on a case: assignments, conflict checks, counsel."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.access import bars, holding, separation
from tracker.access.models import Assignment, ConflictDeclaration, User
from tracker.access.policy import CAPACITY_ROLES, Capacity
from tracker.audit.actors import Actor
from tracker.cases.actions import moving
from tracker.cases.actions.filing import sort_name
from tracker.cases.kinds import ParticipantRole
from tracker.cases.models import Identity, Participant
from tracker.cases.queries import tookpart
from tracker.errors import ActionRefused


@transaction.atomic
def assign(
    case_id: UUID, *, actor: Actor, at: datetime, email: str, capacity: str, seen: int | None = None
) -> Assignment:
    """Give somebody a place on the case. An investigator, presiding officer or monitor replaces the one before.

    Refused for somebody without the role at this board or with a declared conflict, twice the same, and for functions
    that must stay apart: held or acted in before, on this case or on another about the same facts.
    Ledger: case.assigned.
    """
    begun = moving.begin(case_id, "assign", actor=actor, at=at, seen=seen)
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise ActionRefused([_("Nobody with this e-mail address can sign in.")])
    moving.refuse_if(_faults(begun, person, capacity))
    place = Capacity(capacity)
    if place is not Capacity.PANEL:
        _end(Assignment.objects.filter(case=begun.case, capacity=place, ended_at__isnull=True), at)
    row = Assignment.objects.create(
        board_id=begun.case.board_id, case=begun.case, user=person, capacity=place, assigned_at=at
    )
    moving.finish_act(
        begun,
        "case.assigned",
        facts={"capacity": capacity, "user": str(person.pk)},
        private={"name": person.full_name},
    )
    return row


def _faults(begun: moving.Begun, person: User, capacity: str) -> list[str]:
    if capacity not in Capacity.values:
        return [_("Choose the place on the case.")]
    place = Capacity(capacity)
    # A role that is only lent gives no place of one's own.
    held = {h.role for h in holding.held_roles(person.pk, begun.at.date(), begun.case.board_id) if not h.absent}
    if not held & {str(role) for role in CAPACITY_ROLES[place]}:
        words = {"name": person.full_name, "role": place.label}
        return [_("%(name)s does not hold the role for this place at the board: %(role)s.") % words]
    if bars.recused_from(person.pk).filter(case_id=begun.case.pk).exists():
        return [_("%(name)s declared a conflict on this case.") % {"name": person.full_name}]
    matter = tookpart.matter(begun.case)
    rows = list(Assignment.objects.filter(case__in=matter, user=person))
    if any(row.capacity == place and row.ended_at is None and row.case_id == begun.case.pk for row in rows):
        return [_("%(name)s has this place already.") % {"name": person.full_name}]
    clash = next((row for row in rows if row.capacity in separation.apart(place)), None)
    was = clash.get_capacity_display() if clash else _other_part(matter, person, place)
    words = {"name": person.full_name, "was": was, "place": place.label}
    return [_("%(name)s was %(was)s on this case and cannot be %(place)s.") % words] if was else []


def _other_part(matter: Collection[UUID], person: User, place: Capacity) -> str:
    """What somebody was in the matter without a place on it, where that does not go with the place; else empty."""
    acted = tookpart.by_acts(matter).get(person.pk, set()) & separation.apart(place)
    if acted:
        return _("acting as %(role)s") % {"role": min(acted).label}
    if place is Capacity.PRESIDING and person.pk in tookpart.judged_probable_cause(matter):
        return _("a voter on probable cause")
    decides = place in (Capacity.PANEL, Capacity.PRESIDING)
    return _("an expert") if decides and person.pk in tookpart.experts(matter) else ""


def _end(rows: QuerySet[Assignment], at: datetime) -> None:
    rows.update(ended_at=at)


@transaction.atomic
def end_assignment(
    case_id: UUID, *, actor: Actor, at: datetime, email: str, capacity: str, reason: str, seen: int | None = None
) -> None:
    """Take somebody off the case. What they did stays. Ledger: case.assignment_ended.

    Refused where nobody with this address has that place, and without a reason.
    """
    begun = moving.begin(case_id, "end_assignment", actor=actor, at=at, seen=seen)
    rows = Assignment.objects.filter(
        case=begun.case, user__email=email.strip().lower(), capacity=capacity, ended_at__isnull=True
    )
    row = rows.first()
    if row is None:
        raise ActionRefused([_("Nobody with this e-mail address has that place on the case.")])
    moving.refuse_if([] if reason.strip() else [_("Say why the assignment ends.")])
    _end(rows, at)
    moving.finish_act(
        begun,
        "case.assignment_ended",
        facts={"capacity": capacity, "user": str(row.user_id)},
        private={"reason": reason},
    )


@transaction.atomic
def declare_conflict(
    case_id: UUID, *, actor: Actor, at: datetime, has_conflict: bool, reason: str = "", seen: int | None = None
) -> ConflictDeclaration:
    """Answer the conflict check under one's own sign-in. Who has a conflict is recused and sees the case no more.

    Only the executive director lifts a recusal. Refused without a reason where there is a conflict. Ledger:
    access.conflict_declared.
    """
    begun = moving.begin(case_id, "declare_conflict", actor=actor, at=at, seen=seen)
    if has_conflict and not reason.strip():
        moving.refuse_if([_("Say in a few words what the conflict is.")])
    row = ConflictDeclaration.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        user_id=begun.user_id,
        has_conflict=has_conflict,
        reason=reason,
        declared_at=at,
    )
    moving.finish_act(
        begun,
        "access.conflict_declared",
        facts={"answer": "conflict" if has_conflict else "none", "user": str(actor.user_id)},
        private={"reason": reason},
    )
    return row


@transaction.atomic
def appear_counsel(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    name: str,
    email: str = "",
    address: str = "",
    seen: int | None = None,
) -> Participant:
    """Record that counsel appeared for the respondent: from now on all service goes to counsel (OAC 4757-11-04).

    Refused without a name or without a way to serve papers. Ledger: case.counsel_appeared.
    """
    begun = moving.begin(case_id, "appear_counsel", actor=actor, at=at, seen=seen)
    faults = [] if name.strip() else [_("Give counsel's name.")]
    faults += [] if email.strip() or address.strip() else [_("Give an e-mail or mailing address for service.")]
    moving.refuse_if(faults)
    people = Participant.objects.filter(case=begun.case)
    respondent = people.get(role=ParticipantRole.RESPONDENT)
    people.filter(role=ParticipantRole.COUNSEL, until__isnull=True).update(until=at)
    counsel = Participant.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        role=ParticipantRole.COUNSEL,
        label=_("Respondent's counsel"),
        represents=respondent,
        since=at,
    )
    Identity.objects.create(
        board_id=begun.case.board_id,
        participant=counsel,
        name=name.strip(),
        sort_name=sort_name(name),
        email=email,
        address=address,
    )
    moving.finish_act(begun, "case.counsel_appeared", facts={"participant": str(counsel.pk)}, private={"name": name})
    return counsel
