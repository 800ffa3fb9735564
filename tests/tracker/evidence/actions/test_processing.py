import json
import sys
from datetime import timedelta
from email.message import EmailMessage
from types import SimpleNamespace
from uuid import uuid4

import pikepdf
import pytest
from django_tasks_db.models import DBTaskResult

from tests.data import bytes as made
from tests.tracker.evidence.conftest import AT, WORKER, process
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.errors import OutOfScope
from tracker.evidence import actions, queries
from tracker.evidence.actions import attaching
from tracker.evidence.models import CustodyEvent, Rendition
from tracker.files import stopwatch, storage
from tracker.files.pdf import PdfFacts
from tracker.files.rendering import child
from tracker.files.rendering.rendered import SlipFacts

pytestmark = pytest.mark.django_db


def last():
    entry = LedgerEntry.objects.order_by("seq").last()
    return entry.event, json.loads(entry.body)["facts"]


def acts(exhibit):
    return list(CustodyEvent.objects.of_exhibits([exhibit.pk]).values_list("act", flat=True))


def test_a_pdf_is_cleared_and_gets_a_rendition(receive):
    exhibit = process(receive(made.pdf(pages=3)))
    assert (exhibit.state, exhibit.is_renderable, exhibit.page_count) == ("cleared", True, 3)
    assert exhibit.settled_at >= AT
    rendition = exhibit.rendition
    assert rendition.source_digest == exhibit.stored_file.digest
    facts = PdfFacts.from_json(rendition.facts)
    assert (facts.page_count, facts.rendition_sha256) == (3, rendition.stored_file.digest)
    with storage.open_verified(rendition.stored_file) as opened, pikepdf.open(opened) as pdf:
        assert len(pdf.pages) == 3
    event, found = last()
    assert (event, found["scan"], found["pages"]) == ("evidence.cleared", "not_scanned", 3)
    assert found["rendition"] == rendition.stored_file.digest
    assert acts(exhibit) == ["received", "examined", "copied"]


def test_the_original_stays_as_it_was(receive):
    exhibit = process(receive())
    with storage.open_verified(exhibit.stored_file) as opened:
        assert opened.read() == made.pdf()


def protected():
    import io  # noqa: PLC0415

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (protected(), "password"),
        (made.pdf()[:400], "PDF is"),
        (made.image("JPEG")[:60], "can show"),
        (b"", "empty"),
        (made.WINDOWS_PROGRAM, "program"),
    ],
)
def test_what_has_no_pages_to_show_is_evidence_all_the_same(receive, content, reason):
    exhibit = process(receive(content))
    assert (exhibit.state, exhibit.is_renderable, exhibit.page_count) == ("cleared", False, None)
    assert reason in exhibit.not_renderable_reason
    assert acts(exhibit) == ["received", "examined"]
    assert SlipFacts.from_json(exhibit.slip_facts).reason == exhibit.not_renderable_reason
    assert not Rendition.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "how"),
    [
        (made.image("JPEG"), "photo.jpg", "image"),
        (b"plain text", "note.txt", "typeset"),
        (b"From: a@example.org\r\nSubject: Hello\r\nDate: Wed, 11 Feb 2026 15:02 -0600\r\n\r\nHi", "m.eml", "email"),
    ],
)
def test_other_kinds_get_pages_and_their_text(receive, content, name, how):
    exhibit = process(receive(content, name))
    assert (exhibit.is_renderable, exhibit.rendition.kind, exhibit.slip_facts) == (True, how, "")
    assert last()[1]["how"] == how
    if how == "image":
        assert exhibit.text is None
        return
    assert exhibit.text.source_digest == exhibit.rendition.stored_file.digest
    with storage.open_verified(exhibit.text.stored_file) as opened:
        assert opened.read().decode().count("\f") == exhibit.page_count - 1


def test_attachments_become_exhibits_under_the_emails_number(receive, mail):
    exhibit = process(receive(mail, "m.eml"))
    first, second = exhibit.attachments.order_by("part")
    assert [(one.key, one.title, one.source) for one in (first, second)] == [
        ("E-1.1", "note.txt", "Attachment of E-1"),
        ("E-1.2", "inner.eml", "Attachment of E-1"),
    ]
    assert acts(first) == ["received"]
    assert last()[1]["parent"] == "E-1"
    assert {task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()} >= {str(first.pk), str(second.pk)}
    assert process(first).rendition.kind == "typeset"


def test_what_an_email_within_an_email_holds_comes_under_the_outer_one(receive, mail):
    exhibit = process(receive(mail, "m.eml"))
    inner = exhibit.attachments.get(part=2)
    process(inner)
    third = exhibit.attachments.get(part=3)
    assert (third.key, third.source, third.parent_id) == ("E-1.3", "Attachment of E-1.2", exhibit.pk)
    assert process(inner).attachments.count() == 0
    assert exhibit.attachments.count() == 3  # taken apart once, however often it is processed


def test_what_finds_no_room_under_the_number_is_told(receive, mail, monkeypatch):
    monkeypatch.setattr(attaching, "MAX_ATTACHMENTS", 2)
    exhibit = process(receive(mail, "m.eml"))
    inner = process(exhibit.attachments.get(part=2))

    assert exhibit.attachments.count() == 2
    event, facts = last()
    assert (event, facts["attachments"], facts["left"]) == ("evidence.cleared", 0, 1)
    note = "One attachment is in the original only: exhibit E-1 takes no more than 2."
    assert queries.notes_on(inner) == [note]
    assert note in LedgerPrivate.objects.get(entry=LedgerEntry.objects.order_by("seq").last().pk).body
    assert queries.notes_on(exhibit) == []


