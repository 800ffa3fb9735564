"""Scenes with more than one docket: petitions on an order, its violation, companions and links."""

from datetime import timedelta

from tracker.cases.actions import charging, intake, linking
from tracker.cases.filingdata import RespondentData
from tracker.cases.kinds import ServiceMethod
from tracker.cases.queries import lookups
from tracker.evidence.actions import sharing
from tracker.hearings.actions import compliance, petitions, violations
from tracker.hearings.actions.violations import CountData
from tracker.hearings.orderrules import DENIALS
from tracker.web.seeding import stories
from tracker.web.seeding.paths_overlays import OverlayScenes

ASKED = {
    "reinstatement": "I have changed how I work, and ask to return to practice.",
    "modification": "I moved to another county, where no approved supervisor works. Please allow supervision online.",
    "early_termination": "Every report was on time and without remarks. Please end the probation.",
}
LINKED = {
    "consolidated": "One hearing on both complaints: the same witnesses, the same weeks.",
    "same_respondent": "Both complaints are about this licensee.",
    "cross_board": "The licensee holds a license in both states, and both boards look at the same year.",
}
ON_CONDITIONS = "REINSTATED_CONDITIONAL"


class PathPlayer(OverlayScenes):
    """A story that leaves the main road, whatever its path. `case` is the docket that is acted on."""

    def breach(self) -> None:
        """A term is not kept: the monitor reports it, counsel petitions on a docket of its own."""
        home = self.case
        self.take_courses()
        self.clock.phase("violate")
        occurred = self.local(self.clock.at - timedelta(days=5))
        text = "The supervisor's report for last month did not come, and the supervisor says that no session was held."
        self.do(violations.report_violation, "monitor", occurred_on=occurred, text=text)
        self.clock.phase("charge_violation")
        counts = [
            CountData("Order, term 1", "No supervision took place for a month."),
            CountData("Order, term 1", "No report was sent to the board."),
        ]
        asked = "The board is asked to end the probation and to impose the suspension."
        self.case = self.do(violations.petition_violation, "counsel", counts=counts, text=asked)
        self.post()
        self.clock.phase("serve")
        served, proof = self.local(self.clock.at), "Certified mail, signed for by the addressee."
        method = ServiceMethod.CERTIFIED_MAIL
        self.do(charging.record_service, "manager", method=method, served_on=served, proof=proof)
        self.case = home

    def wait(self) -> None:
        """The time before a petition may be filed."""
        self.take_courses()
        self.clock.phase("wait")

    def take_courses(self) -> None:
        """The courses that an order asks for; the probation beside them goes on."""
        self.clock.phase("courses")
        order = petitions.last_order(self.case)
        assert order is not None  # noqa: S101 - the board issued it
        for term in order.sanctions.filter(code="CE_ORDER", met_on__isnull=True):
            self.do(compliance.satisfy_term, "monitor", number=term.number, proof="Certificates of twelve hours.")

    def serve_term(self) -> None:
        """The probation runs its time."""
        self.clock.phase("serve_term")

    def petition(self, kind: str) -> None:
        """A petition, on a docket of its own, on which the story goes on."""
        self.clock.phase("petition")
        filed = self.local(self.clock.at)
        self.home = self.case
        self.case = self.do(petitions.file_petition, "manager", kind=kind, text=ASKED[kind], filed_on=filed)
        self.post()

    def decide_petition(self, outcome: str) -> None:
        """The board's order on it."""
        self.do(petitions.submit_petition, "manager", note="No fact is disputed.")
        self.post()
        self.clock.phase("decide_petition")
        if outcome == ON_CONDITIONS:
            self.draft("director", "SUPERVISED_PRACTICE")
        self.order("deny" if outcome in DENIALS else "grant", outcome)

    def end_petition(self) -> None:
        """The end of its docket. The story goes on at the first one."""
        self.waive_challenges()
        self.do(compliance.close_case, "manager", note="The petition is decided.")
        self.post()
        self.case = self.home

    def open_companion(self) -> None:
        """The same complaint concerns a colleague too, who gets a docket with the same evidence."""
        self.clock.phase("open_companion")
        home = self.case
        self.case = self.do(
            sharing.open_companion,
            "manager",
            respondent=RespondentData("Basil Thornquist", license_number="41873", practice="Thornquist Counseling"),
            allegations=["A1"],
            reason="The complaint says that a colleague at the practice took part.",
            share_exhibits=True,
        )
        self.post()
        self.clock.phase("begin")
        reasons = "Screened together with the first docket."
        self.do(intake.begin_review, "intake", danger_found=False, priority="routine", reasons=reasons)
        self.case = home

    def join(self, kind: str) -> None:
        """A link with another story's docket."""
        self.clock.phase("join")
        other = lookups.by_draft(stories.draft_of(self.story.other))
        assert other is not None  # noqa: S101 - the file tells that story first
        self.do(linking.link_dockets, "manager", docket=other.docket, kind=kind, reason=LINKED[kind])
