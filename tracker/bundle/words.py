"""What generated pages say: names of editions, states, codes, and dates in one spelling."""

from datetime import date, datetime

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.bundle.plan import BundlePlan, PlannedExhibit, Signing

_NOTE_LENGTH = 90


def edition(code: str) -> str:
    """Title line of an edition."""
    return {
        "board": _("Board edition: the exhibits of the case"),
        "hearing": _("Hearing edition: exhibits offered and admitted"),
        "respondent": _("Respondent’s edition"),
        "public": _("Public record edition"),
        "court": _("Record for judicial review"),
    }.get(code, code)


def edition_mark(code: str) -> str:
    """Mark at the foot of every generated page."""
    name = {
        "board": _("Board edition"),
        "hearing": _("Hearing edition"),
        "respondent": _("Respondent’s edition"),
        "public": _("Public record edition"),
        "court": _("Court record"),
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
        "presiding_officer": _("Hearing officer’s exhibits"),
    }.get(party, _("Exhibits not yet marked"))


def signature(signing: Signing) -> str:
    """What the cover says of the signature."""
    if not signing.certificate_sha256:
        return _("Not signed electronically")
    if signing.is_demo:
        return _("DEMONSTRATION KEY: made on the spot; proves nothing about who signed")
    return _("Certificate %(fingerprint)s…") % {"fingerprint": signing.certificate_sha256[:16]}


def party_exhibit(party: str) -> str:
    """What a divider calls the exhibit."""
    return {
        "board": _("Board exhibit"),
        "respondent": _("Respondent’s exhibit"),
        "joint": _("Joint exhibit"),
        "presiding_officer": _("Hearing officer’s exhibit"),
    }.get(party, _("Exhibit"))


def code_label(code: str) -> str:
    """Name of a reason for which numbers are not shown."""
    return {
        "W-1": _("Privileged"),
        "W-2": _("Sealed by order"),
        "W-3": _("Psychotherapy notes"),
        "W-4": _("Substance use disorder records (42 CFR Part 2)"),
        "W-5": _("Confidential by statute"),
        "R-1": _("Personal identifier"),
        "R-2": _("Third party"),
        "R-3": _("Privileged part"),
        "R-4": _("Health matter not in issue"),
        "M-1": _("Complainant masked"),
        "G-1": _("Withdrawn page"),
        "G-2": _("Withdrawn before numbering"),
        "G-3": _("Not chosen for this bundle"),
        "G-4": _("Not part of the record of this edition"),
        "G-5": _("Given up when the exhibit was numbered again"),
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


def numbers(plan: BundlePlan, first: int, last: int) -> str:
    """Write a range of a plan's numbers without prefix, with the board's digits: "000008–000009"."""
    return plan.digits(first) if first == last else f"{plan.digits(first)}–{plan.digits(last)}"


def full_numbers(plan: BundlePlan, first: int, last: int) -> str:
    """Write a range with its prefix: "BHP-2026-0417-000001 to 000045"."""
    if first == last:
        return plan.bates(first)
    return _("%(first)s to %(last)s") % {"first": plan.bates(first), "last": plan.digits(last)}


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


def short(text: str) -> str:
    """Write a text on one line of at most 90 letters, with "…" where it was cut."""
    line = " ".join(text.split())
    return line if len(line) <= _NOTE_LENGTH else line[: _NOTE_LENGTH - 1].rstrip() + "…"
