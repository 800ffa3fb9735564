"""What happens to a case off the main road, each as a short story: every act is done once by its proper actor."""

from datetime import timedelta
from typing import Any

from tests.factories.cases import Story, set_rule
from tracker.access.models import User
from tracker.bundle.models import BundleExport, ExportStatus
from tracker.cases.actions.experts import Engagement
from tracker.cases.filingdata import RespondentData
from tracker.files.models import StoredFile
from tracker.hearings.actions.negotiating import TermData
from tracker.hearings.actions.violations import CountData
from tracker.web.steps import STEPS

PROBATION = {"code": "PROBATION", "days": 365, "terms": "Monthly reports."}


def step(story: Story, key: str, who: User, **data: Any) -> Any:
    """One step by its key."""
    return story.do(STEPS[key].action, who, **data)


def overlaid(story: Story) -> None:
    """Abeyance, hold, seal and a paused clock, each begun and ended; a recusal, lifted. From an early status."""
    counsel, ahead = story.office.counsel, story.wait(1).today + timedelta(days=30)
    step(story, "begin_abeyance", counsel, reason="A criminal case.")
    step(story, "end_abeyance", counsel, reason="It was decided.")
    step(story, "place_hold", counsel, reason="A lawsuit.", review_on=ahead)
    step(story, "review_hold", counsel, reason="It goes on.", review_on=ahead + timedelta(days=30))
    step(story, "lift_hold", counsel, reason="It was settled.")
    step(story, "seal_case", counsel, reason="Ordered by a court.")
    step(story, "unseal_case", counsel, reason="The court lifted it.")
    step(story, "toll_clock", story.office.manager, kind="intake", reason="A flood.", from_on=story.today)
    step(story, "resume_clock", story.office.manager, kind="intake", on=story.today)
    person = story.office.investigator
    story.assign(person, "investigator")
    step(story, "declare_conflict", person, has_conflict=True, reason="A cousin.")
    step(story, "lift_recusal", story.office.director, email=person.email, reason="Another cousin.")


def linked(story: Story) -> None:
    """Linked with a second complaint and parted again; a case against another respondent, with the exhibits."""
    other, manager = Story(story.office, at=story.at), story.office.manager
    row = {"docket": other.docket, "kind": "same_respondent", "reason": "Both are about him."}
    step(story, "link_dockets", manager, **row)
    step(story, "unlink_dockets", manager, number=1, reason="Two people.")
    row = {"respondent": RespondentData("Ines Farrow"), "allegations": ["A1"], "reason": "She took part."}
    step(story, "open_companion", manager, **row, share_exhibits=True)


def withdrawn(story: Story) -> None:
    """The complainant withdraws and gets an answer."""
    step(story, "record_withdrawal", story.office.intake, text="I want to stop.")
    step(story, "answer_withdrawal", story.office.intake, text="The board looks at it all the same.")


def suspended(story: Story) -> None:
    """A summary suspension by delegation: served, heard, reported and taken back."""
    director, manager, today = story.office.director, story.office.manager, story.today
    set_rule(story.office.board, "emergency_by", "executive_director")
    row = {"code": "SUMMARY_SUSPENSION", "finding": "Clients are in danger.", "effective_on": today}
    step(story, "take_emergency_action", director, **row)
    step(story, "serve_emergency_action", manager, served_on=today, method="personal", proof="Handed over.")
    step(story, "hear_emergency_action", director, heard_on=today, outcome="continue", note="Both were heard.")
    step(story, "record_npdb_report", manager, reported_on=today, reference="5500000122")
    step(story, "end_emergency_action", director, end="vacated", reason="He is abroad.")


def advised(story: Story) -> None:
    """An expert is asked, and answers. From `investigating`."""
    asked = Engagement(
        "Dr. Ada Roe", "Knows neither side.", "Is it below the standard?", "Please review.", address="1 Elm St"
    )
    step(story, "refer_to_expert", story.office.investigator, engagement=asked)
    row = {"received_on": story.today, "text": "It is below the standard."}
    step(story, "receive_opinion", story.office.investigator, **row)


def settled_in_vain(story: Story) -> None:
    """One offer is refused, the next is signed, and the board rejects it: the case stands where it stood."""
    set_rule(story.office.board, "informal_track", value=True)
    counsel, today = story.office.counsel, story.today
    offer = {"side": "board", "text": "An offer.", "terms": [TermData(**PROBATION)], "offered_on": today}
    step(story, "offer_settlement", counsel, **offer)
    step(story, "end_settlement_talks", counsel, reason="Refused by telephone.")
    step(story, "offer_settlement", counsel, **offer)
    signed = {"respondent_signed_on": today, "counsel_signed_on": today, "text": "Both agree."}
    step(story, "sign_settlement", counsel, **signed, deviation="A first offence.")
    story.vote("order", "reject_settlement")
    step(story, "reject_settlement", story.office.director, reasons="Too lenient.")


