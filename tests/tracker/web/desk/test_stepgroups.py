"""Steps on a case page: what brings the case on first, acts of all times under a few headings."""

import pytest
from django.urls import reverse

from tests.factories.docketed import Docketed
from tracker.cases.acttable import ACTS
from tracker.cases.queries.nextsteps import Step, Steps
from tracker.cases.states import OPEN
from tracker.cases.workflow import STEPS
from tracker.web.desk import stepgroups

HERE = stepgroups.Place("investigating")
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
    found = stepgroups.listed(steps, HERE)

    assert (keys(found.open), keys(found.shut)) == (["accept_case", "draft_count"], ["close_at_intake"])
    assert keys(found.others) == ["issue_order"]
    assert headings(found) == ["Papers", "Clocks and overlays", "Linked dockets"]
    assert keys(found.groups[0].open) == ["add_note"]
    assert keys(found.groups[1].shut) == ["lift_hold"]


def test_what_waits_for_an_answer_stands_first_while_it_does():
    waiting = stepgroups.listed(Steps([step("answer_withdrawal"), step("decide_emergency")], [], []), HERE)
    settled = stepgroups.listed(Steps([], [step("answer_withdrawal", "No"), step("decide_emergency", "No")], []), HERE)

    assert (keys(waiting.open), waiting.groups) == (["answer_withdrawal", "decide_emergency"], [])
    assert settled.shut == []
    assert headings(settled) == ["People", "Clocks and overlays"]


def test_people_are_unfolded_where_nothing_else_brings_the_case_on():
    shut = [step("accept_case", "No investigator is assigned.", is_move=True)]
    acts = [step("draft_count"), step("assign"), step("add_note")]

    assert [group.is_unfolded for group in stepgroups.listed(Steps(acts, shut, []), HERE).groups] == [True, False]
    moves = [step("refer_out", is_move=True)]
    assert not any(group.is_unfolded for group in stepgroups.listed(Steps([*moves, *acts], shut, []), HERE).groups)


@pytest.mark.parametrize(
    ("place", "left_out"),
    [
        ({}, {"deem_adopted", "submit_petition", "draft_sanction", "remove_sanction"}),
        (
            {"before": "undisputed", "was_decided": False},
            {"deem_adopted", "record_change", "withdraw_change"}
            | {"reject_settlement", "submit_petition", "file_petition"},
        ),
        ({"before": "proposal", "adopts_by_time": True}, {"reject_settlement", "submit_petition"}),
        (
            {"before": "default"},
            {"deem_adopted", "record_change", "withdraw_change", "reject_settlement", "submit_petition"},
        ),
        (
            {"before": "settlement"},
            {"deem_adopted", "record_change", "remand", "record_board_finding", "draft_sanction", "remove_sanction"}
            | {"submit_petition", "withdraw_change"},
        ),
        (
            {"before": "petition", "kind": "reinstatement"},
            {"deem_adopted", "record_change", "record_board_finding", "reject_settlement", "record_withdrawal"}
            | {"answer_withdrawal", "update_complainant", "open_companion", "offer_settlement", "sign_settlement"}
            | {"end_settlement_talks", "submit_undisputed", "withdraw_change"},
        ),
    ],
)
def test_what_has_no_meaning_on_a_docket_is_left_out(place, left_out):
    there = stepgroups.Place("board_review", **place)
    assert {key for key in STEPS if not there.has(key)} == left_out
    found = stepgroups.listed(Steps([step(key) for key in STEPS], [], []), there)
    assert left_out.isdisjoint([*keys(found.open), *(key for group in found.groups for key in keys(group.open))])


def test_a_vote_is_a_next_step_only_where_one_brings_the_case_on():
    votes = Steps([step("record_vote")], [], [])
    assert keys(stepgroups.listed(votes, stepgroups.Place("board_review")).open) == ["record_vote"]
    assert headings(stepgroups.listed(votes, stepgroups.Place("compliance"))) == ["Papers"]


def test_who_presides_cannot_tell_from_the_steps_that_a_settlement_waits(office, open_as):
    story = Docketed(office).scheduled()
    offer = {"side": "board", "text": "x", "terms": '[{"code": "REPRIMAND"}]', "offered_on": story.today()}
    signed = {"respondent_signed_on": story.today(), "counsel_signed_on": story.today(), "text": "x"}
    story.do("offer_settlement", office.counsel, offer).do("sign_settlement", office.counsel, signed)
    address = reverse("desk:case", args=[story.case.docket])
    read = open_as(office.presiding, address)
    shown = {step.key for step in read.context["listed"].others}
    assert "no sanctions are drafted" not in read.content.decode()
    for key in ("draft_sanction", "remove_sanction"):
        page = open_as(office.presiding, reverse("desk:step", args=[story.case.docket, key])).content.decode()
        assert "no sanctions are drafted" not in page
    known = {step.key for step in open_as(office.director, address).context["listed"].shut}

    assert {"issue_order", "remand"} <= shown
    assert "reject_settlement" not in shown
    assert ("remand" in known, "reject_settlement" in known) == (False, True)


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
