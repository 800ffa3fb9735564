"""The frame of every act on a case: lock, require, decide; then compare-and-set, clocks and one ledger entry.

An act calls `begin`, writes its own rows, and ends with `finish_move` (a step) or `finish_act` (anything else).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from tracker.access import gate, holding
from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.cases import facts as case_facts
from tracker.cases import waivers, workflow
from tracker.cases.actions import clocking
from tracker.cases.casefacts import CaseFacts
from tracker.cases.clocks import CLOCKS, WAIVED_BY, DeadlineKind, Turn
from tracker.cases.kinds import DeadlineState
from tracker.cases.models import Case
from tracker.cases.pathkinds import OfferState
from tracker.cases.states import STAGE_OF, Stage, Status
from tracker.cases.steptable import Transition
from tracker.errors import ActionRefused, NotPermitted, OutOfScope


@dataclass(frozen=True)
class Begun:
    """A case that is locked, permitted and decided for one step or act.

    `papers` are the digests of those frozen in it, which its ledger entry then names.
    """

    key: str
    case: Case
    facts: CaseFacts
    actor: Actor
    at: datetime
    today: date
    papers: list[str] = field(default_factory=list)

    @property
    def user_id(self) -> UUID:
        """The member of staff who acts: the gate lets nobody else at the acts on a case."""
        assert self.actor.user_id is not None
        return self.actor.user_id


def begin(
    case_id: UUID,
    key: str,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    extra: Sequence[str] = (),
    filed_on: date | None = None,
) -> Begun:
    """Lock the case, ask whether the actor may and whether the step is open.

    `seen` is the version the person looked at; `extra` are further reasons known beforehand; `filed_on` is the day by
    which guards judge whether what came is in time. Raises OutOfScope for a case that is not there or not in the
    actor's scope, NotPermitted, and ActionRefused with every reason.
    """
    case = lock(case_id)
    gate.require(actor, workflow.step(key).needs, case, at=at)
    if seen is not None and seen != case.version:
        raise ActionRefused([changed_meanwhile()])
    gathered = replace(case_facts.gather(case, at=at), filed_on=filed_on)
    reasons = [*workflow.decide(key, gathered), *extra]
    if reasons:
        raise ActionRefused(reasons)
    return Begun(key, case, gathered, actor, at, gathered.today)


def lock(case_id: UUID) -> Case:
    """The case, locked until the transaction ends. Raises OutOfScope where there is none."""
    case = Case.objects.select_for_update(of=("self",)).select_related("board__jurisdiction").filter(pk=case_id).first()
    if case is None:
        raise OutOfScope
    return case


def changed_meanwhile() -> str:
    """What the loser of a race is told."""
    return _("The case was changed by someone else while you were writing. Your words are kept; look at it again.")


def refuse_if(reasons: Sequence[str]) -> None:
    """Raise ActionRefused when there is any reason."""
    if reasons:
        raise ActionRefused(list(reasons))


def finish_move(
    begun: Begun,
    *,
    target: Status | None = None,
    fields: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    skip_clocks: Sequence[str] = (),
) -> LedgerEntry:
    """Move the case by compare-and-set, leave one ledger entry, then open, close and renew the step's clocks.

    `target` where the step lets the actor choose; `fields` are further columns of the case; `skip_clocks` are clock
    kinds of the row that this case does not need. An offer of settlement that is open ends with an order or with the
    case. Raises ActionRefused when somebody else moved the case first.
    """
    row = workflow.MOVES[begun.key]
    status = target or row.target
    assert status is not None  # noqa: S101 - the table gives a target wherever the actor has no choice
    said = {**(facts or {}), **_lapsed_talks(begun, status)}
    moved = Case.objects.filter(pk=begun.case.pk, version=begun.case.version, status=begun.case.status).update(
        status=status,
        stage=STAGE_OF[status],
        status_since=begun.at,
        moved_at=begun.at,
        version=F("version") + 1,
        **(fields or {}),
    )
    if not moved:
        raise ActionRefused([changed_meanwhile()])
    told = {"step": begun.key, "from": begun.case.status, "to": str(status), **_with_skipped(said, skip_clocks)}
    entry = _tell(begun, row.event, facts=told, private=private)
    _turn_clocks(begun, row, entry.id, skip_clocks, closing=status is Status.CLOSED)
    begun.case.refresh_from_db()
    return entry


def _lapsed_talks(begun: Begun, status: Status) -> dict[str, Any]:
    """End the open offer where the case is decided or closed otherwise, and name it for the ledger."""
    if not begun.facts.open_offer or STAGE_OF[status] is not Stage.DISPOSITION:
        return {}
    # Settlements belong to the room above, so they are reached from the case.
    case: Any = begun.case
    offer = case.settlements.get(state=OfferState.OPEN)
    case.settlements.filter(pk=offer.pk).update(state=OfferState.ENDED)
    return {"lapsed_offer": offer.number}


def _with_skipped(facts: Mapping[str, Any], skipped: Sequence[str]) -> dict[str, Any]:
    """The facts of a step, and which of its clocks did not start."""
    said = {**{str(kind): str(Turn.SKIPPED) for kind in skipped}, **facts.get("clocks", {})}
    return {**facts, "clocks": said} if said else dict(facts)


def finish_act(
    begun: Begun,
    event: str,
    *,
    fields: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """Raise the case's version by compare-and-set and leave one ledger entry."""
    changed = Case.objects.filter(pk=begun.case.pk, version=begun.case.version).update(
        version=F("version") + 1, **(fields or {})
    )
    if not changed:
        raise ActionRefused([changed_meanwhile()])
    entry = _tell(begun, event, facts=facts or {}, private=private)
    clocking.refresh_next_due(begun.case)
    begun.case.refresh_from_db()
    return entry


