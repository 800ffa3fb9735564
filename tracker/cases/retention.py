"""How long the file of a closed case is kept, by the board's schedule. Pure.

Nothing is destroyed by the program: the records custodian does it by hand, and a hold always wins.
"""

from collections.abc import Mapping
from datetime import date

from boards.filing import years_after
from tracker.cases.states import DISPOSITIONS

KEEP = "keep"
AGREED = ("CORRECTIVE_AGREEMENT", "CONFIDENTIAL_CONSENT")


def family(code: str, *, was_decided: bool) -> str:
    """Under which line of the schedule an ending falls: `order` (also an agreement), `action` or `no_action`.

    `was_decided` says that an order was issued in the case, whatever became of it. Source: Ohio's schedule 29982.
    """
    if was_decided or code in AGREED or not DISPOSITIONS[code].closes:
        return "order"
    return "action" if code == "LETTER_OF_CONCERN" else "no_action"


def keep_until(schedule: Mapping[str, int | str], line: str, closed_on: date) -> date | None:
    """The last day on which the file is to be kept; None for good. `schedule` is the rule `retention_rules`: years
    after the closing by line, or `keep`; a line that it leaves out falls under `default`.
    """
    years = schedule.get(line, schedule["default"])
    return None if years == KEEP else years_after(closed_on, int(years))
