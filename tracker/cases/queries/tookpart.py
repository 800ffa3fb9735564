"""Who took part in a case otherwise than by a place on it: by a ballot on probable cause, or as its expert."""

from uuid import UUID

from tracker.access.models import User
from tracker.access.policy import Role
from tracker.cases.kinds import Choice, VoteKind
from tracker.cases.models import Ballot, Case, ExpertReview

_AT_PROBABLE_CAUSE = (VoteKind.PROBABLE_CAUSE, VoteKind.CLOSURE)


def judged_probable_cause(case: Case) -> set[UUID]:
    """The members whose ballot at probable cause review was counted."""
    ballots = Ballot.objects.filter(vote__case=case, vote__kind__in=_AT_PROBABLE_CAUSE, role=Role.BOARD_MEMBER)
    return set(ballots.exclude(choice=Choice.RECUSED).values_list("voter_id", flat=True))


def experts(case: Case) -> set[UUID]:
    """The people who can sign in whose e-mail address is that of an expert asked in the case."""
    rows = ExpertReview.objects.filter(case=case).select_related("expert__identity")
    # Contacts are encrypted, so they are compared here and not by the database.
    known = {row.expert.identity.email.strip().lower() for row in rows if hasattr(row.expert, "identity")} - {""}
    return set(User.objects.filter(email__in=known).values_list("pk", flat=True)) if known else set()
