"""The workflow page: the machine drawn from its table, and the same as a table."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.access.policy import who_may
from tracker.cases.clocks import DeadlineKind
from tracker.cases.queries import casefile
from tracker.cases.queries.casefile import Seen
from tracker.cases.steptable import ACTS, TRANSITIONS, Transition
from tracker.errors import OutOfScope
from tracker.notices.kinds import KINDS
from tracker.web.desk import layout
from tracker.web.desk.entry import desk_page, reader_of


@require_safe
@desk_page
def workflow(request: HttpRequest) -> HttpResponse:
    """Every status and step; with `?case=` also where that case stands."""
    seen = _marked(request)
    context = {
        "drawing": layout.draw(),
        "here": seen.case.status if seen else "",
        "case": seen.case if seen else None,
        "rows": [_row(row) for row in TRANSITIONS],
        "acts": [{"label": act.label, "who": who_may(act.needs), "guards": _texts(act.guards)} for act in ACTS],
    }
    return render(request, "desk/workflow.html", context)


def _marked(request: HttpRequest) -> Seen | None:
    docket = request.GET.get("case", "")
    if not docket:
        return None
    try:
        return casefile.find(reader_of(request), docket)
    except OutOfScope:
        # A case that is not there, or not for this reader, simply is not marked.
        return None


def _row(row: Transition) -> dict[str, object]:
    clocks = [("opens", row.opens), ("closes", row.closes), ("renews", row.renews)]
    return {
        "number": row.number,
        "label": row.label,
        "sources": [source.label for source in row.sources],
        "target": row.target.label if row.target else "",
        "actor": row.actor,
        "roles": who_may(row.needs),
        "guards": _texts(row.guards),
        "documents": [document.label for document in row.documents],
        "letters": [KINDS[code].title for code in row.letters],
        "clocks": {name: [DeadlineKind(kind).label for kind in kinds] for name, kinds in clocks if kinds},
        "offered": row.offered,
    }


def _texts(guards: Iterable) -> list:
    return [guard.text for guard in guards]
