"""From a file of any kind to its copy, or to why there is none."""

import pytest

from tests.data import bytes as made
from tests.data import pdfs
from tracker.files.kinds import KINDS
from tracker.files.rendering.choose import RENDERERS, render


def test_a_pdf_gets_a_copy_its_text_and_its_clear_places(job_of, tmp_path):
    rendered = render(job_of(pdfs.letter(tmp_path / "a.pdf", 2).read_bytes(), "pdf"))

    assert (rendered.how, rendered.facts.page_count, rendered.slip) == ("pdf", 2, None)
    assert "page 2 of 2" in rendered.text.read_text(encoding="utf-8")
    assert all(page.strip > 0 for page in rendered.facts.pages)


@pytest.mark.parametrize(("data", "kind"), [(made.pdf()[:300], "pdf"), (b"", "empty"), (b"MZ" * 50, "program")])
def test_what_has_no_pages_says_why(job_of, data, kind):
    rendered = render(job_of(data, kind))

    assert (rendered.rendition, rendered.facts, rendered.text) == (None, None, None)
    assert rendered.slip.reason.endswith(".")


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 3000, b"%PDF-1.7\nnothing", b"PK\x03\x04" + b"x" * 100, b"\xff\xd8\xff\xe0"]
)
def test_any_bytes_of_any_kind_end_in_pages_or_a_reason(job_of, kind, data):
    rendered = render(job_of(data, kind))

    assert bool(rendered.rendition) != bool(rendered.slip and rendered.slip.reason)


def test_every_renderer_belongs_to_a_known_kind():
    assert set(RENDERERS) <= set(KINDS)
