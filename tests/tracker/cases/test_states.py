"""Stages, statuses and dispositions hang together."""

from tracker.cases.states import (
    AFTER_CHARGES,
    DISPOSITIONS,
    EMERGENCY_ACTIONS,
    INTAKE_CLOSURES,
    OPEN,
    REVIEW_CLOSURES,
    SANCTIONS,
    STAGE_OF,
    STATUSES_OF,
    Stage,
    Status,
)


def test_the_four_public_words_in_order() -> None:
    assert [str(stage) for stage in Stage] == ["filed", "investigation", "hearing", "disposition"]


def test_every_status_belongs_to_one_stage() -> None:
    listed = [status for group in STATUSES_OF.values() for status in group]
    assert listed == list(Status)
    assert all(status in STATUSES_OF[stage] for status, stage in STAGE_OF.items())


def test_what_is_open_and_what_comes_after_charges() -> None:
    assert set(OPEN) == set(Status) - {Status.CLOSED}
    assert {STAGE_OF[status] for status in AFTER_CHARGES} == {Stage.HEARING, Stage.DISPOSITION}


def test_closures_are_never_discipline_and_never_sanctions() -> None:
    for code in (*INTAKE_CLOSURES, *REVIEW_CLOSURES):
        row = DISPOSITIONS[code]
        assert not row.discipline
        assert not row.sanction
        assert row.npdb_action == ""


def test_the_closures_of_the_domain_model() -> None:
    assert set(INTAKE_CLOSURES) == {
        "NO_JURISDICTION", "REFERRED", "INSUFFICIENT_INFO", "TIME_BARRED", "WITHDRAWN", "DUPLICATE",
    }  # fmt: skip
    wanted = {
        "NO_VIOLATION", "INSUFFICIENT_EVIDENCE", "LETTER_OF_CONCERN", "CORRECTIVE_AGREEMENT", "CONFIDENTIAL_CONSENT",
    }  # fmt: skip
    assert wanted | {"REFERRED", "WITHDRAWN", "DUPLICATE"} <= set(REVIEW_CLOSURES)


def test_discipline_is_public_and_has_its_code() -> None:
    discipline = [row for row in DISPOSITIONS.values() if row.discipline]
    assert all(row.public and row.npdb_action and row.sanction != row.emergency for row in discipline)
    actions = {code: DISPOSITIONS[code].npdb_action for code in ("REVOCATION", "PROBATION", "SUSPENSION", "REPRIMAND")}
    assert actions == {"REVOCATION": "1110", "PROBATION": "1125", "SUSPENSION": "1135", "REPRIMAND": "1140"}
    before_hearing = {code: DISPOSITIONS[code].npdb_action for code in EMERGENCY_ACTIONS}
    assert before_hearing == {
        "SUMMARY_SUSPENSION": "1139", "EMERGENCY_RESTRICTION": "1138", "INTERIM_AGREEMENT": "1150",
    }  # fmt: skip


def test_sanctions_weigh_differently_so_that_one_is_principal() -> None:
    weights = [DISPOSITIONS[code].weight for code in SANCTIONS]
    assert len(set(weights)) == len(weights)
    assert max(SANCTIONS, key=lambda code: DISPOSITIONS[code].weight) == "REVOCATION"
