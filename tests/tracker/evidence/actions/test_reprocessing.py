"""Pages made anew: the original stays, the ledger tells it once, and what is restricted stays where it was."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from tests.data import bytes as made
from tests.data import mails
from tests.tracker.evidence.conftest import AT, WORKER, process
from tracker.audit.models import LedgerEntry
from tracker.errors import OutOfScope
from tracker.evidence import actions, queries
from tracker.evidence.actions import reprocessing
from tracker.evidence.models import CustodyEvent, Exhibit, Rendition
from tracker.files import storage
from tracker.files.models import StoredFile
from tracker.files.pdf import PdfFacts

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def again(exhibit, at=LATER):
    actions.reprocess_exhibit(exhibit.pk, actor=WORKER, at=at)
    return Exhibit.objects.get(pk=exhibit.pk)


def last():
    entry = LedgerEntry.objects.order_by("seq").last()
    return entry.event, json.loads(entry.body)["facts"]


def counts():
    return [model.objects.count() for model in (Rendition, LedgerEntry, CustodyEvent, Exhibit)]


def make_old(exhibit, content=None):
    """Its copy as an older program left it: facts without the places of stamps, and other bytes where given."""
    row = exhibit.rendition
    facts = json.loads(row.facts)
    del facts["frame"]
    for page in facts["pages"]:
        del page["places"], page["strip"]
    row.facts = json.dumps(facts)
    row.save(update_fields=["facts"])
    if content:
        StoredFile.objects.filter(pk=row.stored_file_id).update(digest="0" * 64, key=f"{row.stored_file.key}-old")
    return row


def asked():
    found = [row for row in DBTaskResult.objects.all() if row.task_path.endswith("reprocess_exhibit")]
    return {row.args_kwargs["args"][0] for row in found}


class TestAsking:
    def test_only_copies_of_an_older_make_are_asked_for(self, exhibit, second, receive, other_case):
        old, elsewhere = process(receive(name="b.pdf")), process(receive(case_id=other_case.pk))
        for one in (old, elsewhere):
            make_old(one)
        by = {"actor": WORKER, "at": LATER}
        assert actions.reprocess_exhibits(**by, case_id=exhibit.case_id) == 1
        assert asked() == {str(old.pk)}
        assert actions.reprocess_exhibits(**by) == 2
        receive(b"waits for its scan")
        before = LedgerEntry.objects.count()
        assert actions.reprocess_exhibits(**by, everything=True) == 4
        assert asked() == {str(one.pk) for one in (exhibit, second, old, elsewhere)}
        assert LedgerEntry.objects.count() == before

    def test_what_is_an_older_make(self, exhibit):
        row = exhibit.rendition
        assert not reprocessing.is_dated(None)
        assert not reprocessing.is_dated(row)
        facts = json.loads(row.facts)
        row.facts = json.dumps(facts | {"pages": [facts["pages"][0] | {"places": [0, 0, 0]}]})
        assert reprocessing.is_dated(row)
        assert reprocessing.is_dated(make_old(exhibit))


class TestMaking:
    def test_a_copy_of_other_bytes_is_shown_from_now_on(self, exhibit):
        old = make_old(exhibit, content=b"other")
        done = again(exhibit)

        assert done.rendition != old
        assert not reprocessing.is_dated(done.rendition)
        assert Rendition.objects.filter(pk=old.pk).exists()
        event, facts = last()
        assert (event, facts["pages"], facts["rendition"]) == (
            "evidence.reprocessed",
            1,
            done.rendition.stored_file.digest,
        )
        custody = CustodyEvent.objects.of_exhibits([exhibit.pk]).last()
        assert (custody.act, custody.digest) == ("copied", done.rendition.stored_file.digest)
        assert done.text.source_digest == done.rendition.stored_file.digest
        assert queries.evidence_faults(exhibit.case_id) == []
        with storage.open_verified(done.stored_file) as opened:
            assert opened.read() == made.pdf()

    def test_of_the_same_bytes_only_what_is_known_is_written(self, exhibit):
        old, before = make_old(exhibit), counts()
        done = again(exhibit)
        assert done.rendition == old
        assert PdfFacts.from_json(done.rendition.facts).frame.catalog
        assert counts() == [before[0], before[1] + 1, *before[2:]]

    def test_run_again_nothing_is_written(self, exhibit):
        make_old(exhibit, content=b"other")
        done, before = again(exhibit), counts()
        assert again(exhibit, LATER + timedelta(days=1)).rendition.made_at == done.rendition.made_at
        assert counts() == before

    def test_what_had_no_pages_gets_them_and_what_it_holds(self, receive, settings):
        settings.RENDER_MEMORY_MB = 64
        exhibit = process(receive(mails.nested(1), "m.eml"))
        assert (exhibit.is_renderable, exhibit.attachments.count()) == (False, 0)
        before = counts()
        assert not again(exhibit).is_renderable
        assert counts() == before

        settings.RENDER_MEMORY_MB = 3072
        done = again(exhibit)
        assert (done.is_renderable, done.not_renderable_reason, done.slip_facts) == (True, "", "")
        assert [one.key for one in done.attachments.all()] == ["E-1.1"]
        before = counts()
        again(exhibit)
        assert counts() == before

    def test_what_is_not_settled_waits_for_its_scan(self, receive):
        exhibit, before = receive(), counts()
        assert again(exhibit).state == "received"
        assert counts() == before
        with pytest.raises(OutOfScope):
            actions.reprocess_exhibit(uuid4(), actor=WORKER, at=AT)


class TestRefusal:
    def test_the_copy_stays_where_no_pages_can_be_made_any_more(self, exhibit, settings):
        settings.RENDER_MEMORY_MB = 64
        assert again(exhibit).rendition == exhibit.rendition
        assert last() == ("evidence.reprocessing_refused", last()[1] | {"why": "no_pages"})
        before = counts()
        assert again(exhibit).is_renderable
        assert counts() == before

    def test_changed_bytes(self, exhibit, vault):
        (vault / exhibit.stored_file.key).write_bytes(b"other")
        assert again(exhibit).rendition == exhibit.rendition
        assert last()[1]["why"] == "integrity"

    def test_restricted_pages_stay_where_they_are(self, exhibit, counsel):
        by = {"actor": counsel, "at": AT}
        row = actions.restrict_pages(exhibit.pk, **by, first_page=1, last_page=1, code="W-1", reason="x")
        old = make_old(exhibit, content=b"other")
        facts = json.loads(old.facts)
        old.facts = json.dumps(facts | {"pages": [facts["pages"][0] | {"sha256": "0" * 64}]})
        old.save(update_fields=["facts"])
        assert again(exhibit).rendition == old
        assert last()[1]["why"] == "restricted"

        actions.lift_restriction(exhibit.pk, **by, restriction_id=row.pk, reason="x")
        assert again(exhibit).rendition != old

    def test_pages_that_are_the_same_may_be_restricted(self, exhibit, counsel):
        actions.restrict_pages(exhibit.pk, actor=counsel, at=AT, first_page=1, last_page=1, code="W-1", reason="x")
        old = make_old(exhibit, content=b"other")
        assert again(exhibit).rendition != old
