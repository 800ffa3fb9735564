"""From the table of stories to cases: which phases each plays, each story in one transaction."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from tracker.audit import actions as ledger_actions
from tracker.cases.queries import lookups
from tracker.hearings import rules as hearing_rules
from tracker.web.seeding import clock as told
from tracker.web.seeding import people, stories
from tracker.web.seeding.hearing import SANCTIONS, HearingPlayer
from tracker.web.seeding.piling import PilePlayer
from tracker.web.seeding.stories import Story

INTAKE_CODES = ("NO_JURISDICTION", "REFERRED", "INSUFFICIENT_INFO", "TIME_BARRED", "DUPLICATE")
# The phases of the road, in order, with the status that each ends at.
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


def seed(password: str, *, now: datetime, say: Callable[[str], None]) -> int:
    """Make the demo's people and the stories that are not there yet. Returns how many cases were made."""
    since = datetime.combine(people.SINCE, datetime.min.time(), tzinfo=now.tzinfo)
    with transaction.atomic():
        offices = people.make_people(password, at=since)
    made = 0
    with TemporaryDirectory() as folder:
        for story in stories.STORIES:
            if lookups.by_draft(draft_id(story)):
                continue
            with transaction.atomic():
                play(story, offices[story.board], now, Path(folder))
            made += 1
            say(f"{story.board}: {story.respondent}, {story.until}")
    if made:
        ledger_actions.make_anchor(actor=people.SEEDER, at=now)
    return made


def draft_id(story: Story) -> UUID:
    """The id that makes a story the same however often the demo is made."""
    return uuid5(NAMESPACE_URL, f"recourse-demo {story.key}")


def play(story: Story, office: people.Office, now: datetime, folder: Path) -> None:
    """One story from filing to where it stands."""
    methods, tail = plan(story)
    phases = [phase for method, _status, names in ROAD if method in methods for phase in names]
    clock = told.ToldClock(told.start_of([*phases, *_tail_phases(tail)], story.rest, now), now, story.key)
    player = (PilePlayer if story.pile else HearingPlayer)(story, office, clock, folder)
    player.file()
    for method in methods:
        if method == "order":
            player.order(sanction_of(story))
        else:
            getattr(player, method)()
    for name, *args in tail:
        getattr(player, name)(*args)


def plan(story: Story) -> tuple[list[str], list[tuple[str, ...]]]:
    """The methods of the road that a story plays, and what comes after it."""
    kind, _sep, code = story.until.partition(":")
    if kind == "received":
        return [], []
    if kind == "awaiting_information":
        return ["review"], [("ask",)]
    if kind == "reopened":
        return METHODS[: METHODS.index("legal") + 1], [("close_at_review", "NO_VIOLATION"), ("reopen",)]
    if kind == "review" or (kind == "closed" and code not in SANCTIONS and code not in INTAKE_CODES):
        return METHODS[: METHODS.index("legal") + 1], [("close_at_review", code)]
    if kind == "closed" and code in INTAKE_CODES:
        return ["review"], [("close_at_intake", code)]
    if kind == "closed":
        return [method for method in METHODS if has_terms(code) or method not in ("monitor", "fulfil")], []
    last = next(i for i, (_method, status, _phases) in enumerate(ROAD) if status == kind)
    return METHODS[: last + 1], []


def sanction_of(story: Story) -> str:
    """Which sanctions the order imposes."""
    code = story.until.partition(":")[2]
    if code in SANCTIONS:
        return code
    return "PROBATION" if story.until == "compliance" else "REVOCATION"


def has_terms(code: str) -> bool:
    """Whether an order of this kind is followed by compliance."""
    return any(hearing_rules.is_term(row["code"], row.get("terms", "")) for row in SANCTIONS[code])


def _tail_phases(tail: list[tuple[str, ...]]) -> list[str]:
    names = {"ask": "ask", "close_at_review": "decide", "close_at_intake": "accept", "reopen": "reopen"}
    return [names[name] for name, *_args in tail]
