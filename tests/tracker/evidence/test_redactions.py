"""What is shown of redactions: pages to draw on, what a draft would drop, what the ledger tells of a copy."""

import io
import sys

import pytest
from PIL import Image

from tests.data import statements
from tests.data.statements import OVER_NAME, box
from tests.tracker.evidence.conftest import AT, WORKER, process
from tracker.errors import IntegrityBroken
from tracker.evidence import actions, redactions
from tracker.files.rendering import child

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(receive, tmp_path):
    path = statements.statement(tmp_path / "statement.pdf", others=("Zyxwelda again",))
    return process(receive(path.read_bytes()))


def test_pages_and_no_boxes_at_first(statement):
    drawn = redactions.drawing(statement)
    assert (drawn.rendition, drawn.current, drawn.boxes, drawn.is_open) == (statement.rendition, None, (), False)
    assert [tuple(map(int, one)) for one in drawn.sizes] == [(612, 792), (612, 792)]


def test_nothing_to_draw_on(receive):
    assert redactions.drawing(receive()) is None
    assert redactions.drawing(process(receive(b"\x00\x01 nothing to show"))) is None


def test_the_open_draft_comes_first_then_the_last_one(statement, counsel):
    actions.draft_redaction(statement.pk, actor=counsel, at=AT, areas=[OVER_NAME])
    drawn = redactions.drawing(statement)
    assert (drawn.boxes, drawn.is_open) == ((OVER_NAME,), True)

    row = actions.make_redaction(statement.pk, actor=counsel, at=AT)
    actions.run_redaction(row.pk, actor=WORKER, at=AT)
    drawn = redactions.drawing(statement)
    assert (drawn.current.status, drawn.boxes, drawn.is_open) == ("refused", (OVER_NAME,), False)


def test_a_page_as_a_picture(statement):
    with Image.open(io.BytesIO(redactions.page_picture(statement.rendition, 2))) as image:
        assert image.size == (850, 1100)
    with pytest.raises(redactions.NotShown, match="could not be read"):
        redactions.page_picture(statement.rendition, 3)


def test_a_page_that_takes_too_much_is_told_and_not_waited_for(statement, settings):
    settings.RENDER_MEMORY_MB = 64
    with pytest.raises(redactions.NotShown, match="more time or memory|stopped"):
        redactions.page_picture(statement.rendition, 1)
    assert redactions.page_text(statement.rendition, 1) is None
    assert redactions.look_ahead(statement.rendition, (OVER_NAME,)) is None


@pytest.mark.once
def test_without_the_program_that_draws_it_is_told(statement, monkeypatch):
    child._nursery.close()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(redactions.NotShown, match="does not run"):
        redactions.page_picture(statement.rendition, 1)


def test_the_text_of_a_page(statement):
    assert "Zyxwelda again" in redactions.page_text(statement.rendition, 2)
    assert redactions.page_text(statement.rendition, 9) is None


def test_changed_bytes_are_not_shown(statement, vault):
    (vault / statement.rendition.stored_file.key).write_bytes(b"other")
    with pytest.raises(IntegrityBroken):
        redactions.page_picture(statement.rendition, 1)


def test_looking_ahead(statement):
    ahead = redactions.look_ahead(statement.rendition, (OVER_NAME,))
    assert (ahead.dropped, [(one.word, one.pages) for one in ahead.also]) == (2, [("Zyxwelda", (2,))])
    assert redactions.look_ahead(statement.rendition, (box(9, 1, 1, 9, 9),)) is None


def test_the_outcome_stands_in_the_ledger(statement, counsel):
    actions.draft_redaction(statement.pk, actor=counsel, at=AT, areas=[OVER_NAME])
    row = actions.make_redaction(statement.pk, actor=counsel, at=AT, confirmed=True)
    assert redactions.outcome(row, statement.case_id) == {}
    row = actions.run_redaction(row.pk, actor=WORKER, at=AT)
    assert redactions.outcome(row, statement.case_id)["dropped"] == 2
