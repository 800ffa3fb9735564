"""Scenes in court: the petition for judicial review, a stay, the certified record, the ruling."""

from tracker.bundle import actions as bundles
from tracker.bundle.actions import build
from tracker.bundle.models import Edition
from tracker.cases.pathkinds import CourtOutcome, CourtStay
from tracker.cases.states import Status
from tracker.hearings.actions import reporting, reviewing
from tracker.web.seeding import demofile
from tracker.web.seeding.paths_boardroom import BoardroomScenes
from tracker.web.seeding.people import SEEDER

RULINGS = {
    CourtOutcome.AFFIRMED: "Substantial evidence supports the order. It is affirmed.",
    CourtOutcome.REVERSED: "The board relied on an exhibit that was never offered. The order is reversed.",
    CourtOutcome.REMANDED: "The board gives no reasons for the length of the sanction. It is to decide on that anew.",
}


class CourtScenes(BoardroomScenes):
    """A story that goes to court."""

    def sue(self) -> None:
        """The respondent petitions a court."""
        self.clock.phase("sue")
        number = f"{self.clock.at:%y}-CV-{sum(map(ord, self.story.key)):05d}"
        self.do(
            reviewing.record_judicial_review,
            "manager",
            court=demofile.boards()[self.story.board]["court"],
            number=number,
            filed_on=self.local(self.clock.at),
            text="The petitioner asks the court to reverse the order as not supported by the record.",
        )

    def stay(self) -> None:
        """The court stays the order until it decides."""
        self.clock.phase("stay")
        text = "The order is stayed until the court decides. The petitioner sees no new clients meanwhile."
        today = self.local(self.clock.at)
        self.do(reviewing.record_stay, "manager", stay=CourtStay.GRANTED, decided_on=today, text=text)

    def certify(self) -> None:
        """The court record is built, and the custodian certifies it."""
        self.clock.phase("certify")
        (export,) = self.do(bundles.request_bundle, "custodian", editions=[Edition.COURT], queue=False)
        build.run(export.pk, actor=SEEDER, clock=lambda: self.clock.at)
        self.do(reviewing.certify_record, "custodian", note="Index, pages and certificate as the court's rules ask.")

    def ruling(self, outcome: str) -> None:
        """What the court did; after a reversal the report to the data bank is declared void."""
        self.clock.phase("ruling")
        self.do(
            reviewing.decide_judicial_review,
            "manager",
            outcome=outcome,
            decided_on=self.local(self.clock.at),
            text=RULINGS[CourtOutcome(outcome)],
            back_to=Status.BOARD_REVIEW if outcome == CourtOutcome.REMANDED else "",
        )
        self.post()
        if outcome == CourtOutcome.REVERSED:
            today = self.local(self.clock.minutes(40))
            self.do(reporting.record_npdb_report, "manager", reported_on=today, reference="5500000000067890")
