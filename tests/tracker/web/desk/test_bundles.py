"""The bundle page: choose, order, withhold, preview, build, take away."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.docketed import Docketed
from tracker.audit.actors import Actor
from tracker.audit.models import LedgerEntry
from tracker.bundle.actions import build
from tracker.bundle.models import BundleExport


@pytest.fixture
def gathered(office):
    """A case with three exhibits."""
    story = Docketed(office).file()
    for number in (1, 2, 3):
        story.receive(f"{number}.txt", str(number).encode(), f"Paper {number}")
    return story


def page(story):
    return reverse("desk:bundle", args=[story.case.docket])


def chosen(order=("E-1", "E-2", "E-3"), inside=("E-1", "E-2", "E-3"), **more):
    return {"order": list(order), "in": list(inside), **more}


def keys(response):
    return [line.key for line in response.context["preview"].lines]


def test_all_exhibits_are_chosen_at_first(gathered, office, open_as):
    response = open_as(office.counsel, page(gathered))

    assert keys(response) == ["E-1", "E-2", "E-3"]
    assert response.context["left_out"] == 0


def test_order_changes_by_plain_buttons(gathered, office, send_as):
    assert keys(send_as(office.counsel, page(gathered), chosen(do="down:E-1"))) == ["E-2", "E-1", "E-3"]
    assert keys(send_as(office.counsel, page(gathered), chosen(do="up:E-3"))) == ["E-1", "E-3", "E-2"]
    assert keys(send_as(office.counsel, page(gathered), chosen(do="up:E-1"))) == ["E-1", "E-2", "E-3"]
    assert keys(send_as(office.counsel, page(gathered), chosen(do="up:E-9"))) == ["E-1", "E-2", "E-3"]


def test_what_is_left_out_and_withheld_is_seen_in_the_preview(gathered, office, send_as):
    data = chosen(inside=("E-1", "E-3"), do="preview", **{"withhold_E-3": "W-3"})
    response = send_as(office.counsel, page(gathered), data)
    text = response.content.decode()

    assert keys(response) == ["E-1", "E-3"]
    assert response.context["left_out"] == 1
    assert "Withheld, W-3 Psychotherapy notes" in text
    assert not BundleExport.objects.exists()


def test_build_freezes_the_choice_as_it_stands(gathered, office, send_as, client):
    data = chosen(order=("E-3", "E-1", "E-2"), inside=("E-3", "E-1"), do="build", **{"withhold_E-1": "W-1"})
    response = send_as(office.counsel, page(gathered), data)
    export = BundleExport.objects.get()

    assert response.status_code == 302
    assert (export.exhibit_count, export.withheld_count) == (2, 1)
    text = client.get(response["Location"]).content.decode()
    assert "Waiting" in text
    assert "See how far it is" in text
    assert "000001" in text


def test_nothing_chosen_is_refused_and_the_choice_kept(gathered, office, send_as):
    response = send_as(office.counsel, page(gathered), chosen(inside=(), do="build", order=("E-2", "E-1", "E-3")))

    assert response.status_code == 409
    assert "Choose at least one exhibit." in response.content.decode()
    assert [row["row"].key for row in response.context["rows"]] == ["E-2", "E-1", "E-3"]


def test_a_sealed_bundle_is_handed_out_and_that_is_written_down(gathered, office, send_as, open_as):
    send_as(office.counsel, page(gathered), chosen(do="build"))
    export = BundleExport.objects.get()
    build.run(export.pk, actor=Actor.system("worker"), clock=lambda: datetime.now(UTC))
    export.refresh_from_db()
    assert export.status == "sealed", export.reason
    text = open_as(office.counsel, page(gathered)).content.decode()
    response = send_as(office.counsel, reverse("desk:bundle-file", args=[gathered.case.docket, export.pk]))

    assert "Download" in text
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment")
    assert LedgerEntry.objects.filter(chain=gathered.case.pk, event="bundle.handed_out").exists()


def test_a_bundle_is_taken_by_a_button_never_by_a_link(gathered, office, send_as, open_as):
    send_as(office.counsel, page(gathered), chosen(do="build"))
    path = reverse("desk:bundle-file", args=[gathered.case.docket, BundleExport.objects.get().pk])

    assert open_as(office.counsel, path).status_code == 405


def test_a_bundle_of_another_case_is_not_here(gathered, office, send_as):
    send_as(office.counsel, page(gathered), chosen(do="build"))
    other = Docketed(office).file()
    pk = BundleExport.objects.get().pk

    assert send_as(office.counsel, reverse("desk:bundle-file", args=[other.case.docket, pk])).status_code == 404
    assert send_as(office.counsel, reverse("desk:bundle-file", args=[other.case.docket, uuid4()])).status_code == 404


def test_those_who_may_not_export_are_told_who_may(gathered, office, open_as):
    response = open_as(office.intake, page(gathered))

    assert response.status_code == 403
    assert "Board counsel" in response.content.decode()


def test_a_case_without_evidence_says_where_it_comes_from(filed, office, open_as):
    assert "There is no evidence to bundle yet" in open_as(office.counsel, page(filed)).content.decode()
