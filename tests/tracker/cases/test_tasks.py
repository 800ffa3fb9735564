"""The job that mails reminders."""

import pytest
from django.core import mail

from tests.factories.cases import Story
from tests.factories.staffed import make_staffed
from tracker.audit.actors import Actor, Origin
from tracker.cases.actions import reminding
from tracker.web import worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_worker_mails_what_was_told() -> None:
    story = Story(make_staffed()).wait(1)
    reminding.remind(story.office.board.pk, actor=Actor.system("daily", Origin.DEMO), at=story.at)
    worker.PatientWorker(once=True, chores=()).run()
    reminded = [sent for sent in mail.outbox if "needs attention" in sent.subject]
    assert {sent.to[0] for sent in reminded} == {story.office.intake.email, story.office.second.email}
    assert story.docket in reminded[0].body
