"""Who must waive a period, and which waivers still count: by rows and by the ledger alike."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.audit.events import EVENTS
from tracker.cases import waivers
from tracker.cases.kinds import Period, WaivedBy
from tracker.cases.waivers import BOTH_SIDES, CHALLENGES, MUST_WAIVE, Grounds, Reading, Waiver
from tracker.cases.workflow import MOVES

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
RESPONDENT, PROSECUTION, BOTH = WaivedBy.RESPONDENT, WaivedBy.PROSECUTION, WaivedBy.BOTH
ORDERED = Grounds(issued_at=START, order_stands=True)


def after(minutes: int) -> datetime:
    """A moment so many minutes after the start."""
    return START + timedelta(minutes=minutes)


def test_every_period_belongs_to_somebody() -> None:
    assert set(MUST_WAIVE) == set(Period)
    assert {period for period, whose in MUST_WAIVE.items() if whose == BOTH_SIDES} == {
        "exhibit_exchange",
        "exceptions",
        "reconsideration",
    }


@given(st.sampled_from(Period), st.lists(st.sampled_from([*WaivedBy, ""]), max_size=4))
def test_a_period_is_waived_once_all_have_whose_it_is(period: Period, given_by: list[str]) -> None:
    known: waivers.Waived = {}
    for one in given_by:
        known = waivers.joined(known, period, one)
    gave = set().union(*(waivers.sides(one) for one in given_by))
    assert (period in waivers.complete(known)) is (bool(gave) and gave >= MUST_WAIVE[period])
    assert waivers.missing(known, period) == MUST_WAIVE[period] - gave


def test_the_missing_side_is_named() -> None:
    said = [
        waivers.wanting({"exceptions": frozenset(gave)}, "exceptions") for gave in ((), (RESPONDENT,), (PROSECUTION,))
    ]
    assert said == [
        "Waivers by both sides would do.",
        "The respondent has waived it, the board's counsel has not.",
        "The board's counsel has waived it, the respondent has not.",
    ]
    assert waivers.wanting({}, "appeal") == "A waiver by the respondent would do."


@pytest.mark.parametrize(
    ("period", "given_by", "challenges_open", "reasons"),
    [
        ("lunch", "court", True, ["Name the period that is waived.", "Say who waives it."]),
        ("", "both", True, ["Name the period that is waived."]),
        ("answer", "", True, ["Say who waives it."]),
        ("answer", "prosecution", True, ["This time is the respondent's. Only the respondent can waive it."]),
        ("exceptions", "prosecution", False, []),
        ("appeal", "respondent", True, []),
        ("reconsideration", "prosecution", True, []),
    ],
)
def test_what_cannot_be_waived(period: str, given_by: str, challenges_open: bool, reasons: list[str]) -> None:
    assert waivers.faults(period, given_by, challenges_open=challenges_open) == reasons


@pytest.mark.parametrize("period", CHALLENGES)
def test_a_challenge_is_waived_only_with_something_to_challenge(period: str) -> None:
    assert waivers.faults(period, "both", challenges_open=False) == [
        "This can be waived once an order is issued, or with an offer of settlement that is open or signed."
    ]


@pytest.mark.parametrize(
    ("grounds", "since"),
    [
        (Grounds(), None),
        (ORDERED, START),
        (replace(ORDERED, order_stands=False), None),
        (Grounds(offered_at=START, offer_stands=True), START),
        (Grounds(offered_at=START), None),
        # An offer that came to nothing, then an order: only what was filed since the order counts.
        (Grounds(after(9), order_stands=True, offered_at=START), after(9)),
        # An order that accepts the settlement takes over what was waived with the offer.
        (Grounds(after(9), order_stands=True, by_settlement=True, offered_at=START), START),
        (Grounds(after(9), by_settlement=True, offered_at=START), None),
        # A case that goes on below an order: the talks are what matters now.
        (replace(ORDERED, offered_at=after(9), offer_stands=True), after(9)),
        (replace(ORDERED, offered_at=after(9)), None),
    ],
)
def test_from_when_on_a_waiver_of_a_challenge_counts(grounds: Grounds, since: datetime | None) -> None:
    assert grounds.since == since
    filed = [Waiver("appeal", "respondent", at) for at in (START, after(9))]
    counts = [bool(waivers.standing([one], grounds=grounds, noticed_at=None)) for one in filed]
    assert counts == [since is not None and one.filed_at >= since for one in filed]


def test_a_waiver_comes_with_the_offer_made_since_the_last_order() -> None:
    def offer(issued: list[int], offered: list[int]) -> datetime | None:
        return waivers.came_with(after(5), issued=map(after, issued), offered=map(after, offered))

    assert offer([], []) is offer([2], []) is offer([4], [2]) is offer([], [6]) is None
    assert offer([], [2, 4, 6]) == offer([3, 6], [1, 4]) == after(4)


def test_a_waiver_of_notice_is_for_one_notice() -> None:
    filed = [Waiver("hearing_notice", "respondent", START), Waiver("answer", "", START)]
    known = waivers.standing(filed, grounds=Grounds(), noticed_at=None)
    assert known == {"hearing_notice": {RESPONDENT}, "answer": BOTH_SIDES}
    assert waivers.standing(filed, grounds=Grounds(), noticed_at=after(1)) == {"answer": BOTH_SIDES}


def test_every_step_and_event_of_the_tables_is_declared() -> None:
    assert set(waivers._ISSUING) <= set(MOVES)
    assert {MOVES[key].event for key in waivers._ISSUING} == set(waivers._ISSUED)
    assert {*waivers._ISSUED, *waivers._NOTICED, *waivers._OVERTAKEN} <= set(EVENTS)
    assert set(waivers.BY) == set(WaivedBy)


@dataclass
class Office:
    """What rows would say, beside what is read from the entries of the same acts."""

    minute: int = 0
    grounds: Grounds = field(default_factory=Grounds)
    noticed_at: datetime | None = None
    filed: list[Waiver] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)

    def tell(self, event: str, **facts: object) -> None:
        """One more entry."""
        self.reading.read(event, facts)

    def by_rows(self) -> waivers.Waived:
        """What the rows add up to."""
        return waivers.standing(self.filed, grounds=self.grounds, noticed_at=self.noticed_at)

    def do(self, act: str, period: str, given_by: str) -> None:
        """An act, where it can be done; nothing otherwise."""
        self.minute += 1
        at, known = after(self.minute), self.grounds
        if act == "waive" and not waivers.faults(period, given_by, challenges_open=known.since is not None):
            self.filed.append(Waiver(period, given_by, at))
            self.tell("case.waiver_filed", period=period, given_by=given_by)
        elif act == "offer":
            self.grounds = replace(known, offered_at=at, offer_stands=True)
            self.tell("hearing.settlement_offered", number=1)
        elif act in ("hearing.settlement_talks_ended", "hearing.settlement_rejected") and known.offer_stands:
            self.grounds = replace(known, offer_stands=False)
            self.tell(act, number=1)
        elif act in ("adopt", "accept_settlement") and (act == "adopt" or known.offer_stands):
            self.order(act, at)
        elif act in ("reversed", "remanded", "granted") and known.order_stands:
            self.grounds = replace(known, order_stands=False)
            event = "reconsideration_granted" if act == "granted" else "review_decided"
            self.tell(f"hearing.{event}", outcome=act, to="board_review")
        elif act == "affirmed":
            self.tell("hearing.review_decided", outcome=act, to="compliance")
        elif act == "hearing.reset":
            self.noticed_at = at
            self.tell(act)
        elif act in ("hearing.remanded", "case.reopened"):
            self.filed = []
            self.tell(act, to="prehearing")

    def order(self, decision: str, at: datetime) -> None:
        """An order; what is waived when it is made is waived for it only where it accepts the settlement."""
        accepts = decision == "accept_settlement"
        before = "settlement" if accepts else "proposal"
        kept = waivers.outlast(waivers.complete(self.by_rows()), step="issue_order", before_board=before)
        talks = {"lapsed_offer": 1} if self.grounds.offer_stands and not accepts else {}
        offered = self.grounds.offered_at
        self.grounds = Grounds(at, order_stands=True, by_settlement=accepts, offered_at=offered)
        self.tell("hearing.order_issued", decision=decision, **talks)
        assert kept == waivers.complete(self.by_rows())


ACTS = (
    *("waive", "waive", "waive", "offer", "hearing.settlement_talks_ended", "hearing.settlement_rejected", "adopt"),
    *("accept_settlement", "reversed", "remanded", "granted", "affirmed", "hearing.reset", "hearing.remanded"),
    "case.reopened",
)


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(Period), st.sampled_from(WaivedBy)), max_size=12))
def test_rows_and_ledger_agree_after_every_act(acts: list[tuple[str, str, str]]) -> None:
    office = Office()
    for act, period, given_by in acts:
        office.do(act, period, given_by)
        assert office.reading.waived == office.by_rows()


def test_other_steps_spend_nothing() -> None:
    periods = frozenset(Period)
    assert waivers.outlast(periods, step="deny_reconsideration", before_board="") == periods
    assert waivers.outlast(periods, step="deem_adopted", before_board="") == periods - set(CHALLENGES)


def test_a_waiver_from_before_waivers_named_a_side_was_given_by_both() -> None:
    reading = Reading()
    reading.read("case.waiver_filed", {"period": "exceptions"})
    assert reading.complete == {"exceptions"}
    reading.read("hearing.review_decided", {"outcome": "remanded", "to": "prehearing"})
    assert reading.waived == {}
