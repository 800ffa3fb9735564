"""Scenes before the board: defaults, undisputed charges, what it does with a proposal, and reconsideration."""

from boards import queries as board_queries
from tracker.cases.actions import charging, people
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import AnswerValue, FindingValue
from tracker.cases.pathkinds import ChangedPart, Election, Side
from tracker.hearings.actions import (
    deciding,
    defaulting,
    drafting,
    holding,
    postponing,
    reconsidering,
    remanding,
)
from tracker.web.seeding import roads
from tracker.web.seeding.paths_settling import SettlingScenes
from tracker.web.seeding.player import VOTERS

CHANGES = (
    (
        ChangedPart.FINDING,
        "Finding 6 reads: the respondent knew that the client could not leave without help.",
        "The messages admitted as exhibit 1 show it; the proposal relies on the respondent's memory alone.",
    ),
    (
        ChangedPart.SANCTION,
        "The suspension is stayed while the respondent practices under supervision.",
        "Nobody complained before, and supervision protects clients better than a gap in their care.",
    ),
)


class BoardroomScenes(SettlingScenes):
    """A story that leaves the main road at the hearing or before the board."""

    def no_answer(self) -> None:
        """Nothing comes in time, and counsel enters the default."""
        self.clock.phase("no_answer")
        self.let_pass(DeadlineKind.ANSWER)
        self.tell()
        self.do(
            defaulting.enter_default,
            "counsel",
            packet="Served by certified mail, signed for by the addressee. The time to answer is over; none came.",
            military_affidavit="Not in military service, by the data center's certificate of today.",
        )
        self.post()

    def answer_informally(self) -> None:
        """The respondent disputes no fact and asks the board to hear what should follow."""
        self.clock.phase("answer")
        self.do(people.appear_counsel, "manager", name="Harlan Voss", email="voss@law.example", address="1 Court Plaza")
        received = self.local(self.clock.at)
        elects = board_queries.rule_in_force(self.office.board, "election_of_rights", received).value
        self.do(
            charging.record_answer,
            "manager",
            answers={str(number): AnswerValue.NOT_CONTESTED for number in range(1, len(self.story.grounds) + 1)},
            received_on=received,
            text="The facts are not disputed. The respondent asks to be heard on the penalty.",
            election=Election.INFORMAL if elects else "",
        )

    def undisputed(self) -> None:
        """The charges go to the board without a hearing."""
        self.clock.phase("undisputed")
        self.do(defaulting.submit_undisputed, "manager", note="No count is disputed.")

    def judge(self) -> None:
        """The board's own findings."""
        self.clock.phase("vote")
        self.tell()
        for number in range(1, len(self.story.grounds) + 1):
            self.do(
                holding.record_board_finding,
                "director",
                count=number,
                value=FindingValue.PROVEN,
                reasons="The exhibits on record show it.",
            )

    def postpone(self) -> None:
        """The hearing is postponed: the respondent's counsel is ill."""
        self.clock.phase("postpone")
        words = "The hearing is continued on the respondent's motion. Exhibits and deadlines stay with the case."
        reason = "The respondent's counsel is in hospital."
        self.do(postponing.continue_hearing, "presiding", moved_by=Side.RESPONDENT, reason=reason, text=words)
        self.post()

    def reset(self) -> None:
        """A new date."""
        self.clock.phase("reset")
        self.do(postponing.reset_hearing, "presiding", **self.slot(35))
        self.post()

    def change(self) -> None:
        """What the board changes in the proposal, each with its reasons."""
        self.clock.phase("change")
        for part, text, reasons in CHANGES:
            self.do(drafting.record_change, "director", part=part, text=text, reasons=reasons)

    def recommend(self) -> None:
        """The presiding officer drafts what the proposal would impose."""
        self.draft("presiding", roads.sanction_of(self.story))

    def silence(self) -> None:
        """The board does not act in its time, and the proposal becomes its order."""
        self.clock.phase("silence")
        self.let_pass(DeadlineKind.BOARD_ACTION)
        self.tell_npdb(self.do(deciding.deem_adopted, "director"))
        self.post()

    def send_back(self) -> None:
        """The board sends the matter back to the presiding officer."""
        self.clock.phase("send_back")
        self.vote("order", "remand", VOTERS)
        reasons = "The proposal does not say what the second witness saw. Hear that witness, and find on it."
        self.do(remanding.remand, "director", reasons=reasons)
        self.post()

    def ask_again(self) -> None:
        """The respondent petitions for reconsideration."""
        self.clock.phase("ask_again")
        filed = self.local(self.clock.at)
        grounds = "A letter of the respondent's supervisor came to light after the hearing."
        self.do(reconsidering.take_up_reconsideration, "manager", side=Side.RESPONDENT, grounds=grounds, filed_on=filed)

    def say_nothing(self) -> None:
        """The board does not decide in time, which denies the petition where its rule says so."""
        self.clock.phase("say_nothing")
        self.let_pass(DeadlineKind.RECONSIDERATION_DECISION)
        self.do(reconsidering.deny_reconsideration, "director")
        self.post()

    def look_again(self) -> None:
        """The board takes its order up again."""
        self.clock.phase("look_again")
        self.vote("order", "reconsider", VOTERS)
        self.do(reconsidering.grant_reconsideration, "director", reasons="The letter could change what is needed.")
        self.post()