def _tell(begun: Begun, event: str, *, facts: Mapping[str, Any], private: Mapping[str, Any] | None) -> LedgerEntry:
    """The one entry of the act, on the chain of the case, with the digest of each paper; a deputy's says for whom."""
    unnamed = [digest for digest in begun.papers if digest not in facts.values()]
    facts = {**facts, "papers": unnamed} if unnamed else facts
    return ledger.record(
        event,
        board_id=begun.case.board_id,
        chain=begun.case.pk,
        actor=begun.actor,
        at=begun.at,
        facts=facts,
        private=private,
        on_behalf_of=on_behalf_of(begun.actor, workflow.step(begun.key).needs, begun.case, at=begun.at),
    )


def on_behalf_of(actor: Actor, permission: Permission, case: Case, *, at: datetime) -> str | None:
    """For whom a deputy acts, as the ledger names people; None where the actor's own role was enough."""
    absent = gate.acts_for(actor, permission, case, at=at)
    return Actor.staff(absent).code if absent else None


def _turn_clocks(begun: Begun, row: Transition, entry: UUID, skip: Sequence[str], *, closing: bool) -> None:
    clocking.end_clocks(begun.case, row.closes, begun.today)
    if closing:
        clocking.end_all(begun.case, begun.today)
    for kind in (*row.opens, *row.renews):
        if kind in CLOCKS and kind not in skip:
            if kind in row.renews:
                clocking.end_clocks(begun.case, [kind], begun.today)
            start_clock(begun, kind, begun.today, anchor=entry)
    clocking.refresh_next_due(begun.case)


def start_clock(
    begun: Begun, kind: DeadlineKind, on: date, *, anchor: UUID, start_label: str = "", by_mail: bool = True
) -> None:
    """Start a clock of the step on a local date; where its period is waived it ends at once.

    An act uses it for a clock that it skipped in `finish_move`, since it runs from another day or counts otherwise.
    """
    clocking.open_clock(begun.case, kind, on, anchor=anchor, start_label=start_label, by_mail=by_mail)
    known = begun.facts
    if WAIVED_BY.get(kind) in waivers.outlast(known.waivers, step=begun.key, before_board=known.before_board):
        clocking.end_clocks(begun.case, [kind], begun.today, state=DeadlineState.WAIVED)


def only_presiding(begun: Begun) -> None:
    """Raise NotPermitted for all but the presiding officer assigned to this case: the role alone is not enough."""
    if not holding.presiding(begun.user_id, begun.case.pk).exists():
        raise NotPermitted(_("Only the presiding officer assigned to this case may do this."))
