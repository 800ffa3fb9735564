"""The wizard: nothing typed is lost, one complaint however often the button is pressed, and honest refusals."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.factories.offices import make_board
from tests.tracker.web.portal.conftest import ANSWERS, PLACE, SIGNED, WHAT, WHO, YOU, numbers, text_file
from tracker.cases.models import Allegation, Case, Complaint, FilingDraft, Identity
from tracker.evidence.models import Exhibit


def test_the_first_page_makes_no_draft(client, offices):
    assert client.get("/file/").url == "/file/start/"
    page = client.get("/file/start/").content.decode()
    assert "A board cannot" in page
    assert FilingDraft.objects.count() == 0


def test_starting_gives_a_code_to_the_browser_and_only_its_hash_to_us(client, offices):
    assert client.post("/file/start/").url == "/file/board/"
    draft = FilingDraft.objects.get()
    code = client.cookies["draft_code"].value
    assert client.cookies["draft_code"]["httponly"]
    assert client.cookies["draft_code"]["path"] == "/file/"
    assert dict(client.session) == {"draft": str(draft.id)}
    assert code.replace("-", "") not in draft.code_hash
    assert code in client.get("/file/board/").content.decode()


def test_each_step_is_kept_and_leads_to_the_next(client, fill):
    assert fill("who").url == "/file/what/"
    draft = FilingDraft.objects.get()
    assert draft.answers["who"]["name"] == "Leland Prewitt"
    assert draft.board.slug == "tx-bhec"
    assert client.get("/file/").url == "/file/what/"
    assert 'value="Leland Prewitt"' in client.get("/file/who/").content.decode()


@pytest.mark.parametrize("key", ANSWERS)
def test_every_page_says_its_step_in_the_title(client, fill, key):
    fill()
    number = list(ANSWERS).index(key) + 1
    title = re.search("<title>(.*?)</title>", client.get(f"/file/{key}/").content.decode(), re.DOTALL)[1]
    assert f"step {number} of 7" in title


def test_errors_stand_in_the_title_the_summary_and_at_the_field_with_the_same_words(client, fill):
    fill("who")
    response = client.post("/file/what/", {"narrative": "My words stay here."})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: " in page
    assert page.count("Choose at least one reason, or “Something else”") == 2
    assert 'href="#id_grounds_0"' in page
    assert "My words stay here." in page
    assert "what" not in FilingDraft.objects.get().answers


def test_finishing_later_keeps_what_is_right_and_the_review_asks_for_the_rest(client, fill):
    fill()
    response = client.post("/file/what/", {"narrative": "Half a story", "later": "1"})
    assert response.url == "/file/later/"
    kept = FilingDraft.objects.get().answers["what"]
    assert kept["narrative"] == "Half a story"
    assert client.get("/file/review/").url == "/file/what/"
    assert client.cookies["draft_code"].value in client.get("/file/later/").content.decode()


def test_a_code_brings_the_draft_back_in_another_browser(client, fill):
    fill("who")
    code = client.cookies["draft_code"].value
    other = Client()
    response = other.post("/file/resume/", {"draft_code": code.lower().replace("-", " ")})
    assert response.url == "/file/what/"
    assert "Leland Prewitt" in other.get("/file/what/").content.decode()


def test_a_wrong_code_brings_nothing_back(client, offices):
    response = client.post("/file/resume/", {"draft_code": "AAAA-BBBB-CCCC-DDDD-EEEE-F"})
    assert "No open draft has this code" in response.content.decode()
    assert "draft" not in client.session
    assert client.get("/file/resume/").status_code == 200


def test_an_expired_draft_is_gone(client, fill):
    fill("who")
    FilingDraft.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert client.get("/file/what/").url == "/file/resume/"


def test_clearing_the_browser_keeps_the_draft(client, fill):
    fill("who")
    assert client.post("/file/later/").url == "/"
    assert "draft" not in client.session
    assert client.cookies["draft_code"].value == ""
    assert FilingDraft.objects.count() == 1
    assert client.get("/file/later/").url == "/file/resume/"


def test_two_windows_do_not_overwrite_each_other(client, fill):
    fill("who")
    version = FilingDraft.objects.get().version
    client.post("/file/who/", {**WHO, "name": "First window", "version": version})
    response = client.post("/file/who/", {**WHO, "name": "Second window", "version": version})
    page = response.content.decode()
    assert "changed in another window" in page
    assert "Second window" in page
    assert FilingDraft.objects.get().answers["who"]["name"] == "First window"
    again = re.search(r'name="version" value="(\d+)"', page)[1]
    assert client.post("/file/who/", {**WHO, "name": "Second window", "version": again}).status_code == 302
    assert FilingDraft.objects.get().answers["who"]["name"] == "Second window"


def test_a_board_page_leads_into_the_wizard_with_its_state(client, offices):
    assert client.post("/file/start/", {"board": "tx-bhec"}).url == "/file/board/?board=tx-bhec"
    page = client.get("/file/board/?board=tx-bhec").content.decode()
    assert '<option value="TX" selected>' in page
    assert client.get("/file/board/?board=unknown").status_code == 200


def test_the_profession_that_was_looked_for_comes_along(client, offices):
    assert "/boards/tx-bhec/?profession=counseling" in client.get("/boards/?profession=counseling").content.decode()
    page = client.get("/boards/tx-bhec/?profession=counseling").content.decode()
    assert "/file/start/?board=tx-bhec&amp;profession=counseling" in page
    first = client.get("/file/start/?board=tx-bhec&profession=counseling").content.decode()
    assert '<input type="hidden" name="profession" value="counseling"' in first
    told = client.post("/file/start/", {"board": "tx-bhec", "profession": "counseling"}).url
    assert told == "/file/board/?board=tx-bhec&profession=counseling"
    assert '<option value="counseling" selected>' in client.get(told).content.decode()


def test_a_board_that_takes_nothing_here_is_explained_and_nothing_is_filed(client, fill):
    fill("board", board={"state": "UT", "profession": "counseling"})
    response = client.get("/file/who/", follow=True)
    page = response.content.decode()
    assert response.redirect_chain[-1][0] == "/boards/ut-dopl/?from=file"
    assert "Nothing was sent" in page
    assert "160 East 300 South" in page
    assert client.post("/file/review/", SIGNED).url == "/boards/ut-dopl/?from=file"
    assert Complaint.objects.count() == 0


def test_steps_cannot_be_skipped(client, offices):
    client.post("/file/start/")
    assert client.get("/file/what/").url == "/file/board/"
    client.post("/file/board/", PLACE)
    assert client.get("/file/review/").url == "/file/who/"
    assert client.get("/file/nothing/").status_code == 404


def test_the_review_shows_every_answer_and_the_statement(client, fill):
    fill()
    page = client.get("/file/review/").content.decode()
    for words in ("Texas Behavioral Health", "Leland Prewitt", "Would not end treatment", "February 2026", "Maya"):
        assert words in page
    assert "I am a witness and not a party" in page
    assert "penalty of perjury" not in page


def test_a_change_from_the_review_leads_back_there(client, fill):
    fill()
    assert 'name="back_to" value="review"' in client.get("/file/who/?back_to=review").content.decode()
    assert client.post("/file/who/", {**WHO, "back_to": "review"}).url == "/file/review/"


def test_filing_makes_one_case_with_everything_in_it(client, fill, sign):
    fill("you")
    client.post("/file/documents/", {"files": [text_file(), text_file("bill.txt", b"Bill 1800")], "add": "1"})
    client.post("/file/documents/", {})
    assert sign().url == "/file/receipt/"
    complaint, case = Complaint.objects.get(), Case.objects.get()
    assert complaint.attestation_version == "plain-1"
    assert "witness and not a party" in complaint.attestation_text
    assert case.docket.startswith("BHEC-")
    assert Allegation.objects.filter(case=case).count() == 2
    assert [row.original_name for row in Exhibit.objects.order_by("number")] == ["messages.txt", "bill.txt"]
    assert set(Identity.objects.values_list("name", flat=True)) == {"Leland Prewitt", "Maya Ortiz-Bell"}
    assert "draft" not in client.session


def test_a_double_click_is_one_complaint_and_one_code(client, fill, sign):
    fill()
    session, cookie = dict(client.session), client.cookies["draft_code"].value
    sign()
    first = numbers(client)
    second = Client()
    second.cookies["draft_code"] = cookie
    kept = second.session
    kept.update(session)
    kept.save()
    second.cookies["sessionid"] = kept.session_key
    assert second.post("/file/review/", SIGNED).url == "/file/receipt/"
    assert numbers(second) == first
    assert Complaint.objects.count() == Case.objects.count() == 1


def test_an_unsigned_complaint_stays_a_draft(client, fill, sign):
    fill()
    page = sign(attested="", name="").content.decode()
    assert "Read the statement and tick the box" in page
    assert Complaint.objects.count() == 0
    assert sign(later="1").url == "/file/later/"


def test_without_a_name_where_the_board_allows_it(client, fill):
    fill(you={"relation": "client", "name": "", "email": "", "anonymous": "on"})
    client.post("/file/review/", {"attested": "on", "attestation_version": "plain-1"})
    assert Complaint.objects.get().is_anonymous
    assert set(Identity.objects.values_list("name", flat=True)) == {"Leland Prewitt"}


def test_under_oath_a_name_is_needed_and_the_page_says_why(client, fill):
    fill("what", board={"state": "OH"})
    page = client.get("/file/you/").content.decode()
    assert "an oath needs a name" in page
    assert "OAC 4757-11-01" in page
    page = client.post("/file/you/", {**YOU, "name": "", "anonymous": "on"}).content.decode()
    assert "This board cannot take a complaint without one" in page
    client.post("/file/you/", YOU)
    client.post("/file/documents/", {})
    assert "penalty of perjury" in client.get("/file/review/").content.decode()


def test_what_the_act_refuses_is_said_on_the_review(client, fill, sign):
    fill()
    draft = FilingDraft.objects.get()
    draft.answers["what"]["occurred_from"] = "2999-01"
    draft.save()
    page = sign().content.decode()
    assert "A date of what happened cannot be in the future." in page
    assert Complaint.objects.count() == 0


def test_any_script_reaches_the_complaint_unchanged(client, fill, sign):
    words = "قال لي «لا» — 彼は言った 🙁 नहीं"
    fill(what={**WHAT, "narrative": words})
    sign()
    assert {row.narrative for row in Allegation.objects.all()} == {words}


def test_drafts_and_filings_are_limited(client, fill, sign, settings):
    settings.RATE_LIMITS = {"draft": (1, 600), "filing": (0, 600), "lookup": (10, 600)}
    fill()
    response = sign()
    assert response.status_code == 429
    assert "Nothing you saved is lost" in response.content.decode()
    assert Client().post("/file/start/").status_code == 429
    assert Client().post("/file/resume/", {"draft_code": "X"}).status_code == 429


def test_pages_of_a_complaint_are_never_cached(client, fill):
    fill("who")
    for address in ("/file/what/", "/file/later/", "/file/resume/", "/track/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_several_boards_are_offered_and_one_is_chosen(client, offices):
    make_board(offices.texas.jurisdiction, offices.counseling, "tx-two", "TWO", hosted=True)
    client.post("/file/start/")
    page = client.post("/file/board/", PLACE).content.decode()
    assert "More than one board takes such complaints" in page
    assert client.post("/file/board/", {**PLACE, "board": "tx-two"}).url == "/file/who/"
    assert FilingDraft.objects.get().board.slug == "tx-two"


def test_a_state_without_a_board_is_told_in_plain_words(client, offices):
    offices.texas.professions.clear()
    client.post("/file/start/")
    assert "We know no board for this state" in client.post("/file/board/", PLACE).content.decode()


def test_a_code_that_somebody_else_put_into_the_browser_is_neither_shown_nor_used(client, fill, sign):
    planted = "0000-0000-0000-0000-0000-0"
    codes = set()
    for _number in range(2):
        fill()
        client.cookies["draft_code"] = planted
        assert planted not in client.get("/file/review/").content.decode()
        assert planted not in client.get("/file/later/").content.decode()
        assert sign().status_code == 302
        codes.add(numbers(client)["code"])
    assert len(codes) == 2
