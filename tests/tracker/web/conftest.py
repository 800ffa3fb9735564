"""Boards to file with, and a clock for the forms."""

from datetime import date

import pytest

from tests.factories import offices as factory


@pytest.fixture
def offices(db) -> factory.Offices:
    return factory.make_offices()


@pytest.fixture
def today() -> date:
    return date(2026, 6, 3)
