"""What somebody can do on a case now, what is shut and why, and what waits for others."""

from dataclasses import dataclass
from datetime import datetime

from tracker.access.policy import who_may
from tracker.cases import facts as case_facts
from tracker.cases import workflow
from tracker.cases.queries import casefile
from tracker.cases.queries.casefile import Seen
from tracker.cases.steptable import Transition
from tracker.cases.workflow import Option

# Acts that a move waits for.
WAITED_FOR = frozenset({"record_finding", "propose_finding", "satisfy_term", "decide_emergency"})

# Whether these are open tells that somebody negotiates, or what the parties signed.
OF_SETTLEMENTS = frozenset({"sign_settlement", "reject_settlement"})


@dataclass(frozen=True)
class Step:
    """A step for this person now. `who` says in words who takes it, for a step of somebody else."""

    key: str
    label: str
    reasons: tuple[str, ...]
    is_move: bool
    who: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be done now."""
        return not self.reasons

    @property
    def is_next(self) -> bool:
        """Whether it brings the case on: a move, or an act that a move waits for."""
        return self.is_move or self.key in WAITED_FOR


@dataclass(frozen=True)
class Steps:
    """Open steps of this person, shut ones with reasons, and moves that wait for somebody else."""

    open: list[Step]
    shut: list[Step]
    others: list[Step]


def steps(seen: Seen, *, at: datetime) -> Steps:
    """What this person can do now, what is shut and why, and what waits for others: from the one table."""
    facts = case_facts.gather(seen.case, at=at, rules=seen.rules if at == seen.reader.at else None)
    fitting = [option for option in workflow.options(facts) if option.fits_status]
    held = {needs: casefile.may(seen, needs, at=at) for needs in {option.needs for option in fitting}}
    ranked = sorted(fitting, key=_rank)
    mine = [_step(option) for option in ranked if held[option.needs]]
    others = [_step(option) for option in ranked if not held[option.needs] and option.is_move]
    if not seen.sees_talks:
        others = [step for step in others if step.key not in OF_SETTLEMENTS]
    return Steps([step for step in mine if step.is_open], [step for step in mine if not step.is_open], others)


def _rank(option: Option) -> tuple[bool, int]:
    # A move first, then what can be done at few statuses only: what can be done at all times is seldom the next thing.
    return not option.is_move, len(workflow.step(option.key).sources)


def _step(option: Option) -> Step:
    row = workflow.step(option.key)
    who = str(row.actor) if isinstance(row, Transition) else who_may(option.needs)
    return Step(option.key, str(option.label), option.reasons, option.is_move, who)
