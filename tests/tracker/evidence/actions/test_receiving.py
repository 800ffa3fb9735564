import hashlib
import json
from datetime import date
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from tests.data import bytes as made
from tests.tracker.evidence.conftest import AT
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.cases.models import CaseComplaint, Complaint
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.evidence import actions
from tracker.evidence.models import CustodyEvent, Exhibit
from tracker.files import actions as file_actions
from tracker.files.models import StagedUpload, StoredFile

pytestmark = pytest.mark.django_db


def file_complaint(case, draft_id):
    complaint = Complaint.objects.create(
        board=case.board, draft_id=draft_id, source="public", channel="portal", received_at=AT, entered_at=AT,
        form_version="1", attestation_version="1", verbatim="{}", digest="0" * 64,
    )  # fmt: skip
    CaseComplaint.objects.create(board=case.board, case=case, complaint=complaint)
    return Actor.filer(complaint.pk, Origin.DEMO)


@pytest.fixture
def filer(case):
    return file_complaint(case, uuid4())


def test_becomes_the_next_exhibit_of_the_case(receive, case, counsel):
    exhibit = receive(name="C:\\x\\Letter\u202e.pdf", title=" A  letter ", source="Client", dated_on=date(2026, 5, 1))
    assert (exhibit.key, exhibit.title, exhibit.original_name) == ("E-1", "A letter", "Letter.pdf")
    assert (exhibit.state, exhibit.is_renderable, exhibit.received_by) == ("received", False, counsel.code)
    assert exhibit.stored_file.digest == hashlib.sha256(made.pdf()).hexdigest()
    assert exhibit.stored_file.key == f"{case.board_id}/{case.pk}/{exhibit.stored_file.digest}"
    assert receive(b"other").key == "E-2"


def test_without_a_title_the_file_name_is_shown(receive):
    assert receive(name="scan 1.pdf").title == "scan 1.pdf"


def test_custody_begins_with_the_digest_and_the_ledger_entry(receive, counsel):
    exhibit = receive(source="Client")
    event, entry = CustodyEvent.objects.get(), LedgerEntry.objects.get()
    assert (event.exhibit_id, event.seq, event.act, event.actor) == (exhibit.pk, 1, "received", counsel.code)
    assert (event.digest, event.ledger_seq) == (exhibit.stored_file.digest, entry.seq)
    assert event.released_by == "Client"


def test_the_ledger_has_the_digest_and_no_name(receive):
    exhibit = receive(name="Pat Quill.pdf", title="Letter of Pat Quill", source="Pat Quill")
    entry = LedgerEntry.objects.get()
    assert json.loads(entry.body)["facts"] == {
        "exhibit": "E-1",
        "exhibit_id": str(exhibit.pk),
        "sha256": exhibit.stored_file.digest,
        "bytes": len(made.pdf()),
        "kind": "pdf",
    }
    assert "Quill" not in entry.body
    assert "Quill" in LedgerPrivate.objects.get(entry=entry.pk).body


def test_the_same_bytes_twice_are_two_exhibits_on_one_stored_file(receive):
    first, second = receive(), receive()
    assert first.stored_file_id == second.stored_file_id
    assert (first.number, second.number) == (1, 2)
    assert StoredFile.objects.count() == 1


def test_another_case_gets_its_own_copy(receive, other_case, vault):
    first, second = receive(), receive(case_id=other_case.pk)
    assert first.stored_file_id != second.stored_file_id
    assert second.number == 1
    assert len([path for path in vault.rglob("*") if path.is_file()]) == 2


@pytest.mark.parametrize("content", [b"", made.WINDOWS_PROGRAM, made.archive("a.txt"), bytes(range(256))])
def test_staff_receive_any_kind(receive, content):
    assert receive(content, "odd").stored_file.size == len(content)


@pytest.mark.parametrize("content", [b"", made.WINDOWS_PROGRAM, made.archive("a.txt")])
def test_the_public_may_not_send_any_kind(receive, filer, vault, content):
    with pytest.raises(ActionRefused):
        receive(content, "photo.pdf", actor=filer)
    assert not Exhibit.objects.exists()
    assert not LedgerEntry.objects.exists()
    assert list(vault.rglob("*")) == []


