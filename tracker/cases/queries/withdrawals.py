"""What a complainant may know of their own wish to withdraw."""

from dataclasses import dataclass
from datetime import date

from tracker.cases.kinds import DocumentKind
from tracker.cases.models import Case, CaseDocument
from tracker.cases.states import CaseKind

_BOTH = (DocumentKind.WITHDRAWAL, DocumentKind.WITHDRAWAL_ANSWER)


@dataclass(frozen=True)
class PublicWithdrawal:
    """`asked_on` is the board's date of a wish that waits for its answer; `can_end` whether the board's rule lets a
    withdrawal end the case; `may_ask` whether one can be made now.
    """

    asked_on: date | None
    can_end: bool
    may_ask: bool


def of_case(case: Case, *, ends_case: bool) -> PublicWithdrawal:
    """Where a wish to withdraw stands; `ends_case` is the board's rule today. A case with charges goes on anyway."""
    papers = CaseDocument.objects.filter(case=case, kind__in=_BOTH).order_by("filed_at", "id")
    last = papers.values_list("kind", "dated_on").last()
    waits = last is not None and last[0] == DocumentKind.WITHDRAWAL
    return PublicWithdrawal(
        asked_on=last[1] if last and waits else None,
        can_end=ends_case and case.charged_at is None,
        may_ask=not waits and not case.is_closed and case.kind == CaseKind.COMPLAINT,
    )
