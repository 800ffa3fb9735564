"""The page of a step: done, refused with the words kept, permitted, and changed meanwhile."""

import pytest
from django.urls import reverse

from tests.factories.docketed import Docketed
from tracker.cases.models import CaseNote, Finding

WORDS = "Words that took a long time to write down, and must not be lost."


def address(case, key):
    return reverse("desk:step", args=[case.docket, key])


def test_a_step_is_done_and_told(office, send_as, client):
    case = Docketed(office).investigating().case
    data = {"version": case.version, "allegation": "A1", "value": "inconclusive", "reasons": WORDS}
    response = send_as(office.investigator, address(case, "record_finding"), data)

    assert response.status_code == 302
    assert response["Location"] == reverse("desk:case", args=[case.docket])
    assert "Done: Record a finding on an allegation." in client.get(response["Location"]).content.decode()
    assert Finding.objects.get(case=case).reasons == WORDS


def test_the_form_may_begin_filled_in(office, open_as):
    case = Docketed(office).investigating().case
    response = open_as(office.investigator, address(case, "record_finding"), allegation="A2", unknown="x")

    assert response.context["form"].initial == {"allegation": "A2"}


def test_a_form_with_faults_keeps_what_was_typed(office, send_as):
    case = Docketed(office).investigating().case
    data = {"version": case.version, "allegation": "A1", "value": "", "reasons": WORDS}
    response = send_as(office.investigator, address(case, "record_finding"), data)
    text = response.content.decode()

    assert response.status_code == 422
    assert "<title>Error:" in text
    assert WORDS in text
    assert not Finding.objects.filter(case=case).exists()


def test_a_shut_step_shows_reasons_and_no_form(office, open_as):
    case = Docketed(office).investigating().case
    response = open_as(office.investigator, address(case, "submit_report"))
    text = response.content.decode()

    assert "Allegation A1 has no finding." in text
    assert "<textarea" not in text


def test_a_refusal_shows_its_reasons_beside_the_form_with_the_words(office, send_as):
    case = Docketed(office).investigating().case
    response = send_as(office.investigator, address(case, "submit_report"), {"version": case.version, "report": WORDS})
    text = response.content.decode()

    assert response.status_code == 409
    assert "Allegation A1 has no finding." in text
    assert WORDS in text
    case.refresh_from_db()
    assert case.status == "investigating"


def test_a_case_that_changed_meanwhile_tells_who_and_keeps_the_words(office, send_as):
    story = Docketed(office).investigating()
    seen = story.case.version
    data = {"allegation": "A1", "value": "substantiated", "reasons": "quicker"}
    story.do("record_finding", office.investigator, data)
    response = send_as(office.investigator, address(story.case, "add_note"), {"version": seen, "text": WORDS})
    text = response.content.decode()

    assert response.status_code == 409
    assert "the case changed while you were writing" in text
    assert office.investigator.full_name in text
    assert "Finding on A1" in text
    assert WORDS in text
    assert f'name="version" value="{story.case.version}"' in text
    assert not CaseNote.objects.filter(text=WORDS).exists()


def test_one_button_applies_the_words_to_the_case_as_it_is(office, send_as):
    story = Docketed(office).investigating()
    send_as(office.investigator, address(story.case, "add_note"), {"version": story.case.version - 1, "text": WORDS})
    again = {"version": story.case.version, "text": WORDS}

    assert send_as(office.investigator, address(story.case, "add_note"), again).status_code == 302
    assert CaseNote.objects.get(text=WORDS).case_id == story.case.pk


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_version_that_is_none_counts_as_old(office, send_as, version):
    case = Docketed(office).investigating().case

    assert (
        send_as(office.investigator, address(case, "add_note"), {"version": version, "text": WORDS}).status_code == 409
    )


def test_a_stale_page_of_a_step_that_is_now_shut_has_no_button(office, send_as):
    story = Docketed(office).file()
    seen = story.case.version
    story.do("begin_review", office.intake, {"priority": "high", "reasons": "quicker"})
    data = {"version": seen, "priority": "urgent", "reasons": WORDS}
    response = send_as(office.second, address(story.case, "begin_review"), data)
    text = response.content.decode()

    assert response.status_code == 409
    assert WORDS in text
    assert "As the case is now, this step is closed" in text
    assert "on the case as it is now" not in text


def test_a_role_that_may_not_is_told_who_may(filed, office, open_as, send_as):
    for response in (
        open_as(office.counsel, address(filed.case, "begin_review")),
        send_as(office.counsel, address(filed.case, "begin_review"), {"version": filed.case.version}),
    ):
        assert response.status_code == 403
        assert "Intake analyst" in response.content.decode()


def test_unknown_steps_and_foreign_cases_are_the_same_page(filed, office, open_as):
    # The complaint itself is filed at another door.
    assert open_as(office.intake, address(filed.case, "file_complaint")).status_code == 404
    assert open_as(office.intake, address(filed.case, "nothing")).status_code == 404
    assert open_as(office.investigator, address(filed.case, "add_note")).status_code == 404


def test_a_reader_of_the_record_is_told_that_it_changed_but_not_what(scheduled, office, send_as):
    seen = scheduled.case.version
    scheduled.do("add_note", office.counsel, {"text": "SECRET-LATER"})
    data = {"version": seen, "exhibit": "E-1", "ruling": "admitted", "reasons": WORDS}
    response = send_as(office.presiding, address(scheduled.case, "rule_on_exhibit"), data)
    text = response.content.decode()

    assert response.status_code == 409
    assert WORDS in text
    assert "SECRET" not in text
    assert "Note added" not in text
    assert office.counsel.full_name not in text


def test_the_presiding_officer_chooses_among_offered_exhibits(scheduled, office, open_as):
    text = open_as(office.presiding, address(scheduled.case, "rule_on_exhibit")).content.decode()

    assert "E-1 Paper 1" in text
    assert "Paper 2" not in text
