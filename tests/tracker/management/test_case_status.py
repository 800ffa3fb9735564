"""`manage.py case_status`: where a case stands, as text and as JSON."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("case_status", *arguments, stdout=out)
    return out.getvalue()


def test_as_json_and_as_text() -> None:
    story = Story(make_staffed()).to("intake_review")
    status = json.loads(run(story.docket.lower(), "--format", "json"))
    assert (status["docket"], status["status"], status["priority"]) == (story.docket, "intake_review", "high")
    assert {step["step"] for step in status["open_steps"]} >= {"request_information", "verify_priority"}
    assert run(story.docket).splitlines()[1] == "stage filed, status intake_review, priority high, disposition -"


def test_an_unknown_docket_is_told() -> None:
    with pytest.raises(CommandError, match="There is no case BHEC-1999-00001"):
        run("BHEC-1999-00001")
