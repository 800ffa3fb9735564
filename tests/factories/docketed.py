"""Cases brought forward by the real acts: `Docketed(staffed).charged()` has charges, an answer and exhibits."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.factories.kept import kept
from tests.factories.staffed import Staffed
from tracker.access.models import User
from tracker.access.policy import Capacity
from tracker.audit.actors import Actor, Origin
from tracker.cases.actions import filing
from tracker.cases.filingdata import AllegationData, ComplainantData, FilingData, RespondentData
from tracker.cases.models import Case
from tracker.evidence import actions as evidence
from tracker.evidence.models import Exhibit
from tracker.web.steps import STEPS


def now() -> datetime:
    """The clock of these stories: an hour ago, so that the pages read afterwards look back on all of it."""
    return datetime.now(UTC) - timedelta(hours=1)


def start(days: int = 200) -> datetime:
    """Noon in Texas so many days ago: acts a minute apart share one day at the board, whenever the test runs."""
    zone = ZoneInfo("America/Chicago")
    day = now().astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(day, time(12), zone).astimezone(UTC)


@dataclass
class Docketed:
    """A case and the office that works on it. `at` is the moment of the next act; each act moves it on by a minute."""

    office: Staffed
    at: datetime = field(default_factory=start)
    case: Case | None = None
    exhibits: list[Exhibit] = field(default_factory=list)

    def actor(self, person: User) -> Actor:
        """A person of the office, acting in a told past."""
        return Actor.staff(person.pk, Origin.DEMO)

    def today(self) -> str:
        """The present day of the story, at the board."""
        return self.at.astimezone(self.office.board.zone).date().isoformat()

    def wait(self, days: int) -> "Docketed":
        """Let days pass, but never into the future."""
        self.at = min(self.at + timedelta(days=days), now())
        return self

    @kept
    def file(
        self, *, respondent: str = "Robin Vale", complainant: str = "Maya Ortiz-Bell", grounds: int = 2
    ) -> "Docketed":
        """A paper complaint, typed in by the intake analyst."""
        keys = ("refusal_to_terminate", "exploitation_business", "sexual_misconduct")[:grounds]
        day = self.at.date() - timedelta(days=40)
        filed = filing.file_on_behalf(
            FilingData(
                board_id=self.office.board.pk,
                draft_id=uuid4(),
                source="public",
                channel="mail",
                received_at=self.at,
                complainant=ComplainantData(
                    name=complainant,
                    email="maya@example.org",
                    phone="512-555-0142",
                    safe_contact="e-mail only",
                    relation="client",
                ),
                respondent=RespondentData(
                    name=respondent,
                    license_number="LPC 88214",
                    profession="counseling",
                    practice="Cedar Row Counseling",
                ),
                allegations=tuple(AllegationData(key, f"SECRET-NARRATIVE {key}", day, day) for key in keys),
                attestation_version="plain-1",
                attestation_text="What I have written is true.",
                attested_by=complainant,
                verbatim={"narrative": "SECRET-NARRATIVE"},
            ),
            actor=self.actor(self.office.intake),
            at=self.at,
        )
        self.case = Case.objects.get(docket=filed.docket)
        self.at += timedelta(minutes=1)
        return self

    def do(self, key: str, person: User, data: Mapping[str, object] | None = None) -> "Docketed":
        """One step by one person, through its form as the desk has it."""
        case = Case.objects.select_related("board__jurisdiction").get(pk=self.case.pk)
        step = STEPS[key]
        form = step.form_class({k: str(v) if not isinstance(v, list) else v for k, v in (data or {}).items()},
                               case=case, actor=self.actor(person))  # fmt: skip
        assert form.is_valid(), (key, form.errors)
        step.perform(case, form, actor=self.actor(person), at=self.at, seen=case.version)
        self.at = min(self.at + timedelta(minutes=1), now())
        self.case.refresh_from_db()
        return self

    def waive(self, period: str, given_by: str = "both") -> "Docketed":
        """A waiver signed today."""
        data = {"period": period, "given_by": given_by, "signed_on": self.today(), "text": "Waived in writing"}
        return self.do("file_waiver", self.office.manager, data)

    def assign(self, person: User, capacity: Capacity) -> "Docketed":
        """Give somebody a place, and let them answer the conflict check."""
        self.do("assign", self.office.manager, {"email": person.email, "capacity": capacity})
        return self.do("declare_conflict", person, {"has_conflict": "no"})

    def receive(self, name: str = "messages.txt", content: bytes = b"text", title: str = "") -> Exhibit:
        """An exhibit handed to the investigator or, before there is one, to the intake analyst."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "upload"
            path.write_bytes(content)
            exhibit = evidence.receive_exhibit(
                self.case.pk,
                actor=self.actor(self.office.intake),
                at=self.at,
                path=path,
                original_name=name,
                title=title,
                source="SECRET-SOURCE",
            )
        evidence.process_exhibit(exhibit.pk, actor=Actor.system("worker", Origin.DEMO), at=self.at)
        exhibit.refresh_from_db()
        self.exhibits.append(exhibit)
        self.at = min(self.at + timedelta(minutes=1), now())
        return exhibit

    @kept
    def reviewed(self, priority: str = "high", *, danger: bool = False) -> "Docketed":
        """Filed and in intake review, its priority verified by a second person."""
        if self.case is None:
            self.file()
        data = {"priority": priority, "reasons": "SECRET-TRIAGE"} | ({"danger_found": "on"} if danger else {})
        self.do("begin_review", self.office.intake, data)
        return self.do("verify_priority", self.office.second)

    @kept
    def investigating(self) -> "Docketed":
        """Accepted, notified, answered: in the hands of the investigator."""
        if self.case is None or not self.case.priority:
            self.reviewed()
        office = self.office
        self.assign(office.investigator, Capacity.INVESTIGATOR)
        self.wait(5).do(
            "accept_case",
            office.manager,
            {
                "has_jurisdiction": "on",
                "states_violation": "on",
                "reasons": "SECRET-OPENING",
                "schedule": "SECRET-PLAN",
            },
        )
        self.do("notify_licensee", office.investigator)
        self.wait(20).do("record_response", office.investigator, {"text": "SECRET-RESPONSE"})
        return self.do("add_note", office.investigator, {"text": "SECRET-NOTE"})

    @kept
    def reported(self) -> "Docketed":
        """Every allegation found on, the report signed off: probable cause review."""
        self.investigating()
        for allegation in self.case.allegations.all():
            data = {"allegation": allegation.key, "value": "substantiated", "reasons": "SECRET-FINDING"}
            self.do("record_finding", self.office.investigator, data)
        self.do("submit_report", self.office.investigator, {"report": "SECRET-REPORT"})
        return self.do("pass_legal_review", self.office.counsel, {"memo": "SECRET-MEMO"})

    @kept
    def accused(self) -> "Docketed":
        """Probable cause voted and charges issued, which are not served yet; three exhibits."""
        if self.case is None:
            self.file()
        for number in range(1, 4):
            self.receive(f"paper-{number}.txt", f"exhibit {number}".encode(), f"Paper {number}")
        self.reported()
        office = self.office
        for member in office.panel:
            self.assign(member, Capacity.PANEL)
        ballots = "\n".join(f"{member.email} yes" for member in office.panel)
        self.do(
            "draft_count", office.counsel, {"allegations": ["A1"], "citation": "22 TAC 681.41", "text": "Count words"}
        )
        vote = {"kind": "probable_cause", "held_on": self.today(), "ballots": ballots}
        self.do("record_vote", office.director, vote)
        return self.do("issue_charges", office.panel[0], {"memo": "SECRET-PC-MEMO"})

    @kept
    def charged(self) -> "Docketed":
        """Charges issued, served and answered: prehearing, with three exhibits, one offered."""
        self.accused()
        office, day = self.office, self.today()
        self.do("record_service", office.manager, {"method": "certified_mail", "served_on": day, "proof": "Mailed"})
        answer = {"received_on": day, "answers": "1 denied", "text": "The answer denies count 1"}
        self.do("record_answer", office.manager, answer)
        for exhibit in self.exhibits[:2]:
            self.do("mark_exhibit", office.counsel, {"exhibit": exhibit.key, "party": "board"})
        return self.do("offer_exhibit", office.counsel, {"exhibit": self.exhibits[0].key})

    @kept
    def scheduled(self) -> "Docketed":
        """A hearing is set."""
        self.charged()
        self.assign(self.office.presiding, Capacity.PRESIDING)
        held_on = (self.at + timedelta(days=60)).date().isoformat()
        data = {"held_on": held_on, "time": "09:30", "place": "Room 2", "prehearing_order": "Exchange exhibits"}
        return self.do("schedule_hearing", self.office.presiding, data)

    @kept
    def heard(self) -> "Docketed":
        """The hearing was opened."""
        self.scheduled().wait(62)
        return self.do("open_hearing", self.office.presiding, {"appearances": "Both sides"})

    def submitted(self, **terms: object) -> "Docketed":
        """Proposed and before the board: probation, unless `terms` draft another sanction."""
        self.heard()
        office = self.office
        self.do("propose_finding", office.presiding, {"count": 1, "value": "proven", "reasons": "On the record"})
        terms = terms or {"code": "PROBATION", "days": 365, "terms": "Monthly reports"}
        self.do("draft_sanction", office.presiding, terms)
        self.do("file_proposed_decision", office.presiding, {"text": "Proposed words"})
        self.waive("exceptions")
        return self.do("submit_to_board", office.manager)

    @kept
    def ordered(self, **terms: object) -> "Docketed":
        """Heard, proposed, voted: an order with probation, or with the sanction that `terms` draft, is issued."""
        self.submitted(**terms)
        office = self.office
        ballots = "\n".join(f"{member.email} yes" for member in office.voters)
        vote = {"kind": "order", "decision": "adopt", "held_on": self.today(), "ballots": ballots}
        self.do("record_vote", office.director, vote)
        return self.do("issue_order", office.director, {"decision": "adopt", "text": "Findings and conclusions"})
