"""Acts of a redaction: drafted, asked for, made by a job that may die, proved or refused, all of it in the ledger."""

import json
import sys
from datetime import timedelta
from uuid import uuid4

import pikepdf
import pytest
from django_tasks_db.models import DBTaskResult

from tests.data import statements
from tests.data.statements import OVER_NAME, OVER_NUMBER, SECRET, box
from tests.tracker.evidence.conftest import AT, WORKER, process
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.cases.queries import people
from tracker.errors import ActionRefused, NotPermitted, OutOfScope
from tracker.evidence import actions, queries
from tracker.evidence.actions import redacting
from tracker.evidence.models import CustodyEvent, Exhibit, Redaction, Rendition
from tracker.files import storage
from tracker.files.models import StoredFile
from tracker.files.pdf import PdfFacts
from tracker.files.redaction import prove, rebuild
from tracker.files.redaction.prove import Hit
from tracker.files.rendering import child

pytestmark = pytest.mark.django_db
BOTH = [OVER_NAME, OVER_NUMBER]


@pytest.fixture
def statement(receive, tmp_path):
    path = statements.statement(tmp_path / "statement.pdf", face="sans", others=("Nothing here.",))
    return process(receive(path.read_bytes()))


@pytest.fixture
def draft(statement, counsel):
    return actions.draft_redaction(statement.pk, actor=counsel, at=AT, areas=BOTH)


@pytest.fixture
def asked(statement, counsel, draft):
    return actions.make_redaction(statement.pk, actor=counsel, at=AT)


def last():
    entry = LedgerEntry.objects.order_by("seq").last()
    return entry.event, json.loads(entry.body)["facts"]


def run(row, at=AT):
    return actions.run_redaction(row.pk, actor=WORKER, at=at)


def counts():
    return [model.objects.count() for model in (Redaction, Rendition, LedgerEntry, CustodyEvent, StoredFile)]


def refused(act, **known):
    before = counts()
    with pytest.raises(ActionRefused) as refusal:
        act(**known)
    assert counts() == before
    return refusal.value.reasons


class TestDraft:
    def test_boxes_are_kept_in_place_of_the_draft_before(self, statement, counsel, draft):
        again = actions.draft_redaction(statement.pk, actor=counsel, at=AT, areas=[OVER_NAME])
        assert again.pk == draft.pk
        assert Redaction.objects.get().status == "drafted"
        event, facts = last()
        assert event == "evidence.redaction_drafted"
        assert (facts["boxes"], facts["pages"], facts["codes"]) == (1, 1, ["R-1"])
        assert facts["source"] == statement.rendition.stored_file.digest

    def test_all_faults_are_told_and_nothing_is_written(self, statement, counsel):
        bad = [box(7, 0, 0, 9, 9), box(1, 0, 0, 1, 1), box(1, 0, 0, 9, 9, "R-9")]
        reasons = refused(actions.draft_redaction, exhibit_id=statement.pk, actor=counsel, at=AT, areas=bad)
        assert len(reasons) == 3
        assert refused(actions.draft_redaction, exhibit_id=statement.pk, actor=counsel, at=AT, areas=[])

    def test_what_has_no_pages_cannot_be_redacted(self, receive, counsel):
        waiting = receive()
        [reason] = refused(actions.draft_redaction, exhibit_id=waiting.pk, actor=counsel, at=AT, areas=BOTH)
        assert "no pages" in reason

    @pytest.mark.parametrize("act", ["draft_redaction", "discard_redaction", "make_redaction"])
    def test_who_may(self, statement, staff, act, draft):
        more = {"areas": BOTH} if act == "draft_redaction" else {}
        with pytest.raises(NotPermitted):
            getattr(actions, act)(statement.pk, actor=staff("investigator"), at=AT, **more)
        with pytest.raises(OutOfScope):
            getattr(actions, act)(uuid4(), actor=staff("board_counsel"), at=AT, **more)

    def test_a_draft_is_discarded(self, statement, counsel, draft):
        actions.discard_redaction(statement.pk, actor=counsel, at=AT)
        assert not Redaction.objects.exists()
        assert last()[0] == "evidence.redaction_discarded"
        assert refused(actions.discard_redaction, exhibit_id=statement.pk, actor=counsel, at=AT)

    def test_while_a_copy_is_made_nothing_changes(self, statement, counsel, asked):
        for act, more in (
            (actions.draft_redaction, {"areas": BOTH}),
            (actions.discard_redaction, {}),
            (actions.make_redaction, {}),
        ):
            [reason] = refused(act, exhibit_id=statement.pk, actor=counsel, at=AT, **more)
            assert "is being made" in reason


