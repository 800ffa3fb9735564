"""What each edition shows, withholds and leaves out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.bundle import editions
from tracker.bundle.editions import Standing, Stretch, decide
from tracker.bundle.plan import Hidden
from tracker.evidence.states import Confidentiality, MarkState, WithheldCode

ALL = ("board", "hearing", "respondent", "public")
PLAIN = Standing("E-1", state="admitted", pages=6)


def outcomes(item):
    found = [decide(edition, item) for edition in ALL]
    return [f"blocked {one.outcome}" if one.blocks else f"{one.outcome} {one.code}".strip() for one in found]


@pytest.mark.parametrize("state", ["offered", "admitted", "admitted_over_objection"])
def test_what_is_on_the_record_is_in_every_edition(state):
    assert outcomes(replace(PLAIN, state=state)) == ["shown"] * 4


@pytest.mark.parametrize("state", ["", "marked", "excluded"])
def test_what_is_not_on_the_record_is_a_gap_where_only_the_record_counts(state):
    assert outcomes(replace(PLAIN, state=state)) == ["shown", "absent G-4", "shown", "absent G-4"]


@pytest.mark.parametrize(("state", "outcome"), [("excluded", "shown"), ("admitted", "shown"), ("marked", "absent")])
def test_a_court_gets_what_was_excluded_as_an_offer_of_proof(state, outcome):
    assert decide("court", replace(PLAIN, state=state)).outcome == outcome


def test_what_an_act_withholds_is_withheld_everywhere():
    assert outcomes(replace(PLAIN, withheld_code="W-1")) == ["withheld W-1"] * 4
    assert outcomes(replace(PLAIN, withheld_code="X-9")) == ["blocked withheld"] * 4


def test_sealed_exhibits_are_out_of_disclosure_and_public_record():
    item = replace(PLAIN, confidentiality="sealed")

    assert outcomes(item) == ["shown", "shown", "withheld W-2", "withheld W-2"]
    assert decide("hearing", item).notes == ("Exhibit E-1 is sealed and is shown in this edition.",)
    assert decide("public", item).notes == ()


@pytest.mark.parametrize(("confidentiality", "code"), [("psychotherapy_notes", "W-3"), ("part2", "W-4")])
def test_some_classes_block_until_an_order_or_a_consent_is_recorded(confidentiality, code):
    item = replace(PLAIN, confidentiality=confidentiality)

    assert outcomes(item) == ["blocked shown"] * 3 + [f"withheld {code}"]
    assert "E-1" in decide("board", item).blocks[0]
    assert "needs an order or a consent" in decide("board", item).blocks[0]
    assert outcomes(replace(item, has_basis=True)) == ["shown"] * 3 + [f"withheld {code}"]
    assert outcomes(replace(item, withheld_code=code)) == [f"withheld {code}"] * 4


def test_records_of_part_2_that_are_shown_are_told():
    item = replace(PLAIN, confidentiality="part2", has_basis=True)
    pages = replace(PLAIN, stretches=(Stretch(2, 3, "part2", has_basis=True),))

    assert [decide(edition, item).has_part2 for edition in ALL] == [True, True, True, False]
    assert [decide(edition, pages).has_part2 for edition in ALL] == [True, True, True, False]
    assert not decide("board", PLAIN).has_part2


def test_pages_are_hidden_by_their_code_and_the_reason_is_for_the_board_alone():
    item = replace(PLAIN, stretches=(Stretch(2, 3, code="W-1", reason="Counsel's notes"), Stretch(6, 6, code="G-1")))

    assert decide("board", item).hidden == (Hidden(2, 3, "W-1", "Counsel's notes"), Hidden(6, 6, "G-1"))
    for edition in ALL[1:]:
        assert decide(edition, item).hidden == (Hidden(2, 3, "W-1"), Hidden(6, 6, "G-1"))


def test_classes_of_pages_follow_the_rules_of_classes():
    sealed = replace(PLAIN, stretches=(Stretch(1, 2, "sealed"),))
    notes = replace(PLAIN, stretches=(Stretch(4, 5, "psychotherapy_notes"),))

    assert [len(decide(edition, sealed).hidden) for edition in ALL] == [0, 0, 1, 1]
    assert outcomes(notes) == ["blocked shown"] * 3 + ["shown"]
    assert decide("public", notes).hidden == (Hidden(4, 5, "W-3"),)
    assert "Pages 4 to 5 of exhibit E-1 (psychotherapy notes)" in decide("hearing", notes).blocks[0]


def test_a_page_that_was_withdrawn_is_a_gap_whatever_else_is_said_of_it():
    item = replace(PLAIN, stretches=(Stretch(1, 4, code="W-1"), Stretch(3, 3, code="G-1")))

    assert [(one.first, one.last, one.code) for one in decide("board", item).hidden] == [
        (1, 2, "W-1"),
        (3, 3, "G-1"),
        (4, 4, "W-1"),
    ]


def test_an_exhibit_of_which_no_page_is_left_is_withheld_or_gone():
    withheld = replace(PLAIN, stretches=(Stretch(1, 5, code="W-5"), Stretch(6, 6, code="G-1")))
    withdrawn = replace(PLAIN, stretches=(Stretch(1, 6, code="G-1"),))

    assert outcomes(withheld) == ["withheld W-5"] * 4
    assert outcomes(withdrawn) == ["absent G-1"] * 4


def test_restrictions_beyond_the_last_page_block():
    item = replace(PLAIN, stretches=(Stretch(5, 9, code="W-1"),))

    assert "has 6 pages, and pages 5 to 9" in decide("board", item).blocks[0]


def test_attachments_go_with_their_email():
    email = replace(PLAIN, key="E-3")
    child = Standing("E-3.1", pages=2, parent=email)

    assert outcomes(child) == ["shown"] * 4
    assert outcomes(replace(child, parent=replace(email, state=""))) == ["shown", "absent G-4", "shown", "absent G-4"]
    assert outcomes(replace(child, parent=replace(email, withheld_code="W-1"))) == ["withheld W-1"] * 4
    assert outcomes(replace(child, parent=replace(email, confidentiality="sealed")))[2:] == ["withheld W-2"] * 2
    assert outcomes(replace(child, withheld_code="W-5")) == ["withheld W-5"] * 4
    blocked = decide("board", replace(child, parent=replace(email, confidentiality="part2")))
    assert blocked.blocks
    assert all("E-3 " in reason for reason in blocked.blocks)


def test_pages_hidden_in_an_email_do_not_hide_its_attachments():
    email = replace(PLAIN, stretches=(Stretch(1, 6, code="G-1"),))

    assert decide("board", Standing("E-1.1", pages=1, parent=email)).outcome == "shown"


def test_who_is_masked():
    def masked(edition):
        return [editions.is_masked(edition, rule=rule, is_sealed=False) for rule in ("masked", "shared", "sealed")]

    assert [masked(edition) for edition in ALL] == [
        [False] * 3,
        [False] * 3,
        [True, False, True],
        [True] * 3,
    ]
    assert editions.is_masked("respondent", rule="shared", is_sealed=True)
    assert [editions.shows_redacted(edition) for edition in ALL] == [False, True, True, True]


CLASSES = st.sampled_from(Confidentiality.values)
STRETCHES = st.builds(
    lambda first, more, confidentiality, basis, code: Stretch(
        first, min(first + more, 9), confidentiality, basis, code, "because"
    ),
    st.integers(1, 9), st.integers(0, 8), CLASSES, st.booleans(), st.sampled_from(["", *WithheldCode.values, "G-1"]),
)  # fmt: skip
STANDINGS = st.builds(
    Standing,
    key=st.just("E-1"),
    confidentiality=CLASSES,
    has_basis=st.booleans(),
    withheld_code=st.sampled_from(["", "", *WithheldCode.values]),
    state=st.sampled_from(["", *MarkState.values]),
    pages=st.just(9),
    stretches=st.lists(STRETCHES, max_size=3).map(tuple),
)


def pages_shown(decision):
    if decision.outcome != editions.SHOWN:
        return set()
    return set(range(1, 10)) - {page for one in decision.hidden for page in range(one.first, one.last + 1)}


@given(STANDINGS)
def test_no_edition_shows_more_than_the_board_and_the_public_least(item):
    board, hearing, respondent, public = (decide(edition, item) for edition in ALL)
    if board.blocks:
        return
    assert pages_shown(hearing) <= pages_shown(board)
    assert pages_shown(respondent) <= pages_shown(board)
    assert pages_shown(public) <= pages_shown(hearing) & pages_shown(respondent)
    closed = {page for one in item.stretches if one.confidentiality != "none" or one.code for page in
              range(one.first, one.last + 1)}  # fmt: skip
    assert not pages_shown(public) & closed
    if item.confidentiality != "none" or item.withheld_code or item.state in ("", "marked", "excluded", "withdrawn"):
        assert not pages_shown(public)
    for decision in (hearing, respondent, public):
        assert all(one.reason == "" for one in decision.hidden)
