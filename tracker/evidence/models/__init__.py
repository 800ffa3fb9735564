"""What is: exhibits, copies made of them, their marks in a proceeding, and custody."""

from tracker.evidence.models.custody import CustodyEvent
from tracker.evidence.models.exhibits import EvidenceLink, Exhibit, ExhibitQuerySet
from tracker.evidence.models.markings import Marking
from tracker.evidence.models.renditions import PageRestriction, Redaction, Rendition

__all__ = [
    "CustodyEvent",
    "EvidenceLink",
    "Exhibit",
    "ExhibitQuerySet",
    "Marking",
    "PageRestriction",
    "Redaction",
    "Rendition",
]
