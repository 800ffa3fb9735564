"""Intake: screening, asking for information, closing or accepting."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access import holding
from tracker.access.policy import POLICY, Permission
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.cases.actions import clocking, closing, letters, moving, papers
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DocumentKind, EmergencyOutcome
from tracker.cases.models import Case, Triage
from tracker.cases.states import INTAKE_CLOSURES, Priority
from tracker.errors import ActionRefused

# A row does not keep in which role the priority was set, so any that screens or verifies may have been it.
SETS_PRIORITY = frozenset(
    str(grant.who) for needed in (Permission.INTAKE_SCREEN, Permission.PRIORITY_VERIFY) for grant in POLICY[needed]
)


@transaction.atomic
def begin_review(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    danger_found: bool,
    priority: str,
    reasons: str,
    seen: int | None = None,
) -> Case:
    """T2. Record the danger screen and the priority. Danger and the priority `emergency` are one, with a deadline.

    Refused without reasons or a known priority. Ledger: case.review_begun.
    """
    begun = moving.begin(case_id, "begin_review", actor=actor, at=at, seen=seen)
    level = Priority.EMERGENCY.value if danger_found else priority
    danger_found = level == Priority.EMERGENCY
    faults = [] if reasons.strip() else [_("Give the reasons for the priority.")]
    faults += [] if level in Priority.values else [_("Choose a priority.")]
    moving.refuse_if(faults)
    _triage(begun, danger_found=danger_found, priority=level, reasons=reasons)
    papers.freeze(begun, DocumentKind.TRIAGE_RECORD, reasons)
    moving.finish_move(
        begun,
        fields={"priority": level, "priority_verified_by": None},
        facts={"danger": "found" if danger_found else "none", "priority": level},
        private={"reasons": reasons},
        skip_clocks=() if danger_found else (DeadlineKind.EMERGENCY_ACTION,),
    )
    return begun.case


def _triage(begun: moving.Begun, *, danger_found: bool, priority: str, reasons: str) -> Triage:
    return Triage.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        danger_found=danger_found,
        priority=priority,
        reasons=reasons,
        set_by_id=begun.user_id,
        set_at=begun.at,
    )


@transaction.atomic
def verify_priority(
    case_id: UUID, *, actor: Actor, at: datetime, priority: str = "", reasons: str = "", seen: int | None = None
) -> Case:
    """A second person confirms the priority, or sets another (which then needs a second person again).

    Refused for the person who set it, and where one of the two acts or acted for the other or both for the same
    absent person (TX SAO 26-015: priorities were not checked before work began). Ledger: case.priority_verified.
    """
    begun = moving.begin(case_id, "verify_priority", actor=actor, at=at, seen=seen)
    triage = Triage.objects.filter(case=begun.case).order_by("set_at", "id").last()
    if triage is None or not _is_second_person(begun, triage):
        raise ActionRefused([_("The priority must be verified by a person other than the one who set it.")])
    wanted = priority or begun.case.priority
    if wanted != begun.case.priority:
        return _reset_priority(begun, wanted, reasons)
    Triage.objects.filter(pk=triage.pk).update(verified_by_id=begun.user_id, verified_at=at)
    _record_verification(begun, wanted, "confirmed", reasons)
    return begun.case


def _is_second_person(begun: moving.Begun, triage: Triage) -> bool:
    board_id = begun.case.board_id
    setter = holding.behind(triage.set_by_id, board_id, SETS_PRIORITY, at=triage.set_at)
    return setter.isdisjoint(holding.behind(begun.user_id, board_id, SETS_PRIORITY, at=begun.at))


def _reset_priority(begun: moving.Begun, priority: str, reasons: str) -> Case:
    faults = [] if priority in Priority.values else [_("Choose a priority.")]
    faults += [] if reasons.strip() else [_("Give the reasons for another priority.")]
    moving.refuse_if(faults)
    _triage(begun, danger_found=priority == Priority.EMERGENCY, priority=priority, reasons=reasons)
    entry = _record_verification(begun, priority, "changed", reasons)
    if priority == Priority.EMERGENCY:
        clocking.open_clock(begun.case, DeadlineKind.EMERGENCY_ACTION, begun.today, anchor=entry.id)
        clocking.refresh_next_due(begun.case)
        begun.case.refresh_from_db()
    return begun.case


def _record_verification(begun: moving.Begun, priority: str, outcome: str, reasons: str) -> LedgerEntry:
    confirmed = outcome == "confirmed"
    return moving.finish_act(
        begun,
        "case.priority_verified" if confirmed else "case.priority_changed",
        fields={"priority": priority, "priority_verified_by_id": begun.user_id if confirmed else None},
        facts={"priority": priority, "outcome": outcome},
        private={"reasons": reasons},
    )


@transaction.atomic
def request_information(
    case_id: UUID, *, actor: Actor, at: datetime, missing: Sequence[str], seen: int | None = None
) -> Case:
    """T3. Ask the complainant for what is missing, item by item, with a due date. Ledger: case.information_requested.

    Refused without an item, or where nobody can be written to.
    """
    begun = moving.begin(case_id, "request_information", actor=actor, at=at, seen=seen)
    items = [item.strip() for item in missing if item.strip()]
    moving.refuse_if([] if items else [_("List what is missing, one item a line.")])
    papers.freeze(begun, DocumentKind.INFORMATION_REQUEST, "\n".join(items))
    due_on = clocking.due_on(begun.case, DeadlineKind.INFORMATION, begun.today)
    moving.finish_move(
        begun,
        facts={"items": len(items), "due_on": due_on.isoformat()},
        private={"missing": "\n".join(items)},
    )
    merge = {"items": items, "due_on": due_on}
    if not letters.to_complainant(begun.case, "request_for_information", merge, actor=actor, at=at):
        moving.refuse_if([_("The complainant cannot be written to, so nothing can be asked for.")])
    return begun.case


@transaction.atomic
def resume_review(case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None) -> Case:
    """T3, back. The information came, or its due date is over. Ledger: case.information_received."""
    begun = moving.begin(case_id, "resume_review", actor=actor, at=at, seen=seen)
    why = "received" if begun.facts.information_received else "time_over"
    moving.finish_move(begun, facts={"why": why}, private={"note": note})
    return begun.case


@transaction.atomic
def close_at_intake(
    case_id: UUID, *, actor: Actor, at: datetime, closure: closing.Closure, seen: int | None = None
) -> Case:
    """T4. Close without investigation, with a reason, a memo and a letter. Ledger: case.closed_at_intake.

    Refused for a disposition that cannot end a case here, without a reason, without naming where it was referred or
    which docket it repeats, and until the board's second approver agreed.
    """
    begun = moving.begin(case_id, "close_at_intake", actor=actor, at=at, seen=seen)
    closing.close(begun, closure, allowed=INTAKE_CLOSURES)
    return begun.case


@transaction.atomic
def accept_case(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    has_jurisdiction: bool,
    states_violation: bool,
    reasons: str,
    schedule: str,
    seen: int | None = None,
) -> Case:
    """T5. Accept for investigation with an opening record and a phase schedule. Ledger: case.accepted.

    Refused unless the board has jurisdiction, the complaint would be a violation if true, the priority was verified by
    a second person and an investigator is assigned.
    """
    begun = moving.begin(case_id, "accept_case", actor=actor, at=at, seen=seen)
    faults = [] if has_jurisdiction else [_("Without jurisdiction the case is closed or referred, not accepted.")]
    faults += [] if states_violation else [_("A complaint that would be no violation if true is not accepted.")]
    faults += [] if reasons.strip() else [_("Give the reasons for accepting.")]
    faults += [] if schedule.strip() else [_("Write the schedule of the phases.")]
    moving.refuse_if(faults)
    papers.freeze(begun, DocumentKind.OPENING_RECORD, f"{reasons.strip()}\n\n{schedule.strip()}")
    moving.finish_move(begun, fields={"opened_at": at}, private={"reasons": reasons})
    target = clocking.running(begun.case, DeadlineKind.INVESTIGATION_TARGET)
    merge = {
        "respondent_name": letters.respondent_name(begun.case),
        "opened_on": begun.today,
        "target_on": target.due_on if target else "",
    }
    letters.to_complainant(begun.case, "opening", merge, actor=actor, at=at)
    return begun.case


@transaction.atomic
def decide_emergency(
    case_id: UUID, *, actor: Actor, at: datetime, outcome: str, reasons: str, seen: int | None = None
) -> Case:
    """Record what was decided about emergency action after the danger screen found danger, which ends that clock.

    Refused where no such decision is due, for an unknown outcome and without reasons. Ledger: case.emergency_decided.
    """
    begun = moving.begin(case_id, "decide_emergency", actor=actor, at=at, seen=seen)
    faults = [] if outcome in EmergencyOutcome.values else [_("Choose what was decided.")]
    faults += [] if reasons.strip() else [_("Give the reasons of the decision.")]
    moving.refuse_if(faults)
    paper = papers.freeze(begun, DocumentKind.EMERGENCY_MEMO, reasons)
    clocking.end_clocks(begun.case, [DeadlineKind.EMERGENCY_ACTION], begun.today)
    moving.finish_act(
        begun,
        "case.emergency_decided",
        facts={"outcome": outcome, "document": str(paper.pk), "digest": paper.digest},
        private={"reasons": reasons},
    )
    return begun.case
