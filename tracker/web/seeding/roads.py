"""Which scenes a story plays: the main road from filing to closing, and the paths that leave it.

A scene is a method of a player, with what it is given after a colon: `order:modify`. A name of the main road stands for
itself, so a path can leave the road, come back to it, or play a part of it again.
"""

from collections.abc import Sequence

from tracker.web.seeding.sanctions import SANCTIONS, has_terms
from tracker.web.seeding.stories import Story

INTAKE_CODES = ("NO_JURISDICTION", "REFERRED", "INSUFFICIENT_INFO", "TIME_BARRED", "DUPLICATE")
# The main road, in order: method, the status that it ends at, the phases of the clock that it takes.
ROAD: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("review", "intake_review", ("begin",)),
    ("accept", "assigned", ("verify", "accept")),
    ("notify", "response_requested", ("notify",)),
    ("respond", "investigating", ("respond",)),
    ("report", "report_submitted", ("find", "report")),
    ("legal", "probable_cause_review", ("legal",)),
    ("charge", "charges_filed", ("decide", "charge")),
    ("serve", "answer_due", ("serve",)),
    ("answer", "prehearing", ("answer",)),
    ("prepare", "", ("prepare",)),
    ("schedule", "hearing_scheduled", ("schedule",)),
    ("hold", "hearing_held", ("hold",)),
    ("propose", "proposed_decision", ("propose",)),
    ("submit", "board_review", ("submit",)),
    ("order", "order_issued", ("vote", "issue")),
    ("monitor", "compliance", ("monitor",)),
    ("fulfil", "", ("terms",)),
    ("finish", "closed", ("close",)),
)
METHODS = [method for method, _status, _phases in ROAD]
PHASES = {method: phases for method, _status, phases in ROAD} | {
    "close_at_review": ("decide",),
    "close_at_intake": ("accept",),
    "answer_informally": ("answer",),
    "recommend": (),
    "judge": ("vote",),
    "breach": ("courses", "violate", "charge_violation", "serve"),
    "wait": ("courses", "wait"),
    "recuse": ("notify",),
    "decide_petition": ("decide_petition", "vote", "issue"),
    "end_petition": (),
}


def _to(last: str) -> tuple[str, ...]:
    return tuple(METHODS[: METHODS.index(last) + 1])


def _decided(kind: str, outcome: str, *conditions: str) -> tuple[str, ...]:
    return (f"petition:{kind}", f"decide_petition:{outcome}", *conditions, "end_petition")


