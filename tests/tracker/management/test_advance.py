"""A whole case driven by commands, from filing to closing, and what the commands refuse."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories.office import make_profession
from tests.factories.staffed import Staffed, make_staffed
from tracker.audit.models import LedgerEntry
from tracker.cases.models import Case

pytestmark = pytest.mark.django_db(transaction=True)


class Desk:
    """Runs commands the way an operator does: data in files, words out."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.docket = folder, ""

    def run(self, *args: str) -> str:
        """One command; its output."""
        out = io.StringIO()
        call_command(*args, stdout=out)
        return out.getvalue()

    def file(self, **data: object) -> str:
        """`file_complaint` with this data; keeps the docket."""
        path = self.folder / "complaint.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        words = self.run("file_complaint", str(path))
        self.docket = words.split()[1]
        return words

    def step(self, key: str, who: object, **data: object) -> str:
        """`advance` with this data, as somebody."""
        path = self.folder / f"{key}.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return self.run("advance", self.docket, key, "--actor", who.email, "--data", str(path))

    def status(self) -> dict:
        """`case_status` as JSON."""
        return json.loads(self.run("case_status", self.docket, "--format", "json"))

    def refused(self, key: str, who: object, **data: object) -> str:
        """The words of a refusal, after seeing that nothing was written."""
        before = (LedgerEntry.objects.count(), Case.objects.get(docket=self.docket).version)
        with pytest.raises(CommandError) as refusal:
            self.step(key, who, **data)
        assert (LedgerEntry.objects.count(), Case.objects.get(docket=self.docket).version) == before
        return str(refusal.value)


def local_today() -> date:
    """Today at the board: dates of the law are local."""
    return timezone.localdate(timezone=ZoneInfo("America/Chicago"))


def complaint(board: str, documents: tuple[str, ...] = ()) -> dict:
    """A complaint as `file_complaint` takes it."""
    received = timezone.now() - timedelta(days=3)
    return {
        "board": board,
        "channel": "mail",
        "source": "public",
        "received_at": received.isoformat(),
        "complainant": {"name": "Maya Ortiz", "email": "maya@example.org", "relation": "client"},
        "respondent": {"name": "Leland Prewitt", "license_number": "88214", "profession": "counseling"},
        "allegations": [
            {"ground": "refusal_to_terminate", "narrative": "He would not let me stop.", "occurred_from": "2026-02-02"},
            {"ground": "exploitation_business", "narrative": "He sold me oils.", "occurred_from": "2026-03-06"},
        ],
        "documents": list(documents),
        "attestation": {"name": "Maya Ortiz"},
    }


