"""The child process: whatever a file does, the caller gets an answer."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from tests.data import bytes as made
from tests.data import pdfs
from tests.tracker.files.rendering.officefiles import docx
from tests.tracker.files.rendering.test_limits import is_gone
from tracker.files.rendering import child
from tracker.files.rendering.child import RendererUnavailable, render_safely
from tracker.files.rendering.limits import Limits
from tracker.files.rendering.rendered import CannotRender


def test_a_file_becomes_a_copy(job_of):
    rendered = render_safely(job_of(made.pdf(pages=3), "pdf"))

    assert (rendered.how, rendered.facts.page_count) == ("pdf", 3)
    assert rendered.rendition.read_bytes().startswith(b"%PDF")


def test_too_little_memory_is_said_and_the_next_file_is_fine(job_of):
    with pytest.raises(CannotRender, match="memory|stopped"):
        render_safely(job_of(made.pdf(), "pdf"), Limits(memory_mb=64))

    assert render_safely(job_of(made.pdf(), "pdf")).facts.page_count == 1


def test_too_little_time_is_said_and_everything_is_ended(job_of, tmp_path):
    job = job_of(docx("x"), "docx", office=endless_office(tmp_path))

    with pytest.raises(CannotRender, match="more time"):
        render_safely(job, Limits(seconds=2))
    assert [is_gone(process) for process in started(tmp_path)] == [True, True]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_whoever_ends_the_program_ends_the_office_program_too(job_of, tmp_path, monkeypatch, how):
    monkeypatch.setattr(child, "TRIES", 1)
    job = job_of(docx("x"), "docx", office=endless_office(tmp_path))
    failed = []

    def work():
        with pytest.raises(RendererUnavailable):
            render_safely(job)
        failed.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    processes = started(tmp_path)
    os.kill(child._nursery._program.pid, how)
    thread.join()

    assert [is_gone(process) for process in processes] == [True, True]
    assert failed == [True]


def endless_office(tmp_path):
    """An office program that never ends, and starts another that leaves its session."""
    program = tmp_path / "endless"
    program.write_text(
        f"#!/bin/sh\ncd {tmp_path}\nsetsid sh -c 'echo $$ > second && exec sleep 600' &\necho $$ > first\nsleep 600\n"
    )
    program.chmod(0o755)
    return str(program)


def started(tmp_path):
    """The two processes of an endless office program, once they run."""
    for _attempt in range(1000):
        told = [(tmp_path / name).read_text() if (tmp_path / name).exists() else "" for name in ("first", "second")]
        if all(told):
            return [int(process) for process in told]
        threading.Event().wait(0.01)
    pytest.fail("the office program was not started")


def test_a_nursery_that_was_killed_is_started_again(job_of):
    render_safely(job_of(made.pdf(), "pdf"))
    child._nursery._program.kill()
    child._nursery._program.wait()

    assert render_safely(job_of(made.pdf(), "pdf")).facts.page_count == 1


def test_many_threads_get_their_own_answers(job_of, tmp_path):
    found = {}
    jobs = {pages: job_of(pdfs.letter(tmp_path / "t.pdf", pages).read_bytes(), "pdf") for pages in (1, 2, 3, 4)}

    def work(pages):
        found[pages] = render_safely(jobs[pages]).facts.page_count

    threads = [threading.Thread(target=work, args=(pages,)) for pages in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {1: 1, 2: 2, 3: 3, 4: 4}


def test_typefaces_that_are_missing_are_not_the_files_fault(job_of, tmp_path):
    with pytest.raises(RendererUnavailable, match="typefaces"):
        render_safely(replace(job_of(b"plain text", "text"), fonts=tmp_path))


def test_an_office_program_that_is_missing_is_not_the_files_fault(job_of, tmp_path):
    with pytest.raises(RendererUnavailable, match="office program"):
        render_safely(job_of(docx("x"), "docx", office=str(tmp_path / "none")))


@pytest.fixture
def answering(tmp_path, monkeypatch):
    """Let another program stand for ours, one that answers each job as `body` says, in Python."""

    def answering(body, ready="ready"):
        script = tmp_path / "program.py"
        script.write_text(
            f"import json, os, sys\nprint({ready!r}, flush=True)\nfor line in sys.stdin:\n"
            f"    folder = json.loads(line)['job']['folder']\n    {body}\n    print('\"done\"', flush=True)\n"
        )
        program = tmp_path / "python"
        program.write_text(f"#!/bin/sh\nexec {sys.executable} {script}\n")
        program.chmod(0o755)
        child._nursery.close()
        monkeypatch.setattr(sys, "executable", str(program))

    yield answering
    child._nursery.close()


EMPTY = {
    "rendition": None, "facts": None, "text": None, "how": "", "tool": "", "slip": None, "attachments": [],
    "warnings": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("prepare", "named"),
    [
        ("os.symlink('/etc/passwd', folder + '/copy.pdf')", "copy.pdf"),
        ("os.mkfifo(folder + '/copy.pdf')", "copy.pdf"),
        ("os.mkdir(folder + '/copy.pdf')", "copy.pdf"),
        ("os.symlink('/etc', folder + '/etc')", "etc/passwd"),
        ("pass", "/etc/passwd"),
        ("pass", "../../../../../../../../etc/passwd"),
        ("pass", "missing"),
    ],
)
@pytest.mark.parametrize("field", ["rendition", "text", "attachments"])
def test_an_answer_that_names_what_is_not_its_own_is_none(job_of, answering, prepare, named, field):
    job = job_of(b"", "pdf")
    path = str(job.folder / named)
    answer = json.dumps(EMPTY | {field: [["a.pdf", path, ""]] if field == "attachments" else path})
    answering(f"{prepare}; open(folder + '/answer.json', 'w').write({answer!r})")

    with pytest.raises(CannotRender, match="stopped"):
        render_safely(job)


@pytest.mark.parametrize(
    "body",
    [
        "os.mkfifo(folder + '/answer.json')",
        "os.symlink('/etc/hostname', folder + '/answer.json')",
        "open(folder + '/answer.json', 'w').write('[' * 100000)",
        "open(folder + '/answer.json', 'wb').write(bytes(200))",
        "open(folder + '/answer.json', 'wb').truncate(1 << 40)",
        "pass",
    ],
)
def test_an_answer_that_is_none_does_not_keep_us_waiting(job_of, answering, body):
    answering(body)

    with pytest.raises(CannotRender, match="stopped"):
        render_safely(job_of(b"", "pdf"))


@pytest.mark.parametrize(("ready", "keeps"), [("ready", False), ("ready, the network stays", True)])
def test_a_network_that_cannot_be_left_is_logged_once(answering, caplog, ready, keeps):
    answering("pass", ready)
    with caplog.at_level(logging.WARNING, "tracker.rendering"):
        assert [child.keeps_network() for _time in range(2)] == [keeps, keeps]

    assert len(caplog.records) == keeps


def test_no_secret_is_in_its_environment():
    program = child._nursery._ready()
    with open(f"/proc/{program.pid}/environ", "rb") as file:
        names = {item.partition(b"=")[0].decode() for item in file.read().split(b"\0") if item}

    assert names <= {"PATH", "LANG", "TMPDIR", "TZ", "PYTHONPATH", "PYTHONUTF8", "LC_CTYPE"}


def test_it_ends_with_its_parent(tmp_path):
    code = (
        "from tracker.files.rendering import child\nprogram = child._nursery._ready()\nprint(program.pid, flush=True)\n"
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=child.ROOT, capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    for _attempt in range(100):
        try:
            os.kill(pid, 0)
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except (ProcessLookupError, FileNotFoundError):
            return
        threading.Event().wait(0.1)
    pytest.fail("the program outlived its parent")
