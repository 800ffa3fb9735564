"""Who took part in a matter otherwise than by a place on it: by a ballot on probable cause, or as its expert.

A matter is the case and every docket that is about the same facts, so that nobody judges on one what they charged on
another. Source: invariants of the domain model, 1.3.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from tracker.access.models import User
from tracker.access.policy import Role
from tracker.cases.kinds import Choice, VoteKind
from tracker.cases.models import Ballot, Case, CaseLink, ExpertReview
from tracker.cases.pathkinds import LinkKind

# Links of dockets whose facts are the same; a petition is about what happened since.
_SAME_MATTER = (LinkKind.SAME_COMPLAINT, LinkKind.DUPLICATE, LinkKind.CONSOLIDATED)
_AT_PROBABLE_CAUSE = (VoteKind.PROBABLE_CAUSE, VoteKind.CLOSURE)


def matter(case: Case, *, kinds: Collection[LinkKind] = _SAME_MATTER) -> set[UUID]:
    """The case and the dockets linked with it that are about the same facts, two links away too (companions).

    `kinds` are the links that count.
    """
    found = {case.pk}
    for _round in range(2):
        links = CaseLink.objects.filter(kind__in=kinds, ended_at__isnull=True)
        pairs = links.filter(Q(case__in=found) | Q(other__in=found)).values_list("case_id", "other_id")
        found |= {pk for pair in pairs for pk in pair}
    return found


def judged_probable_cause(cases: Collection[UUID]) -> set[UUID]:
    """The members whose ballot at probable cause review of any of these cases was counted."""
    ballots = Ballot.objects.filter(vote__case__in=cases, vote__kind__in=_AT_PROBABLE_CAUSE, role=Role.BOARD_MEMBER)
    return set(ballots.exclude(choice=Choice.RECUSED).values_list("voter_id", flat=True))


def experts(cases: Collection[UUID]) -> set[UUID]:
    """The people who can sign in whose e-mail address is that of an expert asked in any of these cases."""
    rows = ExpertReview.objects.filter(case__in=cases).select_related("expert__identity")
    # Contacts are encrypted, so they are compared here and not by the database.
    known = {row.expert.identity.email.strip().lower() for row in rows if hasattr(row.expert, "identity")} - {""}
    return set(User.objects.filter(email__in=known).values_list("pk", flat=True)) if known else set()
