"""Two boards, the people of the first, and a browser signed in as any of them at the admin site."""

import json
from datetime import date

import pytest
from django.db import connection
from django.forms import CheckboxInput, MultiWidget
from django.test.utils import CaptureQueriesContext

from tests.factories.office import make_board, make_person
from tests.factories.staffed import make_staffed
from tracker.access.policy import Role
from tracker.audit.models import LedgerEntry, LedgerPrivate


@pytest.fixture
def office(db):
    """A hosted board with everybody who works there."""
    return make_staffed()


@pytest.fixture
def other(office):
    """A board of the same state where nobody of the office works."""
    return make_board("tx-two", "TWO")


@pytest.fixture
def other_administrator(other):
    return make_person(other, Role.ADMINISTRATOR)


@pytest.fixture
def open_as(client):
    """Get a page as somebody: `open_as(office.administrator, "/admin/")`."""

    def get(person, path, **params):
        client.force_login(person)
        return client.get(path, params)

    return get


@pytest.fixture
def send_as(client):
    """Post a form as somebody."""

    def post(person, path, data=None):
        client.force_login(person)
        return client.post(path, data or {})

    return post


@pytest.fixture
def save_as(open_as, send_as):
    """Open a form as somebody, change some of its controls, and send it: what a browser would do."""

    def save(person, path, **changes):
        page = open_as(person, path)
        assert page.status_code == 200
        return send_as(person, path, {**filled(page.context["adminform"].form), **changes})

    return save


@pytest.fixture
def count_as(client):
    """How many queries a page takes for somebody."""

    def count(person, path, **params):
        client.force_login(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path, params).status_code == 200
        return len(queries)

    return count


@pytest.fixture
def entries():
    """The ledger since the fixture was asked for: `entries()` gives events, facts and private parts."""
    before = set(LedgerEntry.objects.values_list("pk", flat=True))

    def found():
        rows = LedgerEntry.objects.exclude(pk__in=before).order_by("recorded_at", "seq")
        parts = dict(LedgerPrivate.objects.values_list("entry", "body"))
        return [(row.event, json.loads(row.body), json.loads(parts.get(row.pk, "{}"))) for row in rows]

    return found


def filled(form):
    """What a browser would send of a form as it is shown."""
    data = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(widget, MultiWidget):
            parts = value if isinstance(value, list) else widget.decompress(value)
            data |= {f"{bound.html_name}_{code}": part for code, part in zip(("en", "es"), parts, strict=True)}
        elif isinstance(widget, CheckboxInput):
            data |= {bound.html_name: "on"} if value else {}
        elif isinstance(value, list | tuple):
            data[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
        else:
            data[bound.html_name] = value.isoformat() if isinstance(value, date) else "" if value is None else value
    return data


def errors_of(page):
    """Every error a form shows, by field; under an empty name those above the fields."""
    assert page.status_code == 200
    return {name.replace("__all__", ""): list(found) for name, found in page.context["adminform"].form.errors.items()}
