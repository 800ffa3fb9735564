"""What a child process may use. Called in the child itself, before it opens anything that was received."""

import ctypes
import os
import resource
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_PARENT_DEATH_SIGNAL, _CHILD_SUBREAPER = 1, 36
MEGABYTE = 1 << 20
# Nothing that was killed takes longer to go, but for a disk that does not answer.
SECONDS_TO_END = 5.0
STEP_SECONDS = 0.005


@dataclass(frozen=True)
class Limits:
    """Seconds of clock and processor, megabytes of address space, megabytes a file may have, open files."""

    seconds: int = 600
    memory_mb: int = 3072
    file_mb: int = 4096
    files: int = 256


def apply(limits: Limits) -> None:
    """Bind this process and all it starts. A limit that is already lower stays.

    Raises MemoryError when this process has more memory than that already: the system would only refuse it more, and
    small work would go on or not as there happens to be room in what it has.
    """
    for what, value, spare in (
        # At the first limit the system says why it ends the process, at the second it just ends it.
        (resource.RLIMIT_CPU, limits.seconds, 5),
        (resource.RLIMIT_AS, limits.memory_mb * MEGABYTE, 0),
        (resource.RLIMIT_FSIZE, limits.file_mb * MEGABYTE, 0),
        (resource.RLIMIT_NOFILE, limits.files, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = value + spare if hard == resource.RLIM_INFINITY else min(value + spare, hard)
        resource.setrlimit(what, (min(value, most), most))
    if _address_space() > limits.memory_mb * MEGABYTE:
        raise MemoryError


def _address_space() -> int:
    """Bytes of address space of this process (Linux, proc_pid_statm(5)); 0 where the system does not tell."""
    try:
        told = Path("/proc/self/statm").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(told.split()[0]) * resource.getpagesize()


def end_session(leader: int) -> None:
    """End a process that leads a session of its own, and what stayed in its group."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def keep_orphans() -> None:
    """Let what a process of ours starts and leaves behind come back to this process (Linux, prctl(2))."""
    _control(_CHILD_SUBREAPER, 1)


def end_with_parent(how: signal.Signals = signal.SIGKILL) -> None:
    """Send this process a signal when the one that started it ends.

    Whoever enters another namespace must ask for it again.
    """
    _control(_PARENT_DEATH_SIGNAL, how)


def children() -> frozenset[int]:
    """The processes that this one started, and those that came back to it; none where the system does not tell."""
    return frozenset(_children_of(os.getpid()))


def end_all_started(but: frozenset[int] = frozenset()) -> None:
    """End every process that came from this one, those too that chose a session of their own; wait for their end.

    `but` are children that stay, with all that came from them. `keep_orphans` must have been called before.
    """
    until = time.monotonic() + SECONDS_TO_END
    while (found := children() - but) and time.monotonic() < until:
        for child in found:
            _end_tree(child)
        for child in found:
            with suppress(ChildProcessError):
                os.waitpid(child, os.WNOHANG)
        time.sleep(STEP_SECONDS)


def _end_tree(process: int) -> None:
    # The first goes first, so that it starts no more; what it started comes back to us or is known already.
    waiting = [process]
    while waiting:
        found = waiting.pop()
        waiting += _children_of(found)
        with suppress(ProcessLookupError, PermissionError):
            os.kill(found, signal.SIGKILL)


def _children_of(process: int) -> list[int]:
    found: list[int] = []
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, told.read_text(encoding="ascii").split())
    return found


def _control(what: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(what, value, 0, 0, 0)


def can_leave_network() -> bool:
    """Whether a process of ours can be cut off from the network here, tried in one of its own."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if leave_network() else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def leave_network() -> bool:
    """Move this process where there is no network, where the system allows it; answer whether it did.

    A user namespace of its own is asked for first, so that no privilege is needed (Linux, namespaces(7)).
    """
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare"):
        return False
    if libc.unshare(_NEW_USER | _NEW_NET) == 0:
        _keep_names(user, group)
        return True
    return bool(libc.unshare(_NEW_NET) == 0)


def _keep_names(user: int, group: int) -> None:
    """Stay who we were inside the new namespace, so that programs find their files their own."""
    process = Path("/proc/self")
    try:
        (process / "setgroups").write_text("deny")
        (process / "uid_map").write_text(f"{user} {user} 1")
        (process / "gid_map").write_text(f"{group} {group} 1")
    except OSError:
        return
