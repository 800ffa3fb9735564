"""The later half of a story: charges, hearing, order, terms."""

from datetime import timedelta
from typing import Any

from boards import queries as board_queries
from tracker.cases.actions import charging, papers, people
from tracker.cases.kinds import DeadlineState
from tracker.cases.pathkinds import Election
from tracker.evidence.actions import marking
from tracker.evidence.models import Exhibit
from tracker.hearings.actions import compliance, deciding, drafting, holding, record, reopening, reporting
from tracker.hearings.models import Order
from tracker.web.seeding import demofile, roads, sanctions
from tracker.web.seeding.player import VOTERS, Player

# What an order says, by what the board decided; anything else uses the first.
WORDS = {
    "adopt": "The board adopts the proposed findings of fact and conclusions of law.",
    "modify": "The board adopts the proposed findings of fact, with the changes that this order names.",
    "reject": "On the record, the board makes its own findings of fact and conclusions of law.",
    "accept_settlement": "The board accepts the stipulation. Its terms are the order of the board.",
    "default": "The charges were served, no answer came, and the counts are taken as admitted.",
    "decide": "The facts are not disputed. The board heard the respondent on what should follow from them.",
    "amend": "The board amends its order: courses take the place of what it imposed. What it found stands.",
    "grant": "The board grants the petition.",
    "deny": "The board denies the petition.",
}
WHY = {
    "reject": "The messages in evidence say more than the testimony, and the proposal does not weigh them.",
    "amend": "The letter of the supervisor, which nobody had at the hearing, bears on what is needed.",
    "deny": "It is too early: the record does not show yet that the change will last.",
}
# Who gives up a challenge to an order, in which words.
CHALLENGES_WAIVED = (
    ("reconsideration", "both", "Both sides waive reconsideration of the order."),
    ("appeal", "respondent", "Judicial review of the order is waived."),
)
# What an amended order imposes.
AMENDED = "CE_ORDER"


