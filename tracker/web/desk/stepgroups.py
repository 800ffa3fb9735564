"""The steps of a case page: first what belongs to where the case stands, then by subject what can be done anytime."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tracker.cases.pathkinds import BeforeBoard
from tracker.cases.queries.casefile import Seen
from tracker.cases.queries.nextsteps import WAITED_FOR, Step, Steps
from tracker.cases.states import PETITIONS, CaseKind, Status

_PEOPLE = frozenset(
    {"assign", "end_assignment", "declare_conflict", "lift_recusal", "appear_counsel", "update_complainant"}
    | {"record_withdrawal", "answer_withdrawal"}
)
# Acts that can be done at most statuses, by what they are about. All others belong to where the case stands.
SUBJECTS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (gettext_lazy("People"), _PEOPLE),
    (
        gettext_lazy("Papers"),
        frozenset(
            {"file_document", "file_waiver", "record_vote", "offer_settlement", "log_ex_parte", "add_note"}
            | {"record_npdb_report", "end_settlement_talks"}
        ),
    ),
    (
        gettext_lazy("Evidence"),
        frozenset(
            {"add_allegation", "mark_exhibit", "offer_exhibit", "mark_hearing_exhibit", "rule_on_exhibit"}
            | {"close_record", "reopen_record"}
        ),
    ),
    (
        gettext_lazy("Clocks and overlays"),
        frozenset(
            {"take_emergency_action", "serve_emergency_action", "hear_emergency_action", "end_emergency_action"}
            | {"begin_abeyance", "end_abeyance", "place_hold", "review_hold", "lift_hold", "seal_case", "unseal_case"}
            | {"toll_clock", "resume_clock", "decide_emergency"}
        ),
    ),
    (gettext_lazy("Linked dockets"), frozenset({"link_dockets", "unlink_dockets", "open_companion"})),
)
_GROUPED = frozenset().union(*(keys for _heading, keys in SUBJECTS))
# When these are open, something waits for an answer: they stand among the next steps then.
PENDING = WAITED_FOR | {"answer_withdrawal", "end_settlement_talks", "serve_emergency_action", "close_record"}
# Where a vote brings the case on; elsewhere one can only be about an emergency.
_VOTED_AT = (Status.PROBABLE_CAUSE_REVIEW, Status.BOARD_REVIEW, Status.RECONSIDERATION)
# Steps that have a meaning on some dockets only.
_ON_COMPLAINTS = frozenset({"record_withdrawal", "answer_withdrawal", "update_complainant", "open_companion"})
_ON_CHARGES = frozenset({"offer_settlement", "end_settlement_talks", "sign_settlement", "submit_undisputed"})
_ON_PROPOSALS = frozenset({"record_change", "withdraw_change", "deem_adopted"})
_DRAFTING = frozenset({"draft_sanction", "remove_sanction"})
_NOT_ON_SETTLEMENTS = frozenset({"remand", "record_board_finding"}) | _DRAFTING


@dataclass(frozen=True)
class Place:
    """Where a case stands, as far as it decides which steps have a meaning there.

    `before` is what the board has before it, a `BeforeBoard`; None for a reader who may not know. `adopts_by_time`
    is the board's rule on silence, `was_decided` whether an order stands.
    """

    status: str
    kind: str = CaseKind.COMPLAINT
    before: str | None = None
    adopts_by_time: bool = False
    was_decided: bool = True

    def has(self, key: str) -> bool:
        """Whether a step, open or shut, has a meaning here; why one is shut is told of those only."""
        if key in _ON_COMPLAINTS:
            return self.kind == CaseKind.COMPLAINT
        if key == "submit_petition":
            return self.kind in PETITIONS
        if key in _ON_CHARGES and self.kind in PETITIONS:
            return False
        if key == "file_petition":
            return self.was_decided
        return self._has_before_board(key) and (key != "deem_adopted" or self.adopts_by_time)

    def _has_before_board(self, key: str) -> bool:
        if key in _ON_PROPOSALS and self.kind in PETITIONS:
            return False
        if self.before is None and _tells_of_settlements(key, self.status):
            # Who may not know what is before the board drafts nothing there, and a reason would tell them.
            return False
        if not self.before:
            return True
        if key in _ON_PROPOSALS:
            return self.before == BeforeBoard.PROPOSAL
        if key == "reject_settlement":
            return self.before == BeforeBoard.SETTLEMENT
        if key == "record_board_finding" and self.before == BeforeBoard.PETITION:
            return False
        return key not in _NOT_ON_SETTLEMENTS or self.before != BeforeBoard.SETTLEMENT


def is_untold(key: str, seen: Seen) -> bool:
    """Whether the reasons of a step would tell this reader what the board has before it."""
    return not seen.sees_talks and _tells_of_settlements(key, seen.case.status)


def _tells_of_settlements(key: str, status: str) -> bool:
    return key in _DRAFTING and status == Status.BOARD_REVIEW


@dataclass(frozen=True)
class Group:
    """Acts on one subject: those that can be done now and those that are shut.

    `is_unfolded` where a page shows them at once.
    """

    heading: str
    open: list[Step]
    shut: list[Step]
    is_unfolded: bool = False


@dataclass(frozen=True)
class Listed:
    """The list of a page: steps that belong to where the case stands, and the acts of all times in groups."""

    open: list[Step]
    shut: list[Step]
    others: list[Step]
    groups: list[Group]


def listed(steps: Steps, place: Place) -> Listed:
    """The steps of a reader as a page shows them; what has no meaning here and a subject without any act is left out.

    Where moves are shut and nothing open brings the case on, it mostly waits for people: their acts are unfolded.
    """
    steps = Steps(
        *([step for step in found if place.has(step.key)] for found in (steps.open, steps.shut, steps.others))
    )
    pending = PENDING | {"record_vote"} if place.status in _VOTED_AT else PENDING
    now = [step for step in steps.open if step.key not in _GROUPED or step.key in pending]
    later = [step for step in steps.open if step not in now]
    shut = [step for step in steps.shut if step.key not in _GROUPED]
    waits = any(step.is_move for step in shut) and not any(step.is_next for step in now)
    groups = [
        Group(str(heading), _among(later, keys), _among(steps.shut, keys), waits and keys is _PEOPLE)
        for heading, keys in SUBJECTS
    ]
    return Listed(
        open=now,
        shut=shut,
        others=steps.others,
        groups=[group for group in groups if group.open or group.shut],
    )


def _among(steps: Iterable[Step], keys: frozenset[str]) -> list[Step]:
    return [step for step in steps if step.key in keys]
