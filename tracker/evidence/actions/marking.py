"""Exhibits in the proceeding: counsel marks and offers, the presiding officer rules (21 CFR 17.25 is the
model).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases import numbering
from tracker.cases.actions import moving
from tracker.cases.actions.moving import Begun
from tracker.errors import ActionRefused, OutOfScope
from tracker.evidence import states
from tracker.evidence.actions import framing
from tracker.evidence.models import Exhibit, Marking
from tracker.evidence.states import NEED_RELEASE, RULINGS, ExhibitState, MarkState, Party


@transaction.atomic
def mark_exhibit(
    exhibit_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    party: str = Party.BOARD,
    mark: str = "",
    sponsor: str = "",
    seen: int | None = None,
) -> Marking:
    """Give an exhibit a party's mark: the next one by the board's scheme, or the one named.

    Its attachments go with it, printed as 5.1, 5.2. Refused when the exhibit is not cleared, has a mark already or is
    an attachment, or the mark is taken. `seen` is the version of the case that the person looked at. Ledger:
    evidence.marked.
    """
    exhibit, begun = _begin(exhibit_id, "mark_exhibit", actor=actor, at=at, seen=seen)
    reasons = _unmarkable(exhibit)
    mark = " ".join(mark.split()).upper()
    if party not in Party.values:
        reasons.append(_("Say which party marks the exhibit."))
    if mark and Marking.objects.filter(case_id=exhibit.case_id, party=party, mark=mark).exists():
        reasons.append(_("The mark %(mark)s is already used in this case.") % {"mark": mark})
    if mark and not (len(mark) <= 12 and mark.replace("-", "").replace(".", "").isalnum() and mark.isascii()):
        reasons.append(_("A mark has letters, digits, dots and hyphens only, at most 12."))
    moving.refuse_if(reasons)
    marking = Marking.objects.create(
        board_id=exhibit.board_id,
        case_id=exhibit.case_id,
        exhibit=exhibit,
        party=party,
        mark=mark or _next_mark(exhibit, Party(party), begun),
        sponsor=" ".join(sponsor.split())[:200],
        marked_at=at,
    )
    _finish(begun, "evidence.marked", marking, private={"sponsor": marking.sponsor})
    return marking


@transaction.atomic
def mark_hearing_exhibit(exhibit_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None) -> Marking:
    """The hearing officer puts a paper of their own (a notice, an order) into the record under the next mark, as HO-1.

    It is offered with that, and ruled on like any other. Refused for an officer of another case, and when it is not
    cleared or has a mark already; OutOfScope for what somebody else brought in. Ledger: evidence.marked.
    """
    exhibit, begun = _begin(exhibit_id, "mark_hearing_exhibit", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    if exhibit.received_by != actor.code:
        raise OutOfScope
    moving.refuse_if(_unmarkable(exhibit))
    marking = Marking.objects.create(
        board_id=exhibit.board_id,
        case_id=exhibit.case_id,
        exhibit=exhibit,
        party=Party.PRESIDING_OFFICER,
        mark=_next_mark(exhibit, Party.PRESIDING_OFFICER, begun),
        state=MarkState.OFFERED,
        marked_at=at,
        offered_at=at,
    )
    _finish(begun, "evidence.marked", marking)
    return marking


@transaction.atomic
def offer_exhibit(
    exhibit_id: UUID, *, actor: Actor, at: datetime, objection: str = "", seen: int | None = None
) -> Marking:
    """Offer a marked exhibit in evidence; from then on it is part of the record. `objection` is the other
    side's.

    Refused when it is not marked, was offered before, is withheld, or belongs to a class that needs an order
    or a consent and none is recorded. Ledger: evidence.offered.
    """
    exhibit, begun = _begin(exhibit_id, "offer_exhibit", actor=actor, at=at, seen=seen)
    marking = exhibit.marking
    reasons = _unfit(exhibit)
    if marking is None:
        reasons.append(_("Exhibit %(key)s is not marked yet.") % {"key": exhibit.key})
    elif marking.state != MarkState.MARKED:
        reasons.append(_already(exhibit, marking))
    if exhibit.is_withheld:
        reasons.append(_("Exhibit %(key)s is withheld.") % {"key": exhibit.key})
    if exhibit.confidentiality in NEED_RELEASE and not exhibit.release_basis:
        reasons.append(_("Exhibit %(key)s needs an order or a consent before it is offered.") % {"key": exhibit.key})
    moving.refuse_if(reasons)
    assert marking is not None  # noqa: S101 - refused above
    _move(marking, MarkState.MARKED, state=MarkState.OFFERED, offered_at=at, objection=objection.strip())
    _finish(begun, "evidence.offered", marking, private={"objection": marking.objection})
    return marking


@transaction.atomic
def rule_on_exhibit(
    exhibit_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    ruling: str,
    reasons: str = "",
    objection: str = "",
    seen: int | None = None,
) -> Marking:
    """The presiding officer of the case admits or excludes an offered exhibit.

    Refused for any other officer, when it was not offered or is ruled on, when an exclusion has no reasons, and when
    it is admitted over an objection that nobody made. Ledger: evidence.ruled.
    """
    exhibit, begun = _begin(exhibit_id, "rule_on_exhibit", actor=actor, at=at, seen=seen)
    moving.only_presiding(begun)
    marking = exhibit.marking
    heard = objection.strip() or (marking.objection if marking else "")
    moving.refuse_if(_ruling_refusals(exhibit, ruling, reasons, heard))
    assert marking is not None  # noqa: S101 - refused above
    _move(
        marking,
        MarkState.OFFERED,
        state=ruling,
        ruling=reasons.strip(),
        objection=heard,
        ruled_by_id=actor.user_id,
        ruled_at=at,
    )
    _finish(
        begun,
        "evidence.ruled",
        marking,
        facts={"ruling": ruling},
        private={"ruling": marking.ruling, "objection": marking.objection},
    )
    return marking


@transaction.atomic
def withdraw_mark(exhibit_id: UUID, *, actor: Actor, at: datetime, reason: str, seen: int | None = None) -> Marking:
    """Take back a mark before it is ruled on; the mark is never used again. Ledger: evidence.mark_withdrawn."""
    exhibit, begun = _begin(exhibit_id, "mark_exhibit", actor=actor, at=at, seen=seen)
    marking = exhibit.marking
    reasons = [] if reason.strip() else [_("Give the reason in your own words.")]
    if marking is None:
        reasons.append(_("Exhibit %(key)s is not marked yet.") % {"key": exhibit.key})
    elif marking.state in RULINGS:
        reasons.append(_already(exhibit, marking))
    moving.refuse_if(reasons)
    assert marking is not None  # noqa: S101 - refused above
    _move(marking, MarkState(marking.state), state=MarkState.WITHDRAWN)
    _finish(begun, "evidence.mark_withdrawn", marking, private={"reason": reason.strip()})
    return marking


def _begin(exhibit_id: UUID, key: str, *, actor: Actor, at: datetime, seen: int | None) -> tuple[Exhibit, Begun]:
    case_id = Exhibit.objects.filter(pk=exhibit_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise OutOfScope
    begun = moving.begin(case_id, key, actor=actor, at=at, seen=seen)
    return framing.locked(exhibit_id), begun


def _finish(begun: Begun, event: str, marking: Marking, **more: dict[str, str]) -> None:
    facts = {
        "exhibit": marking.exhibit.key,
        "exhibit_id": str(marking.exhibit_id),
        "mark": marking.mark,
        "party": marking.party,
        **more.get("facts", {}),
    }
    moving.finish_act(begun, event, facts=facts, private=more.get("private"))


def _move(marking: Marking, source: MarkState, **fields: object) -> None:
    moved = Marking.objects.filter(pk=marking.pk, state=source).update(**fields)
    if not moved:
        raise ActionRefused([moving.changed_meanwhile()])
    marking.refresh_from_db()


def _ruling_refusals(exhibit: Exhibit, ruling: str, reasons: str, objection: str) -> list[str]:
    marking, refusals = exhibit.marking, []
    if marking is None or marking.state == MarkState.MARKED:
        refusals.append(_("Exhibit %(key)s is not offered yet.") % {"key": exhibit.key})
    elif marking.state != MarkState.OFFERED:
        refusals.append(_already(exhibit, marking))
    if ruling not in RULINGS:
        refusals.append(_("Say whether the exhibit is admitted or excluded."))
    if ruling == MarkState.EXCLUDED and not reasons.strip():
        refusals.append(_("Give the reasons why the exhibit is excluded."))
    if ruling == MarkState.ADMITTED_OVER_OBJECTION and not objection:
        refusals.append(_("Write down the objection over which the exhibit is admitted."))
    return refusals


def _next_mark(exhibit: Exhibit, party: Party, begun: Begun) -> str:
    scheme = board_queries.rule_in_force(begun.case.board, "exhibit_scheme", begun.today).value
    taken = set(Marking.objects.filter(case_id=exhibit.case_id, party=party).values_list("mark", flat=True))
    while True:
        number = numbering.next_number(f"mark:{exhibit.case_id}:{party}")
        mark = states.mark_in(scheme[party], number)
        if mark not in taken:
            return mark


def _unfit(exhibit: Exhibit) -> list[str]:
    if exhibit.state == ExhibitState.CLEARED:
        return []
    state = ExhibitState(exhibit.state).label
    return [_("Exhibit %(key)s is not cleared: %(state)s.") % {"key": exhibit.key, "state": state}]


def _unmarkable(exhibit: Exhibit) -> list[str]:
    reasons = _unfit(exhibit)
    if exhibit.marking is not None:
        reasons.append(_("Exhibit %(key)s is already marked.") % {"key": exhibit.key})
    if exhibit.parent is not None:
        words = _("Exhibit %(key)s is an attachment: it goes with the mark of exhibit %(parent)s.")
        reasons.append(words % {"key": exhibit.key, "parent": exhibit.parent.key})
    return reasons


def _already(exhibit: Exhibit, marking: Marking) -> str:
    state = MarkState(marking.state).label
    return _("Exhibit %(key)s stands at: %(state)s.") % {"key": exhibit.key, "state": state}
