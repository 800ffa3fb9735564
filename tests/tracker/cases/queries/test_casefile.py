"""One case file: found within scope, and each part whole or as the record has it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.docketed import Docketed
from tests.factories.office import make_person
from tests.factories.staffed import make_staffed
from tracker.access.policy import Permission, Role
from tracker.cases.kinds import RECORD_DOCUMENTS, DocumentKind
from tracker.cases.queries import casefile, readers
from tracker.errors import OutOfScope


@pytest.fixture
def office(db):
    return make_staffed()


def seen(person, story):
    return casefile.find(readers.reader(person.pk, at=story.at), story.case.docket)


def test_found_by_those_who_see_it(office):
    story = Docketed(office).file()

    assert seen(office.counsel, story).is_whole
    for person in (office.voters[0], office.investigator, office.presiding):
        with pytest.raises(OutOfScope):
            seen(person, story)


def test_deadlines_run_first_and_replaced_ones_are_gone(office):
    story = Docketed(office).investigating()
    rows = casefile.deadlines(seen(office.counsel, story))
    running = [row.is_running for row in rows]

    assert running == sorted(running, reverse=True)
    assert "superseded" not in {row.state for row in rows}
    assert all(row.explanation for row in rows)
    assert [row.kind for row in rows if row.is_goal] == ["investigation_target", "intake"]


def test_a_deadline_is_late_once_its_day_is_over(office):
    story = Docketed(office).file()
    rows = {row.kind: row for row in casefile.deadlines(seen(office.counsel, story.wait(30)))}

    assert rows["danger_screen"].state == "late"
    assert rows["danger_screen"].days_left < 0
    assert rows["danger_screen"].is_near
    assert not rows["investigation_target"].is_near


def test_documents_and_notes_of_file_and_record(office):
    story = Docketed(office).charged()
    whole, record = seen(office.counsel, story), seen(office.voters[0], story)

    assert DocumentKind.LEGAL_MEMO in {paper.kind for paper in casefile.documents(whole)}
    assert {paper.kind for paper in casefile.documents(record)} <= set(RECORD_DOCUMENTS)
    assert len(casefile.notes(whole)) == 1
    assert (casefile.notes(record), casefile.votes(record), casefile.timeline(record)) == ([], [], [])
    memo = story.case.documents.get(kind=DocumentKind.LEGAL_MEMO)
    assert casefile.document(whole, memo.pk) == memo
    for pk in (memo.pk, uuid4()):
        with pytest.raises(OutOfScope):
            casefile.document(record, pk)


def test_private_words_of_the_ledger_stand_in_the_file(office):
    story = Docketed(office).reviewed()
    entries = casefile.timeline(seen(office.counsel, story))

    assert [entry.private for entry in entries if entry.event == "case.review_begun"] == [{"reasons": "SECRET-TRIAGE"}]


def test_stages_with_their_days(office):
    story = Docketed(office).investigating()
    notes = casefile.stage_notes(seen(office.counsel, story))

    assert set(notes) == {"filed", "investigation"}
    assert notes["filed"][1] == notes["investigation"][0]
    assert notes["investigation"][1] is None


def test_when_the_priority_was_verified(office):
    story = Docketed(office).file()
    assert casefile.verified_on(seen(office.counsel, story)) is None
    story.reviewed()
    assert casefile.verified_on(seen(office.counsel, story)).isoformat() == story.today()


def test_the_boards_own_word_for_a_priority(office):
    in_force = seen(office.counsel, Docketed(office).file()).rules

    assert casefile.priority_words(in_force, "high") == "High"
    assert casefile.priority_words(in_force, "") == ""


def test_hearings_and_orders(office):
    story = Docketed(office).scheduled()

    assert [row.place for row in casefile.hearings(seen(office.voters[0], story))] == ["Room 2"]
    assert casefile.orders(seen(office.voters[0], story)) == []


def test_a_drafted_order_is_for_those_who_draft(office):
    story = Docketed(office).scheduled().wait(62)
    story.do("open_hearing", office.presiding, {"appearances": "Both sides"})
    finding = {"count": 1, "value": "proven", "reasons": "On the record"}
    story.do("propose_finding", office.presiding, finding)
    story.do("draft_sanction", office.presiding, {"code": "REPRIMAND"})

    assert len(casefile.orders(seen(office.presiding, story))) == 1
    assert len(casefile.orders(seen(office.counsel, story))) == 1
    other = make_person(office.board, Role.PRESIDING_OFFICER)
    assert casefile.orders(seen(other, story)) == casefile.orders(seen(office.voters[0], story)) == []


def test_what_is_drafted_while_the_board_decides_is_for_the_whole_file(office):
    story = Docketed(office).submitted()

    assert len(casefile.orders(seen(office.director, story))) == 1
    assert casefile.orders(seen(office.presiding, story)) == []


def test_permissions_on_the_case(office):
    story = Docketed(office).file()
    found = seen(office.counsel, story)

    assert casefile.may(found, Permission.BUNDLE_EXPORT, at=story.at)
    assert not casefile.may(found, Permission.INTAKE_SCREEN, at=story.at + timedelta(days=1))
