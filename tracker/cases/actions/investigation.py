"""Investigation: allegations, the licensee's response, findings, the report, legal review, notes."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases import filingdata, numbering
from tracker.cases.actions import clocking, letters, moving, papers
from tracker.cases.clocks import DeadlineKind, Turn, told
from tracker.cases.filingdata import AllegationData
from tracker.cases.guards import short
from tracker.cases.kinds import INVESTIGATOR_VALUES, ContactMethod, DeadlineState, DocumentKind, FindingBy
from tracker.cases.models import Allegation, Case, CaseNote, Finding
from tracker.errors import ActionRefused


@transaction.atomic
def add_allegation(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    ground: str,
    narrative: str,
    occurred_from: date | None = None,
    occurred_to: date | None = None,
    citation: str = "",
    seen: int | None = None,
) -> Allegation:
    """Add an allegation that came to light. Refused for a retired ground, without words, or with impossible dates.

    Ledger: case.allegation_added.
    """
    begun = moving.begin(case_id, "add_allegation", actor=actor, at=at, seen=seen)
    found = board_queries.grounds_by_key([ground]).get(ground)
    claim = AllegationData(ground, narrative, occurred_from, occurred_to)
    faults = filingdata.allegation_faults(claim, begun.today)
    if found is None or (found.retired_on and found.retired_on <= begun.today):
        raise ActionRefused([*faults, _("The ground %(key)s is not offered.") % {"key": ground}])
    moving.refuse_if(faults)
    row = Allegation.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        number=numbering.next_allegation(begun.case.pk),
        ground=found,
        narrative=narrative,
        occurred_from=occurred_from,
        occurred_to=occurred_to,
        citation=citation,
        added_at=at,
    )
    moving.finish_act(
        begun,
        "case.allegation_added",
        facts={"number": row.number, "ground": ground, "allegation": str(row.pk)},
        private={"narrative": narrative},
    )
    return row


@transaction.atomic
def notify_licensee(
    case_id: UUID, *, actor: Actor, at: datetime, withheld_reason: str = "", seen: int | None = None
) -> Case:
    """T6. Send the notice of complaint with the allegations; the complainant's name stands in it only where the
    board's rule shares it. With a `withheld_reason` the notice is deferred and no response is due.

    Ledger: case.licensee_notified.
    """
    begun = moving.begin(case_id, "notify_licensee", actor=actor, at=at, seen=seen)
    claims = [f"{row.key}. {row.ground.label}" for row in begun.case.allegations.select_related("ground")]
    if withheld_reason.strip():
        # Nothing was sent, so the clock of the notice was not met.
        clocking.end_clocks(begun.case, [DeadlineKind.LICENSEE_NOTICE], begun.today, state=DeadlineState.WAIVED)
        moving.finish_move(
            begun,
            facts={"notice": "withheld", **told({DeadlineKind.LICENSEE_NOTICE: DeadlineState.WAIVED})},
            private={"withheld_reason": withheld_reason},
            skip_clocks=(DeadlineKind.RESPONSE,),
        )
        return begun.case
    papers.freeze(begun, DocumentKind.NOTICE_OF_COMPLAINT, "\n".join(claims))
    due_on = clocking.due_on(begun.case, DeadlineKind.RESPONSE, begun.today)
    moving.finish_move(begun, facts={"notice": "sent", "due_on": due_on.isoformat()})
    rules = board_queries.rules_in_force(begun.case.board, begun.today)
    merge = {
        "allegations": claims,
        "response_due_on": due_on,
        "complainant": letters.complainant_name_for_respondent(begun.case, begun.today),
        "copy_enclosed": bool(rules["complaint_copy_to_respondent"].value),
    }
    letters.to_respondent(begun.case, "notice_to_licensee", merge, actor=actor, at=at)
    return begun.case


@transaction.atomic
def record_response(
    case_id: UUID, *, actor: Actor, at: datetime, text: str = "", memo: str = "", seen: int | None = None
) -> Case:
    """T7. Record the licensee's response (`text`), or by a memo that none came and the time is over.

    Where none came, the ground "ignored the board" (NPDB 23) is added as an allegation. Ledger:
    case.response_recorded.
    """
    begun = moving.begin(case_id, "record_response", actor=actor, at=at, seen=seen)
    due_on = begun.facts.response_due_on
    facts = {"outcome": "received" if text.strip() else "none"}
    if text.strip():
        papers.freeze(begun, DocumentKind.RESPONSE, text)
    else:
        moving.refuse_if(_no_response_faults(begun, due_on, memo))
        papers.freeze(begun, DocumentKind.NON_RESPONSE_MEMO, memo)
        if due_on is not None:
            facts["allegation"] = _add_noncooperation(begun, memo).key
    moving.finish_move(begun, facts=facts, private={"note": "" if text.strip() else memo})
    return begun.case


def _no_response_faults(begun: moving.Begun, due_on: date | None, memo: str) -> list[str]:
    if due_on is not None and begun.today <= due_on:
        return [_("No response is recorded, and the licensee has until %(due)s.") % {"due": short(due_on)}]
    return [] if memo.strip() else [_("Write the response, or a memo that none came.")]


def _add_noncooperation(begun: moving.Begun, memo: str) -> Allegation:
    ground = board_queries.grounds_by_key(["noncooperation"])["noncooperation"]
    return Allegation.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        number=numbering.next_allegation(begun.case.pk),
        ground=ground,
        narrative=memo,
        occurred_from=begun.facts.response_due_on,
        occurred_to=begun.today,
        added_at=begun.at,
    )


@transaction.atomic
def record_finding(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    allegation: str,
    value: str,
    reasons: str,
    seen: int | None = None,
) -> Finding:
    """Record the investigator's finding on an allegation (`allegation` is its key, such as A3). A later row counts.

    Refused for an unknown allegation or value, and without reasons. Ledger: case.finding_recorded.
    """
    begun = moving.begin(case_id, "record_finding", actor=actor, at=at, seen=seen)
    key = allegation.strip().upper()
    target = next((row for row in begun.case.allegations.all() if row.key == key), None)
    faults = [] if target else [_("This case has no allegation %(key)s.") % {"key": allegation}]
    faults += [] if value in INVESTIGATOR_VALUES else [_("Choose what was found.")]
    faults += [] if reasons.strip() else [_("Give the reasons of the finding.")]
    moving.refuse_if(faults)
    row = Finding.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        allegation=target,
        by=FindingBy.INVESTIGATOR,
        value=value,
        reasons=reasons,
        author_id=begun.user_id,
        found_at=at,
    )
    moving.finish_act(
        begun,
        "case.finding_recorded",
        facts={"subject": key, "value": value, "by": "investigator", "finding": str(row.pk)},
        private={"reasons": reasons},
    )
    return row


@transaction.atomic
def submit_report(case_id: UUID, *, actor: Actor, at: datetime, report: str, seen: int | None = None) -> Case:
    """T9. Submit the report of investigation with an exhibit index.

    Refused while an allegation has no finding or evidence is not settled, and without words. Ledger:
    case.report_submitted.
    """
    begun = moving.begin(case_id, "submit_report", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if report.strip() else [_("Write the report.")])
    index = "\n".join(exhibit.key for exhibit in begun.facts.exhibits)
    paper = papers.freeze(begun, DocumentKind.REPORT_OF_INVESTIGATION, f"{report.strip()}\n\n{index}".strip())
    moving.finish_move(begun, facts={"document": str(paper.pk), "digest": paper.digest}, private={"summary": report})
    return begun.case


@transaction.atomic
def pass_legal_review(case_id: UUID, *, actor: Actor, at: datetime, memo: str, seen: int | None = None) -> Case:
    """T10. Board counsel signs off the report with a legal memo. Ledger: case.legal_review_passed."""
    begun = moving.begin(case_id, "pass_legal_review", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if memo.strip() else [_("Write the legal memo.")])
    paper = papers.freeze(begun, DocumentKind.LEGAL_MEMO, memo)
    moving.finish_move(begun, facts={"document": str(paper.pk), "digest": paper.digest}, private={"memo": memo})
    return begun.case


@transaction.atomic
def ask_more_information(case_id: UUID, *, actor: Actor, at: datetime, questions: str, seen: int | None = None) -> Case:
    """T11. Send the case back to the investigator with a list of questions. Ledger: case.more_information_asked."""
    begun = moving.begin(case_id, "ask_more_information", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if questions.strip() else [_("List the questions, one a line.")])
    papers.freeze(begun, DocumentKind.QUESTIONS, questions)
    moving.finish_move(begun, private={"questions": questions})
    return begun.case


@transaction.atomic
def add_note(case_id: UUID, *, actor: Actor, at: datetime, text: str, seen: int | None = None) -> CaseNote:
    """Add a note to the investigation file. Ledger: case.note_added."""
    begun = moving.begin(case_id, "add_note", actor=actor, at=at, seen=seen)
    moving.refuse_if([] if text.strip() else [_("Write the note.")])
    note = CaseNote.objects.create(
        board_id=begun.case.board_id, case=begun.case, author_id=begun.user_id, text=text, written_at=at
    )
    moving.finish_act(begun, "case.note_added", facts={"note": str(note.pk)}, private={"text": text})
    return note


@transaction.atomic
def update_complainant(
    case_id: UUID, *, actor: Actor, at: datetime, method: str, text: str, seen: int | None = None
) -> Case:
    """Record that the complainant was told how the case stands; the clock for the next status letter starts again.

    Refused without the words or with an unknown method. Ledger: case.complainant_updated.
    """
    begun = moving.begin(case_id, "update_complainant", actor=actor, at=at, seen=seen)
    faults = [] if method in ContactMethod.values else [_("Choose how the complainant was told.")]
    faults += [] if text.strip() else [_("Write what was said.")]
    moving.refuse_if(faults)
    clocking.end_clocks(begun.case, [DeadlineKind.STATUS_UPDATE], begun.today)
    goes_on = not begun.case.decided_at
    turned = told({DeadlineKind.STATUS_UPDATE: Turn.RENEWED if goes_on else DeadlineState.MET})
    facts = {"method": method, **turned}
    entry = moving.finish_act(begun, "case.complainant_updated", facts=facts, private={"text": text})
    if goes_on:
        clocking.open_clock(begun.case, DeadlineKind.STATUS_UPDATE, begun.today, anchor=entry.id)
    clocking.refresh_next_due(begun.case)
    return begun.case
