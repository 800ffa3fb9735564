"""The workflow drawing: every status and step of the table, nothing on top of anything else."""

import re

import pytest

from tracker.cases.states import Status
from tracker.cases.steptable import TRANSITIONS
from tracker.web.desk import layout, routes


@pytest.fixture(scope="module")
def drawing():
    return layout.draw(lambda row: row.uses is None)


def test_every_status_has_a_box_and_every_step_a_line(drawing):
    assert {box.key for box in drawing.boxes} == {*Status.values, routes.START, routes.CHOSEN}
    assert {line.number for line in drawing.lines} == {row.number for row in TRANSITIONS}


def test_lines_are_dashed_where_a_rule_leaves_the_step_out(drawing):
    assert [line.number for line in drawing.lines if not line.offered] == ["T14", "T23", "T23"]
    assert all(line.offered for line in layout.draw().lines)


def test_boxes_and_numbers_do_not_overlap(drawing):
    places = [(box.x, box.y) for box in drawing.boxes]
    labels = [(line.label_x, line.label_y) for line in drawing.lines]

    assert len(set(places)) == len(places)
    for index, (x, y) in enumerate(labels):
        for a, b in labels[index + 1 :]:
            assert abs(x - a) > 20 or abs(y - b) > 12, (x, y, a, b)


def test_no_number_stands_on_a_box(drawing):
    for line in drawing.lines:
        for box in drawing.boxes:
            inside_x = box.x < line.label_x < box.x + layout.BOX_WIDTH
            assert not (inside_x and box.y < line.label_y < box.y + layout.BOX_HEIGHT), (line, box)


def test_lines_run_in_ways_of_their_own(drawing):
    runs = [re.fullmatch(r"M[\d.]+ ([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+", line.path) for line in drawing.lines]
    spans = [(m[2], *sorted((float(m[1]), float(m[3])))) for m in runs if m]

    for index, (x, low, high) in enumerate(spans):
        for a, other_low, other_high in spans[index + 1 :]:
            assert x != a or high <= other_low or other_high <= low, (x, low, high)


def test_lines_meet_their_boxes(drawing):
    for (_key, _side), used in _meetings(drawing).items():
        assert len(set(used)) == len(used), _key


def _meetings(drawing):
    """The heights at which lines meet each side of each box."""
    found = {}
    for line in drawing.lines:
        across = re.fullmatch(r"M([\d.]+) ([\d.]+)H.*V([\d.]+)H([\d.]+)", line.path)
        for x, y in ((across[1], across[2]), (across[4], across[3])) if across else ():
            for box in drawing.boxes:
                if float(x) in (box.x, box.x + layout.BOX_WIDTH) and abs(float(y) - box.middle) < layout.PITCH / 2:
                    assert abs(float(y) - box.middle) < layout.BOX_HEIGHT / 2
                    found.setdefault((box.key, x), []).append(y)
    return found


def test_everything_lies_inside_the_picture(drawing):
    for line in drawing.lines:
        across = [float(n) for n in re.findall(r"(?:M|H)([\d.]+)", line.path)]
        down = [float(n) for n in re.findall(r"V([\d.]+)", line.path)]
        assert all(0 <= x <= drawing.width for x in across), line
        assert all(0 <= y <= drawing.height for y in down), line
        assert 12 <= line.label_x <= drawing.width - 12, line
