"""The canary: every act on a case is done with marked names and texts, and no mark may get where it must not be.

Not into the hashed part of the ledger, log lines, keys and names of stored files, arguments of jobs, subjects of mail
and letters, or titles of pages.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.data import pdfs
from tests.factories import roads
from tests.factories.cases import Story, claim
from tests.factories.roads import step as act
from tests.factories.staffed import make_staffed
from tracker.access.models import User
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.cases.actions.closing import Closure
from tracker.cases.acttable import ACTS
from tracker.cases.filingdata import ComplainantData, RespondentData
from tracker.cases.models import Identity
from tracker.cases.steptable import TRANSITIONS
from tracker.evidence import redactions
from tracker.evidence.actions import (
    custody,
    describing,
    processing,
    receiving,
    redacting,
    reprocessing,
    restricting,
)
from tracker.files.redaction import areas
from tracker.notices import actions as notices
from tracker.notices.models import Notice
from tracker.web.steps import STEPS

NAME, TEXT = "Quillfeather", "Xyzzyplugh"
MARKS = re.compile(f"{NAME}|{TEXT}", re.IGNORECASE)
PLAIN = {"kind", "value", "capacity", "priority", "disposition", "decision", "method", "period", "code", "to"}
PLAIN |= {"outcome", "ground", "allegation", "email", "party", "ruling", "confidentiality", "act", "exhibit"}
PLAIN |= {"side", "given_by", "moved_by", "part", "stay", "back_to", "decider", "docket", "end", "profession", "days"}
WORKER = Actor.system("worker", Origin.DEMO)


class MarkedStory(Story):
    """Marks every free text that somebody gives, and notes which acts were done and which papers and letters each made.

    `made` holds step key and paper or letter, as far as they are of the same docket.
    """

    def __init__(self, *args: Any, **data: Any) -> None:
        self.done: set[Any] = set()
        self.made: set[tuple[str, str]] = set()
        super().__init__(*args, **data)

    def do(self, act: Any, who: User, **data: Any) -> Any:
        self.done.add(act)
        before = self.outgoing()
        answer = super().do(act, who, **{key: marked(key, value) for key, value in data.items()})
        keys = [key for key, step in STEPS.items() if step.action == act]
        self.made |= {(key, kind) for key in keys for _pk, kind in self.outgoing() - before}
        return answer

    def outgoing(self) -> set[tuple[Any, str]]:
        """The papers and letters of the docket."""
        papers = self.case.documents.values_list("pk", "kind")
        return {*papers, *Notice.objects.filter(case_id=self.case_id).values_list("pk", "kind")}


def marked(key: str, value: Any) -> Any:
    """A free text with the mark in it; codes, days and numbers as they are."""
    if isinstance(value, Closure):
        words = {"reason": f"{value.reason} {TEXT}", "avenues": (TEXT,)}
        return Closure(value.disposition, other_docket=value.other_docket, referred_to=TEXT, **words)
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(value, **{name: marked(name, one) for name, one in told.items() if one})
    if isinstance(value, list) and key not in {"allegations", "areas"}:
        return [marked("", item) for item in value]
    return f"{value} {TEXT}" if isinstance(value, str) and key not in PLAIN else value


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that any logger says, those that keep it to themselves included."""
    caplog.set_level(logging.DEBUG)
    apart = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    apart = [one for one in apart if not one.propagate]
    for one in apart:
        one.addHandler(caplog.handler)
    yield caplog
    for one in apart:
        one.removeHandler(caplog.handler)


