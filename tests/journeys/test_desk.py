"""Board staff work a case at the desk: every page without faults, on a telephone, without scripts, two at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from boards.models import Board
from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.access.models import User
from tracker.cases.models import CaseNote, Finding
from tracker.evidence.models import Exhibit
from tracker.notices.queries import letters_of_case

PASSWORD = "correct-horse-battery"
WORDS = "Licensee's address confirmed by telephone."


@pytest.fixture(autouse=True)
def office(transactional_db):
    return make_staffed()


def enter(page: Page, person: User) -> Page:
    person.set_password(PASSWORD)
    person.save()
    page.goto("/desk/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Home", exact=True)).to_be_visible()
    return page


def test_every_page_is_without_faults_and_fits_a_telephone(page, office, inspect_page):
    story = Docketed(office).scheduled()
    case = f"/desk/cases/{story.case.docket}/"
    paper, letter = story.case.documents.first(), _letter(story)
    enter(page, office.counsel)
    for path in (
        "/desk/",
        "/desk/queue/",
        "/desk/queue/?q=nobody&stage=filed",
        f"/desk/workflow/?case={story.case.docket}",
        case,
        f"{case}steps/mark_exhibit/",
        f"{case}steps/add_note/",
        f"{case}exhibits/E-1/",
        f"{case}exhibits/receive/",
        f"{case}documents/{paper.pk}/",
        f"{case}letters/{letter}/",
        f"{case}bundle/",
    ):
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, path
        inspect_page(page)


def _letter(story: Docketed) -> str:
    return str(letters_of_case(story.case.pk)[0].pk)


def test_the_record_and_the_refusals_are_without_faults(page, office, inspect_page, watched):
    watched.expected = ["status of 403", "status of 404"]
    story = Docketed(office).scheduled()
    early = Docketed(office).file().case.docket
    case = f"/desk/cases/{story.case.docket}/"
    enter(page, office.presiding)
    for path, status in (
        ("/desk/queue/", 200),
        (case, 200),
        (f"{case}exhibits/E-1/", 200),
        (f"{case}steps/rule_on_exhibit/", 200),
        (f"{case}steps/add_note/", 403),
        (f"{case}exhibits/E-2/", 404),
        (f"/desk/cases/{early}/", 404),
    ):
        response = page.goto(path)
        assert response is not None
        assert response.status == status, path
        assert "SECRET" not in page.content(), path
        inspect_page(page)


def test_a_day_at_the_desk_without_scripts(plain_page: Page, office, tmp_path: Path) -> None:
    story = Docketed(office).investigating()
    page = enter(plain_page, office.investigator)
    page.get_by_role("link", name=story.case.docket).first.click()
    page.get_by_role("link", name="Receive an exhibit").click()
    file = tmp_path / "voicemail.txt"
    file.write_text("You have one new message")
    page.get_by_label("Title").fill("Voicemail, April 9")
    page.get_by_label("Received from").fill("The complainant")
    page.get_by_label("File").set_input_files(str(file))
    page.get_by_role("button", name="Receive").click()
    expect(page.get_by_text("Received as E-1")).to_be_visible()
    page.get_by_text("Link to an allegation").click()
    page.get_by_label("Allegation").select_option(index=0)
    page.locator("details[open]").get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Take back A1")).to_be_visible()
    page.get_by_role("link", name=story.case.docket).first.click()
    page.get_by_role("link", name="Record a finding A2").click()
    page.get_by_label("Finding").select_option("inconclusive")
    page.get_by_label("Reasons").fill(WORDS)
    page.get_by_role("button", name="Record a finding on an allegation").click()
    expect(page.get_by_text("Done: Record a finding on an allegation.")).to_be_visible()
    expect(page.get_by_text("Ledger whole")).to_be_visible()

    assert Exhibit.objects.get(case=story.case).title == "Voicemail, April 9"
    assert Finding.objects.get(case=story.case).allegation.key == "A2"


def test_two_people_at_once_one_wins_the_other_keeps_the_words(
    new_context: Callable[..., BrowserContext], office, inspect_page, watched
) -> None:
    watched.expected = ["status of 409"]
    case = Docketed(office).reviewed().case
    slow, quick = (enter(new_context().new_page(), person) for person in (office.intake, office.counsel))
    for page in (slow, quick):
        page.goto(f"/desk/cases/{case.docket}/steps/add_note/")
    slow.get_by_label("Note").fill(WORDS)
    quick.get_by_label("Note").fill("I was quicker.")
    quick.get_by_role("button", name="Add a note").click()
    expect(quick.get_by_text("Done: Add a note.")).to_be_visible()
    slow.get_by_role("button", name="Add a note").click()
    expect(slow.get_by_role("heading", name="Not done: the case changed while you were writing")).to_be_visible()
    expect(slow.get_by_label("Note")).to_have_value(WORDS)
    expect(slow.get_by_role("alert")).to_contain_text(office.counsel.full_name)
    inspect_page(slow)
    slow.get_by_role("button", name="Add a note, on the case as it is now").click()
    expect(slow.get_by_text("Done: Add a note.")).to_be_visible()

    assert set(CaseNote.objects.filter(case=case).values_list("text", flat=True)) == {WORDS, "I was quicker."}


def test_faults_in_a_form_are_told_on_top_and_at_the_field(page, office, inspect_page, watched):
    watched.expected = ["status of 422"]
    enter(page, office.intake)
    page.goto("/desk/complaints/new/")
    inspect_page(page)
    page.get_by_label("What happened").fill(WORDS)
    page.get_by_role("button", name="File the complaint").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.get_by_label("What happened")).to_have_value(WORDS)
    expect(page).to_have_title(re.compile("^Error:"))
    inspect_page(page)
    page.locator("#error-summary a").first.click()
    expect(page.get_by_label("Day it reached the board")).to_be_focused()


def test_the_longest_names_fit(page, office, inspect_page):
    story = Docketed(office).file(respondent="Wolfeschlegelsteinhausenbergerdorff" * 5)
    story.receive("y" * 295 + ".txt", title="x" * 300)
    Board.objects.filter(pk=office.board.pk).update(name="Board of Examiners " * 9)
    enter(page, office.counsel)
    for path in ("", "exhibits/E-1/", "bundle/"):
        page.goto(f"/desk/cases/{story.case.docket}/{path}")
        inspect_page(page)
