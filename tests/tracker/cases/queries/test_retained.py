"""How long the file of a case is to be kept, by the rule of the day of its closing."""

from datetime import date, timedelta

from tests.factories.cases import Story, set_rule
from tracker.cases.queries import casefile, readers, retained
from tracker.cases.queries.retained import Kept


def kept(story: Story) -> Kept | None:
    reader = readers.reader(story.office.custodian.pk, at=story.at)
    return retained.kept(casefile.find(reader, story.docket))


def test_the_schedule_of_the_day_of_closing_says_how_long(story: Story) -> None:
    board = story.office.board
    set_rule(board, "retention_rules", {"default": 10, "no_action": 5})
    story.to("intake_review")
    assert kept(story) is None
    story.close_at_intake()
    set_rule(board, "retention_rules", {"default": "keep"}, valid_from=story.today + timedelta(days=1))
    story.wait(3)
    assert kept(story) == Kept(date(2031, 3, 2), "")


def test_an_order_is_kept_for_good_where_the_schedule_says_so(story: Story) -> None:
    set_rule(story.office.board, "retention_rules", {"default": 10, "order": "keep"})
    assert kept(story.to("closed")) == Kept(None, "")
