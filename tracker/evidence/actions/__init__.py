"""Acts on evidence: receive, examine, make anew, describe, link, restrict, hand over, mark, offer, rule."""

from tracker.evidence.actions.custody import transfer_custody
from tracker.evidence.actions.describing import describe_exhibit, link_to_allegation, unlink_from_allegation
from tracker.evidence.actions.marking import (
    mark_exhibit,
    mark_hearing_exhibit,
    offer_exhibit,
    rule_on_exhibit,
    withdraw_mark,
)
from tracker.evidence.actions.processing import process_exhibit, process_waiting
from tracker.evidence.actions.receiving import receive_exhibit, receive_leftovers, receive_staged
from tracker.evidence.actions.redacting import (
    discard_redaction,
    draft_redaction,
    make_redaction,
    redact_waiting,
    run_redaction,
)
from tracker.evidence.actions.reprocessing import reprocess_exhibit, reprocess_exhibits
from tracker.evidence.actions.restricting import classify, lift_restriction, release, restrict_pages, withhold
from tracker.evidence.actions.sharing import share_exhibit

__all__ = [
    "classify",
    "describe_exhibit",
    "discard_redaction",
    "draft_redaction",
    "lift_restriction",
    "link_to_allegation",
    "make_redaction",
    "mark_exhibit",
    "mark_hearing_exhibit",
    "offer_exhibit",
    "process_exhibit",
    "process_waiting",
    "receive_exhibit",
    "receive_leftovers",
    "receive_staged",
    "redact_waiting",
    "release",
    "reprocess_exhibit",
    "reprocess_exhibits",
    "restrict_pages",
    "rule_on_exhibit",
    "run_redaction",
    "share_exhibit",
    "transfer_custody",
    "unlink_from_allegation",
    "withdraw_mark",
    "withhold",
]
