"""What generated pages say: names of editions, states, codes, and dates in one spelling."""

from datetime import date, datetime

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.bundle.plan import BundlePlan, PlannedExhibit


def edition(code: str) -> str:
    """Title line of an edition."""
    return {
        "board": _("Board edition: the exhibits of the case"),
        "hearing": _("Hearing edition: exhibits offered and admitted"),
        "respondent": _("Respondent’s edition"),
        "public": _("Public record edition"),
    }.get(code, code)


def edition_mark(code: str) -> str:
    """Mark at the foot of every generated page."""
    name = {
        "board": _("Board edition"),
        "hearing": _("Hearing edition"),
        "respondent": _("Respondent’s edition"),
        "public": _("Public record edition"),
    }.get(code, code)
    return name if code == "public" else _("%(edition)s · contains confidential material") % {"edition": name}


def state(code: str) -> str:
    """Standing of an exhibit in the hearing."""
    return {
        "admitted": _("Admitted"),
        "admitted_over_objection": _("Admitted over objection"),
        "offered": _("Offered"),
        "excluded": _("Excluded"),
        "marked": _("Marked"),
    }.get(code, _("Not offered"))


def group(party: str) -> str:
    """Label over the exhibits of a party."""
    return {
        "board": _("Board exhibits"),
        "respondent": _("Respondent’s exhibits"),
        "joint": _("Joint exhibits"),
    }.get(party, _("Exhibits not yet marked"))


def party_exhibit(party: str) -> str:
    """What a divider calls the exhibit."""
    return {
        "board": _("Board exhibit"),
        "respondent": _("Respondent’s exhibit"),
        "joint": _("Joint exhibit"),
    }.get(party, _("Exhibit"))


def code_label(code: str) -> str:
    """Name of a reason for which numbers are not shown."""
    return {
        "W-1": _("Privileged"),
        "W-2": _("Sealed by order"),
        "W-3": _("Psychotherapy notes"),
        "W-4": _("Substance use disorder records (42 CFR Part 2)"),
        "W-5": _("Confidential by statute"),
        "G-3": _("Not chosen for this bundle"),
    }.get(code, _("Withheld"))


def state_name(name: str) -> str:
    """Write a jurisdiction as it stands over its board: "State of Texas"."""
    is_state = name != "District of Columbia" and not name.startswith(("State of", "Commonwealth"))
    return _("State of %(name)s") % {"name": name} if is_state else name


def matter(plan: BundlePlan) -> str:
    """Name of the matter for the running head."""
    return _("In the Matter of %(name)s") % {"name": plan.heading.respondent}


def day(iso: str) -> str:
    """Write an ISO day as "Sep 18, 2025" with no-break spaces; "—" for none."""
    if not iso:
        return "—"
    return format_date(date.fromisoformat(iso), "M j, Y").replace(" ", "\u00a0")


def moment(iso: str) -> str:
    """Write a UTC time as "November 18, 2026, 16:42:07 UTC"."""
    return format_date(datetime.fromisoformat(iso), "F j, Y, H:i:s") + " UTC"


def range_text(first: int, last: int) -> str:
    """Write a range of numbers without prefix: "000008–000009"."""
    return f"{first:06d}" if first == last else f"{first:06d}–{last:06d}"


def pages(count: int) -> str:
    """Count pages in words."""
    return ngettext("%(count)s page", "%(count)s pages", count) % {"count": f"{count:,}"}


def byte_count(count: int) -> str:
    """Write a size in bytes."""
    return ngettext("%(count)s byte", "%(count)s bytes", count) % {"count": f"{count:,}"}


def bookmark(item: PlannedExhibit) -> str:
    """Title of an exhibit's bookmark."""
    words = _("Withheld in this edition") if item.kind == "withheld" else item.title
    return f"{item.mark}  {words}"