@pytest.fixture
def office() -> Staffed:
    """A hosted board whose panel finds probable cause, with everybody who works there."""
    return make_staffed()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A command line of its own."""
    return Desk(tmp_path)


def to_charges(desk: Desk, office: Staffed) -> None:
    """From filing to issued charges."""
    (desk.folder / "letter.txt").write_text("Dear client, you must stay.", encoding="utf-8")
    words = desk.file(**complaint(office.board.slug, ("letter.txt",)))
    assert "tracking code" in words
    assert "exhibit E-1" in words
    desk.step("begin_review", office.intake, priority="high", reasons="Continuing contact")
    desk.step("verify_priority", office.manager)
    desk.step("assign", office.manager, email=office.investigator.email, capacity="investigator")
    desk.step(
        "accept_case", office.manager, has_jurisdiction=True, states_violation=True, reasons="In scope", schedule="180"
    )
    desk.step("declare_conflict", office.investigator, has_conflict=False)
    desk.step("notify_licensee", office.investigator)
    desk.step("record_response", office.investigator, text="I deny it.")
    desk.step("record_finding", office.investigator, allegation="A1", value="substantiated", reasons="E-1, page 1")
    assert "Allegation A2 has no finding." in desk.refused("submit_report", office.investigator, report="Report")
    desk.step("record_finding", office.investigator, allegation="A2", value="inconclusive", reasons="No receipt")
    desk.step("submit_report", office.investigator, report="What was found.")
    desk.step("pass_legal_review", office.counsel, memo="Sufficient.")
    for member in office.panel:
        desk.step("assign", office.manager, email=member.email, capacity="panel")
    desk.step("draft_count", office.counsel, allegations=["A1"], citation="22 TAC 681.41", text="Fostered dependency.")
    ballots = {member.email: "yes" for member in office.panel}
    today = local_today().isoformat()
    desk.step("record_vote", office.director, kind="probable_cause", held_on=today, ballots=ballots)
    desk.step("issue_charges", office.panel[0], memo="Probable cause on A1.")


def waiver(given_by: str = "both") -> dict[str, str]:
    """What a waiver signed today says, beside its period."""
    return {"given_by": given_by, "signed_on": local_today().isoformat(), "text": "Waived."}


def to_order(desk: Desk, office: Staffed) -> None:
    """From issued charges to the issued order, periods waived."""
    today = local_today().isoformat()
    desk.step("record_service", office.manager, method="certified_mail", served_on=today, proof="9407 1000")
    desk.step(
        "record_answer", office.manager, received_on=today, answers={"1": "denied"}, text="Denied. Hearing asked."
    )
    desk.step("assign", office.manager, email=office.presiding.email, capacity="presiding")
    desk.step("declare_conflict", office.presiding, has_conflict=False)
    schedule = {"held_on": today, "time": "09:00", "place": "Room 1", "prehearing_order": "Exhibits today."}
    assert "A waiver by the respondent would do." in desk.refused("schedule_hearing", office.presiding, **schedule)
    desk.step("file_waiver", office.manager, period="hearing_notice", **waiver("respondent"))
    desk.step("schedule_hearing", office.presiding, **schedule)
    desk.step("mark_exhibit", office.counsel, exhibit="E-1", party="board")
    desk.step("offer_exhibit", office.counsel, exhibit="E-1")
    desk.step("open_hearing", office.presiding, appearances="Both sides.")
    desk.step("rule_on_exhibit", office.presiding, exhibit="E-1", ruling="admitted")
    desk.step("propose_finding", office.presiding, count=1, value="proven", reasons="E-1")
    desk.step("file_proposed_decision", office.presiding, text="Probation is proposed.")
    assert "The time for exceptions" in desk.refused("submit_to_board", office.manager)
    desk.step("file_waiver", office.manager, period="exceptions", **waiver())
    desk.step("submit_to_board", office.manager)
    due = (local_today() + timedelta(days=30)).isoformat()
    desk.step("draft_sanction", office.director, code="PROBATION", days=365, terms="Supervision monthly", due_on=due)
    desk.step("draft_sanction", office.director, code="CITATION_FINE", amount="500.00", due_on=due)
    ballots = {member.email: "yes" for member in office.voters}
    spoiled = {**ballots, office.panel[0].email: "yes"}
    assert "may not be counted" in desk.refused(
        "record_vote", office.director, kind="order", decision="adopt", held_on=today, ballots=spoiled
    )
    desk.step("record_vote", office.director, kind="order", decision="adopt", held_on=today, ballots=ballots)
    desk.step("issue_order", office.director, decision="adopt", text="Findings and conclusions.")


def test_a_case_goes_from_filing_to_closing(desk: Desk, office: Staffed) -> None:
    to_charges(desk, office)
    to_order(desk, office)
    assert desk.status()["status"] == "order_issued"
    today = local_today().isoformat()
    desk.step("assign", office.manager, email=office.monitor.email, capacity="monitor")
    desk.step("begin_compliance", office.monitor, plan="Quarterly reports.")
    desk.step("satisfy_term", office.monitor, number=1, proof="Final report.")
    assert "Term S2 has no proof" in desk.refused("close_case", office.monitor, note="Done")
    desk.step("satisfy_term", office.monitor, number=2, proof="Receipt.")
    for period in ("reconsideration", "appeal"):
        desk.step("file_waiver", office.manager, period=period, **waiver())
    desk.step("record_npdb_report", office.manager, reported_on=today, reference="5500000123")
    desk.step("close_case", office.monitor, note="All terms are met.")
    status = desk.status()
    assert (status["stage"], status["status"], status["disposition"]) == ("disposition", "closed", "PROBATION")
    assert not [row for row in status["deadlines"] if row["state"] == "running"]
    assert "The ledger is whole." in desk.run("verify_ledger")
    desk.step("reopen", office.director, to="investigating", reason="New evidence")
    assert desk.status()["disposition"] is None
    assert "The ledger is whole." in desk.run("verify_ledger", "--docket", desk.docket)


def test_out_of_scope_and_unknown_read_the_same(desk: Desk, office: Staffed) -> None:
    desk.file(**complaint(office.board.slug))
    stranger = make_staffed(slug="ca-bbs", short_code="BBS").intake
    theirs = desk.refused("begin_review", stranger, priority="high", reasons="x")
    with pytest.raises(CommandError) as unknown:
        desk.run("advance", "BHEC-1999-00001", "begin_review", "--actor", stranger.email)
    assert theirs.replace(desk.docket, "X") == str(unknown.value).replace("BHEC-1999-00001", "X")


def test_a_role_that_sees_but_may_not_is_told_who_may(desk: Desk, office: Staffed) -> None:
    desk.file(**complaint(office.board.slug))
    assert "Intake analyst" in desk.refused("begin_review", office.counsel, priority="high", reasons="x")


def test_unknown_steps_keys_and_values_are_named(desk: Desk, office: Staffed) -> None:
    desk.file(**complaint(office.board.slug))
    assert "There is no step fly" in desk.refused("fly", office.intake)
    assert "colour is not asked for" in desk.refused("begin_review", office.intake, colour="red")
    assert "priority:" in desk.refused("begin_review", office.intake, priority="purple", reasons="x")


PAGE = Path(__file__).resolve().parents[3] / "docs" / "commands.md"


def rename(office: Staffed) -> None:
    """Give everybody the address that the page of commands uses."""
    names = ["intake", "investigator", "manager", "counsel", "presiding", "monitor", "director"]
    people = {name: getattr(office, name) for name in names}
    people |= {f"member{number}": who for number, who in enumerate((*office.panel, *office.voters), 1)}
    for name, who in people.items():
        who.email = f"{name}@demo.example"
        who.save(update_fields=["email"])


@pytest.mark.once
def test_the_whole_case_of_the_handbook_goes_to_its_end(desk: Desk) -> None:
    """Every line of `docs/commands.md` is done as it stands there."""
    office = make_staffed("ca-bbs", "BBS")
    make_profession("marriage-family-therapy", "Marriage and family therapy")
    rename(office)
    page = PAGE.read_text(encoding="utf-8")
    (desk.folder / "letter.txt").write_text("Dear client, you must stay.", encoding="utf-8")
    desk.file(**json.loads(re.search(r"```json\n(.*?)```", page, re.DOTALL).group(1)))
    steps = re.findall(r"^step (\w+) (\w+)(?: '(.*)')?$", page, re.MULTILINE)
    assert len(steps) > 40
    for key, who, data in steps:
        path = desk.folder / "data.json"
        path.write_text(data.replace("TODAY", local_today().isoformat()) or "{}", encoding="utf-8")
        desk.run("advance", desk.docket, key, "--actor", f"{who}@demo.example", "--data", str(path))
    status = desk.status()
    assert (status["status"], status["disposition"]) == ("closed", "PROBATION")
    assert "The ledger is whole." in desk.run("verify_ledger", "--docket", desk.docket)


def test_two_people_at_once_as_two_processes(desk: Desk, office: Staffed, manage: Any) -> None:
    """The loser is told, ends with exit code 1, and the file with the words is still there."""
    desk.file(**complaint(office.board.slug))
    data = desk.folder / "review.json"
    data.write_text(json.dumps({"priority": "high", "reasons": "Contact goes on."}), encoding="utf-8")
    run = partial(manage, "advance", desk.docket, "begin_review", "--data", data, "--actor")
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(run, (office.intake.email, office.second.email)))
    assert sorted(one.returncode for one in done) == [0, 1]
    lost = next(one for one in done if one.returncode)
    assert "Nothing was changed." in lost.stderr
    assert "Traceback" not in lost.stderr
    assert LedgerEntry.objects.filter(event="case.review_begun").count() == 1
    assert data.exists()
