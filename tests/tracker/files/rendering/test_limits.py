"""Limits, tried in processes of their own."""

import os
import resource
import signal
import socket
import subprocess
import time
from contextlib import suppress

import pytest

from tracker.files.rendering import limits
from tracker.files.rendering.limits import Limits


def in_child(work):
    """Run some work in a fork; answer its exit code."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            code = work()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_memory_and_files_are_bounded():
    def work():
        limits.apply(Limits(seconds=5, memory_mb=2048, file_mb=1, files=64))
        found = [resource.getrlimit(what)[0] for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE)]
        try:
            bytearray(3 << 30)
        except MemoryError:
            return 0 if found == [1 << 20, 0] else 2
        return 1

    assert in_child(work) == 0


def test_who_has_more_memory_already_does_not_begin():
    def work():
        try:
            limits.apply(Limits(seconds=5, memory_mb=4))
        except MemoryError:
            return 0
        return 1

    assert in_child(work) == 0


def test_a_lower_limit_stays():
    def work():
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        limits.apply(Limits(files=256))
        return 0 if resource.getrlimit(resource.RLIMIT_NOFILE)[1] == 32 else 1

    assert in_child(work) == 0


def test_there_is_no_network_where_the_system_allows_it():
    if not limits.can_leave_network():
        pytest.skip("this system lets no process leave the network: nothing is isolated here")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = listening.getsockname()

        def work():
            if not limits.leave_network():
                return 2
            with socket.socket() as trying:
                trying.settimeout(2)
                try:
                    trying.connect(address)
                except OSError:
                    return 0
            return 1

        assert in_child(work) == 0


def test_everything_that_was_started_is_ended_but_what_stays(tmp_path):
    """A program may choose a session of its own, and leave what it started behind."""
    mark = tmp_path / "pid"
    escaping = f"setsid sh -c 'echo $$ > {mark}.new && mv {mark}.new {mark} && exec sleep 600' & sleep 600"

    def work():
        limits.keep_orphans()
        stays = subprocess.Popen(["sleep", "600"])
        kept = limits.children()
        subprocess.Popen(["sh", "-c", escaping])
        while not mark.exists():
            time.sleep(0.01)
        limits.end_all_started(but=kept)
        is_running = stays.poll() is None
        limits.end_all_started()
        return 0 if is_running and not limits.children() else 1

    assert in_child(work) == 0
    assert is_gone(int(mark.read_text()))


def is_gone(process):
    """Whether a process has ended within five seconds."""
    for _attempt in range(500):
        with suppress(ChildProcessError):
            # It may have come back to this process, which then must take note of its end.
            os.waitpid(process, os.WNOHANG)
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def test_a_child_ends_with_its_parent():
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:
        child = os.fork()
        if child == 0:
            limits.leave_network()
            limits.end_with_parent()
            os.write(writing, b"%d" % os.getpid())
            time.sleep(600)
        time.sleep(600)
    child = int(os.read(reading, 20))
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert is_gone(child)


def test_asking_whether_the_network_can_be_left_leaves_it_as_it_is():
    assert limits.can_leave_network() in (True, False)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with socket.create_connection(listening.getsockname(), timeout=5) as reached:
            assert reached.getpeername() == listening.getsockname()
