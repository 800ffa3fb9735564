"""Code lists of the room, and marks. Pure."""

from string import ascii_uppercase

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExhibitState(TextChoices):
    """Where an exhibit stands between receipt and use."""

    RECEIVED = "received", _("Scanning")
    QUARANTINED = "quarantined", _("In quarantine")
    CLEARED = "cleared", _("Cleared")
    REFUSED = "refused", _("Refused")


SETTLED = (ExhibitState.CLEARED, ExhibitState.REFUSED)


class Confidentiality(TextChoices):
    """Classes with rules of their own (45 CFR 164.508(a)(2); 42 CFR Part 2)."""

    NONE = "none", _("No special class")
    SEALED = "sealed", _("Sealed")
    PSYCHOTHERAPY_NOTES = "psychotherapy_notes", _("Psychotherapy notes")
    PART2 = "part2", _("Substance use treatment records (42 CFR Part 2)")


# These stop an offer and a bundle unless an order or a consent is recorded.
NEED_RELEASE = (Confidentiality.PSYCHOTHERAPY_NOTES, Confidentiality.PART2)


class WithheldCode(TextChoices):
    """Why an exhibit is kept out of bundles."""

    PRIVILEGED = "W-1", _("Privileged")
    SEALED = "W-2", _("Sealed by order")
    PSYCHOTHERAPY_NOTES = "W-3", _("Psychotherapy notes")
    PART2 = "W-4", _("42 CFR Part 2")
    STATUTE = "W-5", _("Confidential by statute")


class PageCode(TextChoices):
    """Why single pages of an exhibit are not shown: the codes of whole exhibits, and withdrawal."""

    PRIVILEGED = "W-1", _("Privileged")
    SEALED = "W-2", _("Sealed by order")
    PSYCHOTHERAPY_NOTES = "W-3", _("Psychotherapy notes")
    PART2 = "W-4", _("42 CFR Part 2")
    STATUTE = "W-5", _("Confidential by statute")
    WITHDRAWN = "G-1", _("Withdrawn")


class AreaCode(TextChoices):
    """Why a part of a page is redacted."""

    IDENTIFIER = "R-1", _("Identifier")
    THIRD_PARTY = "R-2", _("Third party")
    PRIVILEGED = "R-3", _("Privileged part")
    HEALTH = "R-4", _("Health, not in issue")
    COMPLAINANT = "M-1", _("Complainant masked")


class Party(TextChoices):
    """Who marks an exhibit."""

    BOARD = "board", _("Board")
    RESPONDENT = "respondent", _("Respondent")
    JOINT = "joint", _("Joint")
    PRESIDING_OFFICER = "presiding_officer", _("Hearing officer")


class MarkState(TextChoices):
    """What became of a marked exhibit."""

    MARKED = "marked", _("Marked")
    OFFERED = "offered", _("Offered")
    ADMITTED = "admitted", _("Admitted")
    ADMITTED_OVER_OBJECTION = "admitted_over_objection", _("Admitted over objection")
    EXCLUDED = "excluded", _("Excluded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


RULINGS = (MarkState.ADMITTED, MarkState.ADMITTED_OVER_OBJECTION, MarkState.EXCLUDED)
# What people who may see the record only find in it; an excluded exhibit is kept as an offer of proof.
ON_RECORD = (MarkState.OFFERED, MarkState.ADMITTED, MarkState.ADMITTED_OVER_OBJECTION)


class Bearing(TextChoices):
    """Which way an exhibit points on an allegation."""

    SUPPORTS = "for", _("For")
    AGAINST = "against", _("Against")


class CustodyAct(TextChoices):
    """What happened to an item (NIST SP 800-72: who handled it, when, and for what purpose)."""

    COLLECTED = "collected", _("Collected")
    RECEIVED = "received", _("Received")
    TRANSFERRED = "transferred", _("Transferred")
    EXAMINED = "examined", _("Examined")
    COPIED = "copied", _("Copied")
    SEALED = "sealed", _("Sealed")
    UNSEALED = "unsealed", _("Unsealed")
    RETURNED = "returned", _("Returned")


def key_of(number: int, part: int) -> str:
    """The name of an exhibit on screens, such as E-7, or E-7.2 for an attachment."""
    return f"E-{number}.{part}" if part else f"E-{number}"


def mark_in(style: str, number: int) -> str:
    """The `number`-th mark of a style: `numbers` 1, 2 …; `letters` A … Z, AA, BB …; a prefix such as `J-`
    J-1, J-2 …
    """
    if style == "numbers":
        return str(number)
    if style != "letters":
        return f"{style}{number}"
    rounds, place = divmod(number - 1, len(ascii_uppercase))
    return ascii_uppercase[place] * (rounds + 1)
