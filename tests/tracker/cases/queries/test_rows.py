"""Rows: what is said of a case at first sight."""

import pytest

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.cases.models import Identity
from tracker.cases.queries import readers, rows


@pytest.fixture
def office(db):
    return make_staffed()


def row(person, story):
    reader = readers.reader(person.pk, at=story.at)
    [found] = rows.rows_of(reader, reader.cases())
    return found


def test_a_whole_row(office):
    story = Docketed(office).investigating()
    found = row(office.counsel, story)

    assert (found.respondent, found.license_number, found.board) == ("Robin Vale", "LPC 88214", "BHEC")
    assert (found.about, found.about_more) == ("refusal to terminate", 1)
    assert (found.stage, found.status, found.priority) == ("investigation", "Investigating", "high")
    assert found.assigned == rows.short_name(office.investigator.full_name)
    assert found.due_on == story.case.next_due_on
    assert found.days == 25


def test_a_record_row_names_the_charge_and_counts_from_it(office):
    story = Docketed(office).charged()
    found = row(office.voters[0], story)

    assert (found.respondent, found.license_number, found.priority, found.assigned) == ("Robin Vale", "", "", "")
    assert (found.about, found.about_more) == ("22 TAC 681.41", 0)
    assert found.days == 0


def test_a_sealed_name_is_a_label(office):
    story = Docketed(office).file()
    Identity.objects.update(is_sealed=True)

    assert row(office.counsel, story).respondent == "Respondent"


def test_late_soon_and_far(office):
    story = Docketed(office).file()
    assert (row(office.counsel, story).due_state, row(office.counsel, story).is_soon) == ("running", True)
    story.wait(10)
    assert (row(office.counsel, story).due_state, row(office.counsel, story).is_soon) == ("late", False)


@pytest.mark.parametrize(
    ("full", "short"),
    [("Theo Nakamura", "T. Nakamura"), ("Maya Luz Ortiz", "M. Ortiz"), ("Plato", "Plato"), ("", "")],
)
def test_short_names(full, short):
    assert rows.short_name(full) == short
