"""An office with everybody who works there, and a complaint just filed with it."""

import pytest

from tests.factories.cases import Story
from tests.factories.staffed import Staffed, make_staffed


@pytest.fixture
def office(db: None) -> Staffed:
    """A hosted board by the default rules: its panel finds probable cause, its executive director approves closures."""
    return make_staffed()


@pytest.fixture
def story(office: Staffed) -> Story:
    """A complaint, filed on March 2, 2026."""
    return Story(office)
