"""Redacting at the desk: boxes typed page by page, checked, made, shown; and who may do and see what."""

import io
import json

import pikepdf
import pytest
from django.urls import reverse
from PIL import Image

from tests.data import statements
from tests.factories.docketed import Docketed
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.evidence import actions
from tracker.evidence.models import Redaction

ROW = {"x": "160", "y": "110", "width": "300", "height": "16", "code": "R-1"}


def at(story, name, *more):
    return reverse(f"desk:{name}", args=[story.case.docket, "E-1", *more])


def sent(*rows, **more):
    data = {"box-TOTAL_FORMS": str(len(rows)), "box-INITIAL_FORMS": "0", **more}
    return data | {f"box-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


@pytest.fixture
def story(filed, tmp_path):
    path = statements.statement(tmp_path / "statement.pdf", others=("Ms. Quarrington came.", "Nothing."))
    filed.receive("statement.pdf", path.read_bytes(), title="Statement")
    return filed


@pytest.fixture
def drafted(story, office, send_as):
    assert send_as(office.counsel, at(story, "redact"), sent(ROW)).status_code == 302
    return story


def run(story):
    row = Redaction.objects.get(status="requested")
    return actions.run_redaction(row.pk, actor=Actor.system("worker", Origin.DEMO), at=story.at)


@pytest.fixture
def proved(drafted, office, send_as):
    send_as(office.counsel, at(drafted, "redact-check"), {"do": "make", "confirmed": "yes"})
    assert run(drafted).status == "proved"
    return drafted


def test_the_page_offers_the_picture_and_a_list(story, office, open_as):
    response = open_as(office.counsel, at(story, "redact"), page=2)
    text = response.content.decode()

    assert response.context["page"] == 2
    assert at(story, "redact-page", 2) in text
    assert 'viewBox="0 0 612 792"' in text
    assert 'name="box-0-x"' in text
    assert "style=" not in text.partition("<main")[2]


def test_boxes_are_saved_shown_again_and_kept_on_other_pages(drafted, office, send_as, open_as):
    path = at(drafted, "redact") + "?page=2"
    response = send_as(office.counsel, path, sent(ROW | {"code": "M-1"}, go="3"))
    assert response["Location"] == at(drafted, "redact") + "?page=3"
    kept = Redaction.objects.get()
    assert [(one["page"], one["code"]) for one in json.loads(kept.areas)] == [(1, "R-1"), (2, "M-1")]

    text = open_as(office.counsel, at(drafted, "redact"), page=1).content.decode()
    assert 'value="160"' in text
    assert "Page 2" in text


def test_saving_what_did_not_change_leaves_no_entry(drafted, office, send_as):
    before = LedgerEntry.objects.count()
    send_as(office.counsel, at(drafted, "redact"), sent(ROW, {"x": "", "code": ""}))
    assert LedgerEntry.objects.count() == before


def test_a_row_is_removed_and_with_the_last_one_the_draft(drafted, office, send_as):
    assert send_as(office.counsel, at(drafted, "redact"), sent(ROW | {"DELETE": "on"})).status_code == 302
    assert not Redaction.objects.exists()
    assert send_as(office.counsel, at(drafted, "redact"), sent()).status_code == 302


@pytest.mark.parametrize(
    ("row", "status", "words"),
    [
        (ROW | {"x": "no"}, 422, "Enter a number"),
        (ROW | {"x": ""}, 422, "From the left: This field is required"),
        (ROW | {"x": "-4"}, 422, "greater than or equal to 0"),
        (ROW | {"code": ""}, 422, "Reason: This field is required"),
        (ROW | {"code": "W-1"}, 422, "not one of the available choices"),
        (ROW | {"width": "600"}, 409, "reaches beyond page 1"),
        (ROW | {"height": "1"}, 409, "smaller than 2 points"),
        (ROW | {"x": "1e999999"}, 422, "1."),
        (ROW | {"x": "NaN"}, 422, "Enter a number"),
    ],
)
def test_faults_are_told_and_what_was_typed_is_kept(story, office, send_as, row, status, words):
    response = send_as(office.counsel, at(story, "redact"), sent(row))
    text = response.content.decode()

    assert response.status_code == status
    assert words in text
    assert f'value="{row["y"]}"' in text
    assert not Redaction.objects.exists()


def test_odd_requests_are_no_crash(story, office, send_as, open_as):
    for page in ("0", "99", "x", "²", "-1", "9" * 30):
        assert open_as(office.counsel, at(story, "redact"), page=page).context["page"] == 1
    assert send_as(office.counsel, at(story, "redact"), {}).status_code == 422
    huge = {"box-TOTAL_FORMS": "99999999", "box-INITIAL_FORMS": "0"}
    assert send_as(office.counsel, at(story, "redact"), huge).status_code == 422
    assert send_as(office.counsel, at(story, "redact"), sent(ROW, go="x")).status_code == 302
    assert open_as(office.counsel, at(story, "redact-page", 99)).status_code == 404


def test_the_picture_of_a_page_is_kept_by_nobody(story, office, open_as):
    response = open_as(office.counsel, at(story, "redact-page", 1))
    with Image.open(io.BytesIO(response.content)) as image:
        assert image.size == (850, 1100)
    assert response["Content-Type"] == "image/png"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_cannot_be_drawn_says_so_in_its_place(story, office, open_as, settings):
    settings.RENDER_MEMORY_MB = 64
    response = open_as(office.counsel, at(story, "redact-page", 1))
    text = response.content.decode()

    assert (response.status_code, response["Content-Type"]) == (422, "image/svg+xml")
    assert "This page could not be drawn." in text
    assert 'viewBox="0 0 612 792"' in text
    assert open_as(office.counsel, at(story, "redact-page", 9)).status_code == 404


def test_the_check_tells_what_goes_and_what_stands_elsewhere(drafted, office, open_as):
    text = open_as(office.counsel, at(drafted, "redact-check")).content.decode()
    assert "2 words touch a box" in text
    assert "Quarrington" in text
    assert at(drafted, "redact") + "?page=2" in text


def test_without_a_draft_there_is_nothing_to_check(story, office, open_as):
    assert open_as(office.counsel, at(story, "redact-check"))["Location"] == at(story, "redact")


def test_discarding(drafted, office, send_as):
    assert send_as(office.counsel, at(drafted, "redact-check"), {"do": "discard"}).status_code == 302
    assert not Redaction.objects.exists()


def test_while_it_is_made_nothing_can_be_drawn(drafted, office, send_as, open_as):
    send_as(office.counsel, at(drafted, "redact-check"), {"do": "make"})
    text = open_as(office.counsel, at(drafted, "redact")).content.decode()
    assert "is being made and searched" in text
    assert 'id="stage"' not in text
    assert send_as(office.counsel, at(drafted, "redact"), sent(ROW | {"y": "400"})).status_code == 409


def test_a_refusal_names_places_and_keeps_the_boxes(drafted, office, send_as, open_as):
    send_as(office.counsel, at(drafted, "redact-check"), {"do": "make"})
    assert run(drafted).status == "refused"
    text = open_as(office.counsel, at(drafted, "redact")).content.decode()
    assert "No copy was released" in text
    assert "page 2" in text
    assert 'value="160"' in text
    assert send_as(office.counsel, at(drafted, "redact"), sent(ROW, go="check"))["Location"] == at(
        drafted, "redact-check"
    )
    assert Redaction.objects.filter(status="drafted").count() == 1


def test_the_copy_is_shown_and_taken_away(proved, office, open_as):
    text = open_as(office.counsel, at(proved, "redacted")).content.decode()
    assert "2 words" in text
    assert "R-1" in text
    assert "Redacted pages" in text
    assert "Deposits are insured" in text
    assert "Quarrington" not in text
    image = open_as(office.counsel, at(proved, "redacted-page", 1))
    assert image["Content-Type"] == "image/png"
    file = open_as(office.counsel, at(proved, "redacted-file"))
    assert "E-1 redacted.pdf" in file["Content-Disposition"]
    with pikepdf.open(io.BytesIO(b"".join(file.streaming_content))) as pdf:
        assert len(pdf.pages) == 3
    assert "Nothing is redacted here" in open_as(office.counsel, at(proved, "redacted"), page=3).content.decode()
    assert at(proved, "redacted") in open_as(office.counsel, at(proved, "exhibit")).content.decode()


def test_who_may_redact_and_who_may_look(proved, office, open_as, send_as):
    for person, status in ((office.auditor, 403), (office.investigator, 404)):
        for name in ("redact", "redact-check"):
            assert open_as(person, at(proved, name)).status_code == status
        assert open_as(person, at(proved, "redact-page", 1)).status_code == status
        assert send_as(person, at(proved, "redact"), sent(ROW)).status_code == status
    assert open_as(office.auditor, at(proved, "redacted")).status_code == 200
    for name in ("redacted", "redacted-file"):
        assert open_as(office.investigator, at(proved, name)).status_code == 404
    assert at(proved, "redact") not in open_as(office.auditor, at(proved, "exhibit")).content.decode()


def test_nothing_to_redact(filed, office, open_as):
    filed.receive("sound.bin", b"\x00\x01\x02 nothing with pages")
    assert open_as(office.counsel, at(filed, "redact")).status_code == 409
    assert open_as(office.counsel, at(filed, "redacted")).status_code == 404
    assert at(filed, "redact") not in open_as(office.counsel, at(filed, "exhibit")).content.decode()
    missing = reverse("desk:redact", args=[filed.case.docket, "E-9"])
    assert open_as(office.counsel, missing).status_code == 404


def test_changed_bytes_are_not_shown(story, office, open_as, vault):
    for path in vault.rglob("*"):
        if path.is_file():
            path.write_bytes(b"other")
    assert open_as(office.counsel, at(story, "redact-page", 1)).status_code == 500


def test_a_redacted_copy_with_withheld_pages_is_not_for_readers_of_the_record(office, tmp_path, open_as, send_as):
    path = statements.statement(tmp_path / "statement.pdf", others=("Nothing.",))
    case = Docketed(office).file()
    case.receive("statement.pdf", path.read_bytes(), title="Statement")
    case.scheduled()
    send_as(office.counsel, at(case, "redact"), sent(ROW))
    send_as(office.counsel, at(case, "redact-check"), {"do": "make", "confirmed": "yes"})
    assert run(case).status == "proved"
    officer = office.presiding
    assert open_as(officer, at(case, "redacted")).status_code == 200

    exhibit = case.case.exhibits.get(number=1)
    by = {"actor": Actor.staff(office.counsel.pk, Origin.DEMO), "at": case.at}
    actions.restrict_pages(exhibit.pk, **by, first_page=2, last_page=2, code="W-1", reason="Work product")
    for name, more in (("redacted", ()), ("redacted-file", ()), ("redacted-page", (2,))):
        assert open_as(officer, at(case, name, *more)).status_code == 404
    assert open_as(office.counsel, at(case, "redacted")).status_code == 200


def test_a_withheld_exhibit_has_no_redacted_copy_for_readers_of_the_record(office, tmp_path, open_as, send_as):
    case = Docketed(office).file()
    case.receive("statement.pdf", statements.statement(tmp_path / "statement.pdf").read_bytes(), title="Statement")
    case.scheduled()
    send_as(office.counsel, at(case, "redact"), sent(ROW))
    send_as(office.counsel, at(case, "redact-check"), {"do": "make"})
    assert run(case).status == "proved"
    exhibit = case.case.exhibits.get(number=1)
    by = {"actor": Actor.staff(office.counsel.pk, Origin.DEMO), "at": case.at}
    actions.withhold(exhibit.pk, **by, code="W-1", reason="Work product")

    assert open_as(office.presiding, at(case, "redacted")).status_code == 404
    assert open_as(office.counsel, at(case, "redacted")).status_code == 200