@pytest.fixture
def mail():
    """An e-mail with a text and with another e-mail that has a text of its own."""
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "b@example.org", "inner"
    inner.set_content("Inner words.")
    inner.add_attachment(b"deep words", maintype="text", subtype="plain", filename="deep.txt")
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "a@example.org", "outer"
    outer.set_content("Outer words.")
    outer.add_attachment(b"words", maintype="text", subtype="plain", filename="note.txt")
    outer.add_attachment(inner, filename="inner.eml")
    return outer.as_bytes()


def test_a_file_that_breaks_its_reader_sinks_nothing(receive, settings):
    settings.RENDER_MEMORY_MB = 64
    exhibit = process(receive())
    assert (exhibit.state, exhibit.is_renderable) == ("cleared", False)
    assert "memory" in exhibit.not_renderable_reason or "stopped" in exhibit.not_renderable_reason


def test_running_again_changes_nothing(exhibit):
    before = LedgerEntry.objects.count()
    for _time in range(2):
        assert process(exhibit).state == "cleared"
    assert (LedgerEntry.objects.count(), Rendition.objects.count()) == (before, 2)


def test_running_again_after_a_crash_before_recording_uses_what_was_stored(receive, vault):
    exhibit = receive()
    prefix = storage.case_prefix(exhibit.board_id, exhibit.case_id)
    other = process(receive())
    assert process(exhibit).state == "cleared"
    assert exhibit.rendition.stored_file_id == other.rendition.stored_file_id
    assert len(list((vault / prefix).iterdir())) == 3  # original, copy, text


@pytest.mark.clamd
def test_a_clean_file_says_so(clamd, receive):
    exhibit = process(receive())
    exhibit.stored_file.refresh_from_db()
    assert (exhibit.stored_file.scan_state, exhibit.stored_file.scan_engine) == ("clean", "clamd")
    assert last()[1]["scan"] == "clean"


@pytest.mark.clamd
def test_an_infected_file_is_refused_and_kept_and_never_opened(clamd, receive):
    exhibit = process(receive(clamd.eicar, "letter.txt"))
    exhibit.stored_file.refresh_from_db()
    assert (exhibit.state, exhibit.stored_file.scan_state) == ("refused", "infected")
    assert "EICAR" in exhibit.state_reason
    assert last()[0] == "evidence.refused"
    with storage.open_verified(exhibit.stored_file) as opened:
        assert opened.read() == clamd.eicar
    assert not Rendition.objects.exists()


@pytest.mark.once
def test_a_renderer_that_cannot_be_started_is_no_verdict_on_the_file(receive, monkeypatch):
    received = receive()
    child._nursery.close()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert process(received).state == "quarantined"
    monkeypatch.undo()
    assert process(received).state == "cleared"


class TestWithoutAVerdict:
    @pytest.fixture(autouse=True)
    def scanner_is_down(self, settings, free_port):
        settings.SCANNER = "clamd"
        settings.CLAMD_PORT = free_port()

    def test_it_stays_in_quarantine_and_is_tried_again(self, receive):
        done = process(receive())
        assert done.state == "quarantined"
        assert "does not answer" in done.state_reason
        assert last()[0] == "evidence.quarantined"

    def test_trying_again_in_vain_does_not_fill_the_ledger(self, receive):
        exhibit = receive()
        for _time in range(3):
            process(exhibit)
        assert LedgerEntry.objects.count() == 2

    def test_it_is_cleared_once_the_scanner_answers(self, receive, settings):
        exhibit = receive()
        process(exhibit)
        settings.SCANNER = ""
        done = process(exhibit)
        assert (done.state, done.state_reason) == ("cleared", "")


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_bytes_that_are_not_those_received_stay_in_quarantine(receive, vault, damage):
    exhibit = receive()
    kept = vault / exhibit.stored_file.key
    kept.unlink() if damage == "missing" else kept.write_bytes(b"other")
    done = process(exhibit)
    assert done.state == "quarantined"
    assert "not those that were received" in done.state_reason


def test_the_worker_is_asked_again_for_what_is_not_settled(receive, vault):
    lost, broken, settled = receive(b"lost"), receive(b"broken"), process(receive(b"settled"))
    (vault / broken.stored_file.key).unlink()
    process(broken)
    DBTaskResult.objects.all().delete()
    assert actions.process_waiting(actor=WORKER, at=AT + timedelta(minutes=4)) == 0
    assert actions.process_waiting(actor=WORKER, at=AT + timedelta(minutes=5)) == 2
    asked = {task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()}
    assert asked == {str(lost.pk), str(broken.pk)}
    assert settled.is_settled


def test_what_takes_long_is_recorded_when_it_ends(receive, settings, monkeypatch):
    passed = iter([1000.0, 1300.5, 1300.5])
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(monotonic=lambda: next(passed)))
    assert process(receive()).settled_at == AT + timedelta(seconds=300)


def test_an_unknown_exhibit_is_out_of_scope():
    with pytest.raises(OutOfScope):
        actions.process_exhibit(uuid4(), actor=WORKER, at=AT)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_record_once(receive, together):
    exhibit = receive()
    results = together(lambda: process(exhibit), lambda: process(exhibit))
    assert [done.state for done in results] == ["cleared", "cleared"]
    assert (Rendition.objects.count(), LedgerEntry.objects.count()) == (2, 2)