class TestAsking:
    def test_the_worker_is_asked(self, asked):
        assert asked.status == "requested"
        assert last()[0] == "evidence.redaction_requested"
        tasks = [task.args_kwargs["args"] for task in DBTaskResult.objects.filter(task_path__endswith="redact_exhibit")]
        assert tasks == [[str(asked.pk)]]

    def test_without_a_draft(self, statement, counsel):
        [reason] = refused(actions.make_redaction, exhibit_id=statement.pk, actor=counsel, at=AT)
        assert "no draft" in reason

    def test_the_same_boxes_twice(self, statement, counsel, asked):
        run(asked)
        actions.draft_redaction(statement.pk, actor=counsel, at=AT, areas=BOTH)
        [reason] = refused(actions.make_redaction, exhibit_id=statement.pk, actor=counsel, at=AT)
        assert "was made before" in reason

    def test_pages_made_anew_in_between(self, statement, counsel, draft):
        other = process_other(statement)
        [reason] = refused(actions.make_redaction, exhibit_id=statement.pk, actor=counsel, at=AT)
        assert "made anew" in reason
        assert other.exhibit_id == statement.pk


def process_other(exhibit):
    """A second copy of the pages, as a later version of the program might make."""
    source = exhibit.rendition
    file = StoredFile.objects.exclude(pk=source.stored_file_id).first()
    return Rendition.objects.create(
        board=exhibit.board, exhibit=exhibit, kind=Rendition.Kind.PDF, stored_file=file,
        source_digest=source.source_digest, tools="x", facts=source.facts, made_at=AT + timedelta(days=1),
    )  # fmt: skip


class TestMaking:
    def test_a_proved_copy(self, statement, asked):
        row = run(asked)
        exhibit = Exhibit.objects.get(pk=statement.pk)
        copy = exhibit.redacted

        assert (row.status, row.derived, row.reason) == ("proved", copy, "")
        assert row.ended_at >= AT
        assert exhibit.rendition == statement.rendition
        facts = PdfFacts.from_json(copy.facts)
        assert (facts.page_count, facts.rendition_sha256) == (2, copy.stored_file.digest)
        event, told = last()
        assert event == "evidence.redacted"
        assert (told["dropped"], told["kept"], told["boxes"]) == (6, 8, 2)
        assert told["rendition"] == copy.stored_file.digest
        custody = CustodyEvent.objects.of_exhibits([exhibit.pk]).last()
        assert (custody.act, custody.digest) == ("copied", copy.stored_file.digest)
        # Who drew the boxes is what a witness is asked; the job only made the copy.
        drawn_by = people.names_of([row.drafted_by])[row.drafted_by]
        assert custody.purpose == f"Redacted copy, boxes drawn by {drawn_by}; the original is unchanged"
        assert queries.evidence_faults(exhibit.case_id) == []
        with storage.open_verified(copy.stored_file) as opened, pikepdf.open(opened) as pdf:
            assert len(pdf.pages) == 2

    def test_the_original_and_its_copy_stay_as_they_were(self, statement, asked):
        before = [(file.pk, file.digest) for file in StoredFile.objects.order_by("pk")]
        run(asked)
        after = {(file.pk, file.digest) for file in StoredFile.objects.all()}
        assert set(before) <= after
        for file in StoredFile.objects.all():
            with storage.open_verified(file):
                pass

    def test_the_ledger_holds_no_covered_word(self, asked):
        run(asked)
        everything = " ".join(LedgerEntry.objects.values_list("body", flat=True))
        everything += " ".join(LedgerPrivate.objects.values_list("body", flat=True))
        for word in SECRET.split():
            assert word.lower() not in everything.lower()

    def test_run_again_nothing_happens(self, asked):
        run(asked)
        before = counts()
        assert run(asked) is None
        assert actions.run_redaction(uuid4(), actor=WORKER, at=AT) is None
        assert counts() == before

    def test_a_job_that_died_after_storing_is_run_again(self, asked, monkeypatch):
        def die(*_args, **_known):
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(redacting, "prove_redaction", die)
            with pytest.raises(SystemExit):
                run(asked)
        assert Redaction.objects.get().status == "requested"
        assert run(asked).status == "proved"
        assert Rendition.objects.filter(kind="redacted").count() == 1

    def test_two_jobs_that_end_one_after_the_other(self, asked, tmp_path):
        seen = redacting._work(asked, tmp_path)
        first = redacting.prove_redaction(asked.pk, actor=WORKER, at=AT, made=seen)
        before = counts()
        redacting.prove_redaction(asked.pk, actor=WORKER, at=AT, made=seen)
        why = redacting._Refusal(("x",), ("x",))
        assert redacting.refuse_redaction(asked.pk, actor=WORKER, at=AT, why=why).status == first.status == "proved"
        assert counts() == before

    def test_other_boxes_that_give_the_same_bytes(self, statement, counsel, asked, tmp_path):
        seen = redacting._work(asked, tmp_path)
        run(asked)
        actions.draft_redaction(statement.pk, actor=counsel, at=AT, areas=[OVER_NAME])
        row = actions.make_redaction(statement.pk, actor=counsel, at=AT)
        assert redacting.prove_redaction(row.pk, actor=WORKER, at=AT, made=seen).status == "refused"


