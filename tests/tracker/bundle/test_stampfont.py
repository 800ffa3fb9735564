"""The stamp's own typefaces."""

from decimal import Decimal

import pikepdf
import pytest

from tests.tracker.bundle import samples
from tracker.bundle.stampfont import embed, encode


def test_the_number_is_readable_in_the_stream():
    assert encode("BHP-2026-0417-000019–000024 · 1") == b"BHP-2026-0417-000019\x96000024 \xb7 1"


def test_other_characters_are_refused():
    with pytest.raises(ValueError, match="Ä"):
        encode("Ä")


def test_the_subset_is_small_and_has_its_widths():
    pdf = pikepdf.new()
    font = embed(pdf, samples.fonts(), "sans-bold")

    assert len(font.obj.FontDescriptor.FontFile2.read_raw_bytes()) < 40_000
    assert font.width(b"0", Decimal("8.5")) == Decimal("0.572") * Decimal("8.5")
    assert font.width(b"00", Decimal(10)) == 2 * font.width(b"0", Decimal(10))
