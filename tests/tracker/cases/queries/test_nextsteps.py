"""Next steps: open, shut with reasons, and those of others, from the one table."""

import pytest

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed
from tracker.cases.queries import casefile, nextsteps, readers


@pytest.fixture
def office(db):
    return make_staffed()


def steps(person, story):
    seen = casefile.find(readers.reader(person.pk, at=story.at), story.case.docket)
    return nextsteps.steps(seen, at=story.at)


def test_only_steps_of_the_status_and_the_role(office):
    found = steps(office.intake, Docketed(office).file())

    assert [step.key for step in found.open if step.is_move] == ["begin_review"]
    assert found.open[0].key == "begin_review"
    assert "record_finding" not in {step.key for step in [*found.open, *found.shut, *found.others]}
    assert all(step.is_open for step in found.open)


def test_shut_steps_give_reasons(office):
    story = Docketed(office).reviewed()
    [shut] = [step for step in steps(office.manager, story).shut if step.key == "accept_case"]

    assert shut.reasons == ("No investigator is assigned.",)
    story.assign(office.investigator, "investigator")
    assert "accept_case" in {step.key for step in steps(office.manager, story).open}


def test_moves_of_others_name_their_roles(office):
    found = {step.key: step.who for step in steps(office.counsel, Docketed(office).file()).others}

    assert found == {"begin_review": "Intake analyst"}


def test_moves_and_what_they_wait_for_come_next(office):
    found = {step.key: step.is_next for step in steps(office.investigator, Docketed(office).investigating()).open}

    assert found["record_finding"]
    assert not found["add_note"]


def test_what_can_always_be_done_comes_last(office):
    keys = [step.key for step in steps(office.investigator, Docketed(office).investigating()).open]

    assert keys[:2] == ["refer_to_expert", "record_finding"]
    assert keys.index("record_finding") < keys.index("add_note")


def test_a_closed_case_has_only_its_reopening_and_what_is_kept_on_any_case(office):
    story = Docketed(office).reviewed()
    data = {"disposition": "NO_JURISDICTION", "reason": "Not ours", "agrees": "yes"}
    story.do("approve_closure", office.director, data).do("close_at_intake", office.intake, data)

    assert [step.key for step in steps(office.director, story).open] == ["reopen", "place_hold", "seal_case"]
