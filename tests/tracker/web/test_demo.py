import fcntl
import http.server
import socket
import stat
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError

from tests.factories.office import make_board, make_person
from tracker.access.policy import Role
from tracker.web import demo


@pytest.fixture
def own_var(settings, tmp_path, monkeypatch):
    """A var/ of its own, so that nothing of this clone is touched."""
    var = tmp_path / "var"
    settings.DEMO = True
    settings.VAR_DIR = var
    settings.STATIC_ROOT = var / "static"
    monkeypatch.setenv("STATIC_ROOT", str(var / "static"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tracker.settings")
    settings.FILE_UPLOAD_TEMP_DIR = var / "tmp"
    settings.EMAIL_FILE_PATH = var / "mail"
    settings.ANCHOR_FILE = str(var / "anchors.txt")
    vault = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(var / "vault")}}
    settings.STORAGES = {**settings.STORAGES, "vault": vault}
    (var / "static").mkdir(parents=True)
    return var


def fill(var):
    for name in ("recourse.sqlite3", "recourse.sqlite3-wal", "recourse.sqlite3-shm", "anchors.txt", "keep.txt"):
        (var / name).write_text("x")
    for name in ("vault", "mail", "tmp"):
        (var / name).mkdir()
        (var / name / "file").write_text("x")


def sqlite_under(var):
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(var / "recourse.sqlite3")}


class TestStartingOver:
    def test_deletes_database_files_and_letters_and_nothing_else(self, own_var):
        fill(own_var)

        demo.start_over(sqlite_under(own_var))

        assert sorted(path.name for path in own_var.iterdir()) == ["keep.txt", "static"]

    def test_on_nothing_is_no_error(self, own_var):
        demo.start_over(sqlite_under(own_var))

    @pytest.mark.parametrize(
        "database",
        [
            {"ENGINE": "django.db.backends.postgresql", "NAME": "office"},
            {"ENGINE": "django.db.backends.sqlite3", "NAME": "/srv/office.sqlite3"},
        ],
    )
    def test_refuses_a_database_that_is_not_the_demo_s_own(self, own_var, database):
        fill(own_var)
        with pytest.raises(CommandError, match="DATABASE_URL names another one"):
            demo.start_over(database)

        assert (own_var / "vault" / "file").exists()

    def test_leaves_a_vault_elsewhere_alone(self, own_var, settings, tmp_path):
        elsewhere = tmp_path / "evidence"
        elsewhere.mkdir()
        vault = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(elsewhere)}}
        settings.STORAGES = {**settings.STORAGES, "vault": vault}

        demo.start_over(sqlite_under(own_var))

        assert elsewhere.is_dir()

    def test_is_refused_while_a_demo_runs(self, own_var):
        with (own_var / "demo.lock").open("w") as running:
            fcntl.flock(running, fcntl.LOCK_SH)

            with pytest.raises(CommandError, match="is running"), demo.only_one_at_reset(True):
                pass

    def test_a_second_demo_on_another_port_is_allowed(self, own_var):
        with demo.only_one_at_reset(False), demo.only_one_at_reset(False):
            pass


class TestStaticFiles:
    def test_are_collected_once_and_again_when_an_input_changed(self, own_var):
        said = []
        demo.finish_collecting(demo.start_collecting(said.append))

        assert (own_var / "static" / "staticfiles.json").is_file()
        assert demo.start_collecting(said.append) is None
        assert said == ["Collecting the static files …"]

        demo.static_stamp().write_text("of another lock")
        again = demo.start_collecting(said.append)

        assert again is not None
        again.kill()
        again.wait()

    def test_a_failure_ends_the_start(self, own_var, monkeypatch):
        monkeypatch.setattr(demo, "MANAGE", "/nonexistent/manage.py")

        with pytest.raises(CommandError, match="could not be collected"):
            demo.finish_collecting(demo.start_collecting(lambda text: None))

        assert not demo.static_stamp().exists()


def test_a_taken_port_is_refused_in_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError) as refusal:
            demo.refuse_taken_port(port)

    assert str(refusal.value) == f"Port {port} is already in use. Choose another one: make demo PORT=8123"


def test_a_free_port_is_taken(free_port):
    demo.refuse_taken_port(free_port())


def test_settings_of_an_office_are_no_demo(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="not a demo"):
        demo.run(8000, reset=False, say=print)


def test_is_healthy_only_when_the_page_says_so(free_port):
    port = free_port()
    assert demo.is_healthy(port) is False

    class Answer(http.server.BaseHTTPRequestHandler):
        code = 503

        def do_GET(self):
            self.send_response(self.code if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert demo.is_healthy(port) is False
        Answer.code = 200
        assert demo.is_healthy(port) is True
        server.shutdown()


def test_server_and_worker_are_the_children():
    server, worker = demo.children(8123)

    assert server.essential
    assert not worker.essential
    assert "127.0.0.1:8123" in server.command
    assert "--no-control-socket" in server.command
    assert Path(worker.command[1]).name == "manage.py"
    assert not stat.S_ISDIR(Path(worker.command[1]).stat().st_mode)


@pytest.mark.django_db
def test_announcement_names_addresses_people_and_password(settings):
    settings.DEMO_PASSWORD = "correct-horse-battery"
    make_person(make_board(), Role.INTAKE_ANALYST, email="intake@demo.example", is_demo=True)
    said = []

    demo.announce(8123, said.append)

    text = "\n".join(said)
    assert "http://127.0.0.1:8123/desk/" in text
    assert "correct-horse-battery" in text
    line = next(line for line in said if "intake@demo.example" in line)
    assert line.endswith("Intake analyst (BHEC)")