_REPORTED, _ANSWERED, _BEFORE_BOARD = _to("legal"), _to("answer"), _to("submit")
_AGREED = ("offer", "counter", "agree", "order:accept_settlement")
_SETTLED = (*_ANSWERED, *_AGREED)
# Where the board's rule lets a case be settled before charges.
_SETTLED_EARLY = (*_REPORTED, *_AGREED)
_ENDED = ("monitor", "fulfil", "finish")
PATHS: dict[str, tuple[str, ...]] = {
    "expert": (*_to("respond"), "engage"),
    # Settlement.
    "talks": (*_ANSWERED, "offer", "counter"),
    "settled": (*_SETTLED, "monitor"),
    "settlement rejected": (*_ANSWERED, "prepare", "offer", "agree", "refuse"),
    "informal track": (*_SETTLED_EARLY, *_ENDED),
    "settlement before the board": (*_to("serve"), "offer", "agree"),
    # Without a hearing.
    "default entered": (*_to("serve"), "no_answer"),
    "default decided": (*_to("serve"), "no_answer", "order:default"),
    "undisputed": (*_to("serve"), "answer_informally", "undisputed", "judge", "order:decide", "finish"),
    # The hearing and the board.
    "continued": (*_to("schedule"), "postpone"),
    "reset": (*_to("schedule"), "postpone", "reset"),
    "modified": (*_BEFORE_BOARD, "change", "order:modify", *_ENDED),
    "rejected": (*_BEFORE_BOARD, "judge", "order:reject", "finish"),
    "deemed adopted": (*_to("hold"), "recommend", "propose", "submit", "silence", *_ENDED),
    "remanded": (*_BEFORE_BOARD, "send_back", "schedule"),
    # After the order.
    "reconsideration asked": (*_SETTLED, "ask_again"),
    "reconsideration denied by silence": (*_to("order"), "ask_again", "say_nothing", *_ENDED),
    "reconsideration granted": (*_to("order"), "ask_again", "look_again", "order:amend"),
    "court": (*_to("order"), "sue", "stay"),
    "affirmed": (*_to("order"), "sue", "certify", "ruling:affirmed", *_ENDED),
    "reversed": (*_to("order"), "sue", "ruling:reversed", "finish"),
    "sent back by the court": (*_to("order"), "sue", "ruling:remanded"),
    "breached": (*_SETTLED, "monitor", "breach"),
    "probation served": (*_SETTLED_EARLY, "monitor", "serve_term", *_ENDED[1:]),
    # Petitions, each on a docket of its own.
    "reinstated": (
        *_SETTLED, "finish", "wait",
        *_decided("reinstatement", "REINSTATEMENT_DENIED"), *_decided("reinstatement", "REINSTATED"),
    ),
    "reinstated on conditions": (
        *_SETTLED, "finish", "wait", *_decided("reinstatement", "REINSTATED_CONDITIONAL", "monitor", "fulfil"),
    ),
    "reinstated in part": (*_SETTLED_EARLY, "finish", "wait", *_decided("reinstatement", "REINSTATED_PARTIAL")),
    "reinstatement asked": (*_SETTLED_EARLY, "finish", "wait", "petition:reinstatement"),
    "modified by petition": (
        *_SETTLED_EARLY, "monitor", "wait",
        *_decided("early_termination", "PETITION_DENIED"), *_decided("modification", "MODIFIED"),
    ),
    "ended early": (*_SETTLED_EARLY, "monitor", "wait", *_decided("early_termination", "REDUCED"), "finish"),
    "modification asked": (*_SETTLED_EARLY, "monitor", "wait", "petition:modification"),
    # Emergency action.
    "suspended": ("review", "suspend", "hear_emergency", *METHODS[1 : METHODS.index("order") + 1], "finish"),
    "restricted": ("review", "restrict", "accept", "notify"),
    "agreed to refrain": ("review", "refrain", "accept", "notify"),
    # What lies over a case.
    "abeyance": (*_to("respond"), "pause"),
    "hold": (*_to("respond"), "keep"),
    "sealed": (*_to("report"), "seal"),
    "recused": (*_to("accept"), "recuse"),
    "withdrawn": (*_to("respond"), "withdraw", "answer_withdrawal"),
    "withdrawal asked": (*_to("notify"), "withdraw"),
    "ex parte": (*_to("schedule"), "disclose"),
    # Linked dockets.
    "companion": (*_to("respond"), "open_companion"),
    "consolidated": (*_to("prepare"), "join:consolidated"),
    "same respondent": (*_to("notify"), "join:same_respondent"),
    "cross-board": (*_to("accept"), "join:cross_board"),
}  # fmt: skip


def scenes(story: Story) -> tuple[str, ...]:
    """The scenes of a story, in order, from the one after filing."""
    if story.path:
        return PATHS[story.path]
    kind, _sep, code = story.until.partition(":")
    if kind == "received":
        return ()
    if kind == "awaiting_information":
        return ("review", "ask")
    if kind == "reopened":
        return (*_REPORTED, "close_at_review:NO_VIOLATION", "reopen")
    if kind == "review" or (kind == "closed" and code not in SANCTIONS and code not in INTAKE_CODES):
        return (*_REPORTED, f"close_at_review:{code}")
    if kind == "closed" and code in INTAKE_CODES:
        return ("review", f"close_at_intake:{code}")
    if kind == "closed":
        return tuple(method for method in METHODS if has_terms(code) or method not in ("monitor", "fulfil"))
    return _to(next(method for method, status, _phases in ROAD if status == kind))


def phases(names: Sequence[str]) -> list[str]:
    """The phases of the clock that scenes take; one that names no other takes the phase of its own name."""
    methods = [name.partition(":")[0] for name in names]
    return [phase for method in methods for phase in PHASES.get(method, (method,))]


def sanction_of(story: Story) -> str:
    """Which sanctions the order of a story imposes."""
    code = story.sanction or story.until.partition(":")[2]
    if code in SANCTIONS:
        return code
    return "PROBATION" if story.until == "compliance" else "REVOCATION"
