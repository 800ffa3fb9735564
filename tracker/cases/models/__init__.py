"""What is: complaints, cases, people, findings, votes, deadlines, documents."""

from tracker.cases.models.case import Case, CaseComplaint, CaseNote, Counter, Disposition, Triage
from tracker.cases.models.complaint import Complaint, FilingDraft
from tracker.cases.models.deadlines import Deadline
from tracker.cases.models.documents import CaseDocument
from tracker.cases.models.findings import Allegation, ChargingDocument, Count, Finding
from tracker.cases.models.people import Identity, Participant
from tracker.cases.models.votes import Ballot, Vote

__all__ = [
    "Allegation",
    "Ballot",
    "Case",
    "CaseComplaint",
    "CaseDocument",
    "CaseNote",
    "ChargingDocument",
    "Complaint",
    "Count",
    "Counter",
    "Deadline",
    "Disposition",
    "FilingDraft",
    "Finding",
    "Identity",
    "Participant",
    "Triage",
    "Vote",
]