@pytest.fixture
def story(db: None, tmp_path: Path) -> MarkedStory:
    """A complaint in which every name and every text is marked, at a board whose people are marked too."""
    office = make_staffed()
    for number, person in enumerate(User.objects.all()):
        User.objects.filter(pk=person.pk).update(
            full_name=f"{NAME} {number}", email=f"{NAME.lower()}{number}@board.example"
        )
    for person in (*office.panel, *office.voters, *(v for v in vars(office).values() if isinstance(v, User))):
        person.refresh_from_db()
    complainant = ComplainantData(
        name=f"{NAME} One", email=f"{NAME.lower()}@mail.example", phone=TEXT, address=TEXT, relation="client"
    )
    respondent = RespondentData(f"{NAME} Two", license_number=TEXT, practice=TEXT, address=f"{TEXT} Street")
    return MarkedStory(
        office,
        complainant=complainant,
        respondent=respondent,
        allegations=(claim(narrative=TEXT), claim("other", narrative=TEXT)),
        attested_by=NAME,
        verbatim={"narrative": TEXT, "name": NAME},
    )


def receive(story: MarkedStory, folder: Path, who: User) -> Any:
    """A marked file becomes an exhibit."""
    path = folder / f"{NAME} {TEXT}.pdf"
    pdfs.letter(path, 2, words=f"{NAME} {TEXT}")
    row = {"path": path, "original_name": path.name, "title": TEXT, "source": NAME}
    actor = Actor.staff(who.pk, Origin.DEMO)
    exhibit = receiving.receive_exhibit(story.case_id, actor=actor, at=story.at, **row)
    processing.process_exhibit(exhibit.pk, actor=WORKER, at=story.at)
    return exhibit


def handle(story: MarkedStory, folder: Path) -> Any:
    """A marked exhibit, handled in every way."""
    exhibit = receive(story, folder, story.office.custodian)
    by = {"actor": Actor.staff(story.office.custodian.pk, Origin.DEMO), "at": story.at}
    describing.describe_exhibit(exhibit.pk, **by, title=f"{TEXT} again", source=NAME)
    allegation = story.case.allegations.get(number=1)
    describing.link_to_allegation(exhibit.pk, **by, allegation_id=allegation.pk)
    handing = {"released_by": NAME, "received_by": NAME, "purpose": TEXT, "location": TEXT}
    custody.transfer_custody(exhibit.pk, **by, **handing)
    restricting.withhold(exhibit.pk, **by, code="W-1", reason=TEXT)
    restricting.release(exhibit.pk, **by, reason=TEXT)
    restricting.classify(exhibit.pk, **by, confidentiality="sealed", reason=TEXT)
    restricting.classify(exhibit.pk, **by, confidentiality="none", reason=TEXT)
    pages = {"first_page": 1, "last_page": 1, "confidentiality": "part2", "release_basis": TEXT, "reason": TEXT}
    row = restricting.restrict_pages(exhibit.pk, **by, **pages)
    restricting.lift_restriction(exhibit.pk, **by, restriction_id=row.pk, reason=TEXT)
    reprocessing.reprocess_exhibit(exhibit.pk, actor=WORKER, at=story.at)
    redact(exhibit, **by)
    return exhibit


def redact(exhibit: Any, **by: Any) -> None:
    """Boxes over marked words are discarded, refused since the words stand elsewhere too, and made into a copy."""
    boxes = [areas.make(1, (70, 70, 400, 30), "R-1")]
    redacting.draft_redaction(exhibit.pk, **by, areas=boxes)
    redacting.discard_redaction(exhibit.pk, **by)
    for confirmed, status in ((False, "refused"), (True, "proved")):
        redacting.draft_redaction(exhibit.pk, **by, areas=boxes)
        row = redacting.make_redaction(exhibit.pk, **by, confirmed=confirmed)
        row = redacting.run_redaction(row.pk, actor=WORKER, at=by["at"])
        assert row.status == status, row.reason
        assert not MARKS.search(row.areas + row.reason)
    ahead = redactions.look_ahead(exhibit.rendition, tuple(boxes))
    assert any(MARKS.search(one.word) for one in ahead.also), "the words really stand under the box and elsewhere"


