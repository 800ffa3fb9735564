import hashlib
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.data import bytes as made
from tests.factories.office import make_board, make_person
from tracker.access.policy import Role
from tracker.cases.models import Case

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 2, 15, 0, tzinfo=UTC)


@pytest.fixture
def case():
    board = make_board()
    return Case.objects.create(
        board=board, docket="BHEC-2026-00001", status_since=AT, received_at=AT - timedelta(days=3), moved_at=AT
    )


@pytest.fixture
def counsel(case):
    return make_person(case.board, Role.BOARD_COUNSEL).email


def run(*words):
    out = StringIO()
    call_command("receive_exhibit", *map(str, words), stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def files(tmp_path):
    for name, content in (("letter.pdf", made.pdf()), ("odd.bin", bytes(range(256)))):
        (tmp_path / name).write_bytes(content)
    return [tmp_path / "letter.pdf", tmp_path / "odd.bin"]


def test_says_in_one_line_what_became_of_each_file(case, counsel, files):
    first, second = run(case.docket, *files, "--actor", counsel)
    assert first == f"E-1 cleared {hashlib.sha256(made.pdf()).hexdigest()} letter.pdf"
    assert re.match(r"E-2 cleared [0-9a-f]{64} odd\.bin No program here can show", second)


def test_a_missing_file_changes_nothing(case, counsel, files, tmp_path):
    with pytest.raises(CommandError, match=r"missing.pdf is not a file"):
        run(case.docket, *files, tmp_path / "missing.pdf", "--actor", counsel)
    assert not case.exhibits.exists()


@pytest.mark.clamd
def test_an_infected_file_is_told_and_the_others_are_taken(case, counsel, files, clamd, tmp_path, capsys):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(clamd.eicar)
    with pytest.raises(CommandError, match="A file was refused"):
        call_command("receive_exhibit", case.docket, str(bad), str(files[0]), "--actor", counsel)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("E-1 refused")
    assert "A virus was found" in first
    assert second.startswith("E-2 cleared")


def test_says_who_may(case, files):
    auditor = make_person(case.board, Role.AUDITOR).email
    with pytest.raises(CommandError, match="Investigator"):
        run(case.docket, *files, "--actor", auditor)


def test_an_unknown_case_and_one_out_of_scope_are_told_in_the_same_words(case, files):
    stranger = make_person(make_board("ca-bbs", "BBS"), Role.BOARD_COUNSEL).email
    told = []
    for docket in (case.docket, "NONE-2026-00001"):
        with pytest.raises(CommandError) as refused:
            run(docket, *files, "--actor", stranger)
        told.append(str(refused.value).replace(docket, "X"))
    assert told[0] == told[1]


@pytest.mark.once
def test_runs_as_its_own_process_and_exits_with_1_on_refusal(case, counsel, files, manage):
    done = manage("receive_exhibit", case.docket, files[0], "--actor", counsel)
    assert (done.returncode, done.stdout.split()[:2]) == (0, ["E-1", "cleared"]), done.stderr
    refused = manage("receive_exhibit", case.docket, files[0], "--actor", "nobody@example.org")
    assert refused.returncode == 1
    assert "Nobody with the e-mail address nobody@example.org" in refused.stderr
    assert "Traceback" not in refused.stderr
