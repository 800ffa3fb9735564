"""The engine in a child process: its limits are told as codes, and what it leaves is looked at."""

import pytest

from tests.data import statements
from tests.data.statements import OVER_NAME
from tracker.files.redaction import apart, errands
from tracker.files.redaction.rebuild import CannotRedact
from tracker.files.rendering import child
from tracker.files.rendering.limits import Limits

ENOUGH, SCARCE = Limits(seconds=60), Limits(seconds=60, memory_mb=64)


@pytest.fixture
def source(tmp_path):
    return statements.statement(tmp_path / "statement.pdf", others=("Zyxwelda again",))


def test_drawing_reading_and_looking_ahead(source):
    assert apart.page_picture(source, 1, ENOUGH).startswith(b"\x89PNG")
    assert "Zyxwelda again" in apart.page_text(source, 2, ENOUGH)
    assert apart.look_ahead(source, [OVER_NAME], ENOUGH, most_pages=9).dropped == 2
    with pytest.raises(CannotRedact, match="unreadable"):
        apart.page_text(source, 3, ENOUGH)


def test_a_copy_is_made_and_proved(source, tmp_path):
    made = apart.redact(source, [OVER_NAME], tmp_path / "copy.pdf", ENOUGH, fonts=statements.FONTS)
    assert made.proof.is_clean
    assert (tmp_path / "copy.pdf").stat().st_size == made.facts.rendition_bytes


def test_too_little_memory_leaves_no_copy(source, tmp_path):
    with pytest.raises(CannotRedact, match="too_complex|stopped"):
        apart.redact(source, [OVER_NAME], tmp_path / "copy.pdf", SCARCE, fonts=statements.FONTS)
    assert not (tmp_path / "copy.pdf").exists()


@pytest.mark.parametrize(("how", "code"), [("time", "too_complex"), ("memory", "too_complex"), ("broken", "stopped")])
def test_how_a_child_ended_is_told_as_a_code(source, monkeypatch, how, code):
    monkeypatch.setattr(child._nursery, "run", lambda *_asked: how)
    with pytest.raises(CannotRedact, match=code):
        apart.page_picture(source, 1, ENOUGH)


@pytest.mark.parametrize("answer", ["", "{}", '{"done": {"facts": 1}}', '{"done": null}', '{"cannot": "x"}'])
def test_an_answer_that_is_none_is_not_believed(source, tmp_path, monkeypatch, answer):
    """As a copy that got hold of the child might leave it: any text, and a link to another file for the copy."""

    def end(_work, job, _limits, _locale):
        (job.folder / "answer.json").write_text(answer)
        (job.folder / errands.COPY).symlink_to(source)
        (job.folder / errands.PICTURE).symlink_to(source)
        return "done"

    monkeypatch.setattr(child._nursery, "run", end)
    for ask in (
        lambda: apart.page_picture(source, 1, ENOUGH),
        lambda: apart.redact(source, [OVER_NAME], tmp_path / "copy.pdf", ENOUGH, fonts=statements.FONTS),
        lambda: apart.look_ahead(source, [OVER_NAME], ENOUGH, most_pages=9),
    ):
        with pytest.raises(CannotRedact):
            ask()
    assert not (tmp_path / "copy.pdf").exists()
