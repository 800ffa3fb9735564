"""Linked dockets, as far as each reader may know of them."""

import pytest

from tests.factories.cases import Story
from tracker.access.models import User
from tracker.cases.actions import closing, intake, linking, overlays
from tracker.cases.queries import casefile, links, public, readers
from tracker.cases.queries.links import Linked


@pytest.fixture
def other(story: Story) -> Story:
    """A second complaint with the same board."""
    return Story(story.office, at=story.at)


def told(story: Story, who: User) -> list[Linked]:
    """What somebody is told of the links of a case."""
    return links.linked(casefile.find(readers.reader(who.pk, at=story.at), story.docket))


def link(story: Story, other: Story, kind: str) -> None:
    """Link two dockets."""
    row = {"docket": other.docket, "kind": kind, "reason": "SECRET-REASON"}
    story.do(linking.link_dockets, story.office.manager, **row)


def test_the_file_tells_of_each_link_from_both_sides(story: Story, other: Story) -> None:
    office = story.office
    assert told(story, office.counsel) == []
    link(story, other, "same_respondent")
    for here, there in ((story, other), (other, story)):
        (one,) = told(here, office.counsel)
        assert (one.number, one.label, one.reason) == (1, "Same respondent", "SECRET-REASON")
        assert one.row
        assert (one.row.docket, one.row.respondent) == (there.docket, "Leland Prewitt")
    story.do(linking.unlink_dockets, office.manager, number=1, reason="Two people.")
    assert told(story, office.counsel) == []
    assert links.numbered(story.case)[1].ended_at


def test_a_docket_that_the_reader_does_not_see_is_not_named(story: Story, other: Story) -> None:
    office = story.office
    story.assign(office.investigator, "investigator")
    link(story, other, "consolidated")
    (one,) = told(story, office.investigator)
    assert (one.kind, one.row) == ("consolidated", None)
    other.at = story.at
    other.do(overlays.seal_case, office.counsel, reason="A minor.")
    assert [one.row for one in told(story, office.intake)] == [None]
    # Nor in the story of the case.
    for person, named in ((office.counsel, other.docket), (office.intake, "another docket")):
        seen = casefile.find(readers.reader(person.pk, at=story.at), story.docket)
        (entry,) = [row for row in casefile.timeline(seen) if row.event == "case.docket_linked"]
        assert (entry.facts["other"], named in entry.sentence) == (named, True)


def test_the_record_tells_of_what_is_heard_together_and_of_nothing_else(story: Story, other: Story) -> None:
    story.to("charges_filed")
    voter = story.office.voters[0]
    link(story, other, "same_respondent")
    link(story, other, "consolidated")
    assert told(story, voter) == []
    other.at = story.at
    other.to("charges_filed")
    (one,) = told(other, voter)
    assert (one.kind, one.reason) == ("consolidated", "")
    assert one.row
    assert not one.row.is_whole


def test_a_duplicate_points_on_and_tells_the_complainant_nothing_of_the_other(story: Story, other: Story) -> None:
    story.to("intake_review")
    closure = closing.Closure("DUPLICATE", "SECRET-REASON", other_docket=other.docket)
    story.do(intake.close_at_intake, story.office.intake, closure=closure)
    assert [(one.label, one.is_onward) for one in told(story, story.office.intake)] == [
        ("Duplicate, merged into", True)
    ]
    assert [(one.label, one.is_onward) for one in told(other, story.office.intake)] == [
        ("Merged into this docket", False)
    ]
    status = public.public_status(story.docket, story.code, at=story.at)
    assert status
    assert status.is_merged
    assert other.docket not in repr(status)