def postponed(story: Story) -> None:
    """The hearing is postponed and set anew. From `hearing_scheduled`."""
    presiding = story.office.presiding
    row = {"moved_by": "respondent", "reason": "Counsel is ill.", "text": "The hearing is continued."}
    step(story, "continue_hearing", presiding, **row)
    step(story, "reset_hearing", presiding, starts_at=story.at + timedelta(days=30), place="Room 9")


def adopted_by_time(story: Story) -> None:
    """The board is silent, and the proposal becomes its order. From `board_review`, where it recommends a sanction."""
    set_rule(story.office.board, "deemed_adopted", value=True)
    step(story, "deem_adopted", story.wait(120).office.director)


def modified(story: Story) -> None:
    """The board changes what the proposal would do, with its reasons. From `board_review`."""
    director = story.office.director
    step(story, "record_change", director, part="sanction", text="One year.", reasons="The harm was grave.")
    step(story, "withdraw_change", director, number=1, reason="Two years fit better.")
    step(story, "record_change", director, part="sanction", text="Two years.", reasons="The harm was grave.")
    step(story, "draft_sanction", director, **PROBATION)
    story.vote("order", "modify")
    step(story, "issue_order", director, decision="modify", text="Probation.")


def reconsidered(story: Story) -> None:
    """The board looks at its order again and amends it; a second petition is denied. From `order_issued`."""
    office = story.office
    row = {"side": "respondent", "grounds": "A fact was overlooked.", "filed_on": story.today}
    step(story, "take_up_reconsideration", office.manager, **row)
    story.vote("order", "reconsider")
    step(story, "grant_reconsideration", office.director, reasons="It was.")
    step(story, "draft_sanction", office.director, **PROBATION)
    story.vote("order", "amend")
    step(story, "issue_order", office.director, decision="amend", text="Probation.", reasons="It fits better.")
    step(story, "take_up_reconsideration", office.manager, **row)
    story.vote("order", "deny_reconsideration")
    step(story, "deny_reconsideration", office.director, reasons="Nothing new.")


def sealed_record(story: Story) -> BundleExport:
    """A court record that was built, as far as certifying it asks."""
    row = {"digest": "a" * 64, "size": 1, "kind": "pdf", "key": "record", "received_at": story.at}
    stored = StoredFile.objects.create(board_id=story.case.board_id, **row)
    return BundleExport.objects.create(
        board_id=story.case.board_id,
        case=story.case,
        freeze=1,
        edition="court",
        plan='{"exhibits": []}',
        exhibit_count=1,
        withheld_count=0,
        manifest_sha256="b" * 64,
        requested_by="x",
        requested_at=story.at,
        status=ExportStatus.SEALED,
        ended_at=story.at,
        stored_file=stored,
        page_count=212,
    )


def appealed(story: Story) -> None:
    """A court stays the order, gets the certified record, and affirms."""
    manager, today = story.office.manager, story.today
    row = {"court": "Travis County District Court", "number": "D-1", "filed_on": today, "text": "It is wrong."}
    step(story, "record_judicial_review", manager, **row)
    step(story, "record_stay", manager, stay="granted", decided_on=today, text="Stayed.")
    story.wait(1)
    sealed_record(story)
    step(story, "certify_record", story.office.custodian, note="With the exhibits.")
    row = {"outcome": "affirmed", "decided_on": story.today, "text": "The order is affirmed."}
    step(story, "decide_judicial_review", manager, **row)


def asked_to_modify(story: Story) -> None:
    """A petition for other terms comes before the board. From `compliance`, long enough after the order."""
    row = {"kind": "modification", "filed_on": story.today, "text": "I moved to another state."}
    there = story.on(step(story, "file_petition", story.office.manager, **row))
    step(there, "submit_petition", there.office.manager, note="Nothing to hear.")
    story.at = there.at


def _violated(story: Story) -> Story:
    """The story of a petition on a violation, served."""
    row = {"occurred_on": story.today - timedelta(days=3), "text": "No report came."}
    step(story, "report_violation", story.office.monitor, **row)
    row = {"counts": [CountData("Term 1", "No report for May.")], "text": "Revoke the probation."}
    opened = step(story, "petition_violation", story.office.counsel, **row)
    return story.on(opened).to("answer_due")


def violated(story: Story) -> None:
    """A default on one violation, sent back by the board; another one that nobody disputes. From `compliance`."""
    office, first = story.office, _violated(story).wait(22)
    row = {"packet": "Served, and no answer.", "military_affidavit": "Not in service."}
    step(first, "enter_default", office.counsel, **row)
    first.vote("order", "remand")
    step(first, "remand", office.director, reasons="He was in hospital.")
    story.at = first.at
    second = _violated(story)
    row = {"answers": {"1": "not_contested"}, "received_on": second.today, "text": "I do not contest it."}
    step(second, "record_answer", office.manager, **row)
    step(second, "submit_undisputed", office.manager, note="Nothing to hear.")
    story.at = second.at
