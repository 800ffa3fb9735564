"""Who sees which case: whole, as a record, not at all; and whose names can be found."""

from datetime import timedelta

import pytest

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.access.models import Membership
from tracker.cases.models import Case, Identity
from tracker.cases.queries import readers


@pytest.fixture
def office(db):
    return make_staffed()


def seen(person, story):
    reader = readers.reader(person.pk, at=story.at)
    return {case.docket: (case.is_whole, case.is_named) for case in reader.cases()}


def test_every_role_sees_what_its_scope_says(office):
    story = Docketed(office).charged()
    early = Docketed(office).investigating()
    charged, open_one = story.case.docket, early.case.docket
    both = {charged: (True, True), open_one: (True, True)}
    for person in (office.intake, office.manager, office.counsel, office.director, office.custodian, office.auditor):
        assert seen(person, story) == both

    assert seen(office.investigator, story) == both
    assert seen(office.panel[0], story) == {charged: (True, True)}
    assert seen(office.voters[0], story) == {charged: (False, False)}
    assert seen(office.presiding, story) == {charged: (False, False)}
    assert seen(office.monitor, story) == {}
    assert seen(make_staffed("ca-bbs", "BBS").counsel, story) == {}


def test_a_role_that_ended_sees_nothing(office):
    story = Docketed(office).file()
    yesterday = story.at.date() - timedelta(days=1)
    Membership.objects.filter(user=office.counsel).update(valid_until=yesterday)

    assert seen(office.counsel, story) == {}


def test_the_due_date_of_a_record_is_one_of_its_own(office):
    story = Docketed(office).scheduled()
    whole = readers.reader(office.counsel.pk, at=story.at).cases().get()
    record = readers.reader(office.voters[0].pk, at=story.at).cases().get()
    kinds = set(readers.reader(office.voters[0].pk, at=story.at).deadlines().values_list("kind", flat=True))

    assert whole.due == Case.objects.get().next_due_on
    assert record.due == story.case.deadlines.filter(kind="exhibit_exchange").get().due_on
    assert kinds == {"exhibit_exchange", "hearing"}
    assert (whole.since, record.since) == (story.case.received_at, story.case.charged_at)


def test_a_sealed_name_is_found_by_nobody(office):
    story = Docketed(office).file()
    reader = readers.reader(office.counsel.pk, at=story.at)
    assert reader.cases().filter(reader.named("ortiz")).exists()
    Identity.objects.filter(name__startswith="Maya").update(is_sealed=True)

    assert not reader.cases().filter(reader.named("ortiz")).exists()
    assert reader.cases().filter(reader.named("vale")).exists()


def test_late_is_told_by_the_day_of_the_board(office):
    story = Docketed(office).file()
    due_on = story.case.deadlines.get(kind="danger_screen").due_on
    evening = story.at.replace(year=due_on.year, month=due_on.month, day=due_on.day, hour=23, minute=30)

    def late(at):
        reader = readers.reader(office.counsel.pk, at=at)
        return reader.cases().filter(reader.overdue())

    # 23:30 UTC is still the due day in Texas; and so is 04:00 UTC of the next.
    assert not late(evening).exists()
    assert not late(evening + timedelta(hours=4)).exists()
    assert late(evening + timedelta(hours=8)).exists()


def test_a_window_that_is_over_is_nobodys_delay(office):
    story = Docketed(office).file()
    story.case.deadlines.exclude(kind="danger_screen").update(state="met", ended_on=story.at.date())
    story.case.deadlines.filter(kind="danger_screen").update(kind="exceptions")
    reader = readers.reader(office.counsel.pk, at=story.at + timedelta(days=100))

    assert not reader.cases().filter(reader.overdue()).exists()


def test_what_waits_for_somebody(office):
    story = Docketed(office).reviewed()

    def waits(person):
        return Case.objects.filter(readers.waiting_for(person.pk, at=story.at)).exists()

    assert waits(office.manager)
    assert waits(office.intake)
    assert waits(office.director)
    assert not waits(office.counsel)
    assert not waits(office.voters[0])
    story.investigating()
    assert waits(office.investigator)
    assert not waits(office.manager)


def test_somebody_without_any_role(office):
    story = Docketed(office).file()
    Membership.objects.filter(user=office.counsel).delete()
    reader = readers.reader(office.counsel.pk, at=story.at)

    assert (list(reader.cases()), reader.boards, list(reader.deadlines())) == ([], (), [])
