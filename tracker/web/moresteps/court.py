"""Judicial review, violations of an order, petitions and reopening: step key, form, action."""

from collections.abc import Callable
from typing import Any

from tracker.hearings.actions import petitions, reopening, reviewing, violations
from tracker.web.forms import case as f
from tracker.web.forms import court as c

ROWS: tuple[tuple[str, type[f.StepForm], Callable[..., Any]], ...] = (
    ("record_judicial_review", c.RecordReviewForm, reviewing.record_judicial_review),
    ("record_stay", c.RecordStayForm, reviewing.record_stay),
    ("certify_record", c.CertifyRecordForm, reviewing.certify_record),
    ("decide_judicial_review", c.DecideReviewForm, reviewing.decide_judicial_review),
    ("report_violation", c.ReportViolationForm, violations.report_violation),
    ("petition_violation", c.PetitionViolationForm, violations.petition_violation),
    ("file_petition", c.FilePetitionForm, petitions.file_petition),
    ("submit_petition", f.NoteForm, petitions.submit_petition),
    ("reopen", c.ReopenForm, reopening.reopen),
)
