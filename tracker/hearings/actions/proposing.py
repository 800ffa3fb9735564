"""The sanctions that a proposal recommends: kept when it is filed, put back where the law adopts it as it is.

Only actions call these, in their own transaction.
"""

from tracker.cases import proposed
from tracker.cases.models import Case
from tracker.hearings.models import Order, Sanction


def keep(case: Case) -> None:
    """Write down on the draft order which sanctions the proposal recommends."""
    for order in Order.objects.filter(case=case, issued_at__isnull=True):
        Order.objects.filter(pk=order.pk).update(proposed=proposed.told(order.sanctions.all()))


def restore(order: Order) -> None:
    """Make the sanctions of a draft order those of the proposal again."""
    if proposed.is_kept(order.sanctions.all(), order.proposed):
        return
    order.sanctions.all().delete()
    rows = proposed.restored(order.proposed)
    Sanction.objects.bulk_create(Sanction(board_id=order.board_id, order=order, **row) for row in rows)
