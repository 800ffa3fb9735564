"""What a child process may use. Called in the child itself, before it opens anything that was received."""

import ctypes
import os
import resource
import signal
from dataclasses import dataclass
from pathlib import Path

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Seconds of clock and processor, megabytes of address space, megabytes a file may have, open files."""

    seconds: int = 600
    memory_mb: int = 3072
    file_mb: int = 4096
    files: int = 256


def apply(limits: Limits) -> None:
    """Bind this process and all it starts. A limit that is already lower stays."""
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


def end_session(leader: int) -> None:
    """End a process that leads a session of its own, and what it started and left behind."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


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
