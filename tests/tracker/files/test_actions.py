from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.data import bytes as made
from tracker.audit.actors import Actor
from tracker.errors import ActionRefused, OutOfScope
from tracker.files import actions, storage
from tracker.files.models import StagedUpload

AT = datetime(2026, 6, 3, 15, 0, tzinfo=UTC)
DRAFT = uuid4()
ACTOR = Actor.filer(DRAFT)
LETTER = made.pdf()

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(tmp_path):
    def stage(content=LETTER, name="letter.pdf", draft=DRAFT):
        path = tmp_path / "incoming"
        path.write_bytes(content)
        return actions.stage_upload(draft, actor=ACTOR, at=AT, path=path, original_name=name)

    return stage


def test_keeps_a_file_for_its_draft(stage):
    staged = stage(name="C:\\x\\letter.pdf")
    assert (staged.original_name, staged.kind, staged.state) == ("letter.pdf", "pdf", "staged")
    with storage.open_verified(staged) as opened:
        assert opened.read() == made.pdf()


@pytest.mark.parametrize("content", [b"", made.WINDOWS_PROGRAM, made.docx(macros=True)])
def test_refuses_what_the_public_may_not_send(stage, vault, content):
    with pytest.raises(ActionRefused):
        stage(content)
    assert not StagedUpload.objects.exists()
    assert list(vault.rglob("*")) == []


def test_refuses_a_file_over_the_limit(stage, settings):
    settings.UPLOAD_MAX_BYTES = 10
    with pytest.raises(ActionRefused, match="larger than"):
        stage()


def test_refuses_one_file_too_many(stage, settings):
    settings.UPLOAD_MAX_FILES = 1
    stage(b"one")
    with pytest.raises(ActionRefused, match="1 files"):
        stage(b"two")
    assert StagedUpload.objects.count() == 1


def test_a_removed_file_is_gone_at_once(stage, vault):
    staged = stage()
    actions.remove_staged(DRAFT, actor=ACTOR, at=AT, staged_id=staged.pk)
    assert not StagedUpload.objects.waiting().exists()
    assert not (vault / staged.key).exists()


def test_bytes_that_another_entry_of_the_draft_needs_stay(stage, vault):
    first, second = stage(name="a.pdf"), stage(name="b.pdf")
    assert first.key == second.key
    actions.remove_staged(DRAFT, actor=ACTOR, at=AT, staged_id=first.pk)
    assert (vault / second.key).exists()


def test_a_file_of_another_draft_is_out_of_scope(stage):
    staged = stage(draft=uuid4())
    with pytest.raises(OutOfScope):
        actions.remove_staged(DRAFT, actor=ACTOR, at=AT, staged_id=staged.pk)


def test_sweep_counts_what_it_removed(stage, vault):
    stage()
    assert actions.sweep(actor=Actor.system("worker"), at=AT) == (0, 0)
