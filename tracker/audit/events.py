"""Every event the ledger may hold: its code, the version of its shape, a sentence for people, its private parts.

A shape that has been written is never edited: a new shape gets a new version, and readers keep the old one.
Sentences name facts in braces; a fact that is missing reads as a dash.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.errors import IntegrityBroken


@dataclass(frozen=True)
class Event:
    """One kind of entry. `private` lists the keys that may stand in the private part."""

    code: str
    sentence: str | Promise
    private: tuple[str, ...] = ()
    version: int = 1
    group: str = field(default="act")


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


EVENTS: dict[str, Event] = {}


def declare(*rows: Event) -> None:
    """Add events to the table. Raises IntegrityBroken when a code is declared twice."""
    for row in rows:
        if row.code in EVENTS:
            raise IntegrityBroken(f"The event {row.code} is declared twice.")
        EVENTS[row.code] = row


def spec(code: str) -> Event:
    """The event of a code. Raises IntegrityBroken for one that was never declared."""
    try:
        return EVENTS[code]
    except KeyError:
        raise IntegrityBroken(f"The event {code} is not declared.") from None


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """What a person reads for an entry; unknown codes are shown as they are."""
    known = EVENTS.get(code)
    return str(known.sentence).format_map(_Facts(facts)) if known else code


declare(
    # audit
    Event("anchor.made", _("Anchor {number} over {leaves} chains"), group="system"),
    Event(
        "ledger.private_disposed",
        _("Private parts of {count} entries disposed of under {authority}"),
        ("reason",),
    ),
    # access
    Event("access.conflict_declared", _("Conflict check: {answer}"), ("reason",), group="people"),
    Event("access.identity_opened", _("Sealed identity opened"), ("reason",), group="people"),
)
declare(
    # directory
    Event("directory.board_edited", _("Board details changed"), ("before", "after"), group="directory"),
    Event("directory.board_hosted", _("Board hosted here, with its first administrator"), group="directory"),
    Event("directory.boards_imported", _("Boards imported: {created} new, {changed} changed"), group="directory"),
    Event("directory.closed_day_added", _("Closed day {date} added"), ("name",), group="directory"),
    Event("directory.closed_day_retracted", _("Closed day {date} retracted"), ("reason",), group="directory"),
    Event("directory.closed_day_reviewed", _("Closed day {date} reviewed"), group="directory"),
    Event("directory.ground_edited", _("Ground {ground} changed"), ("before", "after"), group="directory"),
    Event("directory.ground_retired", _("Ground {ground} retired"), ("reason",), group="directory"),
    Event(
        "directory.delegation_recorded",
        _("Deputy for {role}, {valid_from} to {valid_until}"),
        ("reason",),
        group="people",
    ),
    Event("directory.delegation_ended", _("Deputy for {role} ended"), ("reason",), group="people"),
    Event("directory.membership_ended", _("Role {role} ended"), ("reason",), group="people"),
    Event("directory.password_offered", _("Link to set a password made"), group="people"),
    Event(
        "directory.profession_edited",
        _("Profession {profession} changed"),
        ("before", "after"),
        group="directory",
    ),
    Event("directory.reference_loaded", _("Reference data loaded"), group="directory"),
    Event("directory.role_granted", _("Role {role} granted"), ("reason",), group="people"),
    Event(
        "directory.rule_superseded",
        _("Rule {key} superseded from {valid_from}"),
        ("reason", "value", "citation"),
        group="directory",
    ),
    Event("directory.user_created", _("Person added"), ("name", "email"), group="people"),
    Event("directory.user_edited", _("Person changed"), ("before", "after"), group="people"),
)
declare(
    # notices
    Event("notice.queued", _("Letter queued: {kind}"), ("recipient", "subject"), group="letter"),
    Event("notice.delivered", _("Letter sent ({method}): {kind}"), ("recipient",), group="letter"),
    Event("notice.failed", _("Letter not delivered ({method}): {kind}"), ("recipient", "reason"), group="letter"),
)
declare(
    # cases
    Event("case.filed", _("Complaint filed, docket {docket}"), ("complainant", "respondent"), group="step"),
    Event(
        "case.review_begun",
        _("Review begun, danger screen: {danger}, priority {priority}"),
        ("reasons",),
        group="step",
    ),
    Event("case.information_requested", _("Information requested, due {due_on}"), ("missing",), group="step"),
    Event("case.information_received", _("Review resumed: {why}"), ("note",), group="step"),
    Event("case.closed_at_intake", _("Closed at intake: {disposition}"), ("reason", "referred_to"), group="step"),
    Event("case.accepted", _("Case accepted for investigation"), ("reasons",), group="step"),
    Event(
        "case.licensee_notified",
        _("Licensee notified, response due {due_on}"),
        ("withheld_reason",),
        group="step",
    ),
    Event("case.response_recorded", _("Response: {outcome}"), ("note",), group="step"),
    Event("case.report_submitted", _("Report of investigation submitted"), ("summary",), group="step"),
    Event("case.legal_review_passed", _("Legal review signed off"), ("memo",), group="step"),
    Event("case.more_information_asked", _("Sent back for more information"), ("questions",), group="step"),
    Event(
        "case.closed_without_discipline",
        _("Closed without discipline: {disposition}"),
        ("reason", "referred_to"),
        group="step",
    ),
    Event("case.charges_issued", _("Charges issued, counts: {counts}"), ("memo",), group="step"),
    Event(
        "case.charges_served",
        _("Charges served on {served_on}, answer due {due_on}"),
        ("note",),
        group="step",
    ),
    Event("case.answer_recorded", _("Answer received"), ("note",), group="step"),
    Event("case.reopened", _("Case reopened to {to}"), ("reason", "letter"), group="step"),
    Event("case.assigned", _("Assigned as {capacity}"), ("name",), group="people"),
    Event("case.assignment_ended", _("Assignment as {capacity} ended"), ("reason",), group="people"),
    Event("case.priority_changed", _("Priority changed to {priority}, to be verified"), ("reasons",)),
    Event("case.priority_verified", _("Priority {priority} verified by a second person"), ("reasons",)),
    Event("case.allegation_added", _("Allegation A{number} added: {ground}"), ("narrative",)),
    Event("case.count_drafted", _("Count {number} drafted on allegations {allegations}"), ("text", "citation")),
    Event("case.finding_recorded", _("Finding on {subject}: {value}"), ("reasons",), group="finding"),
    Event("case.document_filed", _("Document filed: {kind}"), ("title", "note"), group="document"),
    Event("case.waiver_filed", _("Waiver filed: {period}, {given_by}"), ("note",), version=2, group="waiver"),
    Event(
        "case.vote_recorded",
        _("Vote recorded: {kind}, {yes} yes, {no} no"),
        ("question", "reasons"),
        group="vote",
    ),
    Event("case.closure_approved", _("Closure approval given: {choice}"), ("reasons",), group="vote"),
    Event("case.emergency_decided", _("Emergency action decided: {outcome}"), ("reasons",)),
    Event(
        "case.complainant_updated", _("Complainant told how the case stands, by {method}"), ("text",), group="letter"
    ),
    Event("case.note_added", _("Note added"), ("text",), group="note"),
    Event("case.expert_engaged", _("Expert engaged, opinion due {due_on}"), ("expert", "questions"), group="step"),
    Event("case.opinion_received", _("Expert opinion: {outcome}"), ("opinion",), group="step"),
    Event("case.withdrawal_recorded", _("The complainant asked to withdraw"), ("text",), group="document"),
    Event(
        "case.withdrawal_answered", _("Withdrawal answered, it ends the case: {ends_case}"), ("text",), group="letter"
    ),
    Event("case.abeyance_begun", _("Abeyance begun"), ("reason",), group="overlay"),
    Event("case.abeyance_ended", _("Abeyance ended"), ("reason",), group="overlay"),
    Event("case.hold_placed", _("Hold placed, to be reviewed on {review_on}"), ("reason",), group="overlay"),
    Event("case.hold_reviewed", _("Hold reviewed, next review on {review_on}"), ("reason",), group="overlay"),
    Event("case.hold_lifted", _("Hold lifted"), ("reason",), group="overlay"),
    Event("case.sealed", _("Case sealed"), ("reason",), group="overlay"),
    Event("case.unsealed", _("Case unsealed"), ("reason",), group="overlay"),
    Event("case.clock_tolled", _("Clock paused: {kind}, from {from_on}"), ("reason",), group="overlay"),
    Event("case.clock_resumed", _("Clock runs on: {kind}, due {due_on}"), ("reason",), group="overlay"),
    Event("access.recusal_lifted", _("Recusal lifted"), ("reason",), group="people"),
    Event("case.docket_linked", _("Linked with {other}: {kind}"), ("reason",), group="overlay"),
    Event("case.docket_unlinked", _("Link with {other} ended: {kind}"), ("reason",), group="overlay"),
    Event("case.companion_opened", _("Companion case {other} opened"), ("reason", "respondent"), group="overlay"),
    Event("case.ex_parte_logged", _("Ex-parte contact disclosed, {contact_on}"), ("who", "summary"), group="document"),
    Event("case.counsel_appeared", _("Counsel appeared for the respondent"), ("name",), group="people"),
    Event("case.document_added_by_filer", _("Document added by the complainant"), ("note",), group="evidence"),
    Event("draft.expired", _("{count} unfinished drafts removed"), group="system"),
)
declare(
    # evidence
    Event("evidence.received", _("Exhibit {exhibit} received"), ("title", "name", "source"), group="evidence"),
    Event(
        "evidence.referred",
        _("Exhibit {exhibit} received by reference: {other_exhibit} of {other}"),
        ("title", "name", "source"),
        group="evidence",
    ),
    Event("evidence.shared", _("Exhibit {exhibit} shared with {other}, as {other_exhibit} there"), group="evidence"),
    Event("evidence.described", _("Exhibit {exhibit} described anew"), ("before", "after"), group="evidence"),
    Event("evidence.quarantined", _("Exhibit {exhibit} kept in quarantine"), ("reason",), group="evidence"),
    Event("evidence.cleared", _("Exhibit {exhibit} cleared, scan: {scan}"), ("reason", "notes"), group="evidence"),
    Event("evidence.refused", _("Exhibit {exhibit} refused, scan: {scan}"), ("reason", "notes"), group="evidence"),
    Event(
        "evidence.reprocessed",
        _("Exhibit {exhibit}: pages made anew of the original: {pages}"),
        ("notes",),
        group="evidence",
    ),
    Event(
        "evidence.reprocessing_refused",
        _("Exhibit {exhibit}: pages not made anew, the copy stays"),
        ("reason",),
        group="evidence",
    ),
    Event("evidence.linked", _("Exhibit {exhibit} linked to allegation {allegation}"), group="evidence"),
    Event("evidence.unlinked", _("Exhibit {exhibit} no longer linked to allegation {allegation}"), group="evidence"),
    Event(
        "evidence.custody_changed", _("Exhibit {exhibit}: {act}"), ("from", "to", "purpose", "place"), group="evidence"
    ),
    Event("evidence.classified", _("Exhibit {exhibit} classed as {class}"), ("reason", "basis"), group="evidence"),
    Event("evidence.withheld", _("Exhibit {exhibit} withheld from bundles: {code}"), ("reason",), group="evidence"),
    Event("evidence.released", _("Exhibit {exhibit} no longer withheld"), ("reason",), group="evidence"),
    Event(
        "evidence.pages_restricted",
        _("Exhibit {exhibit}, pages {first_page} to {last_page} restricted: {why}"),
        ("reason", "basis"),
        group="evidence",
    ),
    Event(
        "evidence.restriction_lifted",
        _("Exhibit {exhibit}, pages {first_page} to {last_page} no longer restricted: {why}"),
        ("reason",),
        group="evidence",
    ),
    Event("evidence.marked", _("Exhibit {exhibit} marked {mark} by the {party}"), ("sponsor",), group="evidence"),
    Event("evidence.offered", _("Exhibit {exhibit} offered as {mark}"), ("objection",), group="evidence"),
    Event("evidence.ruled", _("Ruling on exhibit {exhibit}: {ruling}"), ("ruling", "objection"), group="evidence"),
    Event(
        "evidence.redaction_drafted",
        _("Exhibit {exhibit}: boxes of a redaction drawn: {boxes}, pages: {pages}"),
        group="evidence",
    ),
    Event("evidence.redaction_discarded", _("Exhibit {exhibit}: draft of a redaction discarded"), group="evidence"),
    Event("evidence.redaction_requested", _("Exhibit {exhibit}: redacted copy asked for"), group="evidence"),
    Event(
        "evidence.redacted",
        _("Exhibit {exhibit}: redacted copy made and proved, boxes: {boxes}, words removed: {dropped}"),
        group="evidence",
    ),
    Event("evidence.redaction_refused", _("Exhibit {exhibit}: redacted copy refused"), ("reason",), group="evidence"),
    Event("evidence.mark_withdrawn", _("Mark {mark} of exhibit {exhibit} withdrawn"), ("reason",), group="evidence"),
)
declare(
    # hearings
    Event("hearing.scheduled", _("Hearing set for {starts_on}"), ("place",), group="step"),
    Event("hearing.opened", _("Hearing opened"), ("appearances",), group="step"),
    Event("hearing.record_closed", _("Record of the hearing closed"), ("note",), group="document"),
    Event("hearing.record_reopened", _("Record of the hearing reopened"), ("reason",), group="document"),
    Event("hearing.decision_proposed", _("Proposed decision filed"), ("summary",), group="step"),
    Event("hearing.sent_to_board", _("Sent to the board for review"), ("note",), group="step"),
    Event("hearing.sanction_drafted", _("Sanction drafted: {sanction}"), ("terms",)),
    Event("hearing.sanction_removed", _("Drafted sanction removed: {sanction}"), ("reason",)),
    Event(
        "hearing.order_issued",
        _("Order issued: {decision}, effective {effective_on}"),
        ("reasons",),
        group="step",
    ),
    Event("hearing.settlement_offered", _("Settlement offer {number} by the {side}"), ("terms",), group="settlement"),
    Event("hearing.settlement_talks_ended", _("Settlement offer {number} ended"), ("reason",), group="settlement"),
    Event("hearing.settlement_signed", _("Settlement signed by both sides"), ("terms", "deviation"), group="step"),
    Event("hearing.settlement_rejected", _("Settlement rejected by the board"), ("reasons",), group="step"),
    Event("hearing.default_entered", _("Default entered"), ("packet",), group="step"),
    Event("hearing.continued", _("Hearing postponed"), ("reason",), group="step"),
    Event("hearing.reset", _("Hearing set anew for {starts_on}"), ("place",), group="step"),
    Event("hearing.sent_undisputed", _("Undisputed charges sent to the board"), ("note",), group="step"),
    Event(
        "hearing.change_recorded", _("Change {number} to the proposal: {part}"), ("text", "reasons"), group="finding"
    ),
    Event(
        "hearing.change_withdrawn",
        _("Change {number} to the proposal taken back: {part}"),
        ("reason",),
        group="finding",
    ),
    Event("hearing.deemed_adopted", _("Proposal adopted by time, effective {effective_on}"), group="step"),
    Event("hearing.remanded", _("Remanded by the board"), ("reasons",), group="step"),
    Event("hearing.reconsideration_asked", _("Reconsideration asked by the {side}"), ("grounds",), group="step"),
    Event("hearing.reconsideration_denied", _("Reconsideration denied: {why}"), ("reasons",), group="step"),
    Event("hearing.reconsideration_granted", _("The board reconsiders its order"), ("reasons",), group="step"),
    Event("hearing.review_filed", _("Judicial review asked on {filed_on}"), ("court", "number"), group="step"),
    Event("hearing.review_decided", _("Court: {outcome}"), ("summary",), group="step"),
    Event("hearing.stay_recorded", _("Stay by the court: {stay}"), ("note",), group="document"),
    Event("hearing.record_certified", _("Record certified for the court, pages: {pages}"), ("note",), group="document"),
    Event("hearing.violation_reported", _("Violation of the order reported"), ("report",), group="finding"),
    Event("hearing.violation_petitioned", _("Petition for violation filed, docket {other}"), ("text",), group="step"),
    Event("hearing.petition_filed", _("Petition filed ({kind}), docket {other}"), ("text",), group="step"),
    Event("hearing.petition_opened", _("Docket opened on a petition on {other}"), ("text",), group="step"),
    Event("hearing.petition_submitted", _("Petition sent to the board"), ("note",), group="step"),
    Event("hearing.petition_decided", _("Petition {other} decided: {outcome}"), ("reasons",), group="step"),
    Event("hearing.emergency_taken", _("Emergency action: {action}"), ("findings",), group="overlay"),
    Event("hearing.emergency_served", _("Emergency action served on {served_on}"), ("proof",), group="overlay"),
    Event("hearing.emergency_heard", _("Hearing on the emergency action: {outcome}"), ("note",), group="overlay"),
    Event("hearing.emergency_ended", _("Emergency action ended: {end}"), ("reason",), group="overlay"),
    Event("hearing.compliance_begun", _("Compliance begun, terms: {terms}"), ("plan",), group="step"),
    Event("hearing.first_contact", _("First contact with the licensee on {contacted_on}"), ("text",)),
    Event("hearing.npdb_reported", _("Report to the NPDB recorded, {reported_on}"), ("reference",)),
    Event("hearing.term_satisfied", _("Term met: {sanction}"), ("proof",)),
    Event("case.closed", _("Case closed: {disposition}"), ("note",), group="step"),
)
declare(
    # bundle
    Event("bundle.build_begun", _("Bundle {freeze} ({edition}): build begun, attempt {attempt}"), group="bundle"),
    Event("bundle.cancel_asked", _("Bundle {freeze} ({edition}): build told to stop"), group="bundle"),
    Event("bundle.cancelled", _("Bundle {freeze} ({edition}): build cancelled"), group="bundle"),
    Event("bundle.failed", _("Bundle {freeze} ({edition}): build failed"), ("reason",), group="bundle"),
    Event("bundle.handed_out", _("Bundle {freeze} ({edition}) handed out"), group="bundle"),
    Event(
        "bundle.requested",
        _("Bundle {freeze} ({edition}) frozen, exhibits: {exhibits}, withheld: {withheld}"),
        group="bundle",
    ),
    Event("bundle.retried", _("Bundle {freeze} ({edition}) to be built again"), group="bundle"),
    Event("bundle.sealed", _("Bundle {freeze} ({edition}) sealed, pages: {pages}"), group="bundle"),
    Event("bundle.volume_sealed", _("Bundle {freeze} ({edition}), volume {volume} sealed"), group="bundle"),
)
