"""The workflow page: the machine of one board drawn from the table and the board's rules, and the same as a table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards import queries as board_queries
from boards.models import Board
from tracker.cases.queries import casefile
from tracker.cases.queries.casefile import Seen
from tracker.cases.queries.readers import Reader
from tracker.errors import OutOfScope
from tracker.web.desk import layout, machinerows
from tracker.web.desk.entry import desk_page, reader_of


@require_safe
@desk_page
def workflow(request: HttpRequest) -> HttpResponse:
    """Every status and step at a board: `?board=` names it by slug, `?case=` marks where a case stands."""
    reader = reader_of(request)
    seen = _marked(request, reader)
    board = _chosen(request, reader, seen)
    on = reader.today(board.pk) if board else reader.at.date()
    in_force = board_queries.rules_in_force(board, on)
    context = {
        "board": board,
        "boards": reader.boards,
        "drawing": layout.draw(lambda row: machinerows.is_offered(row, in_force)),
        "here": seen.case.status if seen else "",
        "case": seen.case if seen else None,
        "rows": machinerows.rows(in_force),
        "settings": machinerows.shaping(in_force),
        "acts": machinerows.act_rows(in_force),
    }
    return render(request, "desk/workflow.html", context)


def _marked(request: HttpRequest, reader: Reader) -> Seen | None:
    docket = request.GET.get("case", "")
    if not docket:
        return None
    try:
        return casefile.find(reader, docket)
    except OutOfScope:
        # A case that is not there, or not for this reader, simply is not marked.
        return None


def _chosen(request: HttpRequest, reader: Reader, seen: Seen | None) -> Board | None:
    """The board asked for, that of the case, or the reader's first; one where they do not work is not told apart."""
    wanted = request.GET.get("board", "")
    by_slug = {board.slug: board for board in reader.boards}
    if wanted in by_slug:
        return by_slug[wanted]
    of_case = [board for board in reader.boards if seen and board.pk == seen.case.board_id]
    return next(iter((*of_case, *reader.boards)), None)
