"""The later half of a story: charges, hearing, order, terms."""

from datetime import datetime, timedelta
from typing import Any

from boards import queries as board_queries
from tracker.cases.actions import charging, papers, people
from tracker.cases.kinds import DeadlineState, Election
from tracker.evidence.actions import marking
from tracker.evidence.models import Exhibit
from tracker.hearings.actions import compliance, deciding, drafting, holding, reopening, reporting
from tracker.web.seeding import demofile
from tracker.web.seeding.player import VOTERS, Player

SANCTIONS: dict[str, list[dict[str, Any]]] = {
    "PROBATION": [
        {"code": "PROBATION", "days": 730, "terms": "Monthly supervision by an approved supervisor."},
        {"code": "CE_ORDER", "terms": "Twelve hours on professional boundaries."},
    ],
    "REPRIMAND": [{"code": "REPRIMAND"}],
    "SUSPENSION": [{"code": "SUSPENSION", "days": 180}],
    "REVOCATION": [{"code": "REVOCATION"}],
    "SURRENDER": [{"code": "SURRENDER", "terms": ""}],
    "CE_ORDER": [{"code": "CE_ORDER", "terms": "Six hours on record keeping."}],
    "CITATION_FINE": [{"code": "CITATION_FINE", "amount_cents": 75000}],
    "NO_FINDING": [],
}


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

    def local(self, moment: datetime) -> Any:
        """The date at the board."""
        return moment.astimezone(board_queries.board_zone(self.office.board)).date()

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
        day = self.clock.at + timedelta(days=28)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        order = "Exhibits fourteen days before the hearing; witness lists with them; motions seven days before."
        starts_at = day.replace(hour=16, minute=0)
        self.do(
            holding.schedule_hearing, "presiding", starts_at=starts_at, place="Hearing room 2", prehearing_order=order
        )
        self.post()

    def hold(self) -> None:
        """The hearing, and rulings on the exhibits."""
        self.clock.at = max(self.clock.at, self.case.hearings.get().starts_at)
        text = "Sam Okafor for the board; Harlan Voss for the respondent, who appeared."
        self.do(holding.open_hearing, "presiding", appearances=text)
        for exhibit in self.case.exhibits.filter(parent=None).order_by("number"):
            self.rule(exhibit)

    def rule(self, exhibit: Exhibit) -> None:
        """The presiding officer's ruling on an exhibit."""
        excluded = exhibit.number == 4
        ruling = {"ruling": "excluded", "reasons": "Not authenticated."} if excluded else {"ruling": "admitted"}
        self.on(marking.rule_on_exhibit, exhibit, "presiding", **ruling)

    def propose(self) -> None:
        """Findings on every count and the proposed decision."""
        self.clock.phase("propose")
        self.tell()
        value = "not_proven" if self.story.until.endswith("NO_FINDING") else "proven"
        for number in range(1, len(self.story.grounds) + 1):
            self.do(
                holding.propose_finding, "presiding", count=number, value=value, reasons="On the admitted exhibits."
            )
        self.do(
            holding.file_proposed_decision, "presiding", text="Findings of fact, conclusions of law, recommendation."
        )

    def submit(self) -> None:
        """To the board, once the time for exceptions is over."""
        self.clock.phase("submit")
        self.tell()
        due = self.case.deadlines.filter(kind="exceptions", state=DeadlineState.RUNNING).first()
        if due and self.local(self.clock.at) <= due.due_on:
            self.do(papers.file_waiver, "manager", period="exceptions", text="Both sides waived exceptions.")
        self.do(holding.submit_to_board, "manager")

    def order(self, code: str) -> None:
        """The vote and the order."""
        self.clock.phase("vote")
        due = self.local(self.clock.at + timedelta(days=120))
        for sanction in SANCTIONS[code]:
            dated = {"due_on": due} if sanction["code"] in ("PROBATION", "CE_ORDER", "CITATION_FINE") else {}
            self.do(drafting.draft_sanction, "director", **{**sanction, **dated})
        self.vote("order", "adopt", VOTERS)
        self.clock.phase("issue")
        text = "The board adopts the proposed findings of fact and conclusions of law."
        issued = self.do(deciding.issue_order, "director", decision="adopt", text=text)
        if issued.npdb_due:
            self.clock.minutes(30)
            reported = self.local(self.clock.at)
            self.do(reporting.record_npdb_report, "manager", reported_on=reported, reference="5500000000012345")
        self.post()

    def monitor(self) -> None:
        """The terms begin."""
        self.clock.phase("monitor")
        self.do(people.assign, "manager", email=self.office.email("monitor"), capacity="monitor")
        self.do(compliance.begin_compliance, "monitor", plan="Quarterly reports by the supervisor; proof of courses.")

    def fulfil(self) -> None:
        """Every term met."""
        self.clock.phase("terms")
        order = self.case.orders.get(issued_at__isnull=False)
        for term in order.sanctions.filter(is_term=True):
            self.do(compliance.satisfy_term, "monitor", number=term.number, proof="Certificate received and checked.")

    def finish(self) -> None:
        """Closing after the order, once nobody can challenge it any more."""
        self.clock.phase("close")
        today = self.local(self.clock.at)
        for period in ("reconsideration", "appeal"):
            due = self.case.deadlines.filter(kind=period, state=DeadlineState.RUNNING).first()
            if due and today <= due.due_on:
                self.do(papers.file_waiver, "manager", period=period, text="The respondent waived it in writing.")
        who = "monitor" if self.case.assignments.filter(capacity="monitor").exists() else "manager"
        self.do(compliance.close_case, who, note="The order is carried out. Nothing more is due.")
        self.post()

    def reopen(self) -> None:
        """New evidence after a closing."""
        self.clock.phase("reopen")
        self.do(reopening.reopen, "director", to="investigating", reason="A witness came forward with new messages.")
