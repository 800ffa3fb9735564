"""The child process: whatever a file does, the caller gets an answer."""

import os
import subprocess
import sys
import threading

import pytest

from tests.data import bytes as made
from tests.data import pdfs
from tracker.files.rendering import child
from tracker.files.rendering.child import render_safely
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
    sleeper = tmp_path / "sleeper"
    mark = tmp_path / "pid"
    sleeper.write_text(f"#!/bin/sh\necho $$ > {mark}\nsleep 600\n")
    sleeper.chmod(0o755)

    with pytest.raises(CannotRender, match="more time"):
        render_safely(job_of(b"PK", "docx", office=str(sleeper)), Limits(seconds=2))


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
