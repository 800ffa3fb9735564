"""Marks, dates and digests: the same everywhere, in words as well as in color."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import timezone

from tracker.templatetags import recourse

TODAY = date(2026, 11, 18)


def render(text, **context):
    return engines["django"].from_string("{% load recourse %}" + text).render(context)


@pytest.mark.parametrize(
    ("stage", "number", "word"),
    [
        ("filed", 1, "Filed"),
        ("investigation", 2, "Investigation"),
        ("hearing", 3, "Hearing"),
        ("disposition", 4, "Disposition"),
    ],
)
def test_the_meter_has_as_many_filled_bars_as_the_stage_is_far(stage, number, word):
    html = render("{% stage_meter stage %}", stage=stage)
    assert html.count("<rect") == 4
    assert html.count('fill="currentColor"') == number
    assert f"st{number}" in html
    assert word in html
    assert recourse.stage_word(stage) == word
    assert recourse.stage_number(stage) == number


def test_a_meter_without_its_word_still_says_it_to_a_screen_reader():
    assert '<span class="usa-sr-only">Hearing</span>' in render('{% stage_meter "hearing" word=False %}')


def test_the_tracker_says_done_now_and_to_come():
    html = render('{% stage_tracker "investigation" notes %}', notes={"filed": "June 3, 2026"})
    assert re.findall(r"is-(\w+)", html) == ["done", "now", "todo", "todo"]
    assert html.count('aria-current="step"') == 1
    assert "June 3, 2026" in html
    assert html.count("not started") == 2


def test_an_ended_case_has_no_stage_that_is_now():
    html = render('{% stage_tracker "disposition" style="cells" ended=True %}')
    assert re.findall(r"is-(\w+)", html) == ["done"] * 4
    assert 'class="cells"' in html


def test_a_stage_that_the_case_went_past_was_not_done():
    html = render('{% stage_tracker "disposition" ended=True skipped=gone %}', gone=["investigation", "hearing"])
    assert re.findall(r"is-(\w+)", html) == ["done", "todo", "todo", "done"]
    assert html.count("not needed") == 2


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in recourse.icon("check")
    named = recourse.icon("content_copy", label="Copy")
    assert 'aria-label="Copy"' in named
    assert 'role="img"' in named
    assert named.endswith('sprite.svg#content_copy"></use></svg>')


def test_the_boards_own_word_for_a_priority_comes_first():
    assert "Regular (routine)" in recourse.priority_tag("routine", "Regular")
    assert "tag fill" in recourse.priority_tag("emergency")
    assert "Urgent" in recourse.priority_tag("urgent", "")


@pytest.mark.parametrize("state", sorted(recourse.STATES))
def test_every_state_has_a_word_and_a_shape(state):
    html = recourse.state_tag(state)
    assert "<svg" in html
    assert str(recourse.STATES[state][2]) in html


@pytest.mark.parametrize(
    ("day", "words", "mark"),
    [
        (date(2026, 11, 13), "5 days late", "bad"),
        (date(2026, 11, 17), "1 day late", "bad"),
        (TODAY, "Due today", "soon"),
        (date(2026, 11, 30), "12 days left", "soon"),
        (date(2026, 12, 4), "Dec 4", "nowrap"),
        (date(2027, 1, 4), "Jan 4, 2027", "nowrap"),
    ],
)
def test_how_far_a_date_is(day, words, mark):
    html = recourse.due(day, TODAY)
    assert words in html
    assert mark in html


def test_a_date_that_is_over_says_how():
    assert "Met Jul 30" in recourse.due(date(2026, 8, 3), TODAY, state="met", met_on=date(2026, 7, 30))
    assert "Met" in recourse.due(date(2026, 8, 3), TODAY, state="met")
    assert "Paused" in recourse.due(date(2026, 8, 3), TODAY, state="tolled")
    assert "Waived" in recourse.due(date(2026, 8, 3), TODAY, state="waived")
    assert "Replaced" in recourse.due(date(2026, 8, 3), TODAY, state="superseded")


def test_dates_are_short_long_and_partial():
    assert recourse.short_date(date(2026, 11, 30), TODAY) == "Nov 30"
    assert recourse.short_date(date(2025, 11, 30), TODAY) == "Nov 30, 2025"
    assert recourse.short_date(None) == ""
    assert recourse.full_date("2026-11-30") == "November 30, 2026"
    assert recourse.full_date(None) == ""
    assert recourse.weekday_date(date(2026, 6, 15)) == "Monday, June 15, 2026"
    assert recourse.partial_date("2026-02") == "February 2026"
    assert recourse.partial_date("2026-02-03") == "February 3, 2026"
    assert recourse.partial_date("") == ""


def test_a_moment_is_shown_on_the_clock_of_the_board():
    moment = datetime(2026, 6, 3, 19, 14, tzinfo=UTC)
    assert recourse.clock_time(recourse.in_zone(moment, ZoneInfo("America/Chicago"))) == "2:14 PM"


def test_digests_are_short_or_in_groups_of_four():
    digest = "3fa1c09e77b24d1095ee8a6102cdf7b861d420a95c3e9f07b1a8e46d33f27c50"
    assert recourse.hash_short(digest) == "3fa1c09e…33f27c50"
    assert recourse.hash_short(bytes.fromhex(digest)) == "3fa1c09e…33f27c50"
    assert recourse.hash_short("abc") == "abc"
    assert recourse.grouped(digest).split()[0] == "3fa1"
    assert len(recourse.grouped(digest).split()) == 16


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ("any", "any way"),
        ("email after six", "only by e-mail. after six"),
        ("none", "do not contact; reads the tracking page"),
        ("Call the neighbor", "Call the neighbor"),
    ],
)
def test_a_safe_way_is_no_code(kept, words):
    assert recourse.safe_way(kept) == words


@pytest.mark.parametrize("name", ["short_date:today", "full_date", "weekday_date"])
def test_a_moment_has_the_date_of_the_boards_clock(name):
    late = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)
    with timezone.override(ZoneInfo("America/Los_Angeles")):
        assert "Nov" in render(f"{{{{ late|{name} }}}}", late=late, today=TODAY)
        assert "24" in render(f"{{{{ late|{name} }}}}", late=late, today=TODAY)


def test_a_moment_put_on_another_clock_stays_there():
    late = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)
    zone = ZoneInfo("America/Los_Angeles")
    assert render("{{ late|in_zone:zone|short_date:today }}", late=late, zone=zone, today=TODAY) == "Nov 24"


def test_a_long_name_may_wrap_and_is_still_escaped():
    assert recourse.breakable("a_b.<i>.pdf") == "a_<wbr>b.<wbr>&lt;i&gt;.<wbr>pdf"


def test_small_words(settings):
    settings.UPLOAD_MAX_BYTES = 7
    assert recourse.kind_name("application/pdf") == "PDF"
    assert recourse.kind_name("image/jpeg") == "Photo (JPEG)"
    assert recourse.kind_name("text/plain") == "Text"
    assert recourse.kind_name("application/x-odd") == "X-ODD"
    assert recourse.upload_limit() == 7
    assert recourse.get({"a": 1}, "a") == 1
    assert recourse.get(None, "a") is None
