"""What the demo's orders and settlements impose, by the code that a story names."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tracker.hearings import rules
from tracker.hearings.actions.negotiating import TermData

SANCTIONS: dict[str, list[dict[str, Any]]] = {
    "PROBATION": [
        {"code": "PROBATION", "days": 1095, "terms": "Monthly supervision by an approved supervisor."},
        {"code": "CE_ORDER", "terms": "Twelve hours on professional boundaries."},
    ],
    "SHORT_PROBATION": [{"code": "PROBATION", "days": 365, "terms": "Monthly supervision by an approved supervisor."}],
    "REPRIMAND": [{"code": "REPRIMAND"}],
    "CENSURE": [{"code": "CENSURE"}],
    "SUSPENSION": [{"code": "SUSPENSION", "days": 180}],
    "STAYED_SUSPENSION": [
        {"code": "STAYED_SUSPENSION", "days": 60, "terms": "Eight sessions with an approved supervisor come first."}
    ],
    "REVOCATION": [{"code": "REVOCATION"}],
    "STAYED_REVOCATION": [
        {"code": "STAYED_REVOCATION", "days": 90, "terms": "The clients are repaid and an ethics course is passed."}
    ],
    "SURRENDER": [{"code": "SURRENDER", "terms": ""}],
    "CE_ORDER": [{"code": "CE_ORDER", "terms": "Six hours on record keeping."}],
    "PRACTICE_MONITOR": [{"code": "PRACTICE_MONITOR", "terms": "A monitor reads thirty charts and reports."}],
    "SUPERVISED_PRACTICE": [{"code": "SUPERVISED_PRACTICE", "terms": "Eight sessions with an approved supervisor."}],
    "PRACTICE_RESTRICTION": [
        {"code": "PRACTICE_RESTRICTION", "terms": "No clients under eighteen until a course on reporting is passed."}
    ],
    "CITATION_FINE": [{"code": "CITATION_FINE", "amount_cents": 75000}],
    "CEASE_AND_DESIST": [{"code": "CEASE_AND_DESIST", "terms": "No use of the title and no offer of counseling."}],
    "OTHER_PUBLIC": [{"code": "OTHER_PUBLIC", "terms": "The practice publishes a corrected policy on records."}],
    "NO_FINDING": [],
}
# A term is due so many days after the order is voted.
TERM_DAYS = 120


def drafted(code: str, today: date) -> list[dict[str, Any]]:
    """The rows of an order made on a day (the board's date) as `draft_sanction` takes them, with when terms are due."""
    return [{**row, **_due(row, today)} for row in SANCTIONS[code]]


def _due(row: dict[str, Any], today: date) -> dict[str, date]:
    """Probation ends with its days; everything else is due after the same time."""
    days = row["days"] if row["code"] == "PROBATION" else TERM_DAYS
    return {"due_on": today + timedelta(days=days)} if row["code"] in rules.TERM_CODES else {}


def offered(code: str, today: date, share: Fraction = Fraction(1)) -> list[TermData]:
    """The same as the terms of an offer; `share` of the probation's days is offered."""
    rows = [{**row, "days": int(row["days"] * share)} if row.get("days") else row for row in SANCTIONS[code]]
    return [TermData(**{**row, **_due(row, today)}) for row in rows]


def has_terms(code: str) -> bool:
    """Whether an order of this kind is followed by compliance."""
    return any(rules.is_term(row["code"], row.get("terms", "")) for row in SANCTIONS[code])
