"""A case in plain values, for `case_status`: judged by the case, not by a role."""

from datetime import datetime
from typing import Any

from tracker.cases import facts as case_facts
from tracker.cases import workflow
from tracker.cases.models import Case, Deadline
from tracker.cases.queries import lookups


def describe(case: Case, *, at: datetime) -> dict[str, Any]:
    """Everything `case_status --format json` prints; keys and types are documented in docs/commands.md."""
    facts = case_facts.gather(case, at=at)
    options = workflow.options(facts)
    return {
        "docket": case.docket,
        "board": case.board.slug,
        "stage": case.stage,
        "status": case.status,
        "priority": case.priority or None,
        "disposition": case.disposition,
        "open_steps": [{"step": o.key, "label": str(o.label)} for o in options if o.is_open],
        "closed_steps": [
            {"step": o.key, "label": str(o.label), "reasons": list(o.reasons)} for o in options if not o.is_open
        ],
        "deadlines": [_deadline(row, facts.today) for row in lookups.deadlines_of(case)],
        "exhibits": [_exhibit(row) for row in case.exhibits.select_related("stored_file").prefetch_related("markings")],
    }


def _deadline(row: Deadline, today: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "due_on": row.due_on.isoformat(),
        "state": str(row.state_on(today)),
        "explanation": row.explanation,
    }


def _exhibit(row: Any) -> dict[str, Any]:
    marking = row.marking
    return {
        "exhibit": row.key,
        "title": row.title,
        "state": str(row.state),
        "renderable": row.is_renderable,
        "pages": row.page_count,
        "mark": marking.mark if marking else None,
        "mark_state": str(marking.state) if marking else None,
        "sha256": row.stored_file.digest,
        "bytes": row.stored_file.size,
    }


def as_text(status: dict[str, Any]) -> list[str]:
    """The same for people, one line per item."""
    lines = [
        f"{status['docket']}  {status['board']}",
        f"stage {status['stage']}, status {status['status']}, priority {status['priority'] or '-'}, "
        f"disposition {status['disposition'] or '-'}",
    ]
    lines += [f"open    {step['step']}: {step['label']}" for step in status["open_steps"]]
    for step in status["closed_steps"]:
        lines.append(f"closed  {step['step']}: {' '.join(step['reasons'])}")
    lines += [f"{row['state']:<8}{row['due_on']}  {row['kind']}: {row['explanation']}" for row in status["deadlines"]]
    for row in status["exhibits"]:
        marked = f", {row['mark_state']} as {row['mark']}" if row["mark"] else ""
        lines.append(f"exhibit {row['exhibit']}  {row['state']}{marked}  {row['sha256']}")
    return lines
