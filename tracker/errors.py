"""The only errors a door must know."""

from collections.abc import Sequence


class RecourseError(Exception):
    """Base of every refusal of the product."""


class ActionRefused(RecourseError):
    """The act is not open now.

    `reasons` are whole sentences for the person, in the order in which they should be mended.
    """

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


class NotPermitted(RecourseError):
    """The person sees the object but has no role that may do this. `who_may` names the roles that may."""

    def __init__(self, who_may: str) -> None:
        self.who_may = str(who_may)
        super().__init__(self.who_may)


class OutOfScope(RecourseError):
    """The object is outside the person's scope, or does not exist: the two must look the same."""


class IntegrityBroken(RecourseError):
    """Stored bytes or ledger entries are not what was recorded."""
