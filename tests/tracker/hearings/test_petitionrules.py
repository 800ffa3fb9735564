"""Which petition fits which order, and what its outcome ends."""

import pytest

from tracker.hearings.petitionrules import ends_discipline, kind_faults


@pytest.mark.parametrize(
    ("kind", "codes", "left", "fits"),
    [
        ("reinstatement", ["REVOCATION"], 0, True),
        ("reinstatement", ["SUSPENSION", "CITATION_FINE"], 0, True),
        ("reinstatement", ["PROBATION"], 1, False),
        ("early_termination", ["PROBATION"], 1, True),
        ("early_termination", ["PROBATION"], 0, False),
        ("modification", ["REPRIMAND"], 0, True),
    ],
)
def test_a_petition_fits_what_was_imposed(kind: str, codes: list[str], left: int, fits: bool) -> None:
    assert (kind_faults(kind, codes, terms_left=left) == []) is fits


@pytest.mark.parametrize(
    ("kind", "outcome", "codes", "ends"),
    [
        ("reinstatement", "REINSTATED", [], True),
        ("reinstatement", "REINSTATED_CONDITIONAL", ["PROBATION"], True),
        ("reinstatement", "REINSTATEMENT_DENIED", [], False),
        ("early_termination", "REDUCED", [], True),
        ("early_termination", "PETITION_DENIED", [], False),
        ("modification", "MODIFIED", [], False),
        ("violation", "", ["REVOCATION"], True),
        ("violation", "", [], False),
        ("complaint", "", ["REVOCATION"], False),
    ],
)
def test_what_an_outcome_does_to_the_earlier_order(kind: str, outcome: str, codes: list[str], ends: bool) -> None:
    assert ends_discipline(kind, outcome, codes) is ends
