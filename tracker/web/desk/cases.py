"""The case page: the whole file for those who may see it, the hearing record for everyone else it is shown to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.access.policy import Permission
from tracker.cases import decisions, facts
from tracker.cases.clocks import DeadlineKind
from tracker.cases.queries import casefile, links, matrix, nextsteps, overlays, people, publicity, retained
from tracker.cases.queries.casefile import Seen
from tracker.cases.states import DISPOSITIONS, Stage, Status
from tracker.hearings import orderrules, rules
from tracker.hearings import queries as hearing_queries
from tracker.notices import queries as letters
from tracker.web.desk import exhibits, stepgroups, story
from tracker.web.desk.entry import desk_page, seen_case

RECORD_STAGES = (Stage.HEARING, Stage.DISPOSITION)
STAGES = tuple(Stage)
Spans = Mapping[str, tuple[date, date | None]]


@require_safe
@desk_page
def case(request: HttpRequest, docket: str) -> HttpResponse:
    """The page of a case, as its reader may see it."""
    seen = seen_case(request, docket)
    if not seen.is_whole:
        return show(request, seen, "desk/record.html", shared(seen))
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
        "is_emergency": seen.is_whole and seen.case.is_emergency and not seen.case.is_closed,
        "over": overlays.in_force(seen),
    }


def shared(seen: Seen) -> dict[str, object]:
    """What the whole file and the record have in common, each as far as it goes."""
    at = seen.reader.at
    found, steps = exhibits.rows(seen), nextsteps.steps(seen, at=at)
    spans = casefile.stage_notes(seen)
    return {
        "days": _days(seen),
        "tracker": _tracker(seen, spans),
        "skipped": _skipped(seen, spans),
        "privacy": _privacy(seen),
        "places": people.places(seen),
        "linked": links.linked(seen),
        "recused": overlays.recused_for(seen),
        "steps": steps,
        "listed": stepgroups.listed(steps, _place(seen)),
        "deadlines": casefile.deadlines(seen),
        "counts": matrix.counts(seen),
        "exhibits": found,
        "exhibit_words": exhibits.heading(found),
        "documents": casefile.documents(seen),
        "hearings": casefile.hearings(seen),
        "orders": _orders(casefile.orders(seen)),
        "reviews": hearing_queries.reviews(seen),
        "violations": hearing_queries.violations(seen),
        "endings": casefile.dispositions(seen),
    }


def whole(seen: Seen, group: str) -> dict[str, object]:
    """The whole file, for those who may see it."""
    at = seen.reader.at
    common = shared(seen)
    target = (row for row in common["deadlines"] if row.kind == DeadlineKind.INVESTIGATION_TARGET)
    entries, report = casefile.proved_timeline(seen)
    return {
        **common,
        "board_priority": casefile.priority_words(seen.rules, seen.case.priority),
        "verified_on": casefile.verified_on(seen),
        "target": next(target, None),
        "matrix": matrix.matrix(seen),
        "changes": _unprinted(hearing_queries.changes(seen), common["orders"]),
        "talks": _talks(seen),
        "notes": casefile.notes(seen),
        "votes": [(vote, _decision(vote.decision)) for vote in casefile.votes(seen)],
        "letters": letters.letters_of_case(seen.case.pk, but=seen.hides_letters),
        "timeline": story.lines(seen, entries, group),
        "groups": story.groups(entries, group),
        "entries": len(entries),
        "report": report,
        "kept": retained.kept(seen),
        "may_receive": casefile.may(seen, Permission.EVIDENCE_RECEIVE, at=at),
        "may_export": casefile.may(seen, Permission.BUNDLE_EXPORT, at=at),
    }


def _talks(seen: Seen) -> list[tuple[object, list[str], bool]]:
    """Offers with their terms, and whether each ended only because the case was decided or closed."""
    offers = hearing_queries.offers(seen)
    lapsed = hearing_queries.lapsed(seen, offers)
    return [(row, [_sanction(term) for term in row.terms.all()], row.number in lapsed) for row in offers]


def _orders(orders: list) -> list[dict[str, object]]:
    return [
        {
            "order": order,
            "sanctions": [(row, _sanction(row)) for row in order.sanctions.all()],
            "marks": hearing_queries.marks(order, orders),
            "basis": orderrules.BASIS.get(order.decision, ""),
            "outcome": DISPOSITIONS[order.outcome].label if order.outcome else "",
        }
        for order in orders
    ]


def _unprinted(changes: Sequence[Any], orders: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The board's changes that no order has printed yet; an issued order shows its own."""
    issued = [row["order"].issued_at for row in orders if row["order"].issued_at]
    return [change for change in changes if not issued or change.recorded_at > max(issued)]


def _place(seen: Seen) -> stepgroups.Place:
    """What decides which steps have a meaning; what lies before the board is for those who may know of talks."""
    case = seen.case
    return stepgroups.Place(
        case.status,
        kind=case.kind,
        before=facts.before_board(case) if seen.sees_talks else None,
        adopts_by_time=bool(seen.rules["deemed_adopted"].value),
        was_decided=case.decided_at is not None,
    )


def _decision(code: str) -> object:
    return DISPOSITIONS[code].label if code in DISPOSITIONS else decisions.LABELS.get(code, code)


def _sanction(row: object) -> str:
    return rules.describe(row.code, days=row.days, amount_cents=row.amount_cents, terms=row.terms)


def _days(seen: Seen) -> int:
    closed = seen.case.closed_at
    last = seen.reader.local(seen.case.board_id, closed) if closed else seen.today
    first = seen.case.received_at if seen.is_whole else seen.case.charged_at or seen.case.stipulated_at
    return max(0, (last - seen.reader.local(seen.case.board_id, first)).days)


def _tracker(seen: Seen, spans: Spans) -> dict[str, str]:
    """The dates beside the four stages. The record does not tell when the file was opened and investigated."""
    notes = {}
    for stage, (entered, left) in spans.items():
        if not seen.is_whole and stage not in RECORD_STAGES:
            continue
        if left is not None and STAGES.index(Stage(stage)) > STAGES.index(Stage(seen.case.stage)):
            notes[stage] = _("until %(day)s") % {"day": story.short(left, seen.today)}
        elif left is None and not seen.case.is_closed:
            days = (seen.today - entered).days
            notes[stage] = _("since %(day)s, %(n)s days") % {"day": story.short(entered, seen.today), "n": days}
        else:
            end = left or seen.reader.local(seen.case.board_id, seen.case.closed_at)
            span = {"first": story.short(entered, seen.today), "last": story.short(end, seen.today)}
            notes[stage] = _("%(first)s to %(last)s") % span
    return notes


def _skipped(seen: Seen, spans: Spans) -> list[str]:
    """The stages that the case went past: it was closed before them, or began after them."""
    here = STAGES.index(Stage(seen.case.stage))
    return [str(stage) for stage in STAGES[:here] if str(stage) not in spans]


def _privacy(seen: Seen) -> dict[str, object]:
    """Confidential until the board's own event has come; then public since that day."""
    rule = seen.rules["public_from"]
    since = publicity.public_since(seen.case, rule.value)
    return {"since": since if since and since <= seen.today else None, "rule": rule.citation}
