"""The queue: the address holds the whole view, so that it can be kept, sent and gone back to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tracker.access import gate
from tracker.access.policy import Permission
from tracker.cases.queries import queue as queue_queries
from tracker.cases.queries.queue import CAP, QueuePage, Wanted
from tracker.cases.queries.readers import Reader
from tracker.cases.states import Priority, Stage
from tracker.web.desk import bulk
from tracker.web.desk.entry import desk_page, reader_of
from tracker.web.forms.desk import QueueForm

VIEW_LABELS = {
    "due": gettext_lazy("Due next"),
    "overdue": gettext_lazy("Overdue"),
    "mine": gettext_lazy("Mine"),
    "unassigned": gettext_lazy("Unassigned"),
    "unverified": gettext_lazy("Priority not verified"),
    "stalled": gettext_lazy("Stuck"),
}
SHOWN_LABELS = {
    "open": gettext_lazy("Open cases"),
    "closed": gettext_lazy("Closed cases"),
    "all": gettext_lazy("Open and closed"),
}


@require_safe
@desk_page
def queue(request: HttpRequest) -> HttpResponse:
    """One page of the queue."""
    reader = reader_of(request)
    form = QueueForm(request.GET, boards=[board.short_code for board in reader.boards])
    wanted = form.wanted()
    page = queue_queries.page(reader, wanted)
    people = queue_queries.assignees(reader)
    context = {
        "page": page,
        "wanted": wanted,
        "reader": reader,
        "cap": CAP,
        "people": people,
        "views": _views(request.GET, wanted, page),
        "facets": _facets(reader, wanted, page),
        "several": bulk.offered(reader) if page.rows else [],
        "most": bulk.MOST,
        "shown": list(SHOWN_LABELS.items()),
        "chips": _chips(request.GET, reader, wanted, dict(people)) if not page.rows else [],
        "links": _links(request.GET, page),
        "may_file": bool(gate.board_ids(reader.user_id, Permission.COMPLAINT_FILE, on=reader.at.date())),
    }
    return render(request, "desk/queue.html", context)


def _address(params: QueryDict, **changes: object) -> str:
    """The same address with some parameters changed; an empty value removes one. Paging starts again."""
    query = params.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query.setlist(name, value if isinstance(value, list) else [str(value)])
    return f"?{query.urlencode()}"


def _views(params: QueryDict, wanted: Wanted, page: QueuePage) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "number": page.views[view],
            "href": _address(params, view=view),
            "is_current": view == wanted.view,
        }
        for view, label in VIEW_LABELS.items()
    ]


def _facets(reader: Reader, wanted: Wanted, page: QueuePage) -> dict[str, list[dict[str, object]]]:
    counts = page.facets
    boards = [(board.short_code, board.short_code, counts.boards) for board in reader.boards]
    stages = [(stage.value, stage.label, counts.stages) for stage in Stage]
    priorities = [(priority.value, priority.label, counts.priorities) for priority in Priority]
    ticked = {"board": wanted.boards, "stage": wanted.stages, "priority": wanted.priorities}
    return {
        name: [
            {"value": value, "label": label, "number": numbers.get(value, 0), "is_ticked": value in ticked[name]}
            for value, label, numbers in rows
        ]
        for name, rows in (("board", boards), ("stage", stages), ("priority", priorities))
    }


def _chips(params: QueryDict, reader: Reader, wanted: Wanted, people: dict[UUID, str]) -> list[dict[str, object]]:
    """The filters of an empty page, each with the address without it and what that would show."""
    chips = []
    for name, values, labels in (
        ("board", wanted.boards, {code: code for code in wanted.boards}),
        ("stage", wanted.stages, dict(Stage.choices)),
        ("priority", wanted.priorities, dict(Priority.choices)),
    ):
        for value in values:
            rest = [one for one in values if one != value]
            chips.append((labels[value], _address(params, **{name: rest})))
    if wanted.words:
        chips.append((f"“{wanted.words}”", _address(params, q="")))
    if wanted.assigned:
        chips.append((people.get(wanted.assigned, _("Assigned person")), _address(params, assigned="")))
    return [{"label": label, "href": href, "number": _would_show(href, reader)} for label, href in chips]


def _would_show(href: str, reader: Reader) -> int:
    form = QueueForm(QueryDict(href[1:]), boards=[board.short_code for board in reader.boards])
    return queue_queries.page(reader, form.wanted()).total


def _links(params: QueryDict, page: QueuePage) -> dict[str, str]:
    links = {
        "by_due": _address(params, sort=""),
        "by_age": _address(params, sort="age"),
        "clear": "?",
    }
    for name, edge, key in (("earlier", page.earlier, "before"), ("later", page.later, "after")):
        if edge:
            links[name] = _address(params, **{key: f"{edge[0]}~{edge[1]}"})
    return links
