"""Offers of settlement: each answers the one before, and nothing of them stands where everybody reads."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases.models import Case
from tracker.cases.states import CaseKind
from tracker.errors import NotPermitted
from tracker.hearings.actions import negotiating
from tracker.hearings.actions.negotiating import TermData
from tracker.hearings.models import Settlement, SettlementTerm

PROBATION = TermData("PROBATION", days=365, terms="CANARY supervision")


@pytest.fixture
def review(story: Story) -> Story:
    """At probable cause review: the first status at which the parties may talk."""
    set_rule(story.office.board, "informal_track", value=True)
    return story.to("probable_cause_review")


def offering(story: Story, **data: Any) -> dict[str, Any]:
    """An offer of the board today, unless `data` say otherwise."""
    row = {"side": "board", "text": "CANARY offer", "terms": [PROBATION], "offered_on": story.today}
    return {**row, **data}


def offer(story: Story, **data: Any) -> Settlement:
    """Make it."""
    return story.do(negotiating.offer_settlement, story.office.counsel, **offering(story, **data))


def test_an_offer_is_kept_with_its_terms_and_told_in_private_parts_only(review: Story) -> None:
    reprimand = TermData("REPRIMAND", due_on=review.today, is_stayed=True)
    row = offer(review, terms=[PROBATION, reprimand])
    assert (row.number, row.side, row.state, row.offered_on, row.offered_at) == (
        1, "board", "open", review.today, review.at,
    )  # fmt: skip
    first, second = row.terms.all()
    assert (first.number, first.code, first.days, first.terms) == (1, "PROBATION", 365, "CANARY supervision")
    assert (second.number, second.is_stayed, second.due_on) == (2, True, review.today)
    paper = review.case.documents.get(kind="settlement_offer")
    assert paper.text == "CANARY offer\n\nProbation, 365 days: CANARY supervision\n\nReprimand (stayed)"
    entry = review.entry("hearing.settlement_offered")
    assert entry["facts"] == {
        "number": 1,
        "side": "board",
        "offered_on": review.today.isoformat(),
        "digest": paper.digest,
    }
    assert entry["private"] == {"terms": paper.text}
    assert review.case.status == "probable_cause_review"


@pytest.mark.parametrize("side", ["respondent", "board"])
def test_the_next_offer_answers_the_open_one_whoever_made_it(review: Story, side: str) -> None:
    offer(review)
    row = offer(review, side=side)
    assert row.number == 2
    assert list(Settlement.objects.order_by("number").values_list("state", flat=True)) == ["countered", "open"]


def test_an_offer_is_refused(review: Story) -> None:
    act, counsel = negotiating.offer_settlement, review.office.counsel
    tomorrow, yesterday = review.today + timedelta(days=1), review.today - timedelta(days=1)
    bare = offering(review, side="complainant", text=" ", terms=[], offered_on=tomorrow)
    assert review.refused(act, counsel, **bare) == (
        "Say which side made the offer. Write what is offered. Name at least one term: what the order will impose. "
        "The offer cannot be in the future."
    )
    terms = [TermData("NO_VIOLATION"), TermData("CITATION_FINE", due_on=yesterday)]
    assert review.refused(act, counsel, **offering(review, terms=terms)) == (
        "Term 1: Choose the sanction. Term 2: A fine needs an amount. Term 2: A term cannot be due in the past."
    )
    offer(review)
    words = review.refused(act, counsel, **offering(review, side="respondent", offered_on=yesterday))
    assert words == "The offer cannot be older than the one that it answers."
    assert review.refused(act, review.office.manager, NotPermitted, **offering(review)).startswith("This needs another")
    assert SettlementTerm.objects.count() == 1


def test_a_petition_is_not_settled(review: Story) -> None:
    Case.objects.filter(pk=review.case_id).update(kind=CaseKind.REINSTATEMENT)
    words = review.refused(negotiating.offer_settlement, review.office.counsel, **offering(review))
    assert words == "A petition is granted or denied, not settled."


def test_talks_end_with_a_reason(review: Story) -> None:
    act, counsel = negotiating.end_settlement_talks, review.office.counsel
    assert review.refused(act, counsel, reason="x") == "No offer of settlement is open."
    offer(review)
    assert review.refused(act, counsel, reason=" ") == "Say how the talks ended."
    row = review.do(act, counsel, reason="CANARY refused")
    assert row.state == "ended"
    entry = review.entry("hearing.settlement_talks_ended")
    assert (entry["facts"], entry["private"]) == ({"number": 1}, {"reason": "CANARY refused"})
    assert negotiating.open_offer(review.case) is None
