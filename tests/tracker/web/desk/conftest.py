"""An office with cases, and a browser signed in as any of its people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.docketed import Docketed
from tests.factories.staffed import make_staffed


@pytest.fixture
def office(db):
    """A hosted board with everybody who works there."""
    return make_staffed()


@pytest.fixture
def filed(office):
    """A case that was just filed."""
    return Docketed(office).file()


@pytest.fixture
def scheduled(office):
    """A case before its hearing: E-1 offered, E-2 marked, E-3 neither."""
    return Docketed(office).scheduled()


@pytest.fixture
def open_as(client):
    """Get a page as somebody: `open_as(office.counsel, "/desk/")`."""

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
def count_as(client):
    """How many queries a page takes for somebody: `count_as(office.counsel, "/desk/")`."""

    def count(person, path, **params):
        client.force_login(person)
        with CaptureQueriesContext(connection) as queries:
            client.get(path, params)
        return len(queries)

    return count
