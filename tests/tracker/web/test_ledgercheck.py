"""Verifying the ledger for people."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.audit import actions as audit_actions
from tracker.audit import guards
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry, LedgerPrivate
from tracker.cases.models import Case
from tracker.evidence import actions as evidence
from tracker.files.models import StoredFile
from tracker.web import ledgercheck

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def guards_lifted() -> Iterator[None]:
    """What somebody with the database's own keys could do."""
    guards.drop(connection)
    try:
        yield
    finally:
        guards.install(connection)


@pytest.fixture
def story() -> Story:
    """A case that was accepted."""
    return Story(make_staffed()).to("assigned")


def test_a_whole_ledger(story: Story) -> None:
    other = Story(story.office)
    result = ledgercheck.check(None)
    assert result.is_whole
    assert result.sentence == "The ledger is whole."
    count = LedgerEntry.objects.filter(chain=story.case_id).count()
    assert f"{story.docket}: {count} intact, 0 disposed, 0 missing, 0 altered" in result.lines
    assert any(line.startswith(f"{other.docket}: ") for line in result.lines)
    assert len(ledgercheck.check(story.case).lines) == 1


def test_the_first_broken_link_is_named(story: Story) -> None:
    with guards_lifted():
        entry = LedgerEntry.objects.get(chain=story.case_id, seq=3)
        LedgerEntry.objects.filter(pk=entry.pk).update(body=entry.body.replace("high", "routine"))
    result = ledgercheck.check(story.case)
    assert not result.is_whole
    assert result.sentence == "The ledger is not whole: see the lines above."
    assert "; first broken link: entry 3, " in result.lines[0]
    assert not ledgercheck.check(None).is_whole


def test_a_private_part_that_is_gone_without_authority_is_missing(story: Story) -> None:
    entry = LedgerEntry.objects.get(chain=story.case_id, event="case.filed")
    LedgerPrivate.objects.filter(entry=entry.id).delete()
    result = ledgercheck.check(story.case)
    assert not result.is_whole
    assert "1 missing" in result.lines[0]


def test_a_removed_entry_is_told(story: Story) -> None:
    with guards_lifted():
        LedgerEntry.objects.filter(chain=story.case_id, seq=3)._raw_delete("default")
    assert not ledgercheck.check(story.case).is_whole


def test_a_case_moved_behind_the_ledgers_back_is_told(story: Story) -> None:
    Case.objects.filter(pk=story.case_id).update(status="investigating")
    result = ledgercheck.check(story.case)
    assert not result.is_whole
    assert result.lines[1] == "  the case stands at investigating, its last step says assigned"


def test_an_anchor_that_was_written_outside_the_database_must_stand_in_it(story: Story, settings, tmp_path) -> None:
    settings.ANCHOR_FILE = str(tmp_path / "anchors.txt")
    audit_actions.make_anchor(actor=Actor.system("anchor"), at=timezone.now())
    assert ledgercheck.check(None).is_whole
    kept = (tmp_path / "anchors.txt").read_text()
    (tmp_path / "anchors.txt").write_text(kept.replace(kept.split()[-1], "0" * 64))
    result = ledgercheck.check(None)
    assert not result.is_whole
    assert result.lines[-1] == "anchor 1 of the anchor file is not in the ledger"
    (tmp_path / "anchors.txt").write_text("\nnothing of ours\n")
    assert not ledgercheck.check(None).is_whole
    (tmp_path / "anchors.txt").unlink()
    assert ledgercheck.check(None).is_whole


def test_evidence_that_is_not_what_the_ledger_tells_is_named(story: Story, tmp_path) -> None:
    (tmp_path / "a.txt").write_text("What he wrote to me.")
    exhibit = evidence.receive_exhibit(
        story.case_id,
        actor=Actor.staff(story.office.intake.pk),
        at=timezone.now(),
        path=tmp_path / "a.txt",
        original_name="a.txt",
    )
    assert ledgercheck.check(story.case).is_whole
    StoredFile.objects.filter(pk=exhibit.stored_file_id).update(digest="0" * 64)
    result = ledgercheck.check(story.case)
    assert not result.is_whole
    assert "  E-1 is not the file that the ledger tells of" in result.lines
