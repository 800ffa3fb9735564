"""The case page: everything for readers of the file, the record and nothing else for everyone else."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.access.policy import Capacity
from tracker.audit import guards
from tracker.cases.kinds import RECORD_DOCUMENTS
from tracker.notices.queries import letters_of_case
from tracker.web.steps import STEPS

MARKS = ("SECRET", "Maya", "Ortiz", "maya@example.org", "512-555-0142", "LPC 88214", "Cedar Row")


def page(case):
    return reverse("desk:case", args=[case.docket])


def leaks(response):
    text = response.content.decode()
    return [mark for mark in MARKS if mark in text]


def test_whole_file_shows_all_of_the_case(scheduled, office, open_as):
    text = open_as(office.counsel, page(scheduled.case)).content.decode()

    for words in (
        "SECRET-NARRATIVE",
        "SECRET-NOTE",
        "SECRET-FINDING",
        "Maya Ortiz-Bell",
        "22 TAC 681.41",
        "E-1",
        "E-3",
    ):
        assert words in text
    assert "Ledger whole" in text
    assert "Report of investigation" in text
    assert "Hearing scheduled" in text


def test_steps_of_the_reader_are_links_shut_ones_have_reasons(office, open_as):
    case = Docketed(office).investigating().case
    text = open_as(office.investigator, page(case)).content.decode()

    assert reverse("desk:step", args=[case.docket, "record_finding"]) in text
    assert reverse("desk:step", args=[case.docket, "submit_report"]) not in text
    assert "Allegation A1 has no finding." in text
    assert "Allegation A2 has no finding." in text
    assert reverse("desk:step", args=[case.docket, "assign"]) not in text


def test_a_step_of_somebody_else_says_who(office, open_as):
    case = Docketed(office).reviewed().case
    text = open_as(office.intake, page(case)).content.decode()

    assert reverse("desk:step", args=[case.docket, "accept_case"]) not in text
    assert "Waits for: Enforcement manager" in text


def test_deadlines_are_sentences(filed, office, open_as):
    text = open_as(office.manager, page(filed.case)).content.decode()

    assert "Danger screen" in text
    assert "business days from receipt" in text


def test_emergency_has_a_banner_on_every_page_of_the_case(office, open_as):
    case = Docketed(office).reviewed(danger=True).case

    for path in (page(case), reverse("desk:step", args=[case.docket, "assign"])):
        assert "imminent danger" in open_as(office.manager, path).content.decode()


def test_a_closed_case_tells_of_the_emergency_that_is_over(office, open_as):
    docketed = Docketed(office).reviewed(danger=True)
    agreement = {"code": "INTERIM_AGREEMENT", "finding": "Signed.", "effective_on": docketed.today()}
    docketed.do("take_emergency_action", office.director, agreement)
    docketed.do("end_emergency_action", office.director, {"end": "vacated", "reason": "No danger."})
    docketed.do("close_at_intake", office.intake, {"disposition": "NO_JURISDICTION", "reason": "Not licensed here."})
    text = open_as(office.manager, page(docketed.case)).content.decode()

    assert "imminent danger" not in text
    assert "Agreement to refrain from practice" in text
    assert "Taken back." in text
    assert "Keep the file for good." in text


def test_broken_chain_is_told(filed, office, open_as):
    guards.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tracker_ledgerentry SET body = REPLACE(body, 'mail', 'liam') WHERE event = 'case.filed'")
    guards.install(connection)

    assert "Ledger broken at #1" in open_as(office.manager, page(filed.case)).content.decode()


def test_timeline_can_be_narrowed(scheduled, office, open_as):
    text = open_as(office.counsel, page(scheduled.case), timeline="evidence").content.decode()

    assert "Exhibit E-1 received" in text
    assert "Complaint filed, docket" not in text


def test_times_are_on_the_boards_clock(scheduled, office, open_as):
    assert "9:30 AM" in open_as(office.counsel, page(scheduled.case)).content.decode()


@pytest.mark.parametrize("person", ["presiding", "voter"])
def test_record_holds_charges_answer_papers_offered_exhibits_and_hearing(scheduled, office, open_as, person):
    reader = office.presiding if person == "presiding" else office.voters[0]
    response = open_as(reader, page(scheduled.case))
    text = response.content.decode()

    assert leaks(response) == []
    for words in (
        "22 TAC 681.41",
        "Count words",
        "Denied",
        "Paper 1",
        "Notice of hearing",
        "Robin Vale",
        "Complainant",
    ):
        assert words in text
    for words in ("Paper 2", "Paper 3", "E-2", "E-3", "Timeline", "Letters", "Notes", "Ledger", "Custody", "Priority"):
        assert words not in text, words


def test_the_record_says_whether_it_is_open(office, open_as):
    story = Docketed(office).heard()
    assert "close_record" in [step.key for step in open_as(office.presiding, page(story.case)).context["listed"].open]
    opened = open_as(office.voters[0], page(story.case)).content.decode()
    assert "Record open since" in opened
    assert reverse("desk:step", args=[story.case.docket, "close_record"]) not in opened
    story.wait(1).do("close_record", office.presiding, {"note": "SECRET-BRIEF"})
    text = open_as(office.voters[0], page(story.case)).content.decode()
    assert "record closed" in text
    assert "SECRET-BRIEF" not in text
    listed = open_as(office.presiding, page(story.case)).context["listed"]
    evidence = next(group for group in listed.groups if group.heading == "Evidence")
    assert [step.key for step in evidence.open] == ["reopen_record"]
    shut = {step.key for step in evidence.shut}
    assert shut == {"close_record", "mark_hearing_exhibit", "rule_on_exhibit"}


def test_record_counts_only_what_it_shows(scheduled, office, open_as):
    context = open_as(office.voters[0], page(scheduled.case)).context

    assert [one.key for one in context["exhibits"]] == ["E-1"]
    assert {paper.kind for paper in context["documents"]} <= set(RECORD_DOCUMENTS)
    assert {row.kind for row in context["deadlines"]} <= {"answer", "hearing", "exhibit_exchange"}
    assert [place.capacity for place in context["places"]] == ["presiding"]
    for name in ("matrix", "notes", "letters", "timeline", "entries", "report", "votes"):
        assert name not in context


def test_record_says_nothing_of_the_days_before_the_charges(scheduled, office, open_as):
    context = open_as(office.voters[0], page(scheduled.case)).context

    assert set(context["tracker"]) == {"hearing"}


@pytest.mark.once
def test_every_other_page_of_the_case_is_shut_to_readers_of_the_record(scheduled, office, open_as, send_as):
    case = scheduled.case
    docket = [case.docket]
    papers = [one for one in case.documents.all() if one.kind not in RECORD_DOCUMENTS]

    receive = reverse("desk:receive-exhibit", args=docket)
    paths = [reverse("desk:bundle", args=docket)]
    for key in ("E-2", "E-3", "E-9", "nothing"):
        paths += [reverse(f"desk:{name}", args=[case.docket, key]) for name in ("exhibit", "exhibit-file")]
    paths += [
        reverse(f"desk:{name}", args=[case.docket, one.pk]) for one in papers for name in ("document", "document-file")
    ]
    letters = letters_of_case(case.pk)
    paths += [
        reverse(f"desk:{name}", args=[case.docket, one.pk]) for one in letters for name in ("letter", "letter-file")
    ]

    assert papers
    assert letters
    # The hearing officer brings in papers of their own.
    for reader, shut in ((office.presiding, paths), (office.voters[0], [receive, *paths])):
        for path in shut:
            response = open_as(reader, path)
            assert response.status_code == 404, path
            assert leaks(response) == [], path
        for act in ("link", "withhold", "describe", "transfer"):
            path = reverse("desk:exhibit-act", args=[case.docket, "E-1", act])
            assert send_as(reader, path, {"reason": "x"}).status_code == 404


@pytest.mark.once
def test_no_step_page_leaks_to_readers_of_the_record(scheduled, office, open_as):
    for reader in (office.presiding, office.voters[0]):
        for key in STEPS:
            response = open_as(reader, reverse("desk:step", args=[scheduled.case.docket, key]))
            text = response.content.decode()
            assert response.status_code in (200, 403), key
            assert leaks(response) == [], key
            assert "Paper 2" not in text, key
            assert "Paper 3" not in text, key


def test_panel_member_sees_the_whole_file_other_members_the_record(scheduled, office, open_as):
    assert "SECRET-NOTE" in open_as(office.panel[0], page(scheduled.case)).content.decode()
    assert "SECRET-NOTE" not in open_as(office.voters[0], page(scheduled.case)).content.decode()


def test_the_order_is_in_the_file_and_in_the_record(office, open_as):
    story = Docketed(office).ordered()

    for reader in (office.counsel, office.voters[0], office.presiding):
        text = open_as(reader, page(story.case)).content.decode()
        assert "Probation, 365 days: Monthly reports" in text
        assert "Violation found" in text
        assert "Order issued" in text
    assert "4 yes, 0 no" in open_as(office.counsel, page(story.case)).content.decode()
    assert "yes, 0 no" not in open_as(office.voters[0], page(story.case)).content.decode()


def test_before_the_charges_there_is_no_record(office, open_as):
    case = Docketed(office).reported().case

    for reader in (office.presiding, office.voters[0], office.panel[0]):
        assert open_as(reader, page(case)).status_code == 404


def test_out_of_scope_looks_like_unknown(scheduled, office, open_as):
    elsewhere = make_staffed("ca-bbs", "BBS")
    foreign = open_as(elsewhere.counsel, page(scheduled.case))
    unknown = open_as(elsewhere.counsel, reverse("desk:case", args=["BHEC-2099-99999"]))

    assert foreign.status_code == unknown.status_code == 404
    strip = [r.content.decode().split("<main")[1] for r in (foreign, unknown)]
    assert strip[0] == strip[1]


def test_investigator_sees_only_assigned_cases(office, open_as):
    mine = Docketed(office).investigating().case
    other = Docketed(office).reviewed().case

    assert open_as(office.investigator, page(mine)).status_code == 200
    assert open_as(office.investigator, page(other)).status_code == 404


def test_a_closed_place_closes_the_file(office, open_as):
    story = Docketed(office).investigating()
    data = {"email": office.investigator.email, "capacity": Capacity.INVESTIGATOR, "reason": "moved"}
    story.do("end_assignment", office.manager, data)

    assert open_as(office.investigator, page(story.case)).status_code == 404


def test_signed_out_people_are_sent_to_sign_in(filed, client):
    response = client.get(page(filed.case))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign-in"))


def test_no_copy_is_kept(filed, office, open_as):
    assert "no-store" in open_as(office.manager, page(filed.case))["Cache-Control"]


@pytest.mark.once
def test_as_many_queries_whatever_the_case_holds(office, count_as):
    small = Docketed(office).file(grounds=1)
    small.receive("one.txt", b"1")
    large = Docketed(office).file(grounds=3)
    for number in range(3):
        large.receive(f"{number}.txt", str(number).encode())

    assert count_as(office.counsel, page(small.case)) == WHOLE
    assert count_as(office.counsel, page(large.case)) == WHOLE


@pytest.mark.once
def test_as_many_queries_for_every_record(scheduled, office, count_as):
    assert count_as(office.voters[0], page(scheduled.case)) == RECORD
    scheduled.do("offer_exhibit", office.counsel, {"exhibit": "E-2"})
    assert count_as(office.voters[0], page(scheduled.case)) == RECORD


WHOLE, RECORD = 64, 56


def test_what_lies_over_a_case_has_a_banner_and_the_record_tells_its_part(scheduled, office, open_as):
    agreed = {"code": "INTERIM_AGREEMENT", "finding": "Signed.", "effective_on": scheduled.today()}
    scheduled.do("take_emergency_action", office.director, agreed)
    scheduled.do("begin_abeyance", office.counsel, {"reason": "SECRET-TRIAL"})
    held = {"reason": "SECRET-LAWSUIT", "review_on": scheduled.today()}
    scheduled.do("place_hold", office.counsel, held)
    text = open_as(office.manager, page(scheduled.case)).content.decode()
    for words in ("Agreement to refrain from practice in force", "In abeyance since", "SECRET-TRIAL", "On hold since"):
        assert words in text
    response = open_as(office.presiding, page(scheduled.case))
    assert leaks(response) == []
    text = response.content.decode()
    assert "Agreement to refrain from practice in force" in text
    assert "In abeyance since" in text
    assert "On hold" not in text
    scheduled.do("seal_case", office.counsel, {"reason": "A minor"})
    assert "Sealed since" in open_as(office.manager, page(scheduled.case)).content.decode()
    assert open_as(office.voters[0], page(scheduled.case)).status_code == 404
    assert open_as(office.intake, page(scheduled.case)).status_code == 404


def test_a_recusal_is_told_in_file_and_record_and_shuts_the_case(scheduled, office, open_as):
    scheduled.do("declare_conflict", office.panel[0], {"has_conflict": "yes", "reason": "SECRET-COUSIN"})
    scheduled.do("declare_conflict", office.investigator, {"has_conflict": "yes", "reason": "SECRET-COUSIN"})
    whole, record = (
        open_as(reader, page(scheduled.case)).content.decode() for reader in (office.manager, office.voters[0])
    )
    for text in (whole, record):
        assert "Recused" in text
        assert office.panel[0].full_name in text
    assert f"{office.panel[0].full_name}, Panel member" in whole
    assert office.investigator.full_name in whole
    # Who investigated, and who sat on the panel, is not part of the record.
    assert "Panel member" not in record
    assert office.investigator.full_name not in record
    assert "SECRET-COUSIN" not in record
    assert open_as(office.panel[0], page(scheduled.case)).status_code == 404
