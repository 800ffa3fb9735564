"""What the tables say that a step or act asks for is refused where it lacks; the clocks that they name are kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from tests.factories.cases import Story, set_rule
from tracker.cases import recompute
from tracker.cases.actions.closing import Closure
from tracker.cases.actions.experts import Engagement
from tracker.cases.acttable import ACTS, Act
from tracker.cases.steptable import TRANSITIONS, Transition
from tracker.hearings.actions.negotiating import TermData
from tracker.web.steps import STEPS

ASKED = {(row.key, n): str(text) for row in (*TRANSITIONS, *ACTS) for n, text in enumerate(row.asks)}
CLOSURE = {"closure": Closure("NO_JURISDICTION", "Not ours.")}
ALONE = "The approval must come from another person than the one who closes."
ACCEPTED = {"has_jurisdiction": True, "states_violation": True, "reasons": "In scope.", "schedule": "180 days."}
SOON = "Notice must be at least 20 days; this date gives 2. A waiver by the respondent would do."


def before(status: str) -> Callable[[Story], Any]:
    return lambda story: story.before(status)


def at(status: str) -> Callable[[Story], Any]:
    return lambda story: story.to(status)


def approved_at_intake(story: Story) -> None:
    """The director agreed, who may close at intake as well."""
    set_rule(story.office.board, "intake_second_approver", value=True)
    story.to("intake_review")
    do(story, "approve_closure", "director", disposition="NO_JURISDICTION")


def approved_in_review(story: Story) -> None:
    """One member of the panel agreed, which is the policy."""
    policy = {"by": "approval", "roles": ["board_member"], "count": 1}
    set_rule(story.office.board, "closure_approvers", policy)
    story.to("probable_cause_review").seat_panel()
    do(story, "approve_closure", "panel", disposition="NO_JURISDICTION")


def offered(story: Story) -> None:
    """An offer waits to be signed."""
    terms = [TermData("REPRIMAND")]
    story.to("prehearing").wait(1)
    do(story, "offer_settlement", "counsel", side="board", text="An offer.", terms=terms, offered_on=story.today)


def unanswered(story: Story) -> None:
    story.to("answer_due").wait(40)


def elective(story: Story) -> None:
    set_rule(story.office.board, "election_of_rights", value=True)
    story.to("answer_due")


def postponed(story: Story) -> None:
    do(story.to("hearing_scheduled"), "continue_hearing", "presiding", moved_by="respondent", reason="Ill.", text="x")


def reversed_once(story: Story) -> None:
    """The order was overturned after the closing, and the case closed again."""
    row = {"to": "order_issued", "reason": "Reversed.", "overturned_on": story.to("closed").today}
    do(story, "reopen", "director", **row)
    report = {"reported_on": story.today, "reference": "5500000124"}
    do(story, "record_npdb_report", "manager", **report)
    do(story, "close_case", "manager", note="Reversed.")


def answered(story: Story, **data: Any) -> dict[str, Any]:
    return {"answers": {"1": "denied"}, "received_on": story.today, "text": "Denied.", **data}


def slot(story: Story) -> dict[str, Any]:
    return {"starts_at": story.at + timedelta(days=2), "place": "Room 1"}


def emergency(story: Story, **data: Any) -> dict[str, Any]:
    return {"code": "SUMMARY_SUSPENSION", "finding": "Danger.", "effective_on": story.today, **data}


def voted_emergency(story: Story) -> None:
    """Emergency action that the whole board voted for."""
    members = (*story.office.panel, *story.office.voters)
    story.vote("emergency", "SUMMARY_SUSPENSION", ballots={member.email: "yes" for member in members})
    do(story, "take_emergency_action", "director", **emergency(story))


class Play(NamedTuple):
    """How a case comes there, who tries it with what, and the words of the refusal."""

    ready: Callable[[Story], Any]
    who: str
    data: Callable[[Story], dict[str, Any]]
    sentence: str


def signed_before(story: Story) -> dict[str, Any]:
    early = story.today - timedelta(days=1)
    return {"respondent_signed_on": early, "counsel_signed_on": story.today, "text": "We agree."}


ENGAGED = Engagement("Dr. Roe", "", "Was it safe?", "Dear Dr. Roe", email="roe@example.org")
PLAYS: dict[tuple[str, int], Play] = {
    ("close_at_intake", 0): Play(approved_at_intake, "director", lambda _: CLOSURE, ALONE),
    ("close_without_discipline", 0): Play(approved_in_review, "panel", lambda _: CLOSURE, ALONE),
    ("accept_case", 0): Play(
        before("assigned"), "manager", lambda _: ACCEPTED | {"has_jurisdiction": False}, "Without jurisdiction"
    ),
    ("accept_case", 1): Play(
        before("assigned"), "manager", lambda _: ACCEPTED | {"states_violation": False}, "would be no violation if true"
    ),
    ("record_response", 0): Play(
        at("response_requested"), "investigator", lambda _: {"memo": "None came."}, "the licensee has until"
    ),
    ("refer_to_expert", 0): Play(
        at("investigating"), "investigator", lambda _: {"engagement": ENGAGED}, "answered to the conflict check"
    ),
    ("sign_settlement", 0): Play(offered, "counsel", signed_before, "cannot have been signed before it was offered"),
    ("record_service", 0): Play(
        at("charges_filed"),
        "manager",
        lambda story: {"method": "personal", "served_on": story.today, "proof": " "},
        "Describe the proof of service.",
    ),
    ("record_answer", 0): Play(
        at("answer_due"), "manager", lambda story: answered(story, answers={}), "Count 1 needs an answer"
    ),
    ("record_answer", 1): Play(unanswered, "manager", answered, "It can be taken only for good cause: say which."),
    ("record_answer", 2): Play(elective, "manager", answered, "Say how the respondent wants the charges decided."),
    ("enter_default", 0): Play(unanswered, "counsel", lambda _: {"packet": "Served."}, "is in military service."),
    ("schedule_hearing", 0): Play(
        before("hearing_scheduled"), "presiding", lambda story: {**slot(story), "prehearing_order": "14 days."}, SOON
    ),
    ("open_hearing", 0): Play(
        before("hearing_held"),
        "presiding",
        lambda story: {"appearances": "x", "heard_by": [story.office.voters[0].email]},
        "Only who hears the case may vote on it, and the board's quorum is 4.",
    ),
    ("reset_hearing", 0): Play(postponed, "presiding", slot, SOON),
    ("reopen", 0): Play(
        lambda story: story.to("intake_review").close_at_intake(),
        "director",
        lambda _: {"to": "prehearing", "reason": "x"},
        "The case was never at: Prehearing.",
    ),
    ("reopen", 1): Play(
        reversed_once, "director", lambda _: {"to": "compliance", "reason": "x"}, "The order was set aside"
    ),
    ("assign", 0): Play(
        at("received"),
        "manager",
        lambda story: {"email": story.office.investigator.email, "capacity": "panel"},
        "does not hold the role for this place at the board",
    ),
    ("approve_closure", 0): Play(
        at("probable_cause_review"),
        "counsel",
        lambda _: {"disposition": "NO_VIOLATION"},
        "The board's policy does not name your role for this approval.",
    ),
    ("satisfy_term", 0): Play(
        at("compliance"), "monitor", lambda _: {"number": 1, "proof": " "}, "Describe the proof."
    ),
    ("take_emergency_action", 0): Play(
        at("received"), "director", lambda story: emergency(story, finding=" "), "Write the finding of immediate"
    ),
    ("take_emergency_action", 1): Play(
        at("received"), "director", emergency, "The board has not voted for this emergency action."
    ),
    ("end_emergency_action", 0): Play(
        voted_emergency, "director", lambda _: {"end": "vacated", "reason": "Safe."}, "has not voted to take it back."
    ),
    ("place_hold", 0): Play(
        at("received"), "counsel", lambda _: {"reason": "Lawsuit."}, "or the day on which it is reviewed."
    ),
}  # fmt: skip


def person(story: Story, who: str) -> Any:
    found = getattr(story.office, who)
    return found[0] if isinstance(found, tuple) else found


def do(story: Story, key: str, who: str, **data: Any) -> Any:
    return story.do(STEPS[key].action, person(story, who), **data)


def test_all_that_is_asked_for_is_played_here() -> None:
    assert set(PLAYS) == set(ASKED)


@pytest.mark.once
@pytest.mark.parametrize("asked", PLAYS, ids=lambda asked: f"{asked[0]}-{asked[1]}")
def test_what_a_step_asks_for_is_refused_where_it_lacks(story: Story, asked: tuple[str, int]) -> None:
    play = PLAYS[asked]
    play.ready(story)
    words = story.refused(STEPS[asked[0]].action, person(story, play.who), **play.data(story))
    assert play.sentence in words


def test_acts_name_the_clocks_that_the_ledger_tells_of_them() -> None:
    rows: tuple[Transition | Act, ...] = (*TRANSITIONS, *ACTS)
    opens, closes = ({kind for row in rows for kind in getattr(row, side)} for side in ("opens", "closes"))
    assert {kind for kinds in recompute.STARTS.values() for kind in kinds} <= opens
    assert {kind for kinds in recompute.ENDS.values() for kind in kinds} <= closes
