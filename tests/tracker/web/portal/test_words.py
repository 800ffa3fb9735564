"""Public words: every stage and every public date has its own."""

from datetime import date

from tracker.cases.queries.public import PUBLIC_CLOCKS, PublicDate
from tracker.cases.states import Stage
from tracker.web.portal import words


def row(kind, state="running", label="Label"):
    return PublicDate(kind, label, date(2026, 6, 15), "Because.", False, state)


def test_every_stage_and_public_date_has_words():
    assert set(words.HEADLINES) == set(Stage)
    assert set(words.PUBLIC_DATES) == set(PUBLIC_CLOCKS)


def test_only_what_is_still_to_come_is_next():
    found = words.next_dates([row("intake"), row("acknowledgement", "met"), row("information", "late")])
    assert [(one.words, one.is_late) for one in found] == [
        (words.PUBLIC_DATES["intake"], False),
        (words.PUBLIC_DATES["information"], True),
    ]


def test_a_date_without_public_words_keeps_its_label():
    assert words.next_dates([row("something_new", label="Something new")])[0].words == "Something new"
