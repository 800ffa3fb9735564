"""Texts by language fall back to English; dates read as people write them."""

from datetime import date

import pytest

from boards import texts


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "Hola"), ("es-mx", "Hola"), ("fr", "Hello"), (None, "Hello"), ("en-us", "Hello")],
)
def test_the_reader_gets_their_language_or_english(language, text):
    assert texts.text_in({"en": "Hello", "es": "Hola"}, language) == text


def test_nothing_reads_as_an_empty_text():
    assert texts.text_in(None, "en") == texts.text_in({}, "es") == ""
    assert texts.in_english("") == {}


@pytest.mark.parametrize(
    ("value", "says"),
    [({}, "English"), ({"es": "Hola"}, "English"), ({"en": "x", "es": 3}, "for es"), ("x", "by language")],
)
def test_faults_are_named(value, says):
    assert says in " ".join(texts.faults(value))
    assert texts.faults({"en": "Hello"}) == []


def test_short_dates():
    assert texts.short_date(date(2026, 7, 2)) == "Jul 2, 2026"
    assert texts.short_date(date(2026, 7, 2), with_year=False) == "Jul 2"
