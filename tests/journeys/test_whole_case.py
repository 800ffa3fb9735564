"""One complaint from the first click to the verified bundle, each role at its own desk; the last test of everything."""

import io
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect
from reportlab.pdfgen.canvas import Canvas

from tests.factories.staffed import Staffed, make_staffed
from tests.journeys.seats import Seat, today
from tracker.access.models import User
from tracker.bundle.verify import Outcome, verify
from tracker.cases.models import Case
from tracker.web.worker import PatientWorker

PASSWORD = "a long password for tests"
DESK_PAGES = ("/desk/", "/desk/queue/", "/desk/workflow/")


@pytest.fixture
def office(transactional_db: None) -> Staffed:
    """A hosted board; everybody can sign in."""
    staffed = make_staffed()
    staffed.board.professions.update(plain_labels={"en": "Counselor"})
    for person in User.objects.all():
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return staffed


@pytest.fixture
def papers(tmp_path: Path) -> list[str]:
    """A PDF letter and a text."""
    letter, text = tmp_path / "letter.pdf", tmp_path / "messages.txt"
    canvas = Canvas(str(letter))
    for number in (1, 2):
        canvas.drawString(72, 720, f"You must stay in treatment, page {number}")
        canvas.showPage()
    canvas.save()
    text.write_text("Mar 3: I want to stop.\n", encoding="utf-8")
    return [str(letter), str(text)]


