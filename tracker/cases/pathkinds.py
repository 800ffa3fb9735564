"""Code lists of what leaves the main road: settlement, overlays, links, emergency action, the court. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BeforeBoard(TextChoices):
    """What the board has before it at board review."""

    PROPOSAL = "proposal", _("A proposed decision")
    SETTLEMENT = "settlement", _("A settlement")
    DEFAULT = "default", _("A default")
    UNDISPUTED = "undisputed", _("Charges that are not disputed")
    RECONSIDERATION = "reconsideration", _("Its own order, for reconsideration")
    REMANDED = "remanded", _("Its own order, sent back by the court")
    PETITION = "petition", _("A petition")


class ChangedPart(TextChoices):
    """Which part of a proposed decision a change concerns."""

    FINDING = "finding", _("A finding of fact")
    CONCLUSION = "conclusion", _("A conclusion of law")
    SANCTION = "sanction", _("A sanction")
    WORDING = "wording", _("The wording")


class Election(TextChoices):
    """How a respondent wants the charges decided, where the board asks for an election (Fla. Stat. 120.57)."""

    FORMAL = "formal", _("Disputes the facts and asks for a formal hearing")
    INFORMAL = "informal", _("Does not dispute the facts and asks the board to hear what to do")
    WAIVED = "waived", _("Gives up the right to a hearing")


class Side(TextChoices):
    """Who made an offer or a motion."""

    BOARD = "board", _("Board")
    RESPONDENT = "respondent", _("Respondent")


class OfferState(TextChoices):
    """Where an offer of settlement stands."""

    OPEN = "open", _("Open")
    COUNTERED = "countered", _("Answered by another offer")
    ENDED = "ended", _("Refused or taken back")
    SIGNED = "signed", _("Signed by both sides")
    ACCEPTED = "accepted", _("Accepted by the board")
    REJECTED = "rejected", _("Rejected by the board")


class OverlayKind(TextChoices):
    """What lies over a case without moving it."""

    ABEYANCE = "abeyance", _("Abeyance")
    HOLD = "hold", _("Hold")
    SEAL = "seal", _("Seal")


class LinkKind(TextChoices):
    """How two dockets belong together. `case` is the docket that the words speak of, `other` the one they name."""

    SAME_RESPONDENT = "same_respondent", _("Same respondent")
    CONSOLIDATED = "consolidated", _("Consolidated with")
    CROSS_BOARD = "cross_board", _("Handled by another board too")
    DUPLICATE = "duplicate", _("Duplicate, merged into")
    SAME_COMPLAINT = "same_complaint", _("Same complaint, another respondent")
    PETITION = "petition", _("Petition on the order in")


# Links that staff make and end; every other kind is made by the step that needs it, and stays.
LINKED_BY_HAND = (LinkKind.SAME_RESPONDENT, LinkKind.CONSOLIDATED, LinkKind.CROSS_BOARD)


class EmergencyHearing(TextChoices):
    """What the hearing on an emergency action led to."""

    CONTINUE = "continue", _("It goes on")
    MODIFY = "modify", _("It goes on, changed")
    VACATE = "vacate", _("It is taken back")


class EmergencyEnd(TextChoices):
    """How an emergency action ended."""

    EXPIRED = "expired", _("Its time was over")
    VACATED = "vacated", _("Taken back")
    MERGED = "merged", _("Merged into the final order")


class CourtOutcome(TextChoices):
    """What the court did with the order."""

    AFFIRMED = "affirmed", _("Affirmed")
    DISMISSED = "dismissed", _("Petition dismissed or withdrawn")
    REVERSED = "reversed", _("Reversed")
    REMANDED = "remanded", _("Sent back to the board")


class CourtStay(TextChoices):
    """What the court said of a stay."""

    GRANTED = "granted", _("The order is stayed")
    LIFTED = "lifted", _("The stay is lifted")
