"""Slugs and short codes."""

import pytest

from tracker.directory import shortcodes


@pytest.mark.parametrize(
    ("place", "name", "slug"),
    [
        ("TX", "Texas Medical Board", "tx-texas-medical-board"),
        ("PR", "Junta Examinadora de Psicólogos", "pr-junta-examinadora-de-psicologos"),
        ("HI", "Regulated Industries -- Complaints' Office", "hi-regulated-industries-complaints-office"),
        ("SC", "x" * 300, "sc-" + "x" * 197),
    ],
)
def test_slugs(place, name, slug):
    assert shortcodes.slug_for(place, name) == slug


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Texas Medical Board", (), "TXMB"),
        ("Texas Medical Board", ("TXMB",), "TXMB2"),
        ("Texas Medical Board", ("TXMB", "TXMB2"), "TXMB3"),
        ("Board of the Texas", (), "TXB"),
        ("Texas", (), "TXB"),
        (" ".join("abcdefghijklmnop"), (), "TXBCDEFGHIJK"),
        (" ".join("abcdefghijklmnop"), ("TXBCDEFGHIJK",), "TXBCDEFGHIJ2"),
    ],
)
def test_short_codes_are_initials_and_never_taken(name, taken, code):
    assert shortcodes.short_code_for("TX", name, "Texas", taken) == code
