"""Yes or no about orders: which sanctions are terms, which is the principal one, what is reportable. Pure."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from tracker.cases.states import DISPOSITIONS

TERM_CODES = frozenset(
    {
        "CITATION_FINE",
        "CE_ORDER",
        "PRACTICE_MONITOR",
        "SUPERVISED_PRACTICE",
        "PRACTICE_RESTRICTION",
        "PROBATION",
        "STAYED_SUSPENSION",
        "STAYED_REVOCATION",
    }
)


# What is done once and for all, so that no length belongs to it unless it is stayed.
WITHOUT_LENGTH = frozenset({"CITATION_FINE", "REPRIMAND", "CENSURE", "SURRENDER", "REVOCATION"})


def is_term(code: str, terms: str) -> bool:
    """Whether a sanction must be fulfilled: by its kind, or a suspension that states conditions."""
    return code in TERM_CODES or (code == "SUSPENSION" and bool(terms.strip()))


def principal(codes: Iterable[str]) -> str:
    """The disposition that several sanctions give: the heaviest; NO_VIOLATION where an order imposes none."""
    known = sorted(codes, key=lambda code: DISPOSITIONS[code].weight)
    return known[-1] if known else "NO_VIOLATION"


def is_reportable(codes: Iterable[str], *, from_formal_proceeding: bool) -> bool:
    """Whether the action must be reported to the National Practitioner Data Bank (45 CFR 60.9).

    A formal proceeding includes settlement and consent order. Revocation, suspension, reprimand, censure and
    probation count whether public or not; a surrender or another public negative finding counts too. A fine counts
    only together with another action.
    """
    if not from_formal_proceeding:
        return False
    return any(DISPOSITIONS[code].discipline or code in ("CEASE_AND_DESIST", "OTHER_PUBLIC") for code in codes)


def notice_faults(noticed_on: date, hearing_on: date, least_days: int, *, waived: bool) -> list[str]:
    """Why a hearing date gives too little notice. `least_days` are calendar days by the board's rule."""
    if hearing_on < noticed_on:
        return [str(_("The hearing cannot be set for a day that is over."))]
    given = (hearing_on - noticed_on).days
    if waived or given >= least_days:
        return []
    words = _("Notice must be at least %(least)d days; this date gives %(given)d. A waiver by the respondent would do.")
    return [words % {"least": least_days, "given": given}]


def sanction_faults(
    code: str, *, days: int | None, amount_cents: int | None, terms: str, is_stayed: bool = False
) -> list[str]:
    """What is missing from a drafted sanction, and a length (`days`, calendar days) that does not belong to it."""
    faults = []
    if code in WITHOUT_LENGTH and days and not is_stayed:
        faults.append(str(_("%(label)s has no length. Leave the days empty.")) % {"label": DISPOSITIONS[code].label})
    if code == "CITATION_FINE" and not amount_cents:
        faults.append(str(_("A fine needs an amount.")))
    if code in ("PROBATION", "STAYED_SUSPENSION", "STAYED_REVOCATION") and not days:
        faults.append(str(_("%(label)s needs a length in days.")) % {"label": DISPOSITIONS[code].label})
    if code in TERM_CODES and code != "CITATION_FINE" and not terms.strip():
        faults.append(str(_("%(label)s needs its terms in words.")) % {"label": DISPOSITIONS[code].label})
    return faults


def describe(code: str, *, days: int | None, amount_cents: int | None, terms: str) -> str:
    """One line for letters and orders."""
    parts: list[str] = [str(DISPOSITIONS[code].label)]
    if days:
        parts.append(str(_("%(days)d days")) % {"days": days})
    if amount_cents:
        parts.append(f"${amount_cents // 100:,}.{amount_cents % 100:02d}")
    line = ", ".join(parts)
    return f"{line}: {terms.strip()}" if terms.strip() else line
