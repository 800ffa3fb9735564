"""Step key -> form and action: the one table for desk buttons and the `advance` command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from tracker.audit.actors import Actor
from tracker.cases import workflow
from tracker.cases.actions import charging, closing, intake, investigation, papers, people, voting
from tracker.cases.models import Case
from tracker.hearings.actions import compliance, drafting, holding, record, reporting
from tracker.web.forms import case as f
from tracker.web.forms import exhibit as e
from tracker.web.forms import hearing as h
from tracker.web.forms import papers as p
from tracker.web.moresteps import boardroom, court, linking, overlays, settling


@dataclass(frozen=True)
class Step:
    """One step: the form that asks for its data and the action that does it."""

    key: str
    label: str | Promise
    form_class: type[f.StepForm]
    action: Callable[..., Any]

    def perform(self, case: Case, form: f.StepForm, *, actor: Actor, at: datetime, seen: int | None = None) -> Any:
        """Do it with the values of a valid form. Raises ActionRefused, NotPermitted or OutOfScope."""
        return self.action(case.pk, actor=actor, at=at, seen=seen, **form.values())


_ROWS: tuple[tuple[str, type[f.StepForm], Callable[..., Any]], ...] = (
    ("begin_review", f.BeginReviewForm, intake.begin_review),
    ("verify_priority", f.VerifyPriorityForm, intake.verify_priority),
    ("request_information", f.RequestInformationForm, intake.request_information),
    ("resume_review", f.NoteForm, intake.resume_review),
    ("close_at_intake", f.CloseAtIntakeForm, intake.close_at_intake),
    ("accept_case", f.AcceptCaseForm, intake.accept_case),
    ("notify_licensee", f.NotifyLicenseeForm, investigation.notify_licensee),
    ("record_response", f.RecordResponseForm, investigation.record_response),
    ("record_finding", f.RecordFindingForm, investigation.record_finding),
    ("submit_report", f.SubmitReportForm, investigation.submit_report),
    ("pass_legal_review", f.LegalReviewForm, investigation.pass_legal_review),
    ("ask_more_information", f.QuestionsForm, investigation.ask_more_information),
    ("approve_closure", f.ApproveClosureForm, voting.approve_closure),
    ("close_without_discipline", f.CloseWithoutDisciplineForm, closing.close_without_discipline),
    ("draft_count", h.DraftCountForm, charging.draft_count),
    ("issue_charges", h.IssueChargesForm, charging.issue_charges),
    ("record_service", h.RecordServiceForm, charging.record_service),
    ("record_answer", h.RecordAnswerForm, charging.record_answer),
    ("schedule_hearing", h.ScheduleHearingForm, holding.schedule_hearing),
    ("open_hearing", h.OpenHearingForm, holding.open_hearing),
    ("close_record", h.CloseRecordForm, record.close_record),
    ("reopen_record", h.ReopenRecordForm, record.reopen_record),
    ("propose_finding", h.CountFindingForm, holding.propose_finding),
    ("file_proposed_decision", h.ProposedDecisionForm, holding.file_proposed_decision),
    ("submit_to_board", f.NoteForm, holding.submit_to_board),
    ("record_board_finding", h.CountFindingForm, holding.record_board_finding),
    ("draft_sanction", h.DraftSanctionForm, drafting.draft_sanction),
    ("remove_sanction", h.RemoveSanctionForm, drafting.remove_sanction),
    ("record_npdb_report", h.NpdbReportForm, reporting.record_npdb_report),
    ("begin_compliance", h.CompliancePlanForm, compliance.begin_compliance),
    ("record_first_contact", h.FirstContactForm, compliance.record_first_contact),
    ("satisfy_term", h.SatisfyTermForm, compliance.satisfy_term),
    ("close_case", f.CloseCaseForm, compliance.close_case),
    ("assign", f.AssignForm, people.assign),
    ("end_assignment", f.EndAssignmentForm, people.end_assignment),
    ("declare_conflict", f.DeclareConflictForm, people.declare_conflict),
    ("appear_counsel", f.AppearCounselForm, people.appear_counsel),
    ("add_allegation", f.AddAllegationForm, investigation.add_allegation),
    ("file_document", p.FileDocumentForm, papers.file_document),
    ("file_waiver", p.FileWaiverForm, papers.file_waiver),
    ("mark_exhibit", e.MarkExhibitForm, e.mark),
    ("offer_exhibit", e.OfferExhibitForm, e.offer),
    ("mark_hearing_exhibit", e.MarkHearingExhibitForm, e.mark_hearing),
    ("rule_on_exhibit", e.RuleOnExhibitForm, e.rule),
    ("decide_emergency", f.DecideEmergencyForm, intake.decide_emergency),
    ("update_complainant", f.UpdateComplainantForm, investigation.update_complainant),
    ("add_note", f.AddNoteForm, investigation.add_note),
)
_PATHS = (*settling.ROWS, *boardroom.ROWS, *court.ROWS, *overlays.ROWS, *linking.ROWS)
STEPS: Mapping[str, Step] = {
    key: Step(key, workflow.STEPS[key].label, form_class, action) for key, form_class, action in (*_ROWS, *_PATHS)
}
