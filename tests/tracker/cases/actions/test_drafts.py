"""Drafts: kept step by step, brought back by a code, gone when expired or filed."""

from datetime import timedelta

import pytest

from tests.factories.cases import START, refused
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.cases import numbering
from tracker.cases.actions import drafts
from tracker.cases.models import FilingDraft
from tracker.errors import OutOfScope

WRITER = Actor.system("portal")


@pytest.fixture
def begun(office: object) -> tuple[FilingDraft, str]:
    """A draft and its code."""
    return drafts.start_draft(actor=WRITER, at=START)


def save(draft: FilingDraft, step: str, answers: dict, *, version: int, after: int = 1) -> FilingDraft:
    """One step kept."""
    at = START + timedelta(minutes=after)
    return drafts.save_step(draft.pk, step, answers, actor=WRITER, at=at, version=version)


def test_the_code_is_kept_only_as_a_hash(begun: tuple[FilingDraft, str]) -> None:
    draft, code = begun
    assert numbering.is_well_formed(code)
    assert draft.code_hash == numbering.hash_code(code)
    assert numbering.plain(code) not in repr(FilingDraft.objects.values()[0])
    assert draft.expires_at == START + timedelta(days=30)


def test_steps_are_kept_apart_and_the_board_is_found(begun: tuple[FilingDraft, str], office: object) -> None:
    draft, code = begun
    save(draft, "board", {"board": office.board.slug}, version=0)
    kept = save(draft, "who", {"name": "Leland Prewitt"}, version=1, after=5)
    assert kept.answers == {"board": {"board": office.board.slug}, "who": {"name": "Leland Prewitt"}}
    assert (kept.board, kept.version) == (office.board, 2)
    assert kept.expires_at == START + timedelta(days=30, minutes=5)
    assert drafts.find_draft(code.lower(), at=START).pk == draft.pk
    assert not LedgerEntry.objects.exists()


def test_another_window_does_not_overwrite(begun: tuple[FilingDraft, str]) -> None:
    draft, _code = begun
    save(draft, "who", {"name": "First"}, version=0)
    reasons = refused(lambda: save(draft, "who", {"name": "Second"}, version=0))
    assert reasons == ["This draft was changed in another window. Your words are below; save them again."]


@pytest.mark.parametrize("typed", ["", "0000", "0000-0000-0000-0000-0000-0"])
def test_a_wrong_code_finds_nothing(begun: tuple[FilingDraft, str], typed: str) -> None:
    assert drafts.find_draft(typed, at=START) is None


def test_an_expired_draft_is_not_found_and_not_saved(begun: tuple[FilingDraft, str]) -> None:
    draft, code = begun
    late = START + timedelta(days=30)
    assert drafts.find_draft(code, at=late - timedelta(seconds=1))
    assert drafts.find_draft(code, at=late) is None
    refused(lambda: save(draft, "who", {}, version=0, after=30 * 24 * 60), OutOfScope)


def test_a_filed_draft_cannot_be_saved(begun: tuple[FilingDraft, str]) -> None:
    draft, code = begun
    FilingDraft.objects.update(filed_at=START)
    refused(lambda: save(draft, "who", {}, version=0), OutOfScope)
    assert drafts.find_draft(code, at=START) is None


def test_expired_drafts_go_and_filed_ones_lose_their_words(begun: tuple[FilingDraft, str]) -> None:
    draft, _code = begun
    save(draft, "who", {"name": "Leland"}, version=0)
    filed, _other = drafts.start_draft(actor=WRITER, at=START)
    FilingDraft.objects.filter(pk=filed.pk).update(filed_at=START, answers={"who": {"name": "Leland"}})
    sweep = {"actor": Actor.system("worker")}
    assert drafts.expire_drafts(**sweep, at=START + timedelta(hours=23)) == 0
    assert FilingDraft.objects.get(pk=filed.pk).answers
    assert drafts.expire_drafts(**sweep, at=START + timedelta(days=31)) == 1
    assert [row.pk for row in FilingDraft.objects.all()] == [filed.pk]
    assert FilingDraft.objects.get().answers == {}
