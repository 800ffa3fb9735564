"""Opening received PDFs: facts of pages, what is refused and why, same bytes."""

import json
from decimal import Decimal

import pikepdf
import pytest

from tests.data import pdfs
from tracker.files import pdf
from tracker.files.pdf import NotRenderable, PdfFacts, inspect_and_rewrite


def inspect(source):
    return inspect_and_rewrite(source, source.with_name("rendition.pdf"))


def test_a_letter_gives_its_facts(tmp_path):
    facts = inspect(pdfs.letter(tmp_path / "a.pdf", 3))

    assert facts.page_count == 3
    assert facts.pages[0].box == ("0", "0", "612", "792")
    assert facts.pages[0].displayed_size == (Decimal(612), Decimal(792))
    assert (facts.removed, facts.warnings) == ((), ())
    assert len({page.sha256 for page in facts.pages}) == 3
    assert facts.rendition_bytes == (tmp_path / "rendition.pdf").stat().st_size
    assert "libqpdf" in facts.tool


def test_facts_are_plain_json_without_floats(tmp_path):
    facts = inspect(pdfs.shaped(tmp_path / "a.pdf", media=(0.5, 0, 400.25, 300)))

    def refuse(text):
        raise AssertionError(f"a float: {text}")

    plain = json.loads(facts.to_json(), parse_float=refuse)
    assert plain["pages"][0]["box"] == ["0.5", "0", "400.25", "300"]
    assert PdfFacts.from_json(facts.to_json()) == facts
    assert PdfFacts.from_plain(facts.to_plain()) == facts


@pytest.mark.parametrize(
    ("content", "open_saves", "extra_restores", "open_text"),
    [
        (b"q 1 0 0 1 0 0 cm Q", 0, 0, False),
        (b"q q 2 0 0 2 0 0 cm", 2, 0, False),
        (b"Q Q q", 1, 2, False),
        (b"BT /F1 9 Tf (a q Q q string) Tj", 0, 0, True),
        (b"q BI /W 1 /H 1 /CS /G /BPC 8 ID q EI Q", 0, 0, False),
        (b"q (broken", 0, 0, False),  # broken syntax is set apart, with all that it leaves open
        (b"q q 1 0 0 1 >> 0 0 cm ] Q BT", 0, 0, False),
    ],
)
def test_the_balance_of_graphics_states(tmp_path, content, open_saves, extra_restores, open_text):
    page = inspect(pdfs.shaped(tmp_path / "a.pdf", content=content)).pages[0]

    assert (page.open_saves, page.extra_restores, page.open_text) == (open_saves, extra_restores, open_text)


def test_the_same_source_gives_the_same_bytes(tmp_path):
    source = pdfs.hostile(tmp_path / "a.pdf")
    inspect_and_rewrite(source, tmp_path / "one.pdf")
    inspect_and_rewrite(source, tmp_path / "two.pdf")

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_the_owner_password_does_not_stop_reading(tmp_path):
    facts = inspect(pdfs.encrypted(tmp_path / "a.pdf", owner="secret"))

    assert facts.page_count == 1
    with pikepdf.open(tmp_path / "rendition.pdf") as copy:
        assert not copy.is_encrypted


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: pdfs.encrypted(path, user="secret"), "password"),
        (pdfs.truncated, "cut_off"),
        (lambda path: path.write_bytes(b"%PDF-1.7\nnonsense\n%%EOF\n") and path, "damaged"),
        (lambda path: path.write_bytes(b"") and path or path, "cut_off"),
        (pdfs.bomb, "too_complex"),
        (pdfs.nested, "too_complex"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(tmp_path, make, code):
    source = make(tmp_path / "a.pdf")

    with pytest.raises(NotRenderable) as refused:
        inspect(source)

    assert refused.value.code == code
    assert refused.value.reason == pdf.REASONS[code]
    assert not (tmp_path / "rendition.pdf").exists()


def test_too_many_pages_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)

    with pytest.raises(NotRenderable) as refused:
        inspect(pdfs.letter(tmp_path / "a.pdf", 3))

    assert refused.value.code == "too_many_pages"


def test_a_small_repair_is_a_warning(tmp_path):
    source = pdfs.letter(tmp_path / "a.pdf")
    data = source.read_bytes()
    at = data.rindex(b"startxref")
    source.write_bytes(data[:at] + b"startxref\n7\n%%EOF\n")

    facts = inspect(source)

    assert facts.page_count == 1
    assert facts.warnings
    assert str(tmp_path) not in "".join(facts.warnings)


def test_the_outline_is_read(tmp_path):
    facts = inspect(pdfs.linked(tmp_path / "a.pdf"))

    assert [(item.level, item.title, item.page) for item in facts.outline] == [
        (0, "Chapter one", 0),
        (1, "Section", 2),
    ]


def test_every_byte_changed_is_read_or_refused(tmp_path):
    """No damaged file may end in anything but facts or a plain refusal."""
    source = pdfs.linked(tmp_path / "a.pdf")
    data = source.read_bytes()
    broken = tmp_path / "b.pdf"
    refused = 0
    for at in range(0, len(data), 37):
        broken.write_bytes(data[:at] + bytes([data[at] ^ 0x15]) + data[at + 1 :])
        try:
            inspect_and_rewrite(broken, tmp_path / "rendition.pdf")
        except NotRenderable:
            refused += 1
    assert refused < len(data) // 37
