"""What a proposal recommends is kept with the draft order and can be put back."""

from datetime import timedelta

from tests.factories.cases import Story
from tracker.hearings.actions import drafting, proposing
from tracker.hearings.models import Order


def test_what_was_proposed_is_put_back_as_it_was(story: Story) -> None:
    story.to("hearing_held")
    due_on = story.today + timedelta(days=90)
    row = {"code": "PROBATION", "days": 365, "terms": "Supervision.", "due_on": due_on}
    story.do(drafting.draft_sanction, story.office.presiding, **row)
    story.do(drafting.draft_sanction, story.office.presiding, code="CITATION_FINE", amount_cents=50_000, is_stayed=True)
    story.to("board_review")
    order = Order.objects.get()

    def told() -> list[tuple[object, ...]]:
        rows = order.sanctions.order_by("code")
        return [(r.code, r.days, r.terms, r.amount_cents, r.is_stayed, r.is_term, r.due_on) for r in rows]

    before, keys = told(), set(order.sanctions.values_list("pk", flat=True))
    proposing.restore(order)
    assert set(order.sanctions.values_list("pk", flat=True)) == keys, "nothing was changed, so nothing is written"
    order.sanctions.get(code="PROBATION").delete()
    proposing.restore(order)
    assert told() == before


def test_a_proposal_without_sanctions_keeps_none(story: Story) -> None:
    story.to("board_review")
    story.do(drafting.draft_sanction, story.office.director, code="REPRIMAND")
    order = Order.objects.get()
    assert order.proposed == []
    proposing.restore(order)
    assert not order.sanctions.exists()
