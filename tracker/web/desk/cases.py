"""The case page: the whole file for those who may see it, the hearing record for everyone else it is shown to."""

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards.rules import RuleValue
from tracker.access.policy import Permission
from tracker.audit import queries as audit_queries
from tracker.cases.clocks import DeadlineKind
from tracker.cases.queries import casefile, matrix, nextsteps, people
from tracker.cases.queries.casefile import Seen
from tracker.cases.states import DISPOSITIONS, Stage, Status
from tracker.hearings import rules
from tracker.notices import queries as letters
from tracker.web.desk import exhibits, story
from tracker.web.desk.entry import desk_page, seen_case

RECORD_STAGES = (Stage.HEARING, Stage.DISPOSITION)


@require_safe
@desk_page
def case(request: HttpRequest, docket: str) -> HttpResponse:
    """The page of a case, as its reader may see it."""
    seen = seen_case(request, docket)
    if not seen.is_whole:
        return show(request, seen, "desk/record.html", shared(seen, casefile.rules(seen)))
    return show(request, seen, "desk/case.html", whole(seen, request.GET.get("timeline", "")))


def show(
    request: HttpRequest, seen: Seen, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """A page of a case, with all its times on the clock of the case's board."""
    with timezone.override(seen.case.board.zone):
        return render(request, template, {**header(seen), **context}, status=status)


def header(seen: Seen) -> dict[str, object]:
    """What stands on top of every page of a case."""
    involved = people.people(seen)
    return {
        "seen": seen,
        "case": seen.case,
        "board": seen.case.board,
        "today": seen.today,
        "status": Status(seen.case.status).label,
        "disposition": DISPOSITIONS[seen.case.disposition].label if seen.case.disposition else "",
        "people": involved,
        "respondent": next((person for person in involved if person.role == "respondent"), None),
        "is_emergency": seen.is_whole and seen.case.is_emergency,
    }


def shared(seen: Seen, in_force: Mapping[str, RuleValue]) -> dict[str, object]:
    """What the whole file and the record have in common, each as far as it goes."""
    at = seen.reader.at
    found = exhibits.rows(seen)
    return {
        "days": _days(seen),
        "tracker": _tracker(seen),
        "privacy": _privacy(seen, in_force),
        "places": people.places(seen),
        "steps": nextsteps.steps(seen, at=at),
        "deadlines": casefile.deadlines(seen),
        "counts": matrix.counts(seen),
        "exhibits": found,
        "exhibit_words": exhibits.heading(found),
        "documents": casefile.documents(seen),
        "hearings": casefile.hearings(seen),
        "orders": [_order(order) for order in casefile.orders(seen)],
    }


def whole(seen: Seen, group: str) -> dict[str, object]:
    """The whole file, for those who may see it."""
    at = seen.reader.at
    in_force = casefile.rules(seen)
    common = shared(seen, in_force)
    target = (row for row in common["deadlines"] if row.kind == DeadlineKind.INVESTIGATION_TARGET)
    entries = casefile.timeline(seen)
    return {
        **common,
        "board_priority": casefile.priority_words(in_force, seen.case.priority),
        "verified_on": casefile.verified_on(seen),
        "target": next(target, None),
        "matrix": matrix.matrix(seen),
        "notes": casefile.notes(seen),
        "votes": [(vote, _decision(vote.decision)) for vote in casefile.votes(seen)],
        "letters": letters.letters_of_case(seen.case.pk),
        "timeline": story.lines(seen, entries, group),
        "groups": story.groups(entries, group),
        "entries": len(entries),
        "report": audit_queries.chain_report(seen.case.pk),
        "may_receive": casefile.may(seen, Permission.EVIDENCE_RECEIVE, at=at),
        "may_export": casefile.may(seen, Permission.BUNDLE_EXPORT, at=at),
    }


def _order(order: object) -> dict[str, object]:
    return {"order": order, "sanctions": [(row, _sanction(row)) for row in order.sanctions.all()]}


def _decision(code: str) -> object:
    return DISPOSITIONS[code].label if code in DISPOSITIONS else dict(rules.Decision.choices).get(code, code)


def _sanction(row: object) -> str:
    return rules.describe(row.code, days=row.days, amount_cents=row.amount_cents, terms=row.terms)


def _days(seen: Seen) -> int:
    closed = seen.case.closed_at
    last = seen.reader.local(seen.case.board_id, closed) if closed else seen.today
    first = seen.case.received_at if seen.is_whole else seen.case.charged_at
    return max(0, (last - seen.reader.local(seen.case.board_id, first)).days)


def _tracker(seen: Seen) -> dict[str, str]:
    """The dates beside the four stages. The record does not tell when the file was opened and investigated."""
    notes = {}
    for stage, (entered, left) in casefile.stage_notes(seen).items():
        if not seen.is_whole and stage not in RECORD_STAGES:
            continue
        if left is None and not seen.case.is_closed:
            days = (seen.today - entered).days
            notes[stage] = _("since %(day)s, %(n)s days") % {"day": story.short(entered, seen.today), "n": days}
        else:
            end = left or seen.reader.local(seen.case.board_id, seen.case.closed_at)
            span = {"first": story.short(entered, seen.today), "last": story.short(end, seen.today)}
            notes[stage] = _("%(first)s to %(last)s") % span
    return notes


def _privacy(seen: Seen, in_force: Mapping[str, RuleValue]) -> dict[str, object]:
    """Confidential until the board's own event has come; then public since that day."""
    rule = in_force["public_from"]
    charged = seen.case.charged_at
    moments = {"charges": charged, "probable_cause": charged, "order": seen.case.decided_at, "never": None}
    moment = moments[rule.value["event"]]
    if moment is None:
        return {"since": None, "rule": rule.citation}
    since = seen.reader.local(seen.case.board_id, moment)
    since += timedelta(days=rule.value["plus_days"])
    return {"since": since if since <= seen.today else None, "rule": rule.citation}
