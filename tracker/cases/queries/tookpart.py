"""Who took part in a matter: by a place on it, by what they did there, by a ballot on probable cause, or as its expert.

A matter is the case and every docket that is about the same facts, so that nobody judges on one what they charged on
another. Source: invariants of the domain model, 1.3.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.access import bars, separation
from tracker.access.models import Assignment, User
from tracker.access.policy import Capacity
from tracker.audit.actors import ActorKind
from tracker.audit.models import LedgerEntry
from tracker.cases.kinds import Choice, FindingBy, VoteKind
from tracker.cases.models import Ballot, Case, ExpertReview
from tracker.cases.pathkinds import LinkKind

_SAME_MATTER = tuple(map(LinkKind, separation.SAME_MATTER))
# What somebody is in a matter who did this in it. Each can be done without a place on the case: by a role at the board
# alone, or as deputy.
_PART_OF: Mapping[str, Capacity] = {
    "case.licensee_notified": Capacity.INVESTIGATOR,
    "case.response_recorded": Capacity.INVESTIGATOR,
    "case.expert_engaged": Capacity.INVESTIGATOR,
    "case.opinion_received": Capacity.INVESTIGATOR,
    "case.finding_recorded": Capacity.INVESTIGATOR,
    "case.report_submitted": Capacity.INVESTIGATOR,
    "case.legal_review_passed": Capacity.PROSECUTOR,
    "case.count_drafted": Capacity.PROSECUTOR,
    "case.charges_issued": Capacity.PROSECUTOR,
    "case.more_information_asked": Capacity.PROSECUTOR,
    "case.closed_without_discipline": Capacity.PROSECUTOR,
    "hearing.settlement_offered": Capacity.PROSECUTOR,
    "hearing.settlement_talks_ended": Capacity.PROSECUTOR,
    "hearing.settlement_signed": Capacity.PROSECUTOR,
    "hearing.default_entered": Capacity.PROSECUTOR,
    "hearing.violation_petitioned": Capacity.PROSECUTOR,
    "hearing.petition_opened": Capacity.PROSECUTOR,
    "evidence.marked": Capacity.PROSECUTOR,
    "evidence.offered": Capacity.PROSECUTOR,
    "evidence.ruled": Capacity.PRESIDING,
}
# The steps on probable cause. A seated member takes them as a judge of it, counsel where the board's rule lets staff.
_ON_PROBABLE_CAUSE = ("case.charges_issued", "case.more_information_asked", "case.closed_without_discipline")
_MARKS, _PRESIDING_MARK, _BOARD_MARKS = ("evidence.marked", "evidence.offered"), "presiding_officer", ("board", "joint")
_AT_PROBABLE_CAUSE = (VoteKind.PROBABLE_CAUSE, VoteKind.CLOSURE)


def matter(case: Case, *, kinds: Collection[LinkKind] = _SAME_MATTER) -> set[UUID]:
    """The case and the dockets about the same facts that are or were linked with it, two links away too (companions).

    `kinds` are the links that count. That a link ended makes nobody forget what they learned on the other docket.
    """
    near = Case.objects.filter(bars.in_matter([case.pk], "pk", kinds=kinds))
    return set(near.values_list("pk", flat=True))


def part_of(event: str, facts: Mapping[str, Any]) -> Capacity | None:
    """What somebody is in a matter who did what a ledger entry tells, or None where it is nobody's part. Pure.

    The same words are used for more than one act: the board's own findings are no investigation, and who records the
    respondent's marks or a petition of a licensee prosecutes nothing.
    """
    part = _PART_OF.get(event)
    if event == "case.finding_recorded" and facts.get("by") != FindingBy.INVESTIGATOR:
        return None
    if event == "hearing.petition_opened" and "charges" not in facts:
        return None
    if event in _MARKS and facts.get("party") not in _BOARD_MARKS:
        return Capacity.PRESIDING if facts.get("party") == _PRESIDING_MARK else None
    return part


def by_acts(cases: Collection[UUID]) -> dict[UUID, set[Capacity]]:
    """What each person is by the acts on any of these cases, whether or not they had a place there.

    Who acted as deputy acted with the one for whom. A seated member who decides on probable cause judges, and does not
    prosecute.
    """
    entries = LedgerEntry.objects.filter(chain__in=cases, event__in=_PART_OF).values_list("event", "body")
    judging = Assignment.objects.filter(case__in=cases, capacity__in=(Capacity.PANEL, Capacity.LIAISON))
    seated = set(judging.values_list("user_id", flat=True))
    found: dict[UUID, set[Capacity]] = defaultdict(set)
    for event, body in entries:
        told = json.loads(body)
        part = part_of(event, told["facts"])
        for user in filter(None, map(_user, (told["actor"], told["on_behalf_of"]))):
            if part and not (event in _ON_PROBABLE_CAUSE and user in seated):
                found[user].add(part)
    return found


def _user(code: str | None) -> UUID | None:
    """The person whom the ledger names by this code."""
    kind, _colon, ref = (code or "").partition(":")
    return UUID(ref) if kind == ActorKind.STAFF else None


def parts(cases: Collection[UUID]) -> dict[UUID, set[Capacity]]:
    """What each person is or was on any of these cases, by a place or by acts."""
    found = by_acts(cases)
    for user, capacity in Assignment.objects.filter(case__in=cases).values_list("user_id", "capacity"):
        found.setdefault(user, set()).add(Capacity(capacity))
    return found


def judged_probable_cause(cases: Collection[UUID]) -> set[UUID]:
    """Whose ballot on probable cause or on a closure of any of these cases was counted: members, or staff."""
    ballots = Ballot.objects.filter(vote__case__in=cases, vote__kind__in=_AT_PROBABLE_CAUSE)
    return set(ballots.exclude(choice=Choice.RECUSED).values_list("voter_id", flat=True))


def experts(cases: Collection[UUID]) -> set[UUID]:
    """The people who can sign in whose e-mail address is that of an expert asked in any of these cases."""
    rows = ExpertReview.objects.filter(case__in=cases).select_related("expert__identity")
    # Contacts are encrypted, so they are compared here and not by the database.
    known = {row.expert.identity.email.strip().lower() for row in rows if hasattr(row.expert, "identity")} - {""}
    return set(User.objects.filter(email__in=known).values_list("pk", flat=True)) if known else set()


def barred(case: Case, kind: VoteKind, *, pc_body: str) -> dict[UUID, str]:
    """Who may not be counted in a vote on the case, and why; a part does not bar from an emergency action.

    `pc_body` is the board's rule on who finds probable cause.
    """
    whole = matter(case)
    recused = bars.recusals().filter(case=case).values_list("user_id", flat=True)
    found = dict.fromkeys(recused, _("declared a conflict"))
    found |= dict.fromkeys(experts(whole), _("was asked as an expert"))
    if kind == VoteKind.EMERGENCY:
        return found
    # Where the whole board judges probable cause, its own rule lets the same members decide in the end.
    if kind == VoteKind.ORDER and pc_body != "board":
        found |= dict.fromkeys(judged_probable_cause(whole), _("voted on probable cause"))
    apart = frozenset(separation.OFF_THE_ORDER) if kind == VoteKind.ORDER else separation.apart(Capacity.PANEL)
    for user, had in parts(whole).items():
        if had & apart:
            found[user] = _("took part as %(role)s") % {"role": min(had & apart).label}
    return found
