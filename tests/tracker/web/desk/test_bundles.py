"""The bundle page: choose, order, withhold, preview, build, steer, take away."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
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


@pytest.fixture
def asked(gathered, office, send_as):
    """A bundle of all of it that waits to be built."""
    send_as(office.counsel, page(gathered), chosen(do="build"))
    return BundleExport.objects.get()


@pytest.fixture
def sealed(asked):
    """The same, built."""
    done = run(asked)
    assert done.status == "sealed", done.reason
    return done


def run(export):
    return build.run(export.pk, actor=Actor.system("worker"), clock=lambda: datetime.now(UTC))


def page(story):
    return reverse("desk:bundle", args=[story.case.docket])


def chosen(order=("E-1", "E-2", "E-3"), inside=("E-1", "E-2", "E-3"), editions=("board",), **more):
    return {"order": list(order), "in": list(inside), "editions": list(editions), "format": "pdf", **more}


def keys(response, number=0):
    return [line.key for line in response.context["previews"][number]["it"].lines]


def place(name, story, export, *more):
    return reverse(f"desk:bundle-{name}", args=[story.case.docket, export.pk, *more])


def events(story, event):
    return LedgerEntry.objects.filter(chain=story.case.pk, event=event).count()


def test_all_exhibits_are_chosen_at_first(gathered, office, open_as):
    response = open_as(office.counsel, page(gathered))

    assert keys(response) == ["E-1", "E-2", "E-3"]
    assert response.context["counts"] == {"inside": 3, "withheld": 0, "out": 0}
    assert [one["code"] for one in response.context["editions"] if one["is_ticked"]] == ["board"]


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
    assert response.context["counts"] == {"inside": 2, "withheld": 1, "out": 1}
    assert "Withheld, W-3 Psychotherapy notes" in text
    assert not BundleExport.objects.exists()


def test_each_edition_has_its_own_preview(scheduled, office, send_as):
    data = chosen(inside=("E-1", "E-2", "E-3"), editions=("board", "hearing"), do="preview")
    response = send_as(office.counsel, page(scheduled), data)
    board, hearing = (one["it"] for one in response.context["previews"])

    assert (board.edition, board.absent, hearing.edition, hearing.absent) == ("board", 0, "hearing", 2)
    assert "Left out:" in response.content.decode()


def test_no_edition_is_told_on_the_way_and_refused_at_the_end(gathered, office, send_as):
    looked = send_as(office.counsel, page(gathered), chosen(editions=(), do="preview"))
    built = send_as(office.counsel, page(gathered), chosen(editions=(), do="build"))

    assert (looked.status_code, built.status_code) == (200, 422)
    for response in (looked, built):
        assert "Choose at least one edition." in response.content.decode()
    assert not BundleExport.objects.exists()


@pytest.mark.parametrize(
    "odd", [{"volume_mb": "0"}, {"volume_mb": "many"}, {"volume_pages": "9" * 40}, {"editions": ["x"]}, {"format": "x"}]
)
def test_odd_options_never_break_the_page(gathered, office, send_as, odd):
    assert send_as(office.counsel, page(gathered), {**chosen(do="preview"), **odd}).status_code == 200
    assert send_as(office.counsel, page(gathered), {**chosen(do="build"), **odd}).status_code == 422
    assert not BundleExport.objects.exists()


def test_build_freezes_the_choice_as_it_stands(gathered, office, send_as, client):
    data = chosen(order=("E-3", "E-1", "E-2"), inside=("E-3", "E-1"), do="build", **{"withhold_E-1": "W-1"})
    response = send_as(office.counsel, page(gathered), {**data, "volume_mb": "50"})
    export = BundleExport.objects.get()

    assert response.status_code == 302
    assert (export.exhibit_count, export.withheld_count, export.volume_mb) == (2, 1, 50)
    again = client.get(response["Location"])
    text = again.content.decode()
    for words in ("Waiting", "See how far it is", "000001", "volumes of 50 MB"):
        assert words in text
    assert [row["row"].key for row in again.context["rows"]] == ["E-3", "E-1", "E-2"]


def test_several_editions_are_one_freeze(scheduled, office, send_as):
    send_as(office.counsel, page(scheduled), chosen(editions=("board", "hearing"), do="build"))

    assert list(BundleExport.objects.order_by("edition").values_list("edition", "freeze")) == [
        ("board", 1),
        ("hearing", 1),
    ]


def test_nothing_chosen_is_refused_and_the_choice_kept(gathered, office, send_as):
    response = send_as(office.counsel, page(gathered), chosen(inside=(), do="build", order=("E-2", "E-1", "E-3")))

    assert response.status_code == 409
    assert "Choose at least one exhibit." in response.content.decode()
    assert [row["row"].key for row in response.context["rows"]] == ["E-2", "E-1", "E-3"]


def test_what_stands_against_it_leads_to_the_exhibit(gathered, office, send_as, open_as):
    evidence = gathered.exhibits[1] if gathered.exhibits else gathered.case.exhibits.get(number=2)
    classify = reverse("desk:exhibit-act", args=[gathered.case.docket, evidence.key, "classify"])
    send_as(office.counsel, classify, {"confidentiality": "psychotherapy_notes", "reason": "Notes"})
    response = open_as(office.counsel, page(gathered))

    reasons = response.context["previews"][0]["reasons"]
    assert [one["keys"] for one in reasons] == [[evidence.key]]
    assert "Blocked" in response.content.decode()


def test_a_build_is_cancelled_and_tried_again(gathered, office, asked, send_as, open_as):
    assert "Cancel" in open_as(office.counsel, page(gathered)).content.decode()
    response = send_as(office.counsel, place("cancel", gathered, asked))
    assert response.status_code == 302
    asked.refresh_from_db()
    assert asked.status == "cancelled"
    text = open_as(office.counsel, page(gathered)).content.decode()
    assert "Cancelled" in text
    assert "Try again" in text

    again = send_as(office.counsel, place("cancel", gathered, asked))
    assert again.status_code == 409
    assert "nothing to cancel" in again.content.decode()

    send_as(office.counsel, place("retry", gathered, asked))
    asked.refresh_from_db()
    assert asked.status == "requested"
    assert run(asked).status == "sealed"
    refused = send_as(office.counsel, place("retry", gathered, asked))
    assert refused.status_code == 409
    assert "Only a bundle that failed or was cancelled" in refused.content.decode()


def test_a_sealed_bundle_is_handed_out_and_that_is_written_down(gathered, office, sealed, open_as):
    text = open_as(office.counsel, page(gathered)).content.decode()
    response = open_as(office.counsel, place("file", gathered, sealed))

    assert "Download" in text
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Disposition"] == f'attachment; filename="{gathered.case.docket}-board-freeze-1.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert events(gathered, "bundle.handed_out") == 1
    volume = open_as(office.counsel, place("volume", gathered, sealed, 1))
    assert b"".join(volume.streaming_content).startswith(b"%PDF-")
    assert events(gathered, "bundle.handed_out") == 2
    assert open_as(office.counsel, place("volume", gathered, sealed, 2)).status_code == 404


def test_a_download_that_goes_on_is_one_download(gathered, office, sealed):
    client = Client()
    client.force_login(office.counsel)
    path = place("file", gathered, sealed)

    def get(header):
        response = client.get(path, headers={"range": header})
        content = b"".join(response.streaming_content) if response.status_code == 206 else b""
        return response.status_code, len(content)

    size = sealed.stored_file.size
    assert get("bytes=0-99") == (206, 100)
    assert get("bytes=100-") == (206, size - 100)
    assert get("bytes=-10") == (206, 10)
    assert get(f"bytes={size}-") == (416, 0)
    assert events(gathered, "bundle.handed_out") == 1


def test_the_middle_alone_is_a_download_too(gathered, office, sealed):
    client = Client()
    client.force_login(office.counsel)
    response = client.get(place("file", gathered, sealed), headers={"range": "bytes=1-"})

    assert response.status_code == 206
    assert len(b"".join(response.streaming_content)) == sealed.stored_file.size - 1
    assert events(gathered, "bundle.handed_out") == 1


def test_a_head_tells_the_size_and_takes_nothing(gathered, office, sealed):
    client = Client()
    client.force_login(office.counsel)
    response = client.head(place("file", gathered, sealed))

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(sealed.stored_file.size)
    assert response["ETag"] == f'"{sealed.stored_file.digest}"'
    assert events(gathered, "bundle.handed_out") == 0


def test_the_digests_are_a_file_for_sha256sum(gathered, office, sealed, open_as):
    response = open_as(office.counsel, place("digests", gathered, sealed))
    name = f"{gathered.case.docket}-board-freeze-1.pdf"

    assert response.content.decode() == f"{sealed.stored_file.digest}  {name}\n"
    assert response["Content-Disposition"] == f'attachment; filename="{name}.sha256"'
    assert name in open_as(office.counsel, page(gathered)).content.decode().replace("<wbr>", "")


def test_there_is_no_file_before_the_end(gathered, office, asked, open_as):
    assert open_as(office.counsel, place("digests", gathered, asked)).status_code == 409
    assert open_as(office.counsel, place("file", gathered, asked)).status_code == 409
    assert events(gathered, "bundle.handed_out") == 0


def test_nothing_is_steered_by_a_link(gathered, office, asked, open_as):
    for name in ("cancel", "retry"):
        assert open_as(office.counsel, place(name, gathered, asked)).status_code == 405


def test_a_bundle_of_another_case_is_not_here(gathered, office, asked, send_as, open_as):
    other = Docketed(office).file()
    for pk in (asked.pk, uuid4()):
        assert open_as(office.counsel, reverse("desk:bundle-file", args=[other.case.docket, pk])).status_code == 404
        for name in ("cancel", "retry"):
            path = reverse(f"desk:bundle-{name}", args=[other.case.docket, pk])
            assert send_as(office.counsel, path).status_code == 404
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_those_who_may_not_export_are_told_who_may(gathered, office, asked, open_as, send_as):
    responses = [open_as(office.intake, page(gathered)), open_as(office.intake, place("file", gathered, asked))]
    responses += [send_as(office.intake, place(name, gathered, asked)) for name in ("cancel", "retry")]

    for response in responses:
        assert response.status_code == 403
        assert "Board counsel" in response.content.decode()
    asked.refresh_from_db()
    assert asked.status == "requested"


def test_a_case_without_evidence_says_where_it_comes_from(filed, office, open_as):
    assert "There is no evidence to bundle yet" in open_as(office.counsel, page(filed)).content.decode()
