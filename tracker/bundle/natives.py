"""Which originals go along with the copies in a ZIP. Pure.

An original can hold names and words that its pages do not show, and what has no pages cannot be searched for them.
"""

from tracker.bundle.editions import PUBLIC, RESPONDENT
from tracker.bundle.plan import PAGES, SLIP, WITHHELD, BundlePlan, PlannedExhibit


def may_carry_native(plan: BundlePlan, item: PlannedExhibit) -> bool:
    """Whether the original of an exhibit may go along.

    With the public record none does. With the respondent's edition only that of an item without pages, and only where
    nobody is masked. Nowhere where any of its pages is not shown or redacted, nor that of an e-mail of which an
    attachment, at any depth, is not shown whole or not known: the original has it all. What the scan refused, or an
    e-mail with it, goes along nowhere: it could harm who opens it.
    """
    heading = plan.heading
    if heading.edition == PUBLIC or (heading.edition == RESPONDENT and (heading.is_masked or item.kind != SLIP)):
        return False
    if item.kind == WITHHELD or item.is_refused or (item.kind == PAGES and not shows_all_pages(item)):
        return False
    if item.parent and not item.origin:
        # A plan that does not tell what came out of what: it may be an e-mail that holds any of the others.
        return False
    inside = _inside(plan, item)
    return len(inside) == item.attachments and all(_goes(one) for one in inside)


def _goes(item: PlannedExhibit) -> bool:
    return (item.kind == SLIP and not item.is_refused) or shows_all_pages(item)


def _inside(plan: BundlePlan, item: PlannedExhibit) -> list[PlannedExhibit]:
    """What came out of an exhibit, at any depth, as far as the plan has it."""
    if not item.parent:
        return [one for one in plan.exhibits if one.parent == item.key]
    family = [one for one in plan.exhibits if one.parent == item.parent]
    found: dict[str, PlannedExhibit] = {}
    looked_at, waiting = {item.key}, [item.key]
    while waiting:
        origin = waiting.pop()
        new = {one.key: one for one in family if one.origin == origin and one.key not in looked_at}
        found |= new
        looked_at |= new.keys()
        waiting += new
    return list(found.values())


def shows_all_pages(item: PlannedExhibit) -> bool:
    """Whether an edition shows every page of an exhibit as it was received."""
    return item.kind == PAGES and not item.hidden and not item.redacted


def kept_back(plan: BundlePlan) -> tuple[PlannedExhibit, ...]:
    """The items without pages whose originals stay with the board: of these the edition has nothing but a sheet."""
    return tuple(item for item in plan.exhibits if item.kind == SLIP and not may_carry_native(plan, item))
