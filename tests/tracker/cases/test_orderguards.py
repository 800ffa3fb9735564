"""Every guard of the board's order: the facts that meet it, and the sentences of its refusal."""

from dataclasses import replace

import pytest

from tests.tracker.cases.test_guards import COUNT, FACTS
from tracker.cases import orderguards as og
from tracker.cases.guards import Guard

NOT_PROVEN = replace(COUNT, proposed="not_proven")
OWN = replace(COUNT, number=2, proposed="", by_board="proven")
BLANK = replace(COUNT, proposed="")
DRAFTED = ("PROBATION",)
NEEDS_ONE = ["A violation was found, so the order needs at least one sanction."]
NONE_PROVEN = ["No count was proven, so the order cannot impose a sanction."]
NO_VOTE = ["No vote of the board decided on this with quorum and majority."]


def voted(decision: str, **facts: object) -> dict:
    """What is known after a vote on an order."""
    return {"votes": frozenset({f"order:{decision}"}), **facts}


def proposed(*changed: str, **facts: object) -> dict:
    """What is known of a proposal before the board that recommends one sanction; `changed` are the parts recorded."""
    row = {"before_board": "proposal", "drafted_sanctions": DRAFTED, "proposed_sanctions": DRAFTED}
    row["decision_changes"] = frozenset(changed)
    return {**row, **facts}


