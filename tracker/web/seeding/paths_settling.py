"""Scenes of a settlement: offers, a signed stipulation, and a board that rejects it."""

from fractions import Fraction

from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DeadlineState
from tracker.cases.pathkinds import Side
from tracker.hearings.actions import negotiating, settling
from tracker.hearings.actions.negotiating import TermData
from tracker.web.seeding import roads, sanctions
from tracker.web.seeding.hearing import HearingPlayer
from tracker.web.seeding.player import VOTERS


class SettlingScenes(HearingPlayer):
    """A story whose sides talk."""

    def offer(self) -> None:
        """Counsel for the board offers terms."""
        self.clock.phase("offer")
        text = "The board's counsel offers these terms in place of a hearing."
        self._propose(Side.BOARD, text, self._terms())

    def counter(self) -> None:
        """The respondent answers with shorter terms."""
        self.clock.phase("counter")
        self.tell()
        text = "The respondent would agree to these terms, without an admission."
        self._propose(Side.RESPONDENT, text, self._terms(Fraction(2, 3)))

    def agree(self) -> None:
        """Both sides sign, and the stipulation goes to the board."""
        self.clock.phase("agree")
        today = self.local(self.clock.at)
        deviation = "A first complaint, and the respondent has sought supervision already."
        self.do(
            settling.sign_settlement,
            "counsel",
            respondent_signed_on=today,
            counsel_signed_on=today,
            text="Both sides ask the board to end the case by the order that they stipulate.",
            deviation=deviation,
        )
        self.post()

    def refuse(self) -> None:
        """The board votes the settlement down."""
        self.clock.phase("refuse")
        self.vote("order", "reject_settlement", VOTERS)
        reasons = "The terms do not protect clients: nobody would look at the practice after the first year."
        self.do(settling.reject_settlement, "director", reasons=reasons)
        self.post()

    def _terms(self, share: Fraction = Fraction(1)) -> list[TermData]:
        return sanctions.offered(roads.sanction_of(self.story), self.local(self.clock.at), share)

    def _propose(self, side: Side, text: str, terms: list[TermData]) -> None:
        today = self.local(self.clock.at)
        self.do(negotiating.offer_settlement, "counsel", side=side, text=text, terms=terms, offered_on=today)

    def let_pass(self, kind: DeadlineKind) -> None:
        """Move on to the day after a clock of the case runs out."""
        due = self.case.deadlines.filter(kind=kind, state=DeadlineState.RUNNING).first()
        left = (due.due_on - self.local(self.clock.at)).days if due else -1
        if left >= 0:
            self.clock.days(left + 1)
