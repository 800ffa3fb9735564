"""Exhibits as rows: one state each, and for readers of the record no more than the record."""

from tracker.cases.queries import casefile, readers
from tracker.evidence import actions
from tracker.web.desk import exhibits


def seen(story, person):
    return casefile.find(readers.reader(person.pk, at=story.at), story.case.docket)


def test_the_state_that_tells_most(filed, office):
    filed.receive("a.txt")
    exhibit = filed.exhibits[0]
    assert exhibits.state_of(exhibit) == "cleared"
    exhibit.not_renderable_reason = "A recording."
    assert exhibits.state_of(exhibit) == "not_renderable"
    reason = {"actor": filed.actor(office.counsel), "at": filed.at, "reason": "x"}
    actions.classify(exhibit.pk, confidentiality="sealed", **reason)
    assert exhibits.rows(seen(filed, office.counsel))[0].state == "sealed"
    actions.withhold(exhibit.pk, code="W-2", **reason)
    assert exhibits.rows(seen(filed, office.counsel))[0].state == "withheld"


def test_rows_of_the_file_carry_custody_those_of_the_record_do_not(scheduled, office):
    whole = exhibits.rows(seen(scheduled, office.counsel))
    record = exhibits.rows(seen(scheduled, office.voters[0]))

    assert [(row.key, row.handled, row.ruling) for row in whole] == [
        ("E-1", 3, "offered"),
        ("E-2", 3, "marked"),
        ("E-3", 3, ""),
    ]
    assert [(row.key, row.handled, row.source, row.last_at) for row in record] == [("E-1", None, "", None)]


def test_the_heading_counts(scheduled, office):
    assert exhibits.heading(exhibits.rows(seen(scheduled, office.counsel))) == "3 exhibits, 3 pages"
    assert exhibits.heading(exhibits.rows(seen(scheduled, office.voters[0]))) == "1 exhibit, 1 page"
