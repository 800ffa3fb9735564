"""What the order is made of: drafted sanctions, and the board's changes to a proposal."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit.actors import Actor
from tracker.cases.actions import moving
from tracker.cases.pathkinds import ChangedPart
from tracker.cases.states import SANCTIONS, Status
from tracker.errors import ActionRefused
from tracker.hearings import queries, rules
from tracker.hearings.actions import proposing
from tracker.hearings.models import DecisionChange, Order, Sanction

BOARD_DECIDES = gettext_lazy("The board decides this case now. Who issues its order drafts the sanctions.")


@transaction.atomic
def draft_sanction(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    code: str,
    terms: str = "",
    days: int | None = None,
    amount_cents: int | None = None,
    is_stayed: bool = False,
    due_on: date | None = None,
    seen: int | None = None,
) -> Sanction:
    """Add one sanction to the draft order. `days` calendar days, `amount_cents` US cents, `due_on` the board's date.

    Refused for an unknown code, a fine without amount, a probation without length or terms, a length of what has none
    (a revocation, say), a due date in the past, for whoever is not the case's own presiding officer before the board
    decides, for that officer once it does, and where the proposal recommends sanctions and the board neither recorded a
    change to them nor voted to reject it. Ledger: hearing.sanction_drafted.
    """
    begun = _begin(case_id, "draft_sanction", actor=actor, at=at, seen=seen)
    faults = [] if code in SANCTIONS else [_("Choose the sanction.")]
    if not faults:
        faults = rules.sanction_faults(code, days=days, amount_cents=amount_cents, terms=terms, is_stayed=is_stayed)
    if due_on and due_on < begun.today:
        faults.append(_("A term cannot be due in the past."))
    moving.refuse_if(faults)
    order, _new = Order.objects.get_or_create(
        case=begun.case, issued_at__isnull=True, defaults={"board_id": begun.case.board_id}
    )
    last = order.sanctions.order_by("number").last()
    row = Sanction.objects.create(
        board_id=begun.case.board_id,
        order=order,
        number=(last.number if last else 0) + 1,
        code=code,
        terms=terms,
        days=days,
        amount_cents=amount_cents,
        is_stayed=is_stayed or code.startswith("STAYED_"),
        is_term=rules.is_term(code, terms),
        due_on=due_on,
    )
    moving.finish_act(
        begun,
        "hearing.sanction_drafted",
        facts={"sanction": code, "number": row.number, "days": days, "amount_cents": amount_cents},
        private={"terms": terms},
    )
    return row


@transaction.atomic
def remove_sanction(
    case_id: UUID, *, actor: Actor, at: datetime, number: int, reason: str, seen: int | None = None
) -> None:
    """Take a sanction out of the draft order. An issued order is never changed. Ledger: hearing.sanction_removed.

    Refused without a reason, and for whom drafting is refused.
    """
    begun = _begin(case_id, "remove_sanction", actor=actor, at=at, seen=seen)
    row = Sanction.objects.filter(order__case=begun.case, order__issued_at__isnull=True, number=number).first()
    faults = [] if row else [_("The draft order has no sanction %(n)s.") % {"n": number}]
    faults += [] if reason.strip() else [_("Say why it is removed.")]
    moving.refuse_if(faults)
    code = row.code  # type: ignore[union-attr]
    row.delete()  # type: ignore[union-attr]
    moving.finish_act(
        begun, "hearing.sanction_removed", facts={"sanction": code, "number": number}, private={"reason": reason}
    )


def _begin(case_id: UUID, key: str, *, actor: Actor, at: datetime, seen: int | None) -> moving.Begun:
    """The officer of the case alone drafts what is proposed; who issues the order drafts what the board makes of it.

    Once the board decides, the officer is turned away before any guard speaks: whether a settlement is before the board
    is not for who presides.
    """
    case = moving.lock(case_id)
    gate.require(actor, Permission.SANCTION_DRAFT, case, at=at)
    if case.status == Status.BOARD_REVIEW and not queries.drafts(case, actor, at=at):
        raise ActionRefused([str(BOARD_DECIDES)])
    begun = moving.begin(case_id, key, actor=actor, at=at, seen=seen)
    if case.status != Status.BOARD_REVIEW:
        moving.only_presiding(begun)
    return begun


@transaction.atomic
def record_change(
    case_id: UUID, *, actor: Actor, at: datetime, part: str, text: str, reasons: str, seen: int | None = None
) -> DecisionChange:
    """Record one change that the board makes to the proposed decision, with its own reasons (Gov 11517; Fla. 120.57).

    `part` is a `ChangedPart`. Changes recorded since the case came to the board are printed in an order that modifies.
    Refused where no proposal is before the board, and without the words or the reasons. Ledger:
    hearing.change_recorded.
    """
    begun = moving.begin(case_id, "record_change", actor=actor, at=at, seen=seen)
    faults = [] if part in ChangedPart.values else [_("Say what is changed.")]
    faults += [] if text.strip() else [_("Write the change.")]
    faults += [] if reasons.strip() else [_("Give the reasons for this change.")]
    moving.refuse_if(faults)
    last = DecisionChange.objects.filter(case=begun.case).order_by("number").last()
    row = DecisionChange.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        number=(last.number if last else 0) + 1,
        part=part,
        text=text,
        reasons=reasons,
        recorded_at=at,
    )
    moving.finish_act(
        begun,
        "hearing.change_recorded",
        facts={"number": row.number, "part": part},
        private={"text": text, "reasons": reasons},
    )
    return row


@transaction.atomic
def withdraw_change(
    case_id: UUID, *, actor: Actor, at: datetime, number: int, reason: str, seen: int | None = None
) -> DecisionChange:
    """Take back a recorded change before the order is issued; it keeps its number and prints in no order.

    Where no change to the sanctions is left, those that the proposal recommends are drafted again. Refused for a number
    that no change before the board has, and without a reason. Ledger: hearing.change_withdrawn.
    """
    begun = moving.begin(case_id, "withdraw_change", actor=actor, at=at, seen=seen)
    row = queries.pending_changes(begun.case).filter(number=number).first()
    faults = [] if row else [_("No change %(n)s is before the board.") % {"n": number}]
    faults += [] if reason.strip() else [_("Say why it is taken back.")]
    moving.refuse_if(faults)
    assert row is not None  # noqa: S101 - refused above
    DecisionChange.objects.filter(pk=row.pk).update(withdrawn_at=at, withdrawn_why=reason)
    if not queries.pending_changes(begun.case).filter(part=ChangedPart.SANCTION).exists():
        for order in Order.objects.filter(case=begun.case, issued_at__isnull=True).exclude(proposed=[]):
            proposing.restore(order)
    facts = {"number": number, "part": row.part}
    moving.finish_act(begun, "hearing.change_withdrawn", facts=facts, private={"reason": reason})
    row.refresh_from_db()
    return row