SILENT = {"before_board": "proposal", "drafted_sanctions": DRAFTED, "sanctions_differ": True}
KEPT = ["The sanctions are those of the proposal. Record the board's change to them, with its reasons, first."]
SWAPPED = {"sanctions_differ": True}
MODIFY = voted("modify")
FOUND_OTHERWISE = ["On count 1 the board found otherwise than the proposal: record this change, with its reasons."]
OTHER_SANCTIONS = ["The sanctions are not those of the proposal: record this change, with its reasons."]
CASES: list[tuple[str, dict, list[str]]] = [
    ("ORDER_VOTED", {"votes": frozenset({"probable_cause"})}, NO_VOTE),
    ("ORDER_VOTED", voted("remand"), NO_VOTE),
    ("ORDER_VOTED", {"vote_is_outdated": True}, [
        "The order was changed after the board voted on it. Record the board's vote on it as it is now."]),
    ("ORDER_VOTED", voted("modify"), []),
    ("CHANGE_RECORDED", {}, ["No change to the proposal is recorded."]),
    ("CHANGE_RECORDED", {"decision_changes": frozenset({"wording"})}, []),
    ("BOARD_FOUND", voted("reject", counts=(COUNT, OWN)), ["Count 1 has no finding by the board."]),
    ("BOARD_FOUND", {"before_board": "undisputed", "counts": (COUNT,)}, ["Count 1 has no finding by the board."]),
    ("BOARD_FOUND", voted("reject", counts=(OWN,)), []),
    ("BOARD_FOUND", voted("adopt", counts=(COUNT,)), []),
    ("SANCTIONS_FIT", {"counts": (COUNT,)}, NEEDS_ONE),
    ("SANCTIONS_FIT", {"counts": (NOT_PROVEN,), "drafted_sanctions": DRAFTED}, NONE_PROVEN),
    ("SANCTIONS_FIT", {"counts": (replace(COUNT, by_board="not_proven"),), "drafted_sanctions": DRAFTED}, NONE_PROVEN),
    ("SANCTIONS_FIT", {"counts": (COUNT,), "drafted_sanctions": DRAFTED}, []),
    ("SANCTIONS_FIT", {"counts": (NOT_PROVEN,)}, []),
    ("SANCTIONS_FIT", voted("reject", counts=(replace(NOT_PROVEN, by_board="proven"),)), NEEDS_ONE),
    ("SANCTIONS_FIT", {"before_board": "default", "counts": (BLANK,)}, NEEDS_ONE),
    ("SANCTIONS_FIT", {"before_board": "default", "counts": (BLANK,), "drafted_sanctions": DRAFTED}, []),
    ("SANCTIONS_FIT", {"before_board": "settlement", "counts": (COUNT,)}, []),
    ("SANCTIONS_FIT", {"before_board": "petition", "drafted_sanctions": DRAFTED}, []),
    ("SANCTIONS_FIT", voted("affirm", counts=(OWN,)), []),
    ("SANCTIONS_FIT", voted("affirm", counts=(OWN,), drafted_sanctions=DRAFTED), [
        "An affirmed order keeps its own sanctions. Remove the drafted ones."]),
    ("SANCTIONS_FIT", voted("amend", counts=(OWN,)), NEEDS_ONE),
    ("SANCTIONS_FIT", voted("amend", counts=(BLANK,), drafted_sanctions=DRAFTED), []),
    ("SANCTIONS_FIT", voted("deny", drafted_sanctions=DRAFTED), [
        "A denied petition brings no sanctions. Remove the drafted ones."]),
    ("PROPOSAL_FITS", {"counts": (replace(COUNT, by_board="not_proven"),)}, NEEDS_ONE),
    ("PROPOSAL_FITS", {"counts": (replace(NOT_PROVEN, by_board="proven"),), "proposed_sanctions": DRAFTED},
        NONE_PROVEN),
    ("PROPOSAL_FITS", {"counts": (COUNT,), "proposed_sanctions": DRAFTED}, []),
    ("PROPOSAL_FITS", {"counts": (COUNT,), "drafted_sanctions": DRAFTED}, NEEDS_ONE),
    ("SANCTIONS_OPEN", {"before_board": "settlement"}, ["On what is before the board no sanctions are drafted."]),
    ("SANCTIONS_OPEN", proposed(), KEPT),
    ("SANCTIONS_OPEN", proposed("finding", "wording", **voted("modify")), KEPT),
    ("SANCTIONS_OPEN", proposed(drafted_sanctions=(), sanctions_differ=True), KEPT),
    ("SANCTIONS_OPEN", proposed("sanction"), []),
    ("SANCTIONS_OPEN", proposed(**voted("reject")), KEPT),
    ("SANCTIONS_OPEN", proposed(rejection_voted=True), []),
    ("SANCTIONS_OPEN", proposed(before_board="default"), []),
    ("SANCTIONS_OPEN", proposed(before_board=""), []),
    ("SANCTIONS_OPEN", SILENT, []),
    ("CHANGES_EXPLAINED", MODIFY, ["The board voted to modify: record each change with its reasons."]),
    ("CHANGES_EXPLAINED", voted("adopt"), []),
    ("CHANGES_EXPLAINED", proposed("wording", **MODIFY), []),
    ("CHANGES_EXPLAINED", proposed("wording", **MODIFY, **SWAPPED), OTHER_SANCTIONS),
    ("CHANGES_EXPLAINED", {**SILENT, **MODIFY, "decision_changes": frozenset({"finding"})}, OTHER_SANCTIONS),
    ("CHANGES_EXPLAINED", proposed("sanction", **MODIFY, counts=(replace(COUNT, by_board="not_proven"),)),
        FOUND_OTHERWISE),
    ("CHANGES_EXPLAINED", proposed("sanction", "finding", **MODIFY, **SWAPPED,
        counts=(replace(COUNT, by_board="not_proven"),)), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "known", "reasons"), CASES)
def test_a_guard_gives_its_reasons(name: str, known: dict, reasons: list[str]) -> None:
    assert getattr(og, name).check(replace(FACTS, **known)) == reasons


def test_every_guard_is_seen_met_and_refused() -> None:
    ours = {name for name, value in vars(og).items() if isinstance(value, Guard)}
    assert ours == {name for name, _known, reasons in CASES if not reasons}
    assert ours == {name for name, _known, reasons in CASES if reasons}
