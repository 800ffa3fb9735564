"""Limits, tried in processes of their own."""

import os
import resource
import socket

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


def test_a_lower_limit_stays():
    def work():
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        limits.apply(Limits(files=256))
        return 0 if resource.getrlimit(resource.RLIMIT_NOFILE)[1] == 32 else 1

    assert in_child(work) == 0


def test_there_is_no_network_where_the_system_allows_it():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        address = listening.getsockname()

        def work():
            if not limits.leave_network():
                return 0
            with socket.socket() as trying:
                trying.settimeout(2)
                try:
                    trying.connect(address)
                except OSError:
                    return 0
            return 1

        assert in_child(work) == 0
