"""The workflow page: the machine of one board drawn and told, with the place of one case when its reader asks."""

from django.urls import reverse

from tests.factories.offices import make_rule
from tests.factories.staffed import make_staffed
from tracker.access.models import Membership
from tracker.cases.acttable import ACTS
from tracker.cases.steptable import TRANSITIONS

WORKFLOW = reverse("desk:workflow")
NOT_USED = "Not used here. Deemed adopted: No"


def test_every_step_stands_in_the_table(office, open_as):
    text = open_as(office.voters[0], WORKFLOW).content.decode()

    for row in (*TRANSITIONS, *ACTS):
        assert str(row.label).replace("'", "&#x27;") in text
    assert text.count(NOT_USED) == 1
    assert 'name="board"' not in text


def test_the_boards_rules_are_read(office, open_as):
    make_rule(office.board, "deemed_adopted", True)
    make_rule(office.board, "answer_days", 21, citation="Rule 9")

    text = open_as(office.counsel, WORKFLOW).content.decode()

    assert NOT_USED not in text
    assert "Answer to the charges (21 calendar days)" in text


def test_another_board_of_the_reader_may_be_chosen(office, open_as):
    other = make_staffed("ca-bbs", "BBS")
    Membership.objects.create(user=office.counsel, board=other.board, role="board_counsel", valid_from="2020-01-01")
    make_rule(other.board, "answer_days", 15)

    assert open_as(office.counsel, WORKFLOW).context["board"] in (office.board, other.board)
    response = open_as(office.counsel, WORKFLOW, board="ca-bbs")
    assert response.context["board"] == other.board
    assert "Answer to the charges (15 calendar days)" in response.content.decode()
    assert open_as(office.counsel, WORKFLOW, board="tx-bhec").context["board"] == office.board


def test_a_board_where_the_reader_does_not_work_is_not_shown(office, open_as):
    make_staffed("ca-bbs", "BBS")

    assert open_as(office.counsel, WORKFLOW, board="ca-bbs").context["board"] == office.board


def test_where_a_case_stands(filed, office, open_as):
    response = open_as(office.counsel, WORKFLOW, case=filed.case.docket)

    assert response.context["here"] == "received"
    assert " here" in response.content.decode()


def test_a_foreign_case_is_not_marked(filed, open_as):
    response = open_as(make_staffed("ca-bbs", "BBS").counsel, WORKFLOW, case=filed.case.docket)

    assert response.context["here"] == ""
    assert filed.case.docket not in response.content.decode()
