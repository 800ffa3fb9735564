"""The chart: bars that stand for their numbers, on an axis from zero."""

from datetime import date

import pytest

from tracker.cases.queries.dashboard import Month
from tracker.web.desk import chart


def months(*pairs):
    return [
        Month(date(2026, number + 1, 1), filed, closed, is_running=number == len(pairs) - 1)
        for number, (filed, closed) in enumerate(pairs)
    ]


def test_heights_are_in_proportion():
    drawn = chart.draw(months((10, 5), (20, 0), (1, 1)))
    filed = [bar for bar in drawn.bars if bar.css.startswith("filed")]

    assert [bar.number for bar in filed] == [10, 20, 1]
    assert filed[1].height == pytest.approx(2 * filed[0].height, abs=0.2)
    assert all(bar.y + bar.height == chart.HEIGHT - chart.BOTTOM for bar in drawn.bars)


def test_only_the_running_month_is_paler():
    drawn = chart.draw(months((1, 1), (1, 1)))

    assert [bar.css for bar in drawn.bars] == ["filed", "closed", "filed running", "closed running"]


@pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 8), (30, 40), (41, 80), (400, 400), (1001, 2000)])
def test_five_lines_from_zero_to_a_round_number(most, top):
    drawn = chart.draw(months((most, 0)))

    assert [int(line.text) for line in drawn.lines] == [top * n // 4 for n in range(5)]


def test_the_year_stands_where_it_changes():
    drawn = chart.draw([Month(date(2025, 12, 1), 1, 0, False), Month(date(2026, 1, 1), 1, 0, False)])

    assert [label.text for label in drawn.months] == ["Dec 2025", "Jan 2026"]
    assert "December 2025 to January 2026" in drawn.sentence
