"""`manage.py check_deadlines`: agreement, or each difference and exit code 1."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.cases.models import Deadline


@pytest.mark.django_db
def test_agreement_and_differences_by_docket() -> None:
    story, out = Story(make_staffed()), io.StringIO()
    call_command("check_deadlines", "--docket", story.docket, stdout=out)
    assert out.getvalue() == "The deadlines of 1 case agree with the ledger and the rules.\n"
    Deadline.objects.filter(case=story.case_id, kind="intake").update(due_on="2026-12-31")
    out = io.StringIO()
    with pytest.raises(CommandError, match="Deadlines differ"):
        call_command("check_deadlines", stdout=out)
    assert out.getvalue().startswith(f"{story.docket}: intake: stored 2026-03-02 > 2026-12-31 running")
