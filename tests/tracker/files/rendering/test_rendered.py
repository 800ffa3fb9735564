"""What crosses the border to the child process survives the way."""

from pathlib import Path

import pytest

from tests.data import bytes as made
from tracker.files.pdf import inspect_and_rewrite
from tracker.files.rendering.rendered import Attachment, Rendered, SlipFacts, with_strips


def test_an_answer_reads_back_as_it_was_written(tmp_path):
    (tmp_path / "a.pdf").write_bytes(made.pdf(pages=2))
    facts = inspect_and_rewrite(tmp_path / "a.pdf", tmp_path / "b.pdf")
    whole = Rendered(
        Path("b.pdf"), facts, Path("b.txt"), "email", "tool", None, (Attachment("n", Path("c"), "s"),), ("w",)
    )
    slip = Rendered(slip=SlipFacts("Because.", (("Length", "0:01:00"),), ("a.txt",)))

    assert Rendered.from_json(whole.to_json()) == whole
    assert Rendered.from_json(slip.to_json()) == slip
    assert SlipFacts.from_json(slip.slip.to_json()) == slip.slip


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rendition":1}'])
def test_anything_else_is_no_answer(text):
    with pytest.raises((ValueError, LookupError, TypeError)):
        Rendered.from_json(text)


def test_every_page_gets_its_clear_places(tmp_path):
    (tmp_path / "a.pdf").write_bytes(made.pdf(pages=2))
    facts = inspect_and_rewrite(tmp_path / "a.pdf", tmp_path / "b.pdf")

    assert [page.strip for page in with_strips(facts, [3, 0]).pages] == [3, 0]
    with pytest.raises(ValueError, match="zip"):
        with_strips(facts, [1])