class Walker(Seat):
    """Somebody who signs in by the form, and finds every step on the page of the case."""

    def sign_in(self) -> None:
        """The form, with the password."""
        self.page.goto("/sign-in/")
        self.page.get_by_label("Email").or_(self.page.get_by_label("E-mail")).first.fill(self.user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(re.compile(r"/desk/"))

    def open_step(self, key: str) -> None:
        """The page of a step, reached from the case page by the button or the link below its heading."""
        self.page.goto(self.case)
        link = self.page.locator(f'a[href$="/steps/{key}/"]').first
        expect(link).to_be_attached()
        if not link.is_visible():
            self.page.locator("#steps details").filter(has=link).locator("summary").click()
        link.click()
        expect(self.page).to_have_url(re.compile(rf"/steps/{key}/"))


@pytest.fixture
def sign_in(new_context: Callable[..., BrowserContext], inspect_page: Callable[[Page], None]) -> Callable[..., Walker]:
    """`sign_in(docket, user)` gives a walker; the same one for the same person."""
    walkers: dict[str, Walker] = {}

    def make(docket: str, user: User) -> Walker:
        if user.email not in walkers:
            walkers[user.email] = Walker(new_context().new_page(), inspect_page, docket, user)
            walkers[user.email].sign_in()
        return walkers[user.email]

    return make


def file_complaint(page: Page, papers: list[str]) -> str:
    """The portal, from the start page to the receipt; the docket."""
    page.goto("/")
    page.get_by_label("State").select_option("TX")
    page.get_by_label("Profession").select_option("counseling")
    page.get_by_role("button", name="Show the board").click()
    page.get_by_role("link", name="State Board BHEC").click()
    page.get_by_role("link", name="File a complaint with this board").click()
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Profession").select_option("counseling")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Name of the person").fill("Leland Prewitt")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_text("refusal to terminate").first.click()
    page.get_by_label("Month").first.select_option("2")
    page.get_by_label("Year").first.fill("2026")
    page.get_by_label("Tell it in your own words").fill("He would not let me stop.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_text("I am the client or patient").click()
    page.get_by_label("Your name").fill("Maya Ortiz-Bell")
    page.get_by_label("E-mail", exact=False).first.fill("maya@example.com")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Choose files").set_input_files(papers)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_text("I have read this statement and it is true").click()
    page.get_by_label("Type your full name as your signature").fill("Maya Ortiz-Bell")
    page.get_by_role("button", name="File my complaint").click()
    expect(page.get_by_role("heading", name="Your complaint is filed")).to_be_visible()
    return page.locator(".code").first.inner_text()


def work() -> None:
    """The job worker, until nothing is left to do."""
    PatientWorker(once=True).run()


def investigate(docket: str, office: Staffed, sign_in: Callable[..., Walker]) -> None:
    """Intake and investigation."""
    intake, manager = sign_in(docket, office.intake), sign_in(docket, office.manager)
    investigator = sign_in(docket, office.investigator)
    intake.look(*DESK_PAGES, f"/desk/cases/{docket}/", f"/desk/cases/{docket}/steps/begin_review/")
    intake.do("begin_review", priority="high", reasons="Contact goes on")
    manager.do("verify_priority")
    manager.do("assign", capacity="investigator", email=office.investigator.email)
    manager.do("accept_case", has_jurisdiction=True, states_violation=True, reasons="In scope", schedule="180 days")
    investigator.do("declare_conflict", has_conflict="no")
    investigator.do("notify_licensee")
    investigator.do("record_response", text="I deny it.")
    investigator.page.goto(f"/desk/cases/{docket}/")
    expect(investigator.page.get_by_text("Allegation A1 has no finding.")).to_be_visible()
    investigator.do("record_finding", allegation="A1", value="substantiated", reasons="E-1, page 1")
    investigator.do("submit_report", report="What was found")
    sign_in(docket, office.counsel).do("pass_legal_review", memo="Sufficient")


def charge(docket: str, office: Staffed, sign_in: Callable[..., Walker]) -> None:
    """Probable cause, charges, service, answer."""
    manager, counsel = sign_in(docket, office.manager), sign_in(docket, office.counsel)
    for member in office.panel:
        manager.do("assign", capacity="panel", email=member.email)
    counsel.do("draft_count", allegations=True, citation="22 TAC 681.41", text="Fostered dependency")
    director = sign_in(docket, office.director)
    director.vote([member.full_name for member in office.panel], kind="probable_cause")
    sign_in(docket, office.panel[0]).do("issue_charges", memo="Reasonable basis")
    manager.do("record_service", method="certified_mail", proof="9407 1118")
    manager.do("record_answer", **{"answers-0": "denied"}, text="Denied. A hearing is asked for.")


def hear(docket: str, office: Staffed, sign_in: Callable[..., Walker]) -> None:
    """The hearing, with waivers of time, to the order."""
    manager, counsel, judge = (sign_in(docket, who) for who in (office.manager, office.counsel, office.presiding))
    manager.do("assign", capacity="presiding", email=office.presiding.email)
    judge.look("/desk/", "/desk/queue/", f"/desk/cases/{docket}/")
    expect(judge.page.get_by_text("Maya Ortiz-Bell")).to_have_count(0)
    judge.do("declare_conflict", has_conflict="no")
    manager.do("file_waiver", period="hearing_notice", given_by="respondent", text="Notice is waived")
    hearing = {"held_on": today().isoformat(), "time": "09:00", "place": "Room 1", "prehearing_order": "Exhibits today"}
    judge.do("schedule_hearing", **hearing)
    counsel.do("mark_exhibit", exhibit="E-1", party="board")
    counsel.do("offer_exhibit", exhibit="E-1")
    judge.do("open_hearing", appearances="Both sides")
    judge.do("rule_on_exhibit", exhibit="E-1", ruling="admitted")
    judge.do("propose_finding", count="1", value="proven", reasons="On E-1")
    judge.do("file_proposed_decision", text="Probation is proposed")
    manager.do("file_waiver", period="exceptions", given_by="both", text="Waived by both sides")
    manager.do("submit_to_board")
    director = sign_in(docket, office.director)
    due = (today() + timedelta(days=60)).isoformat()
    director.do("draft_sanction", code="PROBATION", days="365", terms="Monthly supervision", due_on=due)
    director.vote([member.full_name for member in office.voters], kind="order", decision="adopt")
    director.do("issue_order", decision="adopt", text="Findings of fact and conclusions of law")


def comply(docket: str, office: Staffed, sign_in: Callable[..., Walker]) -> None:
    """Terms, report to the NPDB, closing."""
    manager = sign_in(docket, office.manager)
    manager.do("assign", capacity="monitor", email=office.monitor.email)
    monitor = sign_in(docket, office.monitor)
    monitor.do("begin_compliance", plan="Quarterly reports")
    monitor.do("satisfy_term", number="1", proof="Final report of the supervisor")
    for period in ("reconsideration", "appeal"):
        manager.do("file_waiver", period=period, given_by="both", text="Waived in writing")
    manager.do("record_npdb_report", reference="5500000123")
    monitor.do("close_case", note="The order is carried out")
    monitor.look(f"/desk/cases/{docket}/")


def export(docket: str, walker: Walker, target: Path) -> None:
    """The bundle from the desk: asked for, built by the worker, downloaded."""
    walker.look(f"/desk/cases/{docket}/bundle/")
    walker.page.get_by_role("button", name="Freeze and build").click()
    expect(walker.page.get_by_text("Waiting", exact=True)).to_be_visible()
    walker.inspect_page(walker.page)
    work()
    walker.page.goto(f"/desk/cases/{docket}/bundle/")
    with walker.page.expect_download() as download:
        walker.page.get_by_role("link", name=re.compile("Download")).first.click()
    download.value.save_as(target)


def verify_command(path: Path) -> tuple[int, str]:
    """`manage.py verify_bundle` as a stranger runs it; exit code and words."""
    out = io.StringIO()
    try:
        call_command("verify_bundle", str(path), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_a_complaint_goes_from_the_first_click_to_the_verified_bundle(
    page: Page, papers: list[str], office: Staffed, sign_in: Callable[..., Walker], tmp_path: Path
) -> None:
    docket = file_complaint(page, papers)
    work()
    investigate(docket, office, sign_in)
    charge(docket, office, sign_in)
    hear(docket, office, sign_in)
    comply(docket, office, sign_in)

    case = Case.objects.get(docket=docket)
    assert (case.status, case.disposition) == ("closed", "PROBATION")
    bundle = tmp_path / "bundle.pdf"
    export(docket, sign_in(docket, office.custodian), bundle)
    assert verify(bundle).outcome is Outcome.INTACT
    code, words = verify_command(bundle)
    assert code == 0
    assert "Its seal is recorded in the ledger" in words
    spoiled = bytearray(bundle.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    bundle.write_bytes(bytes(spoiled))
    assert verify_command(bundle)[0] == 1, sys.stderr
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    assert "The ledger is whole." in out.getvalue()