def intake(story: MarkedStory) -> None:
    """Every act of intake, with an emergency."""
    office = story.office
    act(story, "begin_review", office.intake, danger_found=True, priority="", reasons="Threats.")
    act(story, "decide_emergency", office.manager, outcome="not_needed", reasons="He is abroad.")
    act(story, "request_information", office.intake, missing=["Dates."])
    act(story, "file_document", office.intake, kind="information_received", title="Dates", text="Mondays.")
    act(story, "resume_review", office.intake, note="Complete.")
    act(story, "verify_priority", office.manager, priority="urgent", reasons="No danger now.")
    act(story, "add_allegation", office.intake, ground="other", narrative="And more.", citation="Rule 1.")
    act(story, "add_note", office.intake, text="Called.")
    act(story, "update_complainant", office.intake, method="phone", text="It goes on.")
    act(story, "verify_priority", office.intake)
    roads.overlaid(story)
    roads.withdrawn(story)
    roads.suspended(story)


def hearing(story: MarkedStory, exhibit: Any, folder: Path) -> None:
    """Every act on the record."""
    office = story.office
    contact = {"decider": office.presiding.email, "contact_on": story.today, "by_whom": NAME, "text": "Be mild."}
    act(story, "appear_counsel", office.manager, name=NAME, email=f"{NAME}@law.example", address="1 Court Sq")
    act(story, "mark_exhibit", office.counsel, exhibit_id=exhibit.pk, party="board", sponsor=NAME)
    act(story, "offer_exhibit", office.counsel, exhibit_id=exhibit.pk, objection="Hearsay.")
    roads.postponed(story.to("hearing_scheduled"))
    act(story, "log_ex_parte", office.presiding, **contact)
    story.to("hearing_held")
    own = receive(story, folder, office.presiding)
    act(story, "mark_hearing_exhibit", office.presiding, exhibit_id=own.pk)
    ruling = {"ruling": "admitted_over_objection", "reasons": "Relevant.", "objection": "Hearsay."}
    act(story, "rule_on_exhibit", office.presiding, exhibit_id=exhibit.pk, **ruling)
    act(story, "draft_sanction", office.presiding, code="CENSURE", terms="In public.")
    act(story, "remove_sanction", office.presiding, number=1, reason="Too harsh.")
    act(story, "draft_sanction", office.presiding, code="REPRIMAND")
    act(story, "close_record", office.presiding, note="The brief.")
    act(story, "reopen_record", office.presiding, reason="A letter.")
    story.to("proposed_decision")
    waiver = {"period": "exceptions", "given_by": "both", "signed_on": story.today, "text": "Waived."}
    act(story, "file_waiver", office.manager, **waiver)
    story.to("board_review")
    act(story, "record_board_finding", office.director, count=1, value="proven", reasons="As proposed.")


def every_act(story: MarkedStory, folder: Path) -> Any:
    """A whole case through every step there is, closed four times."""
    office = story.office
    intake(story)
    exhibit = handle(story, folder)
    roads.linked(story)
    roads.advised(story.to("investigating"))
    roads.settled_in_vain(story.to("probable_cause_review"))
    story.seat_panel()
    act(story, "ask_more_information", office.panel[0], questions="Who else?")
    story.to("probable_cause_review")
    act(story, "approve_closure", office.director, disposition="LETTER_OF_CONCERN", agrees=True, reasons="Yes.")
    act(story, "close_without_discipline", office.panel[0], closure=Closure("LETTER_OF_CONCERN", "Be careful."))
    act(story, "reopen", office.director, to="intake_review", reason="A witness.", letter="New facts.")
    act(story, "close_at_intake", office.intake, closure=Closure("REFERRED", "Not ours."))
    act(story, "reopen", office.director, to="probable_cause_review", reason="Sent back.")
    act(story, "end_assignment", office.manager, email=office.panel[2].email, capacity="panel", reason="Ill.")
    story.to("prehearing")
    hearing(story, exhibit, folder)
    roads.adopted_by_time(story)
    roads.reconsidered(story)
    roads.appealed(story)
    story.to("closed")
    act(story, "reopen", office.director, to="prehearing", reason="Overturned.")
    roads.modified(story.to("board_review"))
    row = {"contacted_on": story.to("compliance").today, "text": "By phone."}
    act(story, "record_first_contact", office.monitor, **row)
    story.wait(430)
    roads.asked_to_modify(story)
    roads.violated(story)
    return exhibit


