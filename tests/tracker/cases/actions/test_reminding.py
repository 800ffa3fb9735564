"""Reminders: to whom, once, without a name in the mail, and whole or not at all."""

from datetime import timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from tests.factories.cases import Story, everything
from tracker.access.models import User
from tracker.audit.actors import Actor, Origin
from tracker.audit.models import LedgerEntry
from tracker.cases.actions import people, reminding
from tracker.cases.models import Reminder
from tracker.cases.queries import attention

DAILY = Actor.system("daily", Origin.DEMO)


def remind(story: Story) -> reminding.Reminded:
    return reminding.remind(story.office.board.pk, actor=DAILY, at=story.at)


def mailed() -> dict[User, list[str]]:
    """Who gets a mail, and which matters it names."""
    tasks = DBTaskResult.objects.filter(task_path="tracker.cases.tasks.mail_reminders")
    found: dict[User, list[str]] = {}
    for task in tasks:
        user_id, ids = task.args_kwargs["args"]
        rows = Reminder.objects.filter(pk__in=ids)
        found[User.objects.get(pk=user_id)] = list(rows.values_list("matter", flat=True))
    return found


def test_the_people_of_the_stage_are_told_once(story: Story) -> None:
    before = LedgerEntry.objects.count()
    told = remind(story.wait(1))
    assert told.matters == ((story.docket, "danger_screen", "ahead_1"),)
    office = story.office
    assert set(mailed()) == {office.intake, office.second}
    assert told.people == 2
    untouched = everything()
    assert remind(story).matters == ()
    assert everything() == untouched
    assert LedgerEntry.objects.count() == before


def test_what_is_overdue_for_long_reaches_the_director_and_the_investigator_has_the_place(story: Story) -> None:
    office = story.to("response_requested").office
    remind(story.wait(31))
    assert "response" in mailed()[office.investigator]
    assert all("response" not in matters for who, matters in mailed().items() if who != office.investigator)
    DBTaskResult.objects.all().delete()
    remind(story.wait(8))
    assert "response" in mailed()[office.director]


def test_an_open_record_is_told_to_who_presides_and_to_the_manager(story: Story) -> None:
    office = story.to("hearing_held").office
    remind(story.wait(31))
    assert {who for who, matters in mailed().items() if "record" in matters} == {office.presiding, office.manager}
    row = Reminder.objects.get(case=story.case_id, matter="record")
    assert reminding.words_of(row).startswith("the record of the hearing is still open; ")


def test_who_is_recused_is_not_told(story: Story) -> None:
    office = story.to("response_requested").office
    story.do(people.declare_conflict, office.investigator, has_conflict=True, reason="A cousin.")
    remind(story.wait(31))
    assert "response" not in mailed().get(office.investigator, [])


def test_a_death_half_way_leaves_nothing(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.wait(1)

    def die(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reminding, "import_string", die)
    untouched = everything()
    with pytest.raises(KeyboardInterrupt):
        remind(story)
    assert everything() == untouched
    monkeypatch.undo()
    assert len(remind(story).matters) == 1


def test_the_mail_names_dockets_and_days_and_nobody(story: Story) -> None:
    office = story.to("assigned").office
    story.wait(61)
    remind(story)
    rows = list(Reminder.objects.filter(case=story.case_id).values_list("pk", flat=True))
    assert reminding.send_reminders(office.manager.pk, rows, actor=DAILY, at=story.at) == len(rows)
    (sent,) = mail.outbox
    assert sent.to == [office.manager.email]
    assert f"- {story.docket}: Notice to the licensee was due on May 1, 2026" in sent.body
    assert f"{story.docket}: nothing was done for long; something was expected by" in sent.body
    for name in ("Ortiz", "Prewitt"):
        assert name not in sent.body + sent.subject
    User.objects.filter(pk=office.manager.pk).update(is_active=False)
    assert reminding.send_reminders(office.manager.pk, rows, actor=DAILY, at=story.at) == 0
    assert len(mail.outbox) == 1


def test_a_hold_says_that_it_is_to_be_reviewed(story: Story) -> None:
    due_on = story.today + timedelta(days=1)
    matter = attention.Matter(story.case, "hold", "review", due_on)
    row = Reminder(case=matter.case, matter=matter.matter, level=matter.level, due_on=due_on)
    assert reminding.words_of(row) == "the hold is to be reviewed since Mar 3, 2026"
