"""The workflow drawing: every status and step of the table, nothing on top of anything else."""

import re

from tracker.cases.states import Status
from tracker.cases.steptable import TRANSITIONS
from tracker.web.desk import layout

OWN_DOCKET = "T31"  # opens a new docket, so it ends nowhere in this picture


def test_every_status_has_a_box_and_every_step_a_line():
    drawing = layout.draw()

    assert {box.key for box in drawing.boxes} == {*Status.values, layout.START, layout.AGAIN}
    assert {line.number for line in drawing.lines} == {row.number for row in TRANSITIONS} - {OWN_DOCKET}


def test_lines_are_solid_where_offered():
    drawn = {(line.number, line.offered) for line in layout.draw().lines}

    assert {row.number for row in TRANSITIONS if not row.offered} - {OWN_DOCKET} <= {
        n for n, offered in drawn if not offered
    }
    assert ("T5", True) in drawn
    assert ("T5", False) not in drawn


def test_boxes_and_numbers_do_not_overlap():
    drawing = layout.draw()
    places = [(box.x, box.y) for box in drawing.boxes]
    labels = [(line.label_x, line.label_y) for line in drawing.lines]

    assert len(set(places)) == len(places)
    for index, (x, y) in enumerate(labels):
        for a, b in labels[index + 1 :]:
            assert abs(x - a) > 20 or abs(y - b) > 12, (x, y, a, b)


def test_everything_lies_inside_the_picture():
    drawing = layout.draw()

    for line in drawing.lines:
        across = [float(n) for n in re.findall(r"(?:M|H)([\d.]+)", line.path)]
        down = [float(n) for n in re.findall(r"V([\d.]+)", line.path)]
        assert all(0 <= x <= drawing.width for x in across), line
        assert all(0 <= y <= drawing.height for y in down), line


def test_a_step_and_its_way_back_are_one_line():
    doubles = {line.number for line in layout.draw().lines if line.is_double}

    assert doubles == {"T3", "T8", "T19"}
