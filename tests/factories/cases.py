"""Cases for tests, made by calling the acts at told past times: `Story(office).to("board_review")`."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from boards.models import Board, BoardRule
from tests.factories import rows
from tests.factories.kept import kept
from tests.factories.staffed import Staffed
from tracker.access.models import User
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.cases import attestation
from tracker.cases.actions import charging, closing, filing, intake, investigation, papers, people, voting
from tracker.cases.filingdata import AllegationData, ComplainantData, FilingData, RespondentData
from tracker.cases.models import Case, Deadline
from tracker.errors import ActionRefused
from tracker.hearings.actions import compliance, deciding, drafting, holding, reporting
from tracker.notices.models import Notice

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")
SEEDER = Actor.system("seed_demo", Origin.DEMO)


@kept
def set_rule(board: Board, key: str, value: object, *, valid_from: date = date(2000, 1, 1)) -> BoardRule:
    """A rule of a board, in force from a day."""
    row = {"as_of": date(2026, 1, 1), "valid_from": valid_from, "recorded_at": START}
    return BoardRule.objects.create(board=board, key=key, value=value, **row)


def claim(ground: str = "refusal_to_terminate", **fields: Any) -> AllegationData:
    """One claimed violation."""
    row = {"narrative": "He would not let me stop.", "occurred_from": date(2026, 2, 2), "occurred_to": date(2026, 2, 9)}
    return AllegationData(ground=ground, **{**row, **fields})


def filing_data(board: Board, *, received_at: datetime = START, **fields: Any) -> FilingData:
    """A complaint by mail with two claims, unless `fields` say otherwise."""
    row = {
        "draft_id": uuid4(),
        "source": "public",
        "channel": "mail",
        "complainant": ComplainantData(name="Maya Ortiz", email="maya@example.org", relation="client"),
        "respondent": RespondentData(name="Leland Prewitt", license_number="88214", address="1 Main St"),
        "allegations": (claim(), claim("exploitation_business", narrative="He sold me oils.")),
        "attestation_version": attestation.PLAIN,
        "attestation_text": attestation.by_version(attestation.PLAIN, "en").text,
        "attested_by": "Maya Ortiz",
        "verbatim": {"narrative": "He would not let me stop."},
    }
    return FilingData(board_id=board.pk, received_at=received_at, **{**row, **fields})


def everything() -> rows.State:
    """Every row of every table of ours, to compare before and after."""
    return rows.read()


def refused(act: Callable[[], Any], error: type[Exception] = ActionRefused) -> list[str]:
    """The reasons of a refusal, after seeing that nothing was written anywhere."""
    before = everything()
    with pytest.raises(error) as refusal:
        act()
    assert everything() == before
    return getattr(refusal.value, "reasons", [str(refusal.value)])


class Story:
    """One case and its people. Each act is told a minute after the one before, by its proper actor."""

    PATH = (
        "received",
        "intake_review",
        "assigned",
        "response_requested",
        "investigating",
        "report_submitted",
        "probable_cause_review",
        "charges_filed",
        "answer_due",
        "prehearing",
        "hearing_scheduled",
        "hearing_held",
        "proposed_decision",
        "board_review",
        "order_issued",
        "compliance",
        "closed",
    )

    def __init__(self, office: Staffed, *, at: datetime = START, **data: Any) -> None:
        self.office, self.at = office, at
        self._file(**data)

    @kept
    def _file(self, **data: Any) -> None:
        office, at = self.office, self.at
        filed = filing.file_on_behalf(filing_data(office.board, received_at=at, **data), actor=SEEDER, at=at)
        self.docket, self.code, self.case_id = filed.docket, filed.tracking_code, filed.case_id

    @property
    def case(self) -> Case:
        """The case as it stands in the database."""
        return Case.objects.select_related("board__jurisdiction").get(pk=self.case_id)

    @property
    def today(self) -> date:
        """The board's date."""
        return self.at.astimezone(ZONE).date()

    def on(self, other: Case) -> "Story":
        """The story of another docket of the same office, from now on."""
        story = copy.copy(self)
        story.case_id, story.docket = other.pk, other.docket
        return story

    def wait(self, days: int) -> "Story":
        """Let days pass."""
        self.at += timedelta(days=days)
        return self

    def do(self, act: Callable[..., Any], who: User, **data: Any) -> Any:
        """One act by somebody."""
        self.at += timedelta(minutes=1)
        return act(self.case_id, actor=Actor.staff(who.pk, Origin.DEMO), at=self.at, **data)

    def refused(self, act: Callable[..., Any], who: User, error: type[Exception] = ActionRefused, **data: Any) -> str:
        """The words of a refusal; nothing was written."""
        return " ".join(refused(lambda: self.do(act, who, **data), error))

    @kept
    def to(self, status: str) -> "Story":
        """Play on until the case stands there."""
        for step in self.PATH[self.PATH.index(self.case.status) + 1 : self.PATH.index(status) + 1]:
            self.before(step).move(step)
        return self

    def move(self, status: str) -> "Story":
        """The one step that leads there."""
        getattr(self, f"_{status}")()
        return self

    @kept
    def before(self, status: str) -> "Story":
        """Play on until everything is ready for the step that leads there."""
        earlier = self.PATH[self.PATH.index(status) - 1]
        if self.case.status != earlier:
            self.to(earlier)
        getattr(self, f"_before_{status}", lambda: None)()
        return self

    def assign(self, who: User, capacity: str) -> None:
        """Give somebody a place, unless they have it."""
        if not self.case.assignments.filter(user=who, capacity=capacity, ended_at=None).exists():
            self.do(people.assign, self.office.manager, email=who.email, capacity=capacity)

    def seat_panel(self) -> None:
        """Seat the three members of the panel."""
        for member in self.office.panel:
            self.assign(member, "panel")

    def vote(self, kind: str, decision: str = "", *, choices: str = "", **data: Any) -> Any:
        """Record a meeting of the panel, or of the voting members for an order. `choices`: y, n, a or r for each."""
        body = self.office.voters if kind == "order" else self.office.panel
        words = {"y": "yes", "n": "no", "a": "abstain", "r": "recused"}
        said = [words[choice] for choice in choices or "y" * len(body)]
        ballots = {member.email: choice for member, choice in zip(body, said, strict=False)}
        row = {"kind": kind, "decision": decision, "held_on": self.today, "ballots": ballots}
        return self.do(voting.record_vote, self.office.director, **{**row, **data})

    def waive(self, period: str, given_by: str = "both", **data: Any) -> Any:
        """File a waiver signed today."""
        row = {"period": period, "given_by": given_by, "signed_on": self.today, "text": "Waived."}
        return self.do(papers.file_waiver, self.office.manager, **{**row, **data})

    def charge(self, **data: Any) -> Any:
        """Draft a count on A1."""
        row = {"allegations": ["A1"], "citation": "22 TAC 681.41", "text": "Fostered dependency."}
        return self.do(charging.draft_count, self.office.counsel, **{**row, **data})

    def _intake_review(self) -> None:
        row = {"danger_found": False, "priority": "high", "reasons": "Contact goes on."}
        self.do(intake.begin_review, self.office.intake, **row)

    def _before_assigned(self) -> None:
        if not self.case.priority_verified_by_id:
            self.do(intake.verify_priority, self.office.manager)
        self.assign(self.office.investigator, "investigator")

    def _assigned(self) -> None:
        row = {"has_jurisdiction": True, "states_violation": True, "reasons": "In scope.", "schedule": "180 days."}
        self.do(intake.accept_case, self.office.manager, **row)

    def _before_response_requested(self) -> None:
        self.do(people.declare_conflict, self.office.investigator, has_conflict=False)

    def _response_requested(self) -> None:
        self.do(investigation.notify_licensee, self.office.investigator)

    def _investigating(self) -> None:
        self.do(investigation.record_response, self.office.investigator, text="I deny it.")

    def _before_report_submitted(self) -> None:
        for row in self.case.allegations.all():
            data = {"allegation": row.key, "value": "substantiated", "reasons": "E-1, page 1."}
            self.do(investigation.record_finding, self.office.investigator, **data)

    def _report_submitted(self) -> None:
        self.do(investigation.submit_report, self.office.investigator, report="What was found.")

    def _probable_cause_review(self) -> None:
        self.do(investigation.pass_legal_review, self.office.counsel, memo="Sufficient.")

    def _before_charges_filed(self) -> None:
        self.seat_panel()
        self.charge()
        self.vote("probable_cause")

    def _charges_filed(self) -> None:
        self.do(charging.issue_charges, self.office.panel[0], memo="Probable cause on A1.")

    def _answer_due(self) -> None:
        row = {"method": "certified_mail", "served_on": self.today, "proof": "9407 1000."}
        self.do(charging.record_service, self.office.manager, **row)

    def _prehearing(self) -> None:
        answers = {str(count.number): "denied" for count in self.counts()}
        row = {"answers": answers, "received_on": self.today, "text": "Denied. A hearing is asked for."}
        self.do(charging.record_answer, self.office.manager, **row)

    def _before_hearing_scheduled(self) -> None:
        self.assign(self.office.presiding, "presiding")
        self.do(people.declare_conflict, self.office.presiding, has_conflict=False)

    def _hearing_scheduled(self) -> None:
        row = {"starts_at": self.at + timedelta(days=30), "place": "Room 1", "prehearing_order": "Exhibits in 14 days."}
        self.do(holding.schedule_hearing, self.office.presiding, **row)

    def _before_hearing_held(self) -> None:
        self.wait(30)

    def _hearing_held(self) -> None:
        self.do(holding.open_hearing, self.office.presiding, appearances="Both sides.")

    def _before_proposed_decision(self) -> None:
        for count in self.counts():
            data = {"count": count.number, "value": "proven", "reasons": "E-1."}
            self.do(holding.propose_finding, self.office.presiding, **data)

    def _proposed_decision(self) -> None:
        self.do(holding.file_proposed_decision, self.office.presiding, text="Probation is proposed.")

    def _before_board_review(self) -> None:
        self.wait(14)

    def _board_review(self) -> None:
        self.do(holding.submit_to_board, self.office.manager)

    def _before_order_issued(self) -> None:
        row = {"code": "PROBATION", "days": 365, "terms": "Monthly supervision."}
        self.do(drafting.draft_sanction, self.office.director, **row, due_on=self.today + timedelta(days=90))
        self.vote("order", "adopt")

    def _order_issued(self) -> None:
        self.do(deciding.issue_order, self.office.director, decision="adopt", text="Findings and conclusions.")

    def _before_compliance(self) -> None:
        self.assign(self.office.monitor, "monitor")

    def _compliance(self) -> None:
        self.do(compliance.begin_compliance, self.office.monitor, plan="Quarterly reports.")

    def _before_closed(self) -> None:
        self.do(compliance.satisfy_term, self.office.monitor, number=1, proof="Final report.")
        row = {"reported_on": self.today, "reference": "5500000123"}
        self.do(reporting.record_npdb_report, self.office.manager, **row)
        self.wait(60)

    def _closed(self) -> None:
        self.do(compliance.close_case, self.office.monitor, note="All terms are met.")

    def close_at_intake(self, disposition: str = "NO_JURISDICTION", **data: Any) -> "Story":
        """Close where the case stands at intake review."""
        closure = closing.Closure(disposition, "Not ours.", **data)
        self.do(intake.close_at_intake, self.office.intake, closure=closure)
        return self

    def counts(self) -> list[Any]:
        """The counts of the charges made last; a petition has none."""
        charges = self.case.charging_documents.order_by("id").last()
        return list(charges.counts.all()) if charges else []

    def clock(self, kind: str) -> Deadline:
        """The deadline of a kind that was started last."""
        return Deadline.objects.filter(case=self.case_id, kind=kind).order_by("id")[::-1][0]

    def clocks(self) -> set[str]:
        """The kinds that run now."""
        return set(Deadline.objects.filter(case=self.case_id, state="running").values_list("kind", flat=True))

    def letters(self) -> list[tuple[str, str]]:
        """Kind and audience of every letter, in the order of queuing."""
        return list(Notice.objects.filter(case_id=self.case_id).order_by("id").values_list("kind", "audience"))

    def entry(self, event: str) -> dict[str, Any]:
        """What the last ledger entry of an event says, with its private part under `private`."""
        row = LedgerEntry.objects.filter(chain=self.case_id, event=event).order_by("-seq")[0]
        private = LedgerPrivate.objects.filter(entry=row.id).first()
        return {**json.loads(row.body), "private": json.loads(private.body) if private else {}}


def complaint_id(case_id: UUID) -> UUID:
    """The complaint of a case."""
    return Case.objects.get(pk=case_id).complaints.get().pk
