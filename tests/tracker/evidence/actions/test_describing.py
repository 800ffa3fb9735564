from datetime import date
from uuid import uuid4

import pytest

from tests.tracker.evidence.conftest import AT
from tracker.audit.models import LedgerEntry
from tracker.errors import ActionRefused, NotPermitted
from tracker.evidence import actions
from tracker.evidence.models import EvidenceLink

pytestmark = pytest.mark.django_db


def link(exhibit, actor, allegation, bearing="for"):
    return actions.link_to_allegation(exhibit.pk, actor=actor, at=AT, allegation_id=allegation, bearing=bearing)


def last():
    return LedgerEntry.objects.order_by("seq").last()


def test_a_title_can_be_bettered_and_the_old_one_is_kept(exhibit, counsel):
    changed = actions.describe_exhibit(
        exhibit.pk, actor=counsel, at=AT, title=" Letter of\nMay 1 ", source="Client", dated_on=date(2026, 5, 1)
    )
    assert (changed.title, changed.source, changed.dated_on) == ("Letter of May 1", "Client", date(2026, 5, 1))
    assert last().event == "evidence.described"
    assert "Letter" not in last().body


def test_a_title_is_needed(exhibit, counsel):
    with pytest.raises(ActionRefused, match="title"):
        actions.describe_exhibit(exhibit.pk, actor=counsel, at=AT, title=" ")


def test_bears_on_an_allegation_and_the_bearing_can_change(exhibit, counsel, allegation):
    link(exhibit, counsel, allegation.pk)
    link(exhibit, counsel, allegation.pk, "against")
    assert [(row.allegation_id, row.bearing) for row in EvidenceLink.objects.all()] == [(allegation.pk, "against")]
    assert list(allegation.exhibits.all()) == [exhibit]
    assert last().event == "evidence.linked"


def test_refuses_an_allegation_of_another_case_or_an_odd_bearing(exhibit, counsel, allegation):
    with pytest.raises(ActionRefused, match="no such allegation"):
        link(exhibit, counsel, uuid4())
    with pytest.raises(ActionRefused, match="for or against"):
        link(exhibit, counsel, allegation.pk, "maybe")
    assert not EvidenceLink.objects.exists()


def test_a_link_can_be_taken_back_once(exhibit, counsel, allegation):
    link(exhibit, counsel, allegation.pk)
    actions.unlink_from_allegation(exhibit.pk, actor=counsel, at=AT, allegation_id=allegation.pk)
    assert (EvidenceLink.objects.count(), last().event) == (0, "evidence.unlinked")
    with pytest.raises(ActionRefused, match="not linked"):
        actions.unlink_from_allegation(exhibit.pk, actor=counsel, at=AT, allegation_id=allegation.pk)


def test_says_who_may(exhibit, staff, allegation):
    with pytest.raises(NotPermitted):
        link(exhibit, staff("executive_director"), allegation.pk)
