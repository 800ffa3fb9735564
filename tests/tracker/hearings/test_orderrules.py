"""What an order needs besides its vote, for each decision."""

from dataclasses import replace

import pytest

from tests.tracker.cases.test_guards import COUNT, FACTS
from tracker.cases.decisions import Decision
from tracker.cases.states import PETITION_OUTCOMES, CaseKind
from tracker.hearings import orderrules

OTHERWISE = replace(COUNT, by_board="not_proven")
NO_FIT = "Choose what the board decided: something that fits what is before it."
NO_VOTE = "The vote was not for this decision."
NO_WORDS = "Write the order: findings of fact and conclusions of law."
NO_REASONS = "This decision needs written reasons."
NO_OUTCOME = "Choose the outcome of the petition."


def faults(decision: str, before: str, *, voted: str = "", **given: object) -> list[str]:
    """The faults of a decision that was voted for, unless `voted` says otherwise."""
    known = {key: given.pop(key) for key in set(given) - {"text", "reasons", "outcome"}}
    facts = replace(FACTS, before_board=before, votes=frozenset({f"order:{voted or decision}"}), **known)
    return orderrules.order_faults(facts, decision, **{"text": "Words.", "reasons": "Why.", "outcome": "", **given})


@pytest.mark.parametrize(
    ("decision", "before"),
    [
        ("adopt", "proposal"),
        ("modify", "proposal"),
        ("reject", "proposal"),
        ("accept_settlement", "settlement"),
        ("default", "default"),
        ("decide", "undisputed"),
        ("affirm", "reconsideration"),
        ("amend", "remanded"),
    ],
)
def test_each_decision_fits_where_it_belongs_and_nowhere_else(decision: str, before: str) -> None:
    assert faults(decision, before) == []
    elsewhere = "petition" if before != "petition" else "proposal"
    assert faults(decision, elsewhere) == [NO_FIT]
    assert faults(decision, before, voted="remand") == [NO_VOTE]
    assert faults(decision, before, text=" ") == [NO_WORDS]
    needed = [NO_REASONS] if decision in ("reject", "amend") else []
    assert faults(decision, before, reasons=" ") == needed
    assert faults(decision, before, outcome="MODIFIED") == ["Only a petition has an outcome of its own."]


def test_what_is_adopted_by_time_is_nobodys_decision() -> None:
    assert faults("deemed", "proposal") == [NO_FIT]
    assert faults("shrug", "proposal") == [NO_FIT]


def test_who_finds_otherwise_does_not_adopt() -> None:
    words = "On count 1 the board found otherwise than the proposal, so this is a modification."
    assert faults("adopt", "proposal", counts=(OTHERWISE,)) == [words]
    assert faults("adopt", "proposal", counts=(replace(COUNT, by_board="proven"),)) == []
    assert faults("modify", "proposal", counts=(OTHERWISE,)) == []


def test_who_changes_the_proposed_sanctions_does_not_adopt() -> None:
    words = "The sanctions were changed since they were proposed, so this is a modification."
    swapped = {"drafted_sanctions": ("REVOCATION",), "proposed_sanctions": ("CENSURE",), "sanctions_differ": True}
    assert faults("adopt", "proposal", **swapped) == [words]
    assert faults("adopt", "proposal", decision_changes=frozenset({"sanction"})) == [words]
    assert faults("adopt", "proposal", decision_changes=frozenset({"wording"})) == []
    assert faults("adopt", "proposal", **{**swapped, "proposed_sanctions": ()}) == [], "the proposal recommended none"
    assert faults("modify", "proposal", **swapped) == []


def test_a_petition_has_an_outcome_of_its_kind() -> None:
    asked = {"kind": CaseKind.REINSTATEMENT}
    assert faults("grant", "petition", **asked) == [NO_OUTCOME]
    assert faults("grant", "petition", outcome="REDUCED", **asked) == [NO_OUTCOME]
    assert faults("grant", "petition", outcome="REINSTATEMENT_DENIED", **asked) == [NO_OUTCOME]
    assert faults("grant", "petition", outcome="REINSTATED", **asked) == []
    assert faults("deny", "petition", **asked) == []
    assert faults("deny", "petition", reasons="", **asked) == [NO_REASONS]


def test_a_denial_has_one_outcome_and_every_outcome_has_its_decision() -> None:
    assert orderrules.outcome_of("reinstatement", "deny", "") == "REINSTATEMENT_DENIED"
    assert orderrules.outcome_of("modification", "deny", "") == "PETITION_DENIED"
    assert orderrules.outcome_of("modification", "grant", "") == ""
    assert orderrules.outcomes("complaint", "grant") == ()
    kinds = ("reinstatement", "modification", "early_termination")
    reached = {c for kind in kinds for d in ("grant", "deny") for c in orderrules.outcomes(kind, d)}
    assert reached == set(PETITION_OUTCOMES)


def test_the_outcome_of_a_petition_is_the_disposition_and_is_reported_where_it_has_a_code() -> None:
    assert orderrules.principal(["PROBATION"], "REINSTATED_CONDITIONAL") == "REINSTATED_CONDITIONAL"
    assert orderrules.principal(["CITATION_FINE", "PROBATION"], "") == "PROBATION"
    assert orderrules.is_reportable([], "REINSTATED")
    assert not orderrules.is_reportable([], "PETITION_DENIED")
    assert orderrules.is_reportable(["PROBATION"], "")
    assert not orderrules.is_reportable(["CITATION_FINE"], "")


def test_every_decision_is_said_in_words() -> None:
    assert set(orderrules.BASIS) == set(Decision)
