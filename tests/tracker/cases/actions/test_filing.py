"""Filing: one complaint, one case, one tracking code, whatever the door and however often the button is pressed."""

import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction

from tests.factories.cases import SEEDER, START, Story, claim, filing_data, refused, set_rule
from tests.factories.staffed import Staffed, make_staffed
from tracker.audit import queries as ledger
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.cases import numbering
from tracker.cases.actions import drafts, filing
from tracker.cases.filingdata import ComplainantData, RespondentData
from tracker.cases.models import Case, Complaint, Deadline, FilingDraft, Identity, Participant
from tracker.errors import NotPermitted, OutOfScope
from tracker.notices.models import Notice

WRITER = Actor.system("portal")
ANSWERS = {
    "board": {"board": "tx-bhec", "profession": "counseling"},
    "who": {"name": "Leland Prewitt"},
    "what": {"grounds": ["other"], "narrative": "He would not stop.", "occurred_from": "2026-02"},
    "you": {"name": "Maya Ortiz", "email": "maya@example.org", "relation": "client"},
}
REVIEW = {"attested": True, "name": "Maya Ortiz"}


def write_draft(at: Any = START) -> tuple[FilingDraft, str]:
    """A draft that lacks only its last step."""
    draft, code = drafts.start_draft(actor=WRITER, at=at)
    for version, (step, answers) in enumerate(ANSWERS.items()):
        draft = drafts.save_step(draft.pk, step, answers, actor=WRITER, at=at, version=version)
    return draft, code


def file_draft(draft: FilingDraft, code: str = "", **data: Any) -> filing.FiledComplaint:
    """Press the button."""
    row = {"actor": Actor.filer(draft.pk, Origin.DEMO), "at": START, "draft_code": code, "review": REVIEW}
    return filing.file_complaint(draft.pk, **{**row, **data})


def test_a_complaint_becomes_a_case_with_its_people(office: Staffed) -> None:
    story = Story(office)
    case, complaint = story.case, Complaint.objects.get()
    assert case.docket == "BHEC-2026-00001"
    assert (case.stage, case.status, case.version, case.received_at) == ("filed", "received", 1, START)
    assert [row.key for row in case.allegations.all()] == ["A1", "A2"]
    assert complaint.code_hash == numbering.hash_code(story.code)
    assert complaint.digest == hashlib.sha256(complaint.verbatim.encode()).hexdigest()
    assert json.loads(complaint.verbatim) == {"narrative": "He would not let me stop."}
    names = {row.participant.role: (row.name, row.sort_name) for row in Identity.objects.all()}
    assert names == {
        "respondent": ("Leland Prewitt", "prewitt leland"),
        "complainant": ("Maya Ortiz", "ortiz maya"),
    }
    paper = case.documents.get()
    assert (paper.kind, paper.text, paper.digest) == ("complaint_form", complaint.verbatim, complaint.digest)


def test_the_entry_tells_codes_and_keeps_names_apart(office: Staffed) -> None:
    story = Story(office)
    entry = story.entry("case.filed")
    complaint = Complaint.objects.get()
    assert entry["facts"] == {
        "docket": story.docket,
        "complaint": str(complaint.pk),
        "to": "received",
        "source": "public",
        "channel": "mail",
        "received_at": "2026-03-02T15:00:00.000000Z",
        "grounds": ["refusal_to_terminate", "exploitation_business"],
        "digest": complaint.digest,
        "attestation": "plain-1",
        "anonymous": False,
    }
    assert entry["private"] == {"complainant": "Maya Ortiz", "respondent": "Leland Prewitt"}
    assert (entry["actor"], entry["on_behalf_of"]) == ("system:seed_demo", f"filer:{complaint.pk}")


def test_the_clocks_start_at_receipt_and_say_so(office: Staffed) -> None:
    """Friday 11 pm in Texas is Saturday in UTC: the board's date counts."""
    received = START.replace(day=7, hour=5)
    filed = filing.file_on_behalf(
        filing_data(office.board, received_at=received), actor=SEEDER, at=received + timedelta(days=4)
    )
    rows = {row.kind: row for row in Deadline.objects.filter(case=filed.case_id)}
    assert set(rows) == {
        "danger_screen",
        "acknowledgement",
        "intake",
        "schedule",
        "licensee_notice",
        "investigation_target",
        "status_update",
    }
    assert {row.starts_on for row in rows.values()} == {date(2026, 3, 6)}
    assert rows["danger_screen"].due_on == date(2026, 3, 10)
    assert rows["intake"].explanation == (
        "21 calendar days from receipt (Mar 6, 2026) end on Fri Mar 27; rule: Intake, default."
    )
    acknowledged = rows.pop("acknowledgement")
    assert (acknowledged.state, acknowledged.ended_on) == ("met", date(2026, 3, 11))
    assert {row.state for row in rows.values()} == {"running"}
    assert Case.objects.get().next_due_on == date(2026, 3, 10)
    entry = LedgerEntry.objects.get(event="case.filed")
    assert {row.anchor_entry for row in rows.values()} == {entry.id}
    assert entry.at == received + timedelta(days=4)


