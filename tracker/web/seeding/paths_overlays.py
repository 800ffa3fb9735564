"""Scenes of what lies over a case: emergency action, pauses and holds, recusal, withdrawal, experts and disclosures."""

from datetime import timedelta

from boards import queries as board_queries
from tracker.cases.actions import exparte, experts, investigation, overlays, people, withdrawals
from tracker.cases.actions.experts import Engagement
from tracker.cases.kinds import ServiceMethod
from tracker.cases.pathkinds import EmergencyHearing
from tracker.hearings.actions import emergency, reporting
from tracker.web.seeding import demofile
from tracker.web.seeding.paths_court import CourtScenes
from tracker.web.seeding.player import VOTERS

FINDINGS = {
    "SUMMARY_SUSPENSION": "Two clients were brought to hospital within a month. Practice cannot go on until a hearing.",
    "EMERGENCY_RESTRICTION": "Sessions with minors put them in danger. Until a hearing, none may be held.",
    "INTERIM_AGREEMENT": "I agree to see no clients until the board has decided.",
}


class OverlayScenes(CourtScenes):
    """A story with something lying over it."""

    def engage(self) -> None:
        """The investigator asks an expert, whose opinion is awaited."""
        self.clock.phase("engage")
        asked = Engagement(
            name="Dr. Orla Fenwick",
            conflict_check="Knows neither the licensee nor the client, and never worked for the practice.",
            questions="Does the treatment meet the standard of care?\nShould the client have been referred?",
            letter="Please review the file and answer the questions in writing.",
            email="fenwick@experts.example",
        )
        self.do(experts.refer_to_expert, "investigator", engagement=asked)

    def suspend(self) -> None:
        """A summary suspension, served and reported."""
        self.take("suspend", "SUMMARY_SUSPENSION")

    def restrict(self) -> None:
        """An emergency restriction, served and reported."""
        self.take("restrict", "EMERGENCY_RESTRICTION")

    def refrain(self) -> None:
        """The licensee signs an agreement to refrain from practice."""
        self.take("refrain", "INTERIM_AGREEMENT")

    def take(self, phase: str, code: str) -> None:
        """Emergency action by the board's rule: on a vote, or by the director."""
        self.clock.phase(phase)
        today = self.local(self.clock.at)
        by_vote = board_queries.rule_in_force(self.office.board, "emergency_by", today).value == "vote"
        if by_vote and code != emergency.AGREED:
            self.vote("emergency", code, VOTERS)
        finding = FINDINGS[code]
        self.do(emergency.take_emergency_action, "director", code=code, finding=finding, effective_on=today)
        self.post()
        served, proof = self.local(self.clock.at), "Handed to the licensee at the practice."
        method = ServiceMethod.PERSONAL
        self.do(emergency.serve_emergency_action, "manager", served_on=served, method=method, proof=proof)
        reported = self.local(self.clock.at)
        self.do(reporting.record_npdb_report, "manager", reported_on=reported, reference="5500000000024680")

    def hear_emergency(self) -> None:
        """The hearing on it: it goes on."""
        self.clock.phase("hear_emergency")
        today, note = self.local(self.clock.at), "Both sides were heard. The danger is not over."
        outcome = EmergencyHearing.CONTINUE
        self.do(emergency.hear_emergency_action, "director", heard_on=today, outcome=outcome, note=note)
        self.post()

    def pause(self) -> None:
        """Abeyance while a criminal case runs."""
        self.clock.phase("pause")
        ends_on = self.local(self.clock.now) + timedelta(days=60)
        reason = "The county prosecutor charged the same conduct. The trial comes first."
        self.do(overlays.begin_abeyance, "counsel", reason=reason, ends_on=ends_on)

    def keep(self) -> None:
        """A litigation hold, with a day of review soon."""
        self.clock.phase("keep")
        review_on = self.local(self.clock.now) + timedelta(days=12)
        reason = "The former client sued the practice. Nothing of this file may be disposed of."
        self.do(overlays.place_hold, "counsel", reason=reason, review_on=review_on)

    def seal(self) -> None:
        """A court seals the file."""
        self.clock.phase("seal")
        self.do(overlays.seal_case, "counsel", reason="A family court sealed the records that the complaint quotes.")

    def recuse(self) -> None:
        """The investigator knows the licensee; a colleague takes over."""
        self.clock.phase("notify")
        reason = "We trained in the same office."
        self.do(people.declare_conflict, "investigator", has_conflict=True, reason=reason)
        colleague = self.colleague()
        self.do(people.assign, "manager", email=self.office.email(colleague), capacity="investigator")
        self.do(people.declare_conflict, colleague, has_conflict=False)
        self.do(investigation.notify_licensee, colleague)
        self.post()

    def colleague(self) -> str:
        """The other investigator of this board."""
        staff = demofile.read()["staff"]
        here = (row for row in staff if row["board"] == self.story.board and row["role"] == "investigator")
        return str(next(here)["name"])

    def withdraw(self) -> None:
        """The complainant asks to withdraw."""
        self.clock.phase("withdraw")
        text = "I have found another therapist and would like to leave this behind. Please end the complaint."
        self.do(withdrawals.record_withdrawal, "intake", text=text)

    def answer_withdrawal(self) -> None:
        """The board answers that it goes on."""
        self.clock.phase("answer_withdrawal")
        text = "Thank you for telling us. The board must still look at what happened. You need not do more."
        self.do(withdrawals.answer_withdrawal, "intake", text=text)
        self.post()

    def disclose(self) -> None:
        """The respondent wrote to the presiding officer alone."""
        self.clock.phase("disclose")
        self.do(
            exparte.log_ex_parte,
            "presiding",
            decider=self.office.email("presiding"),
            contact_on=self.local(self.clock.at),
            by_whom=self.story.respondent,
            text="A letter to me alone asked for an early date and spoke of the respondent's health. I did not answer.",
        )
        self.post()
