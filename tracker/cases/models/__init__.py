"""What is: complaints, cases, people, findings, votes, deadlines, documents."""

from tracker.cases.models.case import Case, CaseComplaint, CaseNote, Counter, Disposition, Triage
from tracker.cases.models.complaint import Complaint, FilingDraft
from tracker.cases.models.deadlines import Deadline, Reminder
from tracker.cases.models.documents import CaseDocument
from tracker.cases.models.findings import Allegation, ChargingDocument, Count, Finding
from tracker.cases.models.overlays import CaseLink, ExParteContact, ExpertReview, Overlay, Toll
from tracker.cases.models.people import Identity, Participant
from tracker.cases.models.votes import Ballot, Vote

__all__ = [
    "Allegation",
    "Ballot",
    "Case",
    "CaseComplaint",
    "CaseDocument",
    "CaseLink",
    "CaseNote",
    "ChargingDocument",
    "Complaint",
    "Count",
    "Counter",
    "Deadline",
    "Disposition",
    "ExParteContact",
    "ExpertReview",
    "FilingDraft",
    "Finding",
    "Identity",
    "Overlay",
    "Participant",
    "Reminder",
    "Toll",
    "Triage",
    "Vote",
]
