"""The command that has pages made anew: what it queues, and what it says."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from tests.data import bytes as made
from tests.factories.office import make_board, make_person
from tracker.access.policy import Role
from tracker.cases.models import Case

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def case(tmp_path):
    """A case with one exhibit, cleared, its copy as this program makes it."""
    board = make_board()
    row = Case.objects.create(
        board=board, docket="BHEC-2026-00001", status_since=AT, received_at=AT - timedelta(days=3), moved_at=AT
    )
    (tmp_path / "letter.pdf").write_bytes(made.pdf())
    email = make_person(board, Role.BOARD_COUNSEL).email
    call_command("receive_exhibit", row.docket, tmp_path / "letter.pdf", "--actor", email, stdout=StringIO())
    DBTaskResult.objects.all().delete()
    return row


def run(*words):
    out = StringIO()
    call_command("reprocess_exhibits", *words, stdout=out)
    return out.getvalue().strip()


def test_a_copy_of_this_make_is_left_as_it_is(case):
    assert run("--docket", case.docket) == "0 exhibits are queued. The worker makes their pages anew."
    assert not DBTaskResult.objects.exists()


def test_all_may_be_asked_for_and_more_than_once(case):
    for _time in range(2):
        assert run("--all", "--docket", case.docket) == "1 exhibit is queued. The worker makes their pages anew."
    assert run("--all").startswith("1 exhibit")
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths == {"tracker.evidence.tasks.reprocess_exhibit"}


def test_an_unknown_docket_is_told(case):
    with pytest.raises(CommandError, match="no case BHEC-2026-99999"):
        run("--docket", "BHEC-2026-99999")
