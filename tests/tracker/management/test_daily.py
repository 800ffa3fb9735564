"""`manage.py daily`: the daily round by hand."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed


@pytest.mark.django_db
def test_what_was_done_is_printed_and_the_second_time_nothing() -> None:
    story, out = Story(make_staffed(), at=datetime.now(UTC) - timedelta(days=12)), io.StringIO()
    call_command("daily", stdout=out)
    assert f"{story.docket}: danger_screen, escalated" in out.getvalue()
    out = io.StringIO()
    call_command("daily", stdout=out)
    assert out.getvalue() == "Nothing was due.\n"