def titles(story: MarkedStory, exhibit: Any) -> list[str]:
    """The titles of the pages that show the case."""
    client, found = Client(), []
    client.force_login(story.office.counsel)
    case = f"/desk/cases/{story.docket}/"
    own = f"{case}exhibits/{exhibit.key}/"
    for path in ("/desk/", "/desk/queue/", case, f"{case}bundle/", f"{own}redact/", f"{own}redacted/", own):
        page = client.get(path)
        assert page.status_code == 200, path
        html = page.content.decode()
        found.append(re.search(r"<title>(.*?)</title>", html, re.DOTALL).group(1))
    assert MARKS.search(html), "the page itself shows what only its readers may see"
    return found


@pytest.mark.once
def test_every_act_keeps_names_and_texts_where_they_belong(
    story: MarkedStory, tmp_path: Path, vault: Path, told: pytest.LogCaptureFixture
) -> None:
    exhibit = every_act(story, tmp_path)
    assert [key for key in STEPS if STEPS[key].action not in story.done] == [], "an act was not done"
    named = {(row.key, str(kind)) for row in (*TRANSITIONS, *ACTS) for kind in (*row.documents, *row.letters)}
    # Some papers may be filed by hand as well, of a kind that the person chooses.
    assert {one for one in story.made - named if one[0] != "file_document"} == set(), "the table does not name it"
    acts = {act.key for act in ACTS}
    assert {one for one in named - story.made if one[0] in acts} == set(), "the table names what no act makes"
    for notice in Notice.objects.all():
        notices.deliver(notice.pk, actor=WORKER, at=story.at + timedelta(minutes=1))
    shown = titles(story, exhibit)
    call_command("verify_ledger")

    kept = [row.body for row in LedgerPrivate.objects.all()]
    assert sum(bool(MARKS.search(body)) for body in kept) > 40, "the marks were really used"
    assert Identity.objects.filter(name__startswith=NAME).count() >= 3
    assert mail.outbox

    places = {
        "ledger": [f"{row.event} {row.body}" for row in LedgerEntry.objects.all()],
        "logs": [record.getMessage() + (record.exc_text or "") for record in told.records],
        "files": [str(path.relative_to(vault)) for path in vault.rglob("*")],
        "jobs": [f"{row.task_path} {row.args_kwargs}" for row in DBTaskResult.objects.all()],
        "letters": list(Notice.objects.values_list("subject", flat=True)),
        "mail": [message.subject + str([name for name, *_ in message.attachments]) for message in mail.outbox],
        "titles": shown,
    }
    assert all(places[name] for name in places)
    leaks = {name: [text[:200] for text in texts if MARKS.search(text)] for name, texts in places.items()}
    assert leaks == dict.fromkeys(places, [])


def test_a_refusal_says_nothing_to_the_log(story: MarkedStory, told: pytest.LogCaptureFixture) -> None:
    words = story.refused(STEPS["assign"].action, story.office.manager, email=f"{NAME}@x.example", capacity="panel")
    assert words == "Nobody with this e-mail address can sign in."
    assert not [record for record in told.records if MARKS.search(record.getMessage())]


def test_the_canary_sings() -> None:
    """The search itself finds a mark, in any case, inside other words."""
    assert MARKS.search("…/quillfeather-2.pdf")
    assert MARKS.search("XYZZYPLUGH")
    assert marked("reasons", "x") == f"x {TEXT}"
    assert marked("email", "a@b.example") == "a@b.example"