def test_the_complainant_gets_an_acknowledgement(office: Staffed) -> None:
    Story(office)
    letter = Notice.objects.get()
    assert (letter.kind, letter.audience) == ("acknowledgement", "complainant")
    assert [row.email for row in letter.recipients.all()] == ["maya@example.org"]


def test_nothing_is_known_of_an_anonymous_complainant(office: Staffed) -> None:
    story = Story(office, complainant=ComplainantData(is_anonymous=True, relation="colleague"), attested_by="")
    person = Participant.objects.get(role="complainant")
    assert person.relation == "colleague"
    assert not hasattr(person, "identity")
    assert story.letters() == []
    assert story.clock("acknowledgement").state == "waived"
    assert Complaint.objects.get().is_anonymous


def test_the_board_itself_can_move(office: Staffed) -> None:
    story = Story(office, complainant=None, source="board_motion", attested_by="", gives_code=False)
    assert story.code is None
    assert Complaint.objects.get().code_hash == ""
    assert not Participant.objects.filter(role="complainant").exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"allegations": (claim("rudeness"),)}, "The ground rudeness is not offered."),
        ({"respondent": RespondentData("L", profession="wizardry")}, "The profession wizardry is not known."),
        ({"respondent": RespondentData(" ")}, "Name the person the complaint is about."),
        ({"channel": "owl"}, "The channel of the complaint is not known: owl."),
        ({"received_at": START + timedelta(days=1)}, "The day of receipt cannot be in the future."),
    ],
)
def test_a_complaint_is_refused(office: Staffed, data: dict, sentence: str) -> None:
    act = partial(filing.file_on_behalf, filing_data(office.board, **data), actor=SEEDER, at=START)
    assert refused(act) == [sentence]


def test_the_boards_rules_are_asked(office: Staffed) -> None:
    nobody = filing_data(office.board, complainant=ComplainantData(is_anonymous=True))
    act = partial(filing.file_on_behalf, nobody, actor=SEEDER, at=START)
    set_rule(office.board, "anonymous_allowed", False)
    assert refused(act) == ["This board does not take complaints without a name."]
    set_rule(office.board, "oath_required", True)
    assert refused(act) == ["This board needs a statement under oath, and an oath needs a name."]


def test_a_board_that_is_not_hosted_takes_nothing_here(office: Staffed) -> None:
    office.board.hosted = False
    office.board.save()
    act = partial(filing.file_on_behalf, filing_data(office.board), actor=SEEDER, at=START)
    assert refused(act) == ["This board does not take complaints here. File with the board itself."]


def test_who_may_file_on_behalf(office: Staffed) -> None:
    data = filing_data(office.board)
    for person in (office.counsel, office.director, make_staffed("ca-bbs", "BBS").intake):
        actor = Actor.staff(person.pk, Origin.DEMO)
        refused(partial(filing.file_on_behalf, data, actor=actor, at=START), NotPermitted)
    filed = filing.file_on_behalf(data, actor=Actor.staff(office.intake.pk, Origin.DEMO), at=START)
    assert filed.is_new


def test_the_same_form_twice_is_one_complaint(office: Staffed) -> None:
    data = filing_data(office.board)
    first = filing.file_on_behalf(data, actor=SEEDER, at=START)
    again = filing.file_on_behalf(data, actor=SEEDER, at=START)
    assert (again.docket, again.complaint_id, again.is_new) == (first.docket, first.complaint_id, False)
    assert again.tracking_code is None
    assert Complaint.objects.count() == 1


def test_a_draft_is_filed_and_pressed_twice_gives_the_same_code(office: Staffed) -> None:
    draft, code = write_draft()
    first = file_draft(draft, code)
    again = file_draft(draft, code)
    assert first.is_new
    assert not again.is_new
    assert first.tracking_code == again.tracking_code == numbering.code_from(code)
    assert file_draft(draft).tracking_code is None
    assert file_draft(draft, numbering.new_code()).tracking_code is None
    assert (Complaint.objects.count(), Case.objects.count()) == (1, 1)
    draft.refresh_from_db()
    assert draft.filed_at == START


def test_a_planted_code_does_not_decide_the_tracking_code(office: Staffed) -> None:
    draft, _code = write_draft()
    planted = numbering.new_code()
    filed = file_draft(draft, planted)
    assert filed.tracking_code not in (None, numbering.code_from(planted))


