"""A contact with somebody who decides, outside the record: written down and disclosed to both sides."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, letters, moving, papers
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import ExParteContact
from tracker.cases.queries import deciders


@transaction.atomic
def log_ex_parte(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    decider: str,
    contact_on: date,
    by_whom: str,
    text: str,
    seen: int | None = None,
) -> ExParteContact:
    """Disclose what somebody said to a decider outside the record. `decider` is the e-mail address of who heard it.

    The paper goes into the record, where board counsel reads it; the respondent gets it by letter. Refused for
    somebody who neither presides nor decides on the record, without who spoke and what was said, and for a day in the
    future or before the complaint. Ledger: case.ex_parte_logged. Letter: ex_parte. Source: Cal. Gov 11430.50.
    """
    begun = moving.begin(case_id, "log_ex_parte", actor=actor, at=at, seen=seen)
    person = _decider(begun, decider)
    moving.refuse_if(_faults(begun, person, by_whom=by_whom, text=text, contact_on=contact_on))
    assert person is not None  # noqa: S101 - refused above
    said = _("%(who)s to %(decider)s, outside the record:") % {"who": by_whom.strip(), "decider": person.name}
    paper = papers.freeze(begun, DocumentKind.EX_PARTE, f"{said}\n\n{text.strip()}", dated_on=contact_on)
    row = ExParteContact.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        decider_id=person.user_id,
        contact_on=contact_on,
        by_whom=by_whom.strip(),
        paper=paper,
        logged_at=at,
    )
    facts = {"contact_on": contact_on.isoformat(), "decider": str(person.user_id)}
    facts |= {"document": str(paper.pk), "digest": paper.digest}
    moving.finish_act(begun, "case.ex_parte_logged", facts=facts, private={"who": by_whom, "summary": text})
    merge = {"contact_on": contact_on, "decider": person.name, "by_whom": row.by_whom, "said": text.strip()}
    letters.to_respondent(begun.case, "ex_parte", merge, actor=actor, at=at)
    return row


def _decider(begun: moving.Begun, email: str) -> deciders.Decider | None:
    known = {one.email: one for one in deciders.deciders(begun.case, begun.today)}
    return known.get(email.strip().lower())


def _faults(
    begun: moving.Begun, person: deciders.Decider | None, *, by_whom: str, text: str, contact_on: date
) -> list[str]:
    faults = [] if person else [_("Nobody with this e-mail address hears or decides this case.")]
    faults += [] if by_whom.strip() else [_("Say who made the contact.")]
    faults += [] if text.strip() else [_("Write what was said.")]
    faults += [_("The contact cannot be in the future.")] if contact_on > begun.today else []
    if contact_on < clocking.local_date(begun.case, begun.case.received_at):
        faults.append(_("The contact cannot be before the complaint."))
    return faults
