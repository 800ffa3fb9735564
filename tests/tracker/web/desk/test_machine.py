"""The workflow page: the table drawn and told, with the place of one case when its reader asks."""

from django.urls import reverse

from tests.factories.staffed import make_staffed
from tracker.cases.steptable import ACTS, TRANSITIONS

WORKFLOW = reverse("desk:workflow")


def test_every_step_stands_in_the_table(office, open_as):
    text = open_as(office.voters[0], WORKFLOW).content.decode()

    for row in (*TRANSITIONS, *ACTS):
        assert str(row.label).replace("'", "&#x27;") in text
    assert text.count("Not offered yet") == sum(not row.offered for row in TRANSITIONS)


def test_where_a_case_stands(filed, office, open_as):
    response = open_as(office.counsel, WORKFLOW, case=filed.case.docket)

    assert response.context["here"] == "received"
    assert " here" in response.content.decode()


def test_a_foreign_case_is_not_marked(filed, open_as):
    response = open_as(make_staffed("ca-bbs", "BBS").counsel, WORKFLOW, case=filed.case.docket)

    assert response.context["here"] == ""
    assert filed.case.docket not in response.content.decode()