def test_the_public_may_add_to_their_own_complaint_only(receive, filer, other_case):
    assert receive(actor=filer).received_by == filer.code
    with pytest.raises(OutOfScope):
        receive(actor=filer, case_id=other_case.pk)


def test_over_the_limit_is_refused_for_everybody(receive, settings):
    settings.UPLOAD_MAX_BYTES = 100
    with pytest.raises(ActionRefused, match="larger than"):
        receive()
    assert not Exhibit.objects.exists()


def test_says_who_may(receive, staff, vault):
    with pytest.raises(NotPermitted, match="Investigator"):
        receive(actor=staff("auditor"))
    assert list(vault.rglob("*")) == []


def test_a_case_that_is_not_there_is_out_of_scope(receive):
    with pytest.raises(OutOfScope):
        receive(case_id=uuid4())


def test_asks_the_worker(receive):
    exhibit = receive()
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(exhibit.pk)]


class TestAFiledDraft:
    draft_id = uuid4()

    @pytest.fixture
    def filer(self, case):
        return file_complaint(case, self.draft_id)

    @pytest.fixture
    def staged(self, tmp_path, filer):
        for name, content in (("a.pdf", made.pdf("a")), ("b.txt", b"b")):
            path = tmp_path / name
            path.write_bytes(content)
            file_actions.stage_upload(self.draft_id, actor=filer, at=AT, path=path, original_name=name)

    def take(self, case, filer):
        return actions.receive_staged(case.pk, actor=filer, at=AT, draft_id=self.draft_id, source="Complainant")

    def test_gives_its_files_in_the_order_they_came(self, staged, case, filer):
        received = self.take(case, filer)
        assert [(row.key, row.original_name, row.source) for row in received] == [
            ("E-1", "a.pdf", "Complainant"),
            ("E-2", "b.txt", "Complainant"),
        ]
        assert not StagedUpload.objects.waiting().exists()

    def test_twice_changes_nothing(self, staged, case, filer):
        self.take(case, filer)
        assert self.take(case, filer) == []
        assert Exhibit.objects.count() == 2

    def test_a_crash_between_two_acts_makes_no_second_exhibit(self, staged, case, filer):
        self.take(case, filer)
        StagedUpload.objects.update(state=StagedUpload.State.STAGED)
        assert [row.key for row in self.take(case, filer)] == ["E-1", "E-2"]
        assert (Exhibit.objects.count(), LedgerEntry.objects.count()) == (2, 2)

    def test_a_staged_file_that_changed_is_not_taken_and_holds_up_no_other(self, staged, case, filer, vault):
        (vault / StagedUpload.objects.get(original_name="a.pdf").key).write_bytes(b"changed")
        with pytest.raises(ActionRefused, match=r"a\.pdf: The stored file"):
            self.take(case, filer)
        assert [row.original_name for row in Exhibit.objects.all()] == ["b.txt"]
        assert [row.original_name for row in StagedUpload.objects.waiting()] == ["a.pdf"]

    def test_files_left_by_a_stopped_server_are_taken_over(self, staged, case, filer, vault):
        worker = Actor.system("evidence", Origin.DEMO)
        (vault / StagedUpload.objects.get(original_name="a.pdf").key).write_bytes(b"changed")
        assert actions.receive_leftovers(actor=worker, at=AT) == 1
        assert actions.receive_leftovers(actor=worker, at=AT) == 0
        assert [(row.original_name, row.received_by) for row in Exhibit.objects.all()] == [("b.txt", filer.code)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_and_no_repeats_under_contention(case, counsel, tmp_path, together):
    def one(number):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(str(number).encode())
        return lambda: actions.receive_exhibit(case.pk, actor=counsel, at=AT, path=path, original_name=path.name)

    results = together(*(one(number) for number in range(6)))
    assert sorted(row.number for row in results) == list(range(1, 7))
