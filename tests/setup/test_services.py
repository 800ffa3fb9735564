"""The services the other tests rely on are real: a scanner that finds, a mail server that refuses, true concurrency."""

import os
import smtplib
import socket
import struct
import subprocess
import sys
import textwrap

import pytest
from django.core.mail import EmailMessage
from django.db import connection

from boards.models import Jurisdiction
from tests.conftest import ROOT
from tests.factories.office import make_jurisdiction


def ask_clamd(server, body):
    with socket.create_connection((server.host, server.port), timeout=20) as line:
        line.sendall(b"zINSTREAM\0" + struct.pack("!I", len(body)) + body + struct.pack("!I", 0))
        return line.recv(4096).decode()


@pytest.mark.clamd
def test_clamd_finds_eicar_and_nothing_else(clamd, settings):
    assert "Test.EICAR" in ask_clamd(clamd, clamd.eicar)
    assert "OK" in ask_clamd(clamd, b"a letter")
    assert ("clamd", clamd.port) == (settings.SCANNER, settings.CLAMD_PORT)


def test_smtp_takes_and_refuses(smtp):
    smtp.refused["gone@board.example"] = "550 no such user"

    EmailMessage("Subject", "Text", "office@board.example", ["here@board.example"]).send()
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        EmailMessage("Subject", "Text", "office@board.example", ["gone@board.example"]).send()

    assert [letter.rcpt_tos for letter in smtp.taken] == [["here@board.example"]]


@pytest.mark.django_db(transaction=True)
def test_another_process_sees_this_test_s_rows(child_environment):
    make_jurisdiction()
    code = """
    import django
    django.setup()
    from boards.models import Jurisdiction
    print(Jurisdiction.objects.get().code)
    """

    answer = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        env=child_environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.stdout == "TX\n", answer.stderr


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_threads_have_connections_of_their_own(together):
    def backend():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    assert len(set(together(*[backend] * 4))) == 4


@pytest.mark.django_db(transaction=True)
def test_threads_answer_in_order_and_tell_what_they_raised(together):
    make_jurisdiction()

    results = together(Jurisdiction.objects.count, lambda: 1 // 0, lambda: "third")

    assert results[0] == 1
    assert isinstance(results[1], ZeroDivisionError)
    assert results[2] == "third"


def test_a_missing_tool_is_a_failure_only_in_ci(pytestconfig, tmp_path):
    story = tmp_path / "test_story.py"
    story.write_text("import pytest\n\n@pytest.mark.qpdf\ndef test_it():\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-q", str(story)]
    command += ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-rs"]
    plain = {**os.environ, "PATH": str(tmp_path)}
    plain.pop("CI", None)

    def run(environment):
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    skipped, failed = run(plain), run({**plain, "CI": "true"})

    assert skipped.returncode == 0, skipped.stdout
    assert "sudo apt-get install qpdf" in skipped.stdout
    assert failed.returncode == 1
    assert "qpdf is not installed" in failed.stdout
