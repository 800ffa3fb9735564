"""One step on several cases: each is decided by itself and answers for itself."""

import pytest
from django.urls import reverse

from tests.factories.docketed import Docketed, now
from tests.factories.staffed import make_staffed
from tracker.access.models import Membership
from tracker.cases.models import Case, CaseNote, Triage
from tracker.web.desk import bulk

SEVERAL = reverse("desk:bulk")


def chosen(*stories):
    """The cases as the page gives them: docket and version."""
    return [f"{story.case.docket} {Case.objects.get(pk=story.case.pk).version}" for story in stories]


@pytest.fixture
def pair(office):
    """One case whose priority waits for a second person, and one that was just filed."""
    waiting = Docketed(office).file().do("begin_review", office.intake, {"priority": "high", "reasons": "x"})
    return waiting, Docketed(office, at=now()).file()


def test_cases_are_chosen_on_the_queue(pair, office, open_as):
    text = open_as(office.manager, reverse("desk:queue")).content.decode()
    for story in pair:
        assert f'name="docket" value="{story.case.docket}" form="several"' in text
    assert f"At most {bulk.MOST} at once." in text
    # Who reads the ledger does no step on any case.
    assert 'form="several"' not in open_as(office.auditor, reverse("desk:queue")).content.decode()


def test_the_form_is_shown_once_for_all(pair, office, open_as):
    dockets = [story.case.docket for story in pair]
    text = open_as(office.manager, SEVERAL, step="add_note", docket=[*dockets, "BHEC-2026-99999"]).content.decode()
    for row in chosen(*pair):
        assert f'name="docket" value="{row}"' in text
    assert "There is no such case." in text
    assert text.count('name="text"') == 1


def test_each_case_is_done_or_says_why_not(pair, office, send_as):
    waiting, filed = pair
    response = send_as(office.manager, SEVERAL, {"step": "verify_priority", "docket": chosen(*pair)})
    assert response.status_code == 200
    assert [one.docket for one in response.context["done"]] == [waiting.case.docket]
    (refused,) = response.context["not_done"]
    assert (refused.docket, refused.reasons) == (filed.case.docket, ("No priority is set.",))
    assert Triage.objects.filter(verified_by=office.manager).count() == 1
    # The form stands there again for what was not done, and for nothing else.
    assert list(response.context["cases"]) == [filed.case.docket]


def test_what_was_changed_meanwhile_is_left_alone_and_words_are_kept(pair, office, send_as):
    waiting, filed = pair
    known = chosen(*pair)
    filed.do("add_note", office.intake, {"text": "First."})
    response = send_as(office.manager, SEVERAL, {"step": "add_note", "docket": known, "text": "Call both."})
    assert "changed by someone else" in response.context["not_done"][0].reasons[0]
    assert list(CaseNote.objects.filter(text="Call both.").values_list("case__docket", flat=True)) == [
        waiting.case.docket
    ]
    assert "Call both.</textarea>" in response.content.decode()
    # Sent twice, it is done once.
    again = send_as(office.manager, SEVERAL, {"step": "add_note", "docket": known, "text": "Call both."})
    assert again.context["done"] == []


def test_a_form_with_faults_does_nothing(pair, office, send_as):
    response = send_as(office.manager, SEVERAL, {"step": "add_note", "docket": chosen(*pair), "text": ""})
    assert response.status_code == 422
    assert not CaseNote.objects.exists()


def test_what_can_be_chosen_on_any_of_them_is_offered_and_checked_on_each(pair, office, open_as, send_as):
    first, second = pair
    row = {"email": office.investigator.email, "capacity": "investigator"}
    first.do("assign", office.manager, row)
    data = {**row, "reason": "On leave.", "step": "end_assignment", "docket": chosen(second, first)}
    response = send_as(office.manager, SEVERAL, data)
    assert [one.docket for one in response.context["done"]] == [first.case.docket]
    assert [one.docket for one in response.context["not_done"]] == [second.case.docket]


def test_cases_and_steps_of_others_do_not_exist(pair, office, open_as, send_as):
    other = Docketed(make_staffed("ca-bbs", "BBS")).file()
    data = {"step": "add_note", "docket": chosen(other), "text": "x"}
    response = send_as(office.manager, SEVERAL, data)
    assert [one.reasons for one in response.context["not_done"]] == [("There is no such case.",)]
    assert not CaseNote.objects.exists()
    for person, step in ((office.manager, "issue_order"), (office.auditor, "add_note"), (office.manager, "x")):
        assert send_as(person, SEVERAL, {**data, "step": step}).status_code == 404


def test_cases_on_which_the_step_is_not_theirs_show_nothing_of_their_people(pair, office, open_as, send_as):
    other = make_staffed("ca-bbs", "BBS")
    role = {"role": "enforcement_manager", "valid_from": "2020-01-01"}
    Membership.objects.create(user=office.auditor, board=other.board, **role)
    theirs, mine = pair[0], Docketed(other).file()
    person, worker = office.investigator, other.investigator
    theirs.do("assign", office.manager, {"email": person.email, "capacity": "investigator"})
    mine.do("assign", other.manager, {"email": worker.email, "capacity": "investigator"})
    response = open_as(office.auditor, SEVERAL, step="end_assignment", docket=[theirs.case.docket, mine.case.docket])
    assert worker.email in response.content.decode()
    assert person.email not in response.content.decode()
    data = {"step": "end_assignment", "docket": chosen(theirs, mine), "email": worker.email}
    response = send_as(office.auditor, SEVERAL, {**data, "capacity": "investigator", "reason": "x"})
    assert [one.docket for one in response.context["done"]] == [mine.case.docket]
    assert [(one.docket, one.reasons) for one in response.context["not_done"]] == [
        (theirs.case.docket, ("This needs another role: Enforcement manager.",))
    ]
    assert theirs.case.assignments.filter(ended_at=None).count() == 1


def test_what_is_no_text_is_no_docket(office, send_as):
    response = send_as(office.manager, SEVERAL, {"step": "add_note", "docket": ["BHEC\0", "\0"], "text": "x"})
    assert response.status_code == 422
    assert "Choose at least one case." in response.content.decode()


def test_none_and_more_than_the_most_are_refused(pair, office, open_as, send_as):
    assert "Choose at least one case." in open_as(office.manager, SEVERAL, step="add_note").content.decode()
    many = [f"BHEC-2026-{number:05}" for number in range(bulk.MOST + 1)]
    response = send_as(office.manager, SEVERAL, {"step": "add_note", "docket": many, "text": "x"})
    assert response.status_code == 422
    assert f"Choose at most {bulk.MOST} cases at once." in response.content.decode()
    assert not CaseNote.objects.exists()
