import string

import pytest

from tracker.audit import events
from tracker.audit.events import Event
from tracker.errors import IntegrityBroken


@pytest.mark.parametrize("event", events.EVENTS.values(), ids=lambda event: event.code)
def test_every_event_is_whole(event):
    # Sentences are made from hashed facts: a private part must never be one of their words.
    words = {name for _, name, _, _ in string.Formatter().parse(str(event.sentence)) if name}
    room, _, act = event.code.partition(".")

    assert room
    assert act
    assert event.version >= 1
    assert events.sentence(event.code, {}).strip()
    assert "{" not in events.sentence(event.code, {})
    assert len(set(event.private)) == len(event.private)
    assert not words & (set(event.private) - {"ruling"})


def test_sentence_names_the_facts():
    assert events.sentence("case.filed", {"docket": "BHEC-2026-00001"}) == "Complaint filed, docket BHEC-2026-00001"


def test_missing_fact_reads_as_a_dash_and_braces_in_a_fact_are_left_alone():
    assert events.sentence("case.filed", {}) == "Complaint filed, docket –"
    assert events.sentence("case.filed", {"docket": "{x}"}) == "Complaint filed, docket {x}"


def test_unknown_code_is_shown_as_it_is():
    assert events.sentence("case.forgotten", {}) == "case.forgotten"


def test_unknown_code_has_no_shape():
    with pytest.raises(IntegrityBroken, match="case.forgotten"):
        events.spec("case.forgotten")


def test_a_code_is_declared_once():
    before = dict(events.EVENTS)

    with pytest.raises(IntegrityBroken, match="case.filed"):
        events.declare(Event("case.filed", "Again"))

    assert before == events.EVENTS