def test_a_form_of_another_board_tells_nothing_of_its_docket(office: Staffed) -> None:
    data = filing_data(office.board)
    first = filing.file_on_behalf(data, actor=SEEDER, at=START)
    stranger = Actor.staff(make_staffed("ca-bbs", "BBS").intake.pk, Origin.DEMO)
    told = refused(partial(filing.file_on_behalf, data, actor=stranger, at=START), NotPermitted)
    assert first.docket not in str(told)


def test_an_address_that_cannot_be_one_is_refused(office: Staffed) -> None:
    person = ComplainantData(name="Maya Ortiz", email="a\nBcc: x@y", relation="client")
    act = partial(filing.file_on_behalf, filing_data(office.board, complainant=person), actor=SEEDER, at=START)
    assert refused(act) == ["The e-mail address of the complainant cannot be right."]


def test_the_filer_acts_in_person(office: Staffed) -> None:
    draft, code = write_draft()
    filed = file_draft(draft, code)
    entry = json.loads(LedgerEntry.objects.get(event="case.filed", chain=filed.case_id).body)
    assert entry["actor"].startswith("filer:")
    assert entry["on_behalf_of"] is None


def test_a_draft_is_refused_and_kept(office: Staffed) -> None:
    draft, code = write_draft()
    assert refused(lambda: file_draft(draft, code, review={"attested": False})) == [
        "Read the statement and agree to it before you file."
    ]
    unsigned = {"attested": True, "name": " "}
    assert refused(lambda: file_draft(draft, code, review=unsigned)) == [
        "The complaint must be signed: type the name under the statement."
    ]
    refused(lambda: file_draft(draft, code, at=START + timedelta(days=30)), OutOfScope)
    refused(lambda: filing.file_complaint(uuid4(), actor=WRITER, at=START), OutOfScope)
    assert file_draft(draft, code).is_new


def test_sort_name_puts_the_last_name_first() -> None:
    assert filing.sort_name("  Ana María  De LEÓN ") == "león ana maría de"
    assert filing.sort_name("") == ""
    assert len(filing.sort_name("x" * 300)) == 200


def number_of(docket: str) -> int:
    """The running number of a docket."""
    return int(docket.rpartition("-")[2])


def file_or_fail(board: Any, number: int) -> str | None:
    """File a complaint; every third fails at its very end, after the docket was taken."""

    class Broken(Exception):
        """What went wrong."""

    for _ in range(40):
        try:
            with transaction.atomic():
                filed = filing.file_on_behalf(filing_data(board), actor=SEEDER, at=START)
                if number % 3 == 0:
                    raise Broken
            return filed.docket
        except Broken:
            return None
        except OperationalError:
            continue
    raise AssertionError("the database stayed locked")


@pytest.mark.django_db(transaction=True)
def test_dockets_have_no_gap_and_no_repeat_under_concurrent_filing(together: Callable[..., list]) -> None:
    """Two boards, twenty-four filings at the same moment, a third of them rolled back."""
    boards = [make_staffed().board, make_staffed("ca-bbs", "BBS").board]
    rounds = [
        together(*(partial(file_or_fail, boards[number % 2], number + 8 * turn) for number in range(8)))
        for turn in range(3)
    ]
    made = [found for results in rounds for found in results]
    assert not [found for found in made if isinstance(found, Exception)]
    for board in boards:
        dockets = sorted(found for found in made if found and found.startswith(board.short_code))
        assert [number_of(docket) for docket in dockets] == list(range(1, len(dockets) + 1))
    assert Case.objects.count() == sum(found is not None for found in made) == 16
    assert all(ledger.chain_report(chain).is_whole for chain in ledger.chain_ids())


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_is_one_complaint(together: Callable[..., list]) -> None:
    make_staffed()
    draft, code = write_draft()
    results = together(*[partial(file_draft, draft, code)] * 4)
    assert not [found for found in results if isinstance(found, Exception)]
    assert {(found.docket, found.tracking_code) for found in results} == {
        ("BHEC-2026-00001", numbering.code_from(code))
    }
    assert [found.is_new for found in results].count(True) == 1
    assert (Complaint.objects.count(), Case.objects.count(), Notice.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_form_of_the_office_sent_twice_at_once_is_one_complaint(together: Callable[..., list]) -> None:
    data = filing_data(make_staffed().board)
    results = together(*[partial(filing.file_on_behalf, data, actor=SEEDER, at=START)] * 4)
    assert not [found for found in results if isinstance(found, Exception)]
    assert {found.docket for found in results} == {"BHEC-2026-00001"}
    assert (Complaint.objects.count(), Case.objects.count()) == (1, 1)
