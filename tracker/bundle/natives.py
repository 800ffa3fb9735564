"""Which originals go along with the copies in a ZIP. Pure.

An original can hold names and words that its pages do not show, and what has no pages cannot be searched for them.
"""

from tracker.bundle.editions import PUBLIC, RESPONDENT
from tracker.bundle.plan import PAGES, SLIP, WITHHELD, BundlePlan, PlannedExhibit


def may_carry_native(plan: BundlePlan, item: PlannedExhibit) -> bool:
    """Whether the original of an exhibit may go along.

    With the public record none does. With the respondent's edition only that of an item without pages, and only where
    nobody is masked. Nowhere where any of its pages is not shown or redacted, nor that of an e-mail of which an
    attachment is not shown whole: the original has it all.
    """
    heading = plan.heading
    if heading.edition == PUBLIC or (heading.edition == RESPONDENT and (heading.is_masked or item.kind != SLIP)):
        return False
    if item.kind == WITHHELD or (item.kind == PAGES and not shows_all_pages(item)):
        return False
    inside = [other for other in plan.exhibits if other.parent == item.key]
    if any(not (other.kind == SLIP or shows_all_pages(other)) for other in inside):
        return False
    return len(inside) == item.attachments


def shows_all_pages(item: PlannedExhibit) -> bool:
    """Whether an edition shows every page of an exhibit as it was received."""
    return item.kind == PAGES and not item.hidden and not item.redacted


def kept_back(plan: BundlePlan) -> tuple[PlannedExhibit, ...]:
    """The items without pages whose originals stay with the board: of these the edition has nothing but a sheet."""
    return tuple(item for item in plan.exhibits if item.kind == SLIP and not may_carry_native(plan, item))
