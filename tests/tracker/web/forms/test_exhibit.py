"""The forms of steps on exhibits, each named by its key."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor, Origin
from tracker.errors import ActionRefused
from tracker.evidence.actions import processing, receiving
from tracker.web.forms import exhibit as e

pytestmark = pytest.mark.once

WORKER = Actor.system("worker", Origin.DEMO)


@pytest.fixture
def story(db: None, tmp_path: Path) -> Story:
    """A case before its hearing, with two exhibits."""
    story = Story(make_staffed()).before("hearing_scheduled")
    actor = Actor.staff(story.office.custodian.pk, Origin.DEMO)
    for number in (1, 2):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Letter {number}", encoding="utf-8")
        row = {"path": path, "original_name": path.name, "title": f"Letter {number}"}
        exhibit = receiving.receive_exhibit(story.case_id, actor=actor, at=story.at, **row)
        processing.process_exhibit(exhibit.pk, actor=WORKER, at=story.at)
    return story


def offered(bound: Any) -> list[tuple[str, str]]:
    """The exhibits that can be chosen."""
    return [(value, label) for value, label in bound.fields["exhibit"].choices if value]


def test_the_cases_own_exhibits_are_offered(story: Story) -> None:
    wanted = [("E-1", "E-1 Letter 1"), ("E-2", "E-2 Letter 2")]
    assert offered(e.MarkExhibitForm(case=story.case)) == wanted
    assert offered(e.OfferExhibitForm(case=story.case)) == wanted
    assert offered(e.MarkExhibitForm(case=Story(story.office).case)) == []


def test_the_presiding_officer_is_offered_the_record_only(story: Story) -> None:
    assert offered(e.RuleOnExhibitForm(case=story.case)) == []
    counsel = story.office.counsel
    for kind, act, data in (
        (e.MarkExhibitForm, e.mark, {"exhibit": "E-2", "party": "board"}),
        (e.OfferExhibitForm, e.offer, {"exhibit": "E-2"}),
    ):
        bound = kind(data=data, case=story.case)
        assert bound.is_valid()
        story.do(act, counsel, **bound.values())
    assert offered(e.RuleOnExhibitForm(case=story.case)) == [("E-2", "E-2 Letter 2")]
    bound = e.RuleOnExhibitForm(data={"exhibit": "E-2", "ruling": "admitted"}, case=story.case)
    assert bound.is_valid()
    story.do(e.rule, story.office.presiding, **bound.values())
    assert story.case.exhibits.get(number=2).marking.state == "admitted"


def test_attachments_are_not_offered_for_a_mark_of_their_own(story: Story) -> None:
    first, second = story.case.exhibits.all()
    story.case.exhibits.filter(pk=second.pk).update(number=1, part=1, parent=first)
    for kind in (e.MarkExhibitForm, e.OfferExhibitForm):
        assert offered(kind(case=story.case)) == [("E-1", "E-1 Letter 1")]


def test_the_hearing_officer_marks_their_own_papers_only(story: Story, tmp_path: Path) -> None:
    officer = Actor.staff(story.office.presiding.pk, Origin.DEMO)
    assert offered(e.MarkHearingExhibitForm(case=story.case, actor=officer)) == []
    assert offered(e.MarkHearingExhibitForm(case=story.case)) == []
    path = tmp_path / "notice"
    path.write_text("Notice of hearing")
    row = {"path": path, "original_name": "notice.txt", "title": "Notice"}
    own = receiving.receive_exhibit(story.case_id, actor=officer, at=story.at, **row)
    processing.process_exhibit(own.pk, actor=WORKER, at=story.at)
    bound = e.MarkHearingExhibitForm(data={"exhibit": "E-3"}, case=story.case, actor=officer)
    assert bound.is_valid()
    marked = story.do(e.mark_hearing, story.office.presiding, **bound.values())
    assert marked.mark == "HO-1"
    assert offered(e.MarkHearingExhibitForm(case=story.case, actor=officer)) == []


def test_an_exhibit_that_is_not_there_is_told(story: Story) -> None:
    bound = e.MarkExhibitForm(data={"exhibit": "E-9", "party": "board"}, case=story.case)
    assert list(bound.errors) == ["exhibit"]


def test_what_is_not_marked_cannot_be_offered(story: Story) -> None:
    bound = e.OfferExhibitForm(data={"exhibit": "E-1"}, case=story.case)
    assert bound.is_valid()
    with pytest.raises(ActionRefused):
        story.do(e.offer, story.office.counsel, **bound.values())
