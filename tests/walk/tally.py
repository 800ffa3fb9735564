"""What walks reached, tried and were refused, and whether that is all there is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.walk.goals import Goal
from tests.walk.roads import Move
from tracker.cases.states import DISPOSITIONS, Status
from tracker.cases.workflow import STEPS

COUNTED = ("steps", "statuses", "endings", "refused", "tried", "unopened", "beside")
# Tries of an open step, by somebody who may, after which one of them must have succeeded.
ENOUGH = 20
# What happens beside the steps in every long run.
KILLED, BY_DEPUTY, TOLD_ALIKE, READ_WHOLE = (
    "acts that died half way",
    "acts by a deputy",
    "cases told alike by case_status",
    "refusals after which every row was read",
)
BESIDE = (KILLED, BY_DEPUTY, TOLD_ALIKE, READ_WHOLE)


@dataclass
class Tally:
    """Steps, moves, statuses and endings reached; what was refused; open steps tried by somebody who may.

    `unopened` counts why an open step was refused all the same. `goals` are those that walks began with, and `shut` the
    sentences with which each step was ever shown as shut where the status fits: neither leaves the process.
    """

    steps: Counter[str] = field(default_factory=Counter)
    moves: Counter[Move] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)
    unopened: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)
    goals: Counter[Goal] = field(default_factory=Counter)
    shut: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def plain(self) -> dict[str, dict[str, int]]:
        """The same as JSON can hold it."""
        moves = {" ".join(key): count for key, count in self.moves.items()}
        return {"moves": moves, **{name: dict(getattr(self, name)) for name in COUNTED}}

    def take(self, plain: Mapping[str, Mapping[str, int]]) -> None:
        """Add what another process reached."""
        for name in COUNTED:
            getattr(self, name).update(plain[name])
        for words, count in plain["moves"].items():
            key, source, target = words.split(" ")
            self.moves[key, source, target] += count


def missing(tally: Tally, wanted: Iterable[Move]) -> list[str]:
    """What no walk reached: steps, moves, statuses, endings, what happens beside; and open steps that never succeed.

    An emergency action is no ending: it is merged into an order or ends by itself.
    """
    found = [f"step {key}" for key, row in STEPS.items() if row.sources and not tally.steps[key]]
    found += [f"move {' '.join(move)}" for move in wanted if not tally.moves[move]]
    found += [f"status {status}" for status in Status if not tally.statuses[status]]
    found += [f"ending {code}" for code in endings() if not tally.endings[code]]
    found += [f"beside: {what}" for what in BESIDE if not tally.beside[what]]
    never = [key for key, times in tally.tried.items() if times >= ENOUGH and not tally.steps[key]]
    return found + [f"{key}: open {tally.tried[key]} times and never done" for key in never]


def endings() -> list[str]:
    """The dispositions that a case can end with."""
    return [code for code, row in DISPOSITIONS.items() if not row.emergency]


def report(tally: Tally, wanted: Iterable[Move], *, cases: int, seconds: float) -> list[str]:
    """The lines that are printed; the last names what is missing, if anything is."""
    moves = list(wanted)
    keys = [key for key, row in STEPS.items() if row.sources]
    lines = [f"{cases} cases, {sum(tally.steps.values())} steps done, {sum(tally.refused.values())} refused"]
    lines += [f"  {key:<28}{tally.steps[key]:>8}{tally.refused[key]:>8} refused" for key in keys]
    lines += [f"moves {_of(moves, tally.moves)}"]
    others = sorted(set(tally.moves) - set(moves))
    lines += [f"  {' '.join(move):<70}{tally.moves[move]:>6}" for move in [*moves, *others]]
    lines += [f"endings {_of(endings(), tally.endings)}"]
    lines += [f"  {code:<28}{tally.endings[code]:>8}" for code in endings()]
    lines += ["open steps that were refused, most often for"]
    lines += [f"{count:>8}  {words}" for words, count in tally.unopened.most_common(12)]
    lines += [f"{tally.beside[what]:>8}  {what}" for what in BESIDE]
    reached = [("steps", keys, tally.steps), ("moves", moves, tally.moves)]
    reached += [("statuses", list(Status), tally.statuses), ("endings", endings(), tally.endings)]
    lines += [", ".join(f"{name} {_of(all_of, counts)}" for name, all_of, counts in reached) + f", {seconds:.0f} s"]
    lacking = missing(tally, moves)
    return [*lines, f"missing: {', '.join(lacking)}"] if lacking else lines


def _of(wanted: list, counts: Counter) -> str:
    return f"{sum(1 for one in wanted if counts[one])} of {len(wanted)}"
