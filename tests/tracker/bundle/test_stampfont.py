"""The stamp's own typefaces."""

from decimal import Decimal

import pikepdf
import pytest

from tests.tracker.bundle import samples
from tracker.bundle.pdfwriter import Name, PdfWriter
from tracker.bundle.seal import write_end
from tracker.bundle.stampfont import embed, encode


def test_the_number_is_readable_in_the_stream():
    assert encode("BHP-2026-0417-000019–000024 · 1") == b"BHP-2026-0417-000019\x96000024 \xb7 1"


def test_other_characters_are_refused():
    with pytest.raises(ValueError, match="Ä"):
        encode("Ä")


def test_the_subset_is_small_and_has_its_widths(tmp_path):
    with PdfWriter(tmp_path / "a.pdf") as writer:
        font = embed(writer, samples.fonts(), "sans-bold")
        tree = writer.add({"Type": Name("Pages"), "Kids": [], "Count": 0, "Font": font.ref})
        write_end(writer, {"Root": writer.add({"Type": Name("Catalog"), "Pages": tree})})

    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        found = pdf.Root.Pages.Font
        assert len(found.FontDescriptor.FontFile2.read_raw_bytes()) < 40_000
        assert int(found.Widths[ord("0")]) == 572
    assert font.width(b"0", Decimal("8.5")) == Decimal("0.572") * Decimal("8.5")
    assert font.width(b"00", Decimal(10)) == 2 * font.width(b"0", Decimal(10))


def test_outlines_stand_one_after_the_other(tmp_path):
    with PdfWriter(tmp_path / "a.pdf") as writer:
        font = embed(writer, samples.fonts(), "sans-bold")
        one, two = font.outline(b"1"), font.outline(b"11")
        write_end(writer, {})

    assert two.startswith(one + b"\n")
    assert two.count(b" m") == 2 * one.count(b" m") > 0
    assert {line.split()[-1] for line in two.splitlines()} <= {b"m", b"l", b"c", b"h"}
