"""What the demo promises to show, each as a question to its database that counts the cases which show it."""

import contextlib
import sqlite3
from pathlib import Path

CASES = "SELECT count(DISTINCT c.id) FROM tracker_case AS c"
SHOWN = {
    "expert review": "WHERE c.status = 'expert_review'",
    "settlement under negotiation, with an open counter-offer": """JOIN tracker_settlement AS s ON s.case_id = c.id
        WHERE s.state = 'open' AND s.side = 'respondent' AND EXISTS (SELECT 1 FROM tracker_settlement AS o
        WHERE o.case_id = c.id AND o.state = 'countered')""",
    "settlement before the board": "JOIN tracker_settlement AS s ON s.case_id = c.id WHERE s.state = 'signed'",
    "settlement accepted, in compliance": """JOIN tracker_settlement AS s ON s.case_id = c.id
        WHERE s.state = 'accepted' AND c.status = 'compliance' AND c.charged_at IS NOT NULL""",
    "settlement rejected, back before the hearing": """JOIN tracker_settlement AS s ON s.case_id = c.id
        WHERE s.state = 'rejected' AND c.status = 'prehearing'""",
    "informal track: settled before charges": """JOIN tracker_settlement AS s ON s.case_id = c.id
        JOIN boards_board AS b ON b.id = c.board_id WHERE s.state = 'accepted'
        AND s.from_status = 'probable_cause_review' AND c.charged_at IS NULL AND b.slug = 'wa-doh-counselors'""",
    "default before the board": """JOIN tracker_chargingdocument AS d ON d.case_id = c.id
        WHERE d.defaulted_at IS NOT NULL AND c.status = 'board_review'""",
    "default decided": "JOIN tracker_order AS o ON o.case_id = c.id WHERE o.decision = 'default'",
    "undisputed charges with an election of rights": """JOIN tracker_order AS o ON o.case_id = c.id
        JOIN tracker_chargingdocument AS d ON d.case_id = c.id
        WHERE o.decision = 'decide' AND d.election = 'informal'""",
    "hearing postponed": "WHERE c.status = 'continued'",
    "hearing set anew": """JOIN tracker_hearing AS h ON h.case_id = c.id
        WHERE c.status = 'hearing_scheduled' AND h.vacated_at IS NOT NULL""",
    "proposal modified, with reasons for each change": """JOIN tracker_order AS o ON o.case_id = c.id
        WHERE o.decision = 'modify' AND (SELECT count(*) FROM tracker_decisionchange AS d
        WHERE d.case_id = c.id AND d.reasons <> '') > 1""",
    "proposal rejected": "JOIN tracker_order AS o ON o.case_id = c.id WHERE o.decision = 'reject'",
    "proposal deemed adopted": "JOIN tracker_order AS o ON o.case_id = c.id WHERE o.decision = 'deemed'",
    "sent back to the presiding officer": """JOIN tracker_casedocument AS d ON d.case_id = c.id
        WHERE d.kind = 'remand' AND c.status = 'hearing_scheduled'""",
    "reconsideration asked": """JOIN tracker_reconsideration AS r ON r.case_id = c.id
        WHERE r.decided_on IS NULL AND c.status = 'reconsideration'""",
    "reconsideration denied by silence": """JOIN tracker_reconsideration AS r ON r.case_id = c.id
        WHERE r.by_time AND NOT r.granted""",
    "reconsideration granted": """JOIN tracker_order AS o ON o.case_id = c.id WHERE o.decision = 'amend'""",
    "judicial review pending, the order stayed": """JOIN tracker_order AS o ON o.case_id = c.id
        WHERE c.status = 'judicial_review' AND o.stayed_on IS NOT NULL AND o.stay_lifted_on IS NULL""",
    "affirmed by a court, on a certified record": """JOIN tracker_judicialreview AS j ON j.case_id = c.id
        JOIN tracker_bundleexport AS e ON e.case_id = c.id WHERE j.outcome = 'affirmed' AND j.certified_pages > 0
        AND e.edition = 'court' AND e.status = 'sealed'""",
    "reversed by a court, its report void": """JOIN tracker_order AS o ON o.case_id = c.id
        WHERE o.reversed_on IS NOT NULL AND o.npdb_voided_on IS NOT NULL""",
    "sent back by a court": """JOIN tracker_judicialreview AS j ON j.case_id = c.id
        WHERE j.outcome = 'remanded' AND c.status = 'board_review'""",
    "summary suspension merged into the order": """JOIN tracker_emergencyaction AS e ON e.case_id = c.id
        WHERE e.code = 'SUMMARY_SUSPENSION' AND e.end = 'merged' AND e.merged_into_id IS NOT NULL""",
    "emergency restriction in force": """JOIN tracker_emergencyaction AS e ON e.case_id = c.id
        WHERE e.code = 'EMERGENCY_RESTRICTION' AND e.ended_at IS NULL""",
    "agreement to refrain from practice": """JOIN tracker_emergencyaction AS e ON e.case_id = c.id
        WHERE e.code = 'INTERIM_AGREEMENT' AND e.ended_at IS NULL""",
    "abeyance": """JOIN tracker_overlay AS o ON o.case_id = c.id
        WHERE o.kind = 'abeyance' AND o.ended_at IS NULL""",
    "hold with a day of review": """JOIN tracker_overlay AS o ON o.case_id = c.id
        WHERE o.kind = 'hold' AND o.ended_at IS NULL AND o.review_on IS NOT NULL""",
    "seal": """JOIN tracker_overlay AS o ON o.case_id = c.id
        WHERE o.kind = 'seal' AND o.ended_at IS NULL AND c.sealed_at IS NOT NULL""",
    "recusal": "JOIN tracker_conflictdeclaration AS d ON d.case_id = c.id WHERE d.has_conflict",
    "withdrawal asked": """JOIN tracker_casedocument AS d ON d.case_id = c.id WHERE d.kind = 'withdrawal'
        AND NOT EXISTS (SELECT 1 FROM tracker_casedocument AS a WHERE a.case_id = c.id
        AND a.kind = 'withdrawal_answer')""",
    "withdrawal answered": """JOIN tracker_casedocument AS d ON d.case_id = c.id
        WHERE d.kind = 'withdrawal_answer'""",
    "linked: consolidated": "JOIN tracker_caselink AS l ON l.case_id = c.id WHERE l.kind = 'consolidated'",
    "linked: same respondent": "JOIN tracker_caselink AS l ON l.case_id = c.id WHERE l.kind = 'same_respondent'",
    "linked: another board": "JOIN tracker_caselink AS l ON l.case_id = c.id WHERE l.kind = 'cross_board'",
    "linked: duplicate": "JOIN tracker_caselink AS l ON l.case_id = c.id WHERE l.kind = 'duplicate'",
    "companion with shared evidence": """JOIN tracker_caselink AS l ON l.case_id = c.id
        JOIN tracker_exhibit AS e ON e.case_id = c.id WHERE l.kind = 'same_complaint' AND e.shares_id IS NOT NULL""",
    "probation running": """JOIN tracker_order AS o ON o.case_id = c.id
        JOIN tracker_sanction AS s ON s.order_id = o.id WHERE c.status = 'compliance' AND s.code = 'PROBATION'
        AND s.met_on IS NULL""",
    "probation breached: a petition with counts of its own": """JOIN tracker_violationreport AS v
        ON v.petition_id = c.id JOIN tracker_chargingdocument AS d ON d.case_id = c.id
        JOIN tracker_count AS n ON n.charges_id = d.id WHERE c.kind = 'violation' AND c.status = 'answer_due'""",
    "probation ended": "WHERE c.status = 'closed' AND c.disposition = 'PROBATION'",
    "reinstatement granted": """JOIN tracker_order AS o ON o.case_id = c.id
        WHERE c.kind = 'reinstatement' AND o.outcome = 'REINSTATED'""",
    "reinstatement asked": "WHERE c.kind = 'reinstatement' AND c.status = 'prehearing'",
    "modification asked": "WHERE c.kind = 'modification' AND c.status = 'prehearing'",
    "early termination granted": """JOIN tracker_order AS o ON o.case_id = c.id
        WHERE c.kind = 'early_termination' AND o.outcome = 'REDUCED'""",
    "reopened": """JOIN tracker_disposition AS d ON d.case_id = c.id
        WHERE d.ends_at IS NOT NULL AND c.status = 'investigating'""",
    "ex-parte contact disclosed": "JOIN tracker_expartecontact AS x ON x.case_id = c.id",
}
# A deputy stands in at a board, not on a case.
DEPUTY = "SELECT count(*) FROM tracker_delegation WHERE ended_at IS NULL"


def missing(database: Path) -> list[str]:
    """What of it no case of a demo's database shows."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reading:
        asked = {name: " ".join((CASES, rest)) for name, rest in SHOWN.items()}
        asked["deputy"] = DEPUTY
        return [name for name, question in asked.items() if not reading.execute(question).fetchone()[0]]


def reached(database: Path) -> tuple[set[str], set[str]]:
    """The statuses at which its cases stand, and the dispositions of the closed ones."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as reading:
        rows = reading.execute("SELECT status, disposition FROM tracker_case").fetchall()
    return {status for status, _ending in rows}, {ending for _status, ending in rows if ending}
