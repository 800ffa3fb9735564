"""The told clock of a story: it starts in the past and moves forward over working hours, never past the present."""

import random
from datetime import UTC, datetime, timedelta

# Working days that each phase takes, from filing to closing.
PACE = {
    "begin": 1, "ask": 3, "answered": 12, "verify": 3, "accept": 5, "notify": 4, "respond": 18, "find": 30,
    "report": 12, "legal": 6, "decide": 12, "charge": 2, "serve": 4, "answer": 10, "prepare": 6, "schedule": 3,
    "hold": 27, "propose": 14, "submit": 16, "vote": 18, "issue": 2, "monitor": 4, "terms": 60, "close": 45,
    "reopen": 20,
}  # fmt: skip
# Working days that each scene off the main road takes.
PACE |= {
    "engage": 15, "offer": 8, "counter": 9, "agree": 12, "refuse": 16, "no_answer": 38, "undisputed": 5,
    "postpone": 9, "reset": 12, "change": 10, "silence": 110, "send_back": 18, "ask_again": 7, "say_nothing": 38,
    "look_again": 20, "sue": 8, "stay": 6, "certify": 12, "ruling": 60, "violate": 45, "charge_violation": 6,
    "courses": 40, "serve_term": 150, "wait": 365, "petition": 4, "decide_petition": 12, "suspend": 1,
    "restrict": 1, "refrain": 1, "hear_emergency": 9, "pause": 10, "keep": 5, "seal": 4, "withdraw": 9,
    "answer_withdrawal": 4, "disclose": 6, "open_companion": 5, "join": 4,
}  # fmt: skip


class ToldClock:
    """Moves by phases. `at` is the told moment (UTC)."""

    def __init__(self, start: datetime, now: datetime, seed: str) -> None:
        self.at, self.now = start, now
        self.chance = random.Random(seed)  # noqa: S311 - minutes of a day, not secrets

    def phase(self, name: str) -> datetime:
        """Move on by the days of a phase, to some minute of a working day."""
        return self.days(PACE[name])

    def days(self, count: int) -> datetime:
        """Move on by days, to some minute of a working day, but never into the last hour."""
        moved = self.at + timedelta(days=count)
        while moved.weekday() > 4:
            moved += timedelta(days=1)
        moved = moved.replace(hour=15 + self.chance.randint(0, 5), minute=self.chance.randint(0, 59))
        self.at = max(self.at + timedelta(minutes=2), min(moved, self.now - timedelta(hours=1)))
        return self.at

    def minutes(self, count: int = 7) -> datetime:
        """Move on by minutes within the same act of work."""
        self.at = min(self.at + timedelta(minutes=count), self.now - timedelta(minutes=3))
        return self.at


def start_of(phases: list[str], rest: int, now: datetime) -> datetime:
    """When a story must begin so that its phases and the rest fit before now. Weekends stretch a phase."""
    total = sum(PACE[name] for name in phases) + len(phases) * 3 // 5 + rest + 1
    start = (now - timedelta(days=total)).astimezone(UTC)
    while start.weekday() > 4:
        start -= timedelta(days=1)
    return start.replace(hour=16, minute=5, second=0, microsecond=0)
