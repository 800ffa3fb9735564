"""Linked dockets: what is written on both chains, and what is refused as if it did not exist."""

import pytest

from tests.factories.cases import Story
from tests.factories.office import make_jurisdiction
from tests.factories.staffed import make_staffed
from tracker.access.models import Membership
from tracker.cases.actions import closing, intake, linking, overlays
from tracker.cases.models import Case, CaseLink
from tracker.errors import NotPermitted
from tracker.hearings.actions import reopening

UNKNOWN = "There is no other docket {} to link."


@pytest.fixture
def other(story: Story) -> Story:
    """A second complaint with the same board."""
    return Story(story.office, at=story.at)


def test_a_link_is_told_on_both_chains_and_ends_on_both(story: Story, other: Story) -> None:
    manager = story.office.manager
    row = {"docket": f" {other.docket.lower()}", "kind": "same_respondent", "reason": "Both about Prewitt."}
    link = story.do(linking.link_dockets, manager, **row)
    assert (link.case_id, link.other_id, link.reason) == (story.case_id, other.case_id, "Both about Prewitt.")
    for here, there in ((story, other), (other, story)):
        entry = here.entry("case.docket_linked")
        assert entry["facts"] == {"other": there.docket, "kind": "same_respondent"}
        assert entry["private"] == {"reason": "Both about Prewitt."}
    again = {"docket": story.docket, "kind": "same_respondent", "reason": "x"}
    assert other.refused(linking.link_dockets, manager, **again) == "The two dockets are linked in this way already."

    other.at = story.at
    wrong = "Choose a link that staff made and that is in force."
    assert other.refused(linking.unlink_dockets, manager, number=2, reason="x") == wrong
    assert other.refused(linking.unlink_dockets, manager, number=1, reason=" ") == "Give the reason."
    other.do(linking.unlink_dockets, manager, number=1, reason="Two people.")
    assert CaseLink.objects.get().ended_at == other.at
    for here, there in ((story, other), (other, story)):
        assert here.entry("case.docket_unlinked")["facts"] == {"other": there.docket, "kind": "same_respondent"}
    gone = "No link that staff made is in force."
    assert story.refused(linking.unlink_dockets, manager, number=1, reason="x") == gone


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "duplicate"}, "Choose how the two dockets belong together."),
        ({"reason": " "}, "Give the reason."),
        ({"kind": "cross_board"}, "That docket is of this board."),
        ({"docket": "BHEC-2026-99999"}, UNKNOWN.format("BHEC-2026-99999")),
    ],
)
def test_a_link_is_refused(story: Story, other: Story, data: dict, sentence: str) -> None:
    row = {"docket": other.docket, "kind": "consolidated", "reason": "Heard together.", **data}
    assert story.refused(linking.link_dockets, story.office.manager, **row) == sentence
    itself = story.refused(linking.link_dockets, story.office.manager, **{**row, "docket": story.docket})
    assert itself in (UNKNOWN.format(story.docket), sentence)


def test_only_who_keeps_links_links(story: Story, other: Story) -> None:
    row = {"docket": other.docket, "kind": "consolidated", "reason": "x"}
    story.refused(linking.link_dockets, story.office.intake, NotPermitted, **row)
    story.refused(linking.unlink_dockets, story.office.director, NotPermitted, number=1, reason="x")


def test_a_docket_of_another_board_is_known_only_to_who_sees_it(story: Story) -> None:
    make_jurisdiction("OH", "Ohio", "America/New_York")
    abroad = Story(make_staffed("oh-cswmft", "CSWMFT"), at=story.at)
    manager, board = story.office.manager, abroad.office.board
    row = {"docket": abroad.docket, "kind": "cross_board", "reason": "SECRET-REASON"}
    assert story.refused(linking.link_dockets, manager, **row) == UNKNOWN.format(abroad.docket)
    Membership.objects.create(user=manager, board=board, role="auditor", valid_from="2020-01-01")
    wrong = {**row, "kind": "consolidated"}
    assert story.refused(linking.link_dockets, manager, **wrong).startswith("That docket is of another board.")
    story.do(linking.link_dockets, manager, **row)
    # Why stays with the board that linked.
    assert abroad.entry("case.docket_linked")["private"] == {}


def test_a_duplicate_points_on_until_it_is_opened_again(story: Story, other: Story) -> None:
    story.to("intake_review").close_at_intake("DUPLICATE", other_docket=other.docket)
    link = CaseLink.objects.get()
    assert (link.kind, link.case_id, link.other_id) == ("duplicate", story.case_id, other.case_id)
    assert other.entry("case.docket_linked")["facts"] == {"other": story.docket, "kind": "duplicate"}
    assert story.entry("case.closed_at_intake")["facts"]["other_docket"] == other.docket
    assert story.refused(linking.unlink_dockets, story.office.manager, number=1, reason="x").startswith("No link")

    story.do(reopening.reopen, story.office.director, to="intake_review", reason="Another matter after all.")
    assert CaseLink.objects.get().ended_at == story.at
    assert other.entry("case.docket_unlinked")["facts"] == {"other": story.docket, "kind": "duplicate"}
    story.close_at_intake("DUPLICATE", other_docket=other.docket)
    assert CaseLink.objects.filter(ended_at=None).count() == 1


def test_a_duplicate_of_its_own_duplicate_or_of_a_sealed_docket_is_refused(story: Story, other: Story) -> None:
    story.to("intake_review").close_at_intake("DUPLICATE", other_docket=other.docket)
    other.at = story.at
    other.to("intake_review")
    row = {"closure": closing.Closure("DUPLICATE", "Again.", other_docket=story.docket)}
    words = other.refused(intake.close_at_intake, story.office.intake, **row)
    assert words == "That docket is itself merged into this one."
    sealed = Story(story.office, at=other.at)
    sealed.do(overlays.seal_case, story.office.counsel, reason="A minor.")
    row = {"closure": closing.Closure("DUPLICATE", "Again.", other_docket=sealed.docket)}
    words = other.refused(intake.close_at_intake, story.office.intake, **row)
    assert words == f"This board has no docket {sealed.docket}."
    assert Case.objects.get(pk=other.case_id).status == "intake_review"
