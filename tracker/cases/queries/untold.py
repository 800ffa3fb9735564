"""What the ledger and the letters of a case tell that not every reader may know: settlement talks, other dockets."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext as _

from tracker.audit import events
from tracker.audit.models import LedgerEntry
from tracker.audit.queries import TimelineEntry
from tracker.cases import waivers
from tracker.cases.decisions import Decision, Question
from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case, CaseDocument
from tracker.cases.pathkinds import OfferState

# The group of ledger entries on settlement talks.
TALKS = "settlement"
SIGNED, REJECTED = "hearing.settlement_signed", "hearing.settlement_rejected"
# What tells of a settlement besides the steps themselves: letters on it, and the votes to reject or to accept it.
LETTERS = ("settlement_agenda", "settlement_rejected")
_REJECTS, _ACCEPTS = str(Question.REJECT_SETTLEMENT), str(Decision.ACCEPT_SETTLEMENT)
# The offers that are known to who reads the stipulation: one that waits for the board, and the one it accepted.
STIPULATED = (OfferState.SIGNED, OfferState.ACCEPTED)
_VOTED, _WAIVED = "case.vote_recorded", "case.waiver_filed"
# Facts of the ledger that name another docket.
OTHERS = ("other", "other_docket", "companion_of")
# A fact of a step: the number of the offer that ended with it.
_OFFERS = ("lapsed_offer",)


def without_talks(entries: Iterable[TimelineEntry], *, is_stipulated: bool) -> list[TimelineEntry]:
    """The entries, newest first, without talks: offers, a settlement that the board rejected and what tells of it.

    One that waits for the board or was accepted stays: `is_stipulated` says that the case has such a one.
    """
    kept, is_gone = [], not is_stipulated
    for entry in entries:
        is_gone = is_gone or entry.event == REJECTED
        if not (_is_talk(entry) or (is_gone and _is_of_one(entry))):
            kept.append(entry)
    return kept


def _is_talk(entry: TimelineEntry) -> bool:
    if entry.group == TALKS or entry.event == REJECTED:
        return True
    if entry.group == "letter":
        return entry.facts.get("kind") in LETTERS
    if entry.event == _WAIVED:
        return "with_offer" in entry.facts
    return _is_vote(entry, _REJECTS)


def _is_of_one(entry: TimelineEntry) -> bool:
    """Whether it is about one settlement, and so as secret as that one."""
    return entry.event == SIGNED or _is_vote(entry, _ACCEPTS)


def _is_vote(entry: TimelineEntry, decision: str) -> bool:
    return bool(entry.event == _VOTED and entry.facts.get("decision") == decision)


def talks() -> Q:
    """The same as a filter on ledger entries: those that `without_talks` leaves out."""
    groups: dict[str, list[str]] = {}
    for code, event in events.EVENTS.items():
        groups.setdefault(event.group, []).append(code)
    later = LedgerEntry.objects.filter(chain=OuterRef("chain"), event=REJECTED, seq__gt=OuterRef("seq"))
    stipulated = Case.objects.filter(stipulated_at__isnull=False).values("pk")
    is_gone = ~Q(chain__in=stipulated) | Q(Exists(later))
    # The body is canonical JSON, so a fact stands in it in one way only.
    return (
        Q(event__in=[*groups[TALKS], REJECTED])
        | (Q(event=SIGNED) | _voted(_ACCEPTS)) & is_gone
        | Q(event__in=groups["letter"]) & _names_any(LETTERS)
        | Q(event=_WAIVED, body__contains='"with_offer":')
        | _voted(_REJECTS)
    )


def _voted(decision: str) -> Q:
    return Q(event=_VOTED, body__contains=f'"decision":"{decision}"')


def _names_any(kinds: Iterable[str]) -> Q:
    named = Q(pk__in=[])
    for kind in kinds:
        named |= Q(body__contains=f'"kind":"{kind}"')
    return named


def talking_votes(case: Case) -> Q:
    """Which votes of a case tell of talks: those to reject a settlement, and to accept one that was then rejected."""
    if case.stipulated_at is None:
        return Q(decision__in=[_REJECTS, _ACCEPTS])
    last = LedgerEntry.objects.filter(chain=case.pk, event=REJECTED).aggregate(at=Max("at"))["at"]
    return Q(decision=_REJECTS) | (Q(decision=_ACCEPTS, recorded_at__lte=last) if last else Q(pk__in=[]))


def talking_papers(case: Any, papers: Iterable[CaseDocument], *, known: Collection[OfferState]) -> set[UUID]:
    """The waivers among the papers of a case that came with an offer of settlement, and so tell of talks.

    Those that came with an offer in one of the `known` states are papers like others.
    """
    asked = [row for row in papers if row.kind == DocumentKind.WAIVER and row.period in waivers.CHALLENGES]
    if not asked:
        return set()
    # Orders and settlements belong to the room above, so they are reached from the case.
    issued = list(case.orders.filter(issued_at__isnull=False).values_list("issued_at", flat=True))
    offers = dict(case.settlements.values_list("offered_at", "state"))
    found = {row.pk: waivers.came_with(row.filed_at, issued=issued, offered=offers) for row in asked}
    return {pk for pk, offer in found.items() if offer and offers[offer] not in known}


def dockets_named(told: Iterable[Mapping[str, Any]]) -> set[str]:
    """The other dockets that facts of the ledger name."""
    return {str(facts[key]) for facts in told for key in OTHERS if facts.get(key)}


def names_offer(facts: Mapping[str, Any]) -> bool:
    """Whether the facts of a step name an offer that ended with it."""
    return any(key in facts for key in _OFFERS)


def masked(facts: Mapping[str, Any], hidden: Collection[str], *, knows_talks: bool = True) -> Mapping[str, Any]:
    """The facts without the numbers of hidden dockets, and without the offer that ended with a step where talks are
    not to be known. The same object where there is nothing to mask.
    """
    names = [key for key in OTHERS if facts.get(key) in hidden]
    gone = () if knows_talks else tuple(key for key in _OFFERS if key in facts)
    if not names and not gone:
        return facts
    kept = {key: value for key, value in facts.items() if key not in gone}
    return {**kept, **dict.fromkeys(names, _("another docket"))}
