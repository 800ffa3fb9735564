"""Playing one story: the same actions as the doors, at told times, by the demo's people."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from boards import queries as board_queries
from tracker.cases import attestation
from tracker.cases.actions import filing, intake, investigation, people, voting
from tracker.cases.actions.closing import Closure, close_without_discipline
from tracker.cases.filingdata import AllegationData, ComplainantData, FilingData, RespondentData
from tracker.cases.models import Case
from tracker.cases.queries import lookups
from tracker.evidence.actions import describing, processing, receiving
from tracker.notices import queries as notice_queries
from tracker.notices.actions import deliver
from tracker.web.seeding import demofile, evidence, stories
from tracker.web.seeding.clock import ToldClock
from tracker.web.seeding.people import SEEDER, Office
from tracker.web.seeding.stories import NARRATIVES, SENTENCES, Story

PANEL = ("member1", "member2", "member3")
VOTERS = ("member4", "member5", "member6", "member7")
APPROVERS = {
    "investigator": "investigator",
    "enforcement_manager": "manager",
    "board_counsel": "counsel",
    "executive_director": "director",
}
REASONS = {
    "NO_JURISDICTION": "The person you named is not licensed by this board.",
    "REFERRED": "Another agency is responsible for this. The board sent your complaint there.",
    "INSUFFICIENT_INFO": "The board could not learn enough to look into the complaint.",
    "TIME_BARRED": "The law sets a time limit, and it was over when the complaint came.",
    "DUPLICATE": "This is the same matter as the other docket. The board goes on there.",
    "NO_VIOLATION": "What happened does not break a rule that the board can enforce.",
    "INSUFFICIENT_EVIDENCE": "The board could not prove what happened.",
    "LETTER_OF_CONCERN": "No violation was found, but the conduct concerns the board. It wrote to the licensee.",
    "CORRECTIVE_AGREEMENT": "The licensee agreed to correct the practice. The complaint ends when this is done.",
    "CONFIDENTIAL_CONSENT": "The licensee agreed to terms that the law keeps confidential.",
}


class Player:
    """One story on its way: the case, the office and the told clock."""

    def __init__(self, story: Story, office: Office, clock: ToldClock, folder: Path) -> None:
        self.story, self.office, self.clock, self.folder = story, office, clock, folder
        self.case: Case = Case()

    def do(self, action: Callable[..., Any], who: str, **data: Any) -> Any:
        """One act by somebody, a few minutes after the last."""
        return action(self.case.pk, actor=self.office.actor(who), at=self.clock.minutes(), **data)

    def local(self, moment: datetime) -> date:
        """The date at the board."""
        return board_queries.local_day(self.office.board, moment)

    def file(self) -> None:
        """The complaint, its documents, and the acknowledgement."""
        filed = filing.file_on_behalf(self._data(), actor=SEEDER, at=self.clock.at)
        found = lookups.by_docket(filed.docket)
        assert found is not None  # noqa: S101 - it was filed a line above
        self.case = found
        for number, kind in enumerate(self.story.files.split("+")):
            path, title = self._make(kind, number)
            exhibit = receiving.receive_exhibit(
                self.case.pk,
                actor=self.office.actor("intake"),
                at=self.clock.minutes(3),
                path=path,
                original_name=path.name,
                title=title,
                source="Complainant",
            )
            processing.process_exhibit(exhibit.pk, actor=SEEDER, at=self.clock.minutes(1))
        self.post()

    def post(self) -> None:
        """Deliver the letters that wait."""
        for notice_id in notice_queries.undelivered(self.case.pk):
            deliver(notice_id, actor=SEEDER, at=self.clock.minutes(1))

    def _data(self) -> FilingData:
        story, board = self.story, self.office.board
        today = self.local(self.clock.at)
        text = attestation.text_for(board_queries.rules_in_force(board, today), "en")
        first = today - timedelta(days=365 * (9 if "TIME_BARRED" in story.until else 1) + 40)
        email = f"{story.complainant.lower().replace(' ', '.')}@example.org"
        anonymous = not story.complainant
        return FilingData(
            board_id=board.pk,
            draft_id=stories.draft_of(story.key),
            source="public",
            channel="portal",
            received_at=self.clock.at,
            complainant=ComplainantData(is_anonymous=True)
            if anonymous
            else ComplainantData(name=story.complainant, email=email, address="12 Elm Street", relation="client"),
            respondent=RespondentData(
                name=story.respondent,
                license_number=str(20000 + sum(map(ord, story.key.split(",")[0])) * 7 % 70000),
                profession=demofile.boards()[board.slug]["profession"],
                practice=f"{story.respondent.split()[1].rstrip(',')} Counseling",
                address="400 Main Street",
            ),
            allegations=tuple(
                AllegationData(ground, NARRATIVES.get(ground, NARRATIVES["other"]), first, first + timedelta(days=75))
                for ground in story.grounds
            ),
            attestation_version=text.version,
            attestation_text=text.text,
            attested_by=story.complainant,
            verbatim={"grounds": story.grounds, "narrative": NARRATIVES.get(story.grounds[0], NARRATIVES["other"])},
            gives_code=not anonymous,
        )

    def _make(self, kind: str, number: int) -> tuple[Path, str]:
        day = f"{self.clock.at:%b} {self.clock.at.day}, {self.clock.at.year}"
        shift = sum(map(ord, self.story.key)) % len(SENTENCES)
        words = evidence.Words(
            client="Client" if self.story.pile else self.story.complainant or "Client",
            licensee=self.story.respondent,
            practice=f"{self.story.respondent.split()[1].rstrip(',')} Counseling",
            day=day,
            sentences=SENTENCES[shift:] + SENTENCES[:shift],
        )
        seed = sum(map(ord, self.story.key)) + number
        path = self.folder / f"{kind}-{number + 1}"
        makers: dict[str, tuple[str, Callable[[Path], Path], str]] = {
            "letter": (".pdf", lambda p: evidence.letter_pdf(p, words), "Letter from the practice"),
            "records": (".pdf", lambda p: evidence.records_pdf(p, words, 3 + seed % 4), "Session notes"),
            "invoice": (".pdf", lambda p: evidence.invoice_pdf(p, words, 90000 + seed % 700 * 100), "Invoice"),
            "scan": (".pdf", lambda p: evidence.scan_pdf(p, words, seed), "Handwritten diary page, scanned"),
            "photo": (".jpg", lambda p: evidence.photo_jpeg(p, words, seed), "Photograph of the office door"),
            "email": (".eml", lambda p: evidence.email_eml(p, words), "E-mail from the practice"),
            "messages": (".txt", lambda p: evidence.messages_txt(p, words), "Text messages"),
        }
        ending, make, title = makers[kind]
        return make(path.with_suffix(ending)), f"{title}, {day}"

    def review(self) -> None:
        """Screen, prioritize, verify."""
        self.clock.phase("begin")
        level = "high" if "sexual_misconduct" in self.story.grounds else "routine"
        reasons = (
            "The client may be hurt again soon."
            if self.story.danger
            else "Screened on the complaint and its documents."
        )
        self.do(intake.begin_review, "intake", danger_found=self.story.danger, priority=level, reasons=reasons)

    def ask(self) -> None:
        """Ask the complainant for what is missing."""
        self.clock.phase("ask")
        missing = ["The dates of the sessions", "A copy of the agreement you signed"]
        self.do(intake.request_information, "intake", missing=missing)
        self.post()

    def close_at_intake(self, code: str) -> None:
        """End at intake."""
        self.clock.phase("accept")
        self.do(intake.close_at_intake, "intake", closure=self._closure(code))
        self.post()

    def _closure(self, code: str) -> Closure:
        other = ""
        if code == "DUPLICATE":
            first = self.story.respondent.split(",")[0]
            first_case = lookups.by_draft(stories.draft_of(f"{self.story.board} {first}"))
            other = first_case.docket if first_case else ""
        referred = "the state medical board" if code == "REFERRED" else ""
        return Closure(code, REASONS[code], referred_to=referred, other_docket=other)

    def accept(self) -> None:
        """Verify, assign and accept."""
        self.clock.phase("verify")
        self.do(intake.verify_priority, "manager")
        self.do(people.assign, "manager", email=self.office.email("investigator"), capacity="investigator")
        self.clock.phase("accept")
        schedule = "Response within 45 days, report within 150 days, decision within 180 days."
        self.do(
            intake.accept_case,
            "manager",
            has_jurisdiction=True,
            states_violation=True,
            reasons="Licensed here, and a violation if true.",
            schedule=schedule,
        )
        self.post()

    def notify(self) -> None:
        """The conflict check and the notice to the licensee."""
        self.clock.phase("notify")
        self.do(people.declare_conflict, "investigator", has_conflict=False)
        self.do(investigation.notify_licensee, "investigator")
        self.post()

    def respond(self) -> None:
        """The licensee's response."""
        self.clock.phase("respond")
        text = "I deny the allegations. The sessions followed the plan that the client signed."
        self.do(investigation.record_response, "investigator", text=text)
        self.do(investigation.add_note, "investigator", text="Asked the practice for its appointment calendar.")
        self.link()

    def link(self) -> None:
        """What the investigator sees in the evidence: which exhibit bears on which allegation."""
        allegations = list(self.case.allegations.all())
        for number, exhibit in enumerate(self.case.exhibits.order_by("number", "part")):
            allegation = allegations[number % len(allegations)]
            actor, at = self.office.actor("investigator"), self.clock.minutes(4)
            describing.link_to_allegation(exhibit.pk, actor=actor, at=at, allegation_id=allegation.pk)

    def tell(self) -> None:
        """A call to the complainant, where the last letter is long ago."""
        due = self.case.deadlines.filter(kind="status_update", state="running").first()
        if due and self.story.complainant and due.due_on - timedelta(days=20) <= self.clock.at.date():
            text = "Told that the investigation goes on and that nothing is needed now."
            self.do(investigation.update_complainant, "intake", method="phone", text=text)

    def report(self) -> None:
        """Findings on every allegation and the report."""
        self.clock.phase("find")
        self.tell()
        keys = [row.key for row in self.case.allegations.all()]
        weak = not self.story.path and any(
            code in self.story.until for code in ("NO_VIOLATION", "INSUFFICIENT", "NO_FINDING", "NO_JURISDICTION")
        )
        for number, key in enumerate(keys):
            value = "inconclusive" if weak or number else "substantiated"
            self.do(
                investigation.record_finding,
                "investigator",
                allegation=key,
                value=value,
                reasons="E-1 and the interview.",
            )
        self.clock.phase("report")
        self.do(investigation.submit_report, "investigator", report="Interviews, documents and what they show.")

    def legal(self) -> None:
        """Legal review, and the panel, where one decides."""
        self.clock.phase("legal")
        self.tell()
        self.do(investigation.pass_legal_review, "counsel", memo="The report supports a decision.")
        for member in PANEL if self.decider() != "counsel" else ():
            self.do(people.assign, "manager", email=self.office.email(member), capacity="panel")

    def close_at_review(self, code: str) -> None:
        """End without discipline, as the board's policy asks."""
        self.clock.phase("decide")
        policy = board_queries.rule_in_force(self.office.board, "closure_approvers", self.clock.at.date()).value
        if policy["by"] == "vote":
            self.vote("closure", code, PANEL)
        else:
            for role in policy["roles"]:
                self.do(voting.approve_closure, APPROVERS[role], disposition=code)
        self.do(close_without_discipline, self.decider(), closure=self._closure(code))
        self.post()

    def vote(self, kind: str, decision: str, members: tuple[str, ...]) -> None:
        """A meeting's ballots, recorded by the executive director."""
        today = self.local(self.clock.at)
        ballots = {self.office.email(member): "yes" for member in members}
        self.do(voting.record_vote, "director", kind=kind, decision=decision, held_on=today, ballots=ballots)

    def decider(self) -> str:
        """Who decides at probable cause review here: a panel member, or counsel at a staff board."""
        rule = board_queries.rule_in_force(self.office.board, "pc_body", self.clock.at.date())
        return "counsel" if rule.value == "staff" else PANEL[0]