class TestRefusal:
    def test_a_copy_that_still_tells_is_not_kept(self, asked, monkeypatch):
        """The prover is real; only the page is left as it was, as a faulty engine would leave it: so it runs here."""

        def here(source, areas, target, _limits, **more):
            return rebuild.redact(source, areas, target, **more)

        monkeypatch.setattr(redacting.apart, "redact", here)
        monkeypatch.setattr(rebuild.textlayer, "put_sheet", lambda pdf, page, sheet, layer: None)
        row = run(asked)

        assert (row.status, row.derived) == ("refused", None)
        assert "Page 1" in row.reason
        assert "quarrington" not in row.reason.lower()
        event, facts = last()
        assert event == "evidence.redaction_refused"
        assert facts["why"] == ["pixels", "text"]
        assert facts["pages"] == [1]
        assert not Rendition.objects.filter(kind="redacted").exists()

    def test_words_that_stand_elsewhere_must_be_looked_at(self, receive, counsel, tmp_path):
        path = statements.statement(tmp_path / "a.pdf", others=("Zyxwelda came.",))
        exhibit = process(receive(path.read_bytes()))
        actions.draft_redaction(exhibit.pk, actor=counsel, at=AT, areas=BOTH)
        row = run(actions.make_redaction(exhibit.pk, actor=counsel, at=AT))
        assert (row.status, last()[1]["why"], last()[1]["pages"]) == ("refused", ["elsewhere"], [2])
        assert "page 2" in row.reason

        actions.draft_redaction(exhibit.pk, actor=counsel, at=AT, areas=BOTH)
        row = run(actions.make_redaction(exhibit.pk, actor=counsel, at=AT, confirmed=True))
        assert row.status == "proved"

    @pytest.mark.parametrize("damage", ["changed", "missing"])
    def test_changed_bytes(self, statement, asked, vault, damage):
        kept = vault / statement.rendition.stored_file.key
        kept.unlink() if damage == "missing" else kept.write_bytes(b"other")
        assert "not those that were received" in run(asked).reason

    def test_pages_that_cannot_be_drawn(self, asked, settings, tmp_path):
        settings.FONTS_DIR = tmp_path / "nothing"
        assert (run(asked).status, last()[1]["why"]) == ("refused", ["no_fonts"])

    def test_a_copy_that_takes_too_much(self, asked, settings):
        settings.RENDER_MEMORY_MB = 64
        row = run(asked)
        assert (row.status, row.derived) == ("refused", None)
        assert last()[1]["why"] in (["too_complex"], ["stopped"])
        assert not Rendition.objects.filter(kind="redacted").exists()

    @pytest.mark.once
    def test_an_engine_that_cannot_be_started_is_no_verdict(self, asked, monkeypatch):
        before = counts()
        child._nursery.close()
        monkeypatch.setattr(sys, "executable", "/bin/false")
        assert run(asked).status == "requested"
        assert counts() == before
        monkeypatch.undo()
        assert run(asked).status == "proved"

    def test_a_child_that_tells_of_another_copy_is_not_believed(self, asked, monkeypatch):
        plain = redacting.apart.redact

        def another(source, areas, target, limits, **more):
            made = plain(source, areas, target, limits, **more)
            target.write_bytes(source.read_bytes())
            return made

        monkeypatch.setattr(redacting.apart, "redact", another)
        assert (run(asked).status, last()[1]["why"]) == ("refused", ["stopped"])

    def test_every_place_has_a_code_that_the_ledger_takes(self):
        assert {Hit(0, where).where for where in redacting.verdict.WHERE} >= {"text", "file"}
        assert prove.Proof(0, 0, (), ()).is_clean


def test_the_worker_is_asked_again_for_what_waits(asked):
    DBTaskResult.objects.all().delete()
    assert actions.redact_waiting(actor=WORKER, at=AT + timedelta(minutes=14)) == 0
    assert actions.redact_waiting(actor=WORKER, at=AT + timedelta(minutes=15)) == 1
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(asked.pk)]
