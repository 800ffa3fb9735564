"""Steps on a case page: what brings the case on first, acts of all times under a few headings."""

from django.urls import reverse

from tests.factories.docketed import Docketed
from tracker.cases.acttable import ACTS
from tracker.cases.queries.nextsteps import Step, Steps
from tracker.cases.states import OPEN
from tracker.web.desk import stepgroups

GROUPED = [key for _heading, keys in stepgroups.SUBJECTS for key in keys]


def step(key, *reasons, is_move=False):
    return Step(key, key, reasons, is_move)


def keys(steps):
    return [one.key for one in steps]


def headings(found):
    return [group.heading for group in found.groups]


def test_every_act_of_all_times_has_one_heading():
    everywhere = {act.key for act in ACTS if len(act.sources) >= len(OPEN)}

    assert everywhere - set(GROUPED) == set()
    assert len(GROUPED) == len(set(GROUPED))
    assert set(GROUPED) <= {act.key for act in ACTS}
    assert {act.key for act in ACTS} >= stepgroups.PENDING


def test_moves_and_acts_of_the_status_stand_first_the_rest_by_subject():
    steps = Steps(
        [step("accept_case", is_move=True), step("draft_count"), step("add_note"), step("link_dockets")],
        [step("close_at_intake", "Why", is_move=True), step("lift_hold", "No hold")],
        [step("issue_order", is_move=True)],
    )
    found = stepgroups.listed(steps)

    assert (keys(found.open), keys(found.shut)) == (["accept_case", "draft_count"], ["close_at_intake"])
    assert keys(found.others) == ["issue_order"]
    assert headings(found) == ["Papers", "Clocks and overlays", "Linked dockets"]
    assert keys(found.groups[0].open) == ["add_note"]
    assert keys(found.groups[1].shut) == ["lift_hold"]


def test_what_waits_for_an_answer_stands_first_while_it_does():
    waiting = stepgroups.listed(Steps([step("answer_withdrawal"), step("decide_emergency")], [], []))
    settled = stepgroups.listed(Steps([], [step("answer_withdrawal", "No"), step("decide_emergency", "No")], []))

    assert (keys(waiting.open), waiting.groups) == (["answer_withdrawal", "decide_emergency"], [])
    assert settled.shut == []
    assert headings(settled) == ["People", "Clocks and overlays"]


def test_people_are_unfolded_where_nothing_else_brings_the_case_on():
    shut = [step("accept_case", "No investigator is assigned.", is_move=True)]
    acts = [step("draft_count"), step("assign"), step("add_note")]

    assert [group.is_unfolded for group in stepgroups.listed(Steps(acts, shut, [])).groups] == [True, False]
    moves = [step("refer_out", is_move=True)]
    assert not any(group.is_unfolded for group in stepgroups.listed(Steps([*moves, *acts], shut, [])).groups)


def test_every_open_step_of_a_reader_is_on_the_page_once(office, open_as):
    case = Docketed(office).reviewed().case
    response = open_as(office.manager, reverse("desk:case", args=[case.docket]))
    listed = response.context["listed"]
    shown = [*keys(listed.open), *(key for group in listed.groups for key in keys(group.open))]

    assert sorted(shown) == sorted(keys(response.context["steps"].open))
    text = response.content.decode()
    for key in shown:
        assert f'href="{reverse("desk:step", args=[case.docket, key])}"' in text
    assert "<summary>Clocks and overlays" in text
