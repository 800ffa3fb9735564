"""Charges that nobody disputes: no answer came (T17), or the answer leaves nothing to hear (T22)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases.actions import letters, moving, papers
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case, ChargingDocument
from tracker.cases.pathkinds import BeforeBoard
from tracker.hearings.actions import agenda


@transaction.atomic
def enter_default(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    packet: str,
    military_affidavit: str = "",
    seen: int | None = None,
) -> Case:
    """T17. Put charges that were served and never answered before the board, by letter.

    `military_affidavit` says whether the respondent is in military service (50 U.S.C. 3931); the board's rule tells
    whether it is needed. Refused without packet, without that statement where it is needed, while the time to answer
    runs, and once an answer is on file. Ledger: hearing.default_entered.
    """
    begun = moving.begin(case_id, "enter_default", actor=actor, at=at, seen=seen)
    needed = board_queries.rule_in_force(begun.case.board, "military_affidavit_required", begun.today).value
    faults = [] if packet.strip() else [_("Write the default packet: service, the time to answer, what is asked.")]
    if needed and not military_affidavit.strip():
        faults.append(_("This board needs a statement on whether the respondent is in military service."))
    moving.refuse_if(faults)
    charges = ChargingDocument.objects.filter(case=begun.case, issued_at__isnull=False).order_by("id").last()
    assert charges is not None  # noqa: S101 - the guard asks for issued charges
    words = [packet.strip()]
    if military_affidavit.strip():
        words.append(_("Military service: %(statement)s") % {"statement": military_affidavit.strip()})
    paper = papers.freeze(begun, DocumentKind.DEFAULT_PACKET, "\n\n".join(words))
    ChargingDocument.objects.filter(pk=charges.pk).update(defaulted_at=at)
    moving.finish_move(
        begun,
        facts={"charges": str(charges.pk), "digest": paper.digest, "affidavit": bool(military_affidavit.strip())},
        private={"packet": "\n\n".join(words)},
    )
    merge = {"entered_on": begun.today, "served_on": charges.served_on}
    letters.to_respondent(begun.case, "default", merge, actor=actor, at=at)
    agenda.tell(begun, BeforeBoard.DEFAULT)
    return begun.case


@transaction.atomic
def submit_undisputed(case_id: UUID, *, actor: Actor, at: datetime, note: str = "", seen: int | None = None) -> Case:
    """T22. Put charges before the board that need no hearing: no count is disputed, or a hearing was given up.

    Ledger: hearing.sent_undisputed.
    """
    begun = moving.begin(case_id, "submit_undisputed", actor=actor, at=at, seen=seen)
    moving.finish_move(begun, private={"note": note})
    agenda.tell(begun, BeforeBoard.UNDISPUTED)
    return begun.case
