"""Home: alerts with an act behind them, my work, due dates, counts that add up, the chart and its numbers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.docketed import Docketed, now

HOME = reverse("desk:home")


def test_alerts_lead_to_what_they_speak_of(office, open_as):
    late = Docketed(office).file().case
    Docketed(office, at=now()).file().do("begin_review", office.intake, {"priority": "high", "reasons": "x"})
    alerts = {alert["words"]: alert["href"] for alert in open_as(office.manager, HOME).context["alerts"]}

    assert alerts["1 complaint has had no danger screen in time"] == reverse("desk:case", args=[late.docket])
    assert alerts["1 priority waits for a second person"].endswith("?view=unverified")
    assert alerts["Nothing was done in 1 case for long"].endswith("?view=stalled")


def test_a_hold_to_be_reviewed_is_an_alert(office, open_as):
    story = Docketed(office).file()
    day = (story.at + timedelta(days=9)).date().isoformat()
    story.do("place_hold", office.manager, {"reason": "Subpoena.", "review_on": day})
    alerts = {alert["words"]: alert for alert in open_as(office.manager, HOME).context["alerts"]}

    found = alerts["1 hold or abeyance is to be reviewed"]
    assert found["href"] == reverse("desk:case", args=[story.case.docket])
    assert story.case.docket in found["more"]


def test_an_emergency_is_an_alert_and_comes_first(office, open_as):
    Docketed(office).reviewed("urgent")
    emergency = Docketed(office).reviewed(danger=True).case
    context = open_as(office.manager, HOME).context

    assert any("waits for a decision" in alert["words"] for alert in context["alerts"])
    assert context["home"].mine[0].docket == emergency.docket


def test_counts_are_links_and_add_up(office, open_as):
    Docketed(office).file()
    Docketed(office).investigating()
    response = open_as(office.manager, HOME)
    home = response.context["home"]

    assert [row.total for row in home.stages] == [1, 1, 0, 0]
    assert response.context["totals"]["all"] == sum(row.total for row in home.stages) == 2
    assert "?board=BHEC&amp;stage=investigation" in response.content.decode()


def test_due_is_late_first(office, open_as):
    Docketed(office).file()
    home = open_as(office.manager, HOME).context["home"]

    assert home.due[0].state == "late"
    assert home.overdue == sum(row.state == "late" for row in home.due) > 0
    assert [row.due_on for row in home.due] == sorted(row.due_on for row in home.due)


def test_chart_says_the_same_as_its_table_and_the_csv(office, open_as):
    Docketed(office).file()
    response = open_as(office.manager, HOME)
    text = response.content.decode()
    lines = open_as(office.manager, reverse("desk:months-csv")).content.decode().splitlines()

    assert 'role="img"' in text
    assert sum(month.filed for month in response.context["home"].months) == 1
    assert lines[0] == "Month,Filed,Closed"
    assert len(lines) == 13
    assert sum(int(line.split(",")[1]) for line in lines[1:]) == 1


def test_nobody_without_a_place_sees_anything(filed, open_as, django_user_model):
    stranger = django_user_model.objects.create(email="x@board.example", full_name="X")
    response = open_as(stranger, HOME)

    assert response.status_code == 200
    assert filed.case.docket not in response.content.decode()
    assert response.context["home"].months == []


def test_a_reader_of_the_record_is_told_of_the_record_only(scheduled, office, open_as):
    Docketed(office).file()
    context = open_as(office.voters[0], HOME).context
    home = context["home"]

    assert context["alerts"] == []
    assert home.months == []
    assert [row.total for row in home.stages] == [0, 0, 1, 0]
    assert {row.kind for row in home.due} <= {"Hearing", "Exchange of exhibits"}
    assert len(open_as(office.voters[0], reverse("desk:months-csv")).content.splitlines()) == 1


@pytest.mark.once
def test_as_many_queries_whatever_there_is(office, count_as):
    Docketed(office).investigating()
    one = count_as(office.counsel, HOME)
    Docketed(office).reported()
    Docketed(office).investigating()

    assert count_as(office.counsel, HOME) == one
