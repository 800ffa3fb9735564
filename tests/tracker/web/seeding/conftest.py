"""The reference data that the demo's stories play on."""

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tracker.audit.actors import Actor
from tracker.directory import actions as directory
from tracker.web.seeding import people

PASSWORD = "a demo password for tests"


@pytest.fixture
def now() -> datetime:
    """The present, once."""
    return timezone.now()


@pytest.fixture
def reference(db: None, now: datetime) -> None:
    """Boards, rules, grounds and closed days from the fixtures."""
    folder = Path(settings.BASE_DIR) / "fixtures"
    directory.load_reference(folder, actor=Actor.system("load_reference"), at=now)


@pytest.fixture
def offices(reference: None, now: datetime) -> dict[str, people.Office]:
    """The demo's people at their boards."""
    return people.make_people(PASSWORD, at=now.replace(year=2025, month=1, day=1))
