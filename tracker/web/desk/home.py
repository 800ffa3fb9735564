"""Home: what needs an act, my work, what is due, how much there is, and how filings and closings went."""

import csv
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tracker.access import gate
from tracker.access import queries as access_queries
from tracker.access.policy import Permission
from tracker.cases.queries import dashboard
from tracker.cases.queries.dashboard import Alert, Month
from tracker.cases.queries.queue import CAP
from tracker.cases.queries.readers import Reader
from tracker.web.desk import chart, story
from tracker.web.desk.entry import desk_page, reader_of


@require_safe
@desk_page
def home(request: HttpRequest) -> HttpResponse:
    """The home page."""
    reader = reader_of(request)
    found = dashboard.home(reader)
    day = reader.today(reader.boards[0].pk) if reader.boards else reader.at.date()
    delegates = gate.board_ids(reader.user_id, Permission.DELEGATE, on=reader.at.date())
    context = {
        "home": found,
        "standing_in": access_queries.stands_in_for(reader.user_id, reader.at.date()),
        "deputies": [board for board in reader.boards if board.pk in delegates],
        "reader": reader,
        "cap": CAP,
        "day": day,
        "alerts": [_alert(alert, day) for alert in found.alerts],
        "chart": chart.draw(found.months) if found.months else None,
        "totals": _totals(found, reader),
        "may_file": bool(gate.board_ids(reader.user_id, Permission.COMPLAINT_FILE, on=reader.at.date())),
    }
    return render(request, "desk/home.html", context)


@require_safe
@desk_page
def months_csv(request: HttpRequest) -> HttpResponse:
    """The numbers behind the chart."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="filed-and-closed.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Month"), _("Filed"), _("Closed")])
    for month in dashboard.months(reader_of(request)):
        writer.writerow([f"{month.day:%Y-%m}", month.filed, month.closed])
    return response


def _alert(alert: Alert, reader_day: date) -> dict[str, str]:
    words = {
        "screen": ngettext(
            "%(n)s complaint has had no danger screen in time",
            "%(n)s complaints have had no danger screen in time",
            alert.number,
        ),
        "emergency": ngettext(
            "%(n)s emergency waits for a decision", "%(n)s emergencies wait for a decision", alert.number
        ),
        "unverified": ngettext(
            "%(n)s priority waits for a second person", "%(n)s priorities wait for a second person", alert.number
        ),
        "conflict": ngettext(
            "%(n)s case is held by somebody with a conflict",
            "%(n)s cases are held by somebody with a conflict",
            alert.number,
        ),
        "review": ngettext(
            "%(n)s hold or abeyance is to be reviewed", "%(n)s holds or abeyances are to be reviewed", alert.number
        ),
        "stalled": ngettext(
            "Nothing was done in %(n)s case for long", "Nothing was done in %(n)s cases for long", alert.number
        ),
    }[alert.kind] % {"n": alert.number}
    day = story.short(alert.day, reader_day) if alert.day else ""
    more = {
        "screen": _("%(docket)s, due %(day)s. Begin its review now"),
        "emergency": _("%(docket)s, decide on emergency action by %(day)s"),
        "unverified": _("Work may not start before they are verified"),
        "conflict": _("%(docket)s. Nobody else does that part of it: assign another"),
        "review": _("First: %(docket)s, since %(day)s"),
        "stalled": _("Longest: %(docket)s, at its status since %(day)s"),
    }[alert.kind] % {"docket": alert.docket, "day": day}
    href = f"{reverse('desk:queue')}?view={alert.view}" if alert.view else reverse("desk:case", args=[alert.docket])
    grave = alert.kind in ("screen", "emergency")
    icon = "error" if grave else "warning" if alert.kind in ("unverified", "conflict") else "hourglass_empty"
    return {"words": words, "more": more, "href": href, "css": "bad" if grave else "", "icon": icon}


def _totals(found: dashboard.Home, reader: Reader) -> dict[str, object]:
    columns = [sum(row.by_board[index][1] for row in found.stages) for index in range(len(reader.boards))]
    return {"boards": columns, "all": sum(columns), "months": _summary(found.months)}


def _summary(months: list[Month]) -> str:
    filed, closed = sum(month.filed for month in months), sum(month.closed for month in months)
    if not months:
        return ""
    words = _("In 12 months: %(filed)s filed, %(closed)s closed.") % {"filed": filed, "closed": closed}
    if filed:
        words += " " + _("Clearance rate %(rate)s%%.") % {"rate": round(100 * closed / filed)}
    return words
