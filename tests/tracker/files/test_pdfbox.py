"""Boxes, rotations and units of pages, odd ones too."""

import pytest

from tests.data import pdfs
from tracker.files.pdf import inspect_and_rewrite


@pytest.mark.parametrize(
    ("given", "box", "rotate", "unit", "size"),
    [
        ({}, ("0", "0", "400", "300"), 0, "1", (400, 300)),
        ({"rotate": 90}, ("0", "0", "400", "300"), 90, "1", (300, 400)),
        ({"rotate": -90}, ("0", "0", "400", "300"), 270, "1", (300, 400)),
        ({"rotate": 450}, ("0", "0", "400", "300"), 90, "1", (300, 400)),
        ({"rotate": 45}, ("0", "0", "400", "300"), 0, "1", (400, 300)),
        ({"crop": (20, 10, 380, 290)}, ("20", "10", "380", "290"), 0, "1", (360, 280)),
        ({"crop": (380, 290, 20, 10)}, ("20", "10", "380", "290"), 0, "1", (360, 280)),
        ({"crop": (300, 10, 900, 290)}, ("300", "10", "400", "290"), 0, "1", (100, 280)),
        ({"crop": (900, 900, 950, 950)}, ("0", "0", "400", "300"), 0, "1", (400, 300)),
        ({"media": (-50, -20, 350, 280), "unit": 2}, ("-50", "-20", "350", "280"), 0, "2", (800, 600)),
        ({"unit": -3}, ("0", "0", "400", "300"), 0, "1", (400, 300)),
        ({"media": (0, 0, 0, 0)}, ("0", "0", "612", "792"), 0, "1", (612, 792)),
    ],
)
def test_visible_box_rotation_and_unit(tmp_path, given, box, rotate, unit, size):
    page = inspect_and_rewrite(pdfs.shaped(tmp_path / "a.pdf", **given), tmp_path / "b.pdf").pages[0]

    assert (page.box, page.rotate, page.unit) == (box, rotate, unit)
    assert page.displayed_size == size