class HearingPlayer(Player):
    """A story that goes on to charges."""

    def charge(self) -> None:
        """Counts, probable cause, charges."""
        self.clock.phase("decide")
        citation = demofile.boards()[self.story.board]["citation"]
        for row in self.case.allegations.all():
            text = "Engaged in the conduct described in this allegation while treating the client."
            self.do(charging.draft_count, "counsel", allegations=[row.key], citation=citation, text=text)
        if self.decider() != "counsel":
            self.vote("probable_cause", "", ("member1", "member2", "member3"))
        self.clock.phase("charge")
        self.do(
            charging.issue_charges, self.decider(), memo="Reasonable basis to charge on the report and the exhibits."
        )
        self.post()

    def serve(self) -> None:
        """Service by certified mail."""
        self.clock.phase("serve")
        self.tell()
        served = self.local(self.clock.at)
        proof = "Certified mail 9407 1118 9956 0000 0000, signed for by the addressee."
        self.do(charging.record_service, "manager", method="certified_mail", served_on=served, proof=proof)

    def answer(self) -> None:
        """Counsel appears and asks for a hearing."""
        self.clock.phase("answer")
        self.do(people.appear_counsel, "manager", name="Harlan Voss", email="voss@law.example", address="1 Court Plaza")
        answers = {str(number): "denied" for number in range(1, len(self.story.grounds) + 1)}
        received = self.local(self.clock.at)
        elects = board_queries.rule_in_force(self.office.board, "election_of_rights", received).value
        self.do(
            charging.record_answer,
            "manager",
            answers=answers,
            received_on=received,
            text="Denied. A hearing is asked.",
            election=Election.FORMAL if elects else "",
        )
        self.post()

    def prepare(self) -> None:
        """The presiding officer, and the board's exhibits."""
        self.clock.phase("prepare")
        self.tell()
        self.do(people.assign, "manager", email=self.office.email("presiding"), capacity="presiding")
        self.do(people.declare_conflict, "presiding", has_conflict=False)
        for exhibit in self.case.exhibits.filter(parent=None).order_by("number"):
            self.introduce(exhibit)

    def introduce(self, exhibit: Exhibit) -> None:
        """Mark an exhibit and offer it."""
        self.on(marking.mark_exhibit, exhibit, "counsel", sponsor="T. Nakamura")
        self.on(marking.offer_exhibit, exhibit, "counsel")

    def on(self, action: Any, exhibit: Exhibit, who: str, **data: Any) -> None:
        """One act on an exhibit."""
        action(exhibit.pk, actor=self.office.actor(who), at=self.clock.minutes(3), **data)

    def schedule(self) -> None:
        """A hearing four weeks on."""
        self.clock.phase("schedule")
        order = "Exhibits fourteen days before the hearing; witness lists with them; motions seven days before."
        self.do(holding.schedule_hearing, "presiding", **self.slot(28), prehearing_order=order)
        self.post()

    def slot(self, days: int) -> dict[str, Any]:
        """A morning on the working day before so many days are over, at the board's place for hearings."""
        day = self.clock.at + timedelta(days=days)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        return {"starts_at": day.replace(hour=16, minute=0), "place": demofile.boards()[self.story.board]["place"]}

    def hold(self) -> None:
        """The hearing, rulings on the exhibits, and the end of its record; with many exhibits it stays open."""
        slot = self.case.hearings.get(opened_at__isnull=True, vacated_at__isnull=True)
        self.clock.at = max(self.clock.at, slot.starts_at)
        text = "Sam Okafor for the board; Harlan Voss for the respondent, who appeared."
        heard_by = [self.office.email(member) for member in VOTERS] if self.story.board_hears else []
        self.do(holding.open_hearing, "presiding", appearances=text, heard_by=heard_by)
        for exhibit in self.case.exhibits.filter(parent=None).order_by("number"):
            self.rule(exhibit)
        if not self.story.pile:
            self.do(record.close_record, "presiding", note="The closing arguments of both sides, in writing.")

    def rule(self, exhibit: Exhibit) -> None:
        """The presiding officer's ruling on an exhibit."""
        excluded = exhibit.number == 4
        ruling = {"ruling": "excluded", "reasons": "Not authenticated."} if excluded else {"ruling": "admitted"}
        self.on(marking.rule_on_exhibit, exhibit, "presiding", **ruling)

    def propose(self) -> None:
        """Findings on every count and the proposed decision."""
        self.clock.phase("propose")
        self.tell()
        # A board that rejects the proposal finds what the presiding officer did not.
        is_none = self.story.until.endswith("NO_FINDING") or self.story.path == "rejected"
        value = "not_proven" if is_none else "proven"
        for number in range(1, len(self.story.grounds) + 1):
            self.do(
                holding.propose_finding, "presiding", count=number, value=value, reasons="On the admitted exhibits."
            )
        self.do(
            holding.file_proposed_decision, "presiding", text="Findings of fact, conclusions of law, recommendation."
        )
        self.post()

    def submit(self) -> None:
        """To the board, once the time for exceptions is over."""
        self.clock.phase("submit")
        self.tell()
        due = self.case.deadlines.filter(kind="exceptions", state=DeadlineState.RUNNING).first()
        if due and self.local(self.clock.at) <= due.due_on:
            self.waive("exceptions", "both", "Both sides waive exceptions to the proposed decision.")
        self.do(holding.submit_to_board, "manager")
        self.post()

    def order(self, decision: str = "adopt", outcome: str = "") -> None:
        """The vote and the order."""
        self.clock.phase("vote")
        if decision == "amend":
            self.draft("director", AMENDED)
        elif decision not in ("accept_settlement", "grant", "deny"):
            self.draft("director", roads.sanction_of(self.story))
        self.vote("order", decision, VOTERS)
        self.clock.phase("issue")
        text, reasons = WORDS.get(decision, WORDS["adopt"]), WHY.get(decision, "")
        issued = self.do(
            deciding.issue_order, "director", decision=decision, text=text, reasons=reasons, outcome=outcome
        )
        self.tell_npdb(issued)
        self.post()

    def draft(self, who: str, code: str) -> None:
        """What the order will impose."""
        for row in sanctions.drafted(code, self.local(self.clock.at)):
            self.do(drafting.draft_sanction, who, **row)

    def tell_npdb(self, issued: Order) -> None:
        """The report to the data bank, where one is due."""
        if issued.npdb_due and not issued.npdb_reported_on:
            self.clock.minutes(30)
            reported = self.local(self.clock.at)
            self.do(reporting.record_npdb_report, "manager", reported_on=reported, reference="5500000000012345")

    def monitor(self) -> None:
        """The terms begin."""
        self.clock.phase("monitor")
        self.do(people.assign, "manager", email=self.office.email("monitor"), capacity="monitor")
        self.do(compliance.begin_compliance, "monitor", plan="Quarterly reports by the supervisor; proof of courses.")
        words = "By phone. We went through every term and its due date."
        self.do(compliance.record_first_contact, "monitor", contacted_on=self.local(self.clock.at), text=words)

    def fulfil(self) -> None:
        """Every term met."""
        self.clock.phase("terms")
        order = self.case.orders.filter(issued_at__isnull=False).order_by("issued_at").last()
        assert order is not None  # noqa: S101 - the board issued it
        for term in order.sanctions.filter(is_term=True, met_on__isnull=True, ended_by__isnull=True):
            self.do(compliance.satisfy_term, "monitor", number=term.number, proof="Certificate received and checked.")

    def finish(self) -> None:
        """Closing after the order, once nobody can challenge it any more."""
        self.clock.phase("close")
        self.waive_challenges()
        who = "monitor" if self.case.assignments.filter(capacity="monitor").exists() else "manager"
        note = "The order is carried out. Nothing more is due."
        if self.case.orders.filter(reversed_on__isnull=False).exists():
            note = "The court reversed the order. Nothing of it is in force."
        self.do(compliance.close_case, who, note=note)
        self.post()

    def waive(self, period: str, given_by: str, text: str) -> None:
        """A waiver, signed on the day on which it is filed."""
        signed = self.local(self.clock.at)
        self.do(papers.file_waiver, "manager", period=period, given_by=given_by, signed_on=signed, text=text)

    def waive_challenges(self) -> None:
        """A waiver of reconsideration and of review by a court, as far as their time runs."""
        today = self.local(self.clock.at)
        for period, given_by, text in CHALLENGES_WAIVED:
            due = self.case.deadlines.filter(kind=period, state=DeadlineState.RUNNING).first()
            if due and today <= due.due_on:
                self.waive(period, given_by, text)

    def reopen(self) -> None:
        """New evidence after a closing."""
        self.clock.phase("reopen")
        reason, letter = "A witness came forward with new messages.", "New facts came to light."
        self.do(reopening.reopen, "director", to="investigating", reason=reason, letter=letter)
        self.post()
