"""Papers and letters: read on a page, taken away checked, each only by those who may."""

from uuid import uuid4

from django.urls import reverse

from tests.factories.docketed import Docketed
from tests.tracker.web.moresteps.test_settling import OFFER
from tracker.cases.kinds import DocumentKind
from tracker.notices.queries import letters_of_case


def paper(case, kind):
    return reverse("desk:document", args=[case.docket, case.documents.get(kind=kind).pk])


def test_a_paper_is_shown_word_for_word(office, open_as):
    case = Docketed(office).reported().case
    text = open_as(office.counsel, paper(case, DocumentKind.REPORT_OF_INVESTIGATION)).content.decode()

    assert "SECRET-REPORT" in text
    assert case.documents.get(kind=DocumentKind.REPORT_OF_INVESTIGATION).digest[:4] in text


def test_the_record_has_its_papers_and_no_other(scheduled, office, open_as):
    answer = open_as(office.presiding, paper(scheduled.case, DocumentKind.ANSWER))

    assert "The answer denies count 1" in answer.content.decode()
    assert office.manager.full_name not in answer.content.decode()
    for kind in (DocumentKind.LEGAL_MEMO, DocumentKind.REPORT_OF_INVESTIGATION, DocumentKind.PROBABLE_CAUSE_MEMO):
        assert open_as(office.presiding, paper(scheduled.case, kind)).status_code == 404


def test_a_paper_of_another_case_is_not_here(filed, office, open_as):
    other = Docketed(office).file().case
    foreign = other.documents.first().pk

    assert open_as(office.counsel, reverse("desk:document", args=[filed.case.docket, foreign])).status_code == 404
    assert open_as(office.counsel, reverse("desk:document", args=[filed.case.docket, uuid4()])).status_code == 404


def test_a_paper_without_a_file_has_none_to_take(filed, office, open_as):
    pk = filed.case.documents.first().pk

    assert open_as(office.counsel, reverse("desk:document-file", args=[filed.case.docket, pk])).status_code == 404


def test_a_letter_is_shown_with_its_recipients(filed, office, open_as):
    [letter] = letters_of_case(filed.case.pk)
    text = open_as(office.counsel, reverse("desk:letter", args=[filed.case.docket, letter.pk])).content.decode()

    assert "Maya Ortiz-Bell" in text
    assert "waiting" in text.lower()


def test_a_letter_has_headings_and_no_marks_of_ours(filed, office, open_as):
    [letter] = letters_of_case(filed.case.pk)
    text = open_as(office.counsel, reverse("desk:letter", args=[filed.case.docket, letter.pk])).content.decode()

    assert "<h2>What happens next</h2>" in text
    assert "## " not in text


def test_letters_are_found_under_their_own_case_only(filed, office, open_as):
    other = Docketed(office).file().case
    [letter] = letters_of_case(other.pk)

    for name in ("letter", "letter-file"):
        assert open_as(office.counsel, reverse(f"desk:{name}", args=[filed.case.docket, letter.pk])).status_code == 404


def test_the_letter_on_a_rejected_settlement_is_for_who_may_know_of_talks(office, open_as):
    story = Docketed(office).charged()
    story.do("offer_settlement", office.counsel, {**OFFER, "offered_on": story.today()})
    signed = {"respondent_signed_on": story.today(), "counsel_signed_on": story.today(), "text": "We agree."}
    story.do("sign_settlement", office.counsel, signed)
    ballots = "\n".join(f"{member.email} yes" for member in office.voters)
    vote = {"kind": "order", "decision": "reject_settlement", "held_on": story.today(), "ballots": ballots}
    story.do("record_vote", office.director, vote)
    story.do("reject_settlement", office.director, {"reasons": "SECRET-LENIENT"})
    letter = letters_of_case(story.case.pk)[0]
    assert letter.kind == "settlement_rejected"
    where = reverse("desk:letter", args=[story.case.docket, letter.pk])
    file = reverse("desk:letter-file", args=[story.case.docket, letter.pk])

    assert open_as(office.counsel, where).status_code == 200
    assert [open_as(office.panel[0], path).status_code for path in (where, file)] == [404, 404]
    for reader, is_told in ((office.counsel, True), (office.panel[0], False)):
        text = open_as(reader, reverse("desk:case", args=[story.case.docket])).content.decode()
        assert (where in text) == is_told
        assert ("SECRET-LENIENT" in text) == is_told


def test_a_letter_that_is_not_drawn_yet_has_no_file(filed, office, open_as):
    [letter] = letters_of_case(filed.case.pk)
    response = open_as(office.counsel, reverse("desk:letter-file", args=[filed.case.docket, letter.pk]))

    assert response.status_code == (200 if letter.pdf else 404)
