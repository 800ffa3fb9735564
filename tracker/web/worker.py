"""The job worker: runs queued tasks one after another and, between them, the chores that are due.

Tasks may run twice, so a task whose worker died is simply queued again; the domain row it works on decides
whether there is anything left to do.
"""

import logging
import os
import secrets
import socket
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tracker.web.schedule import CHORES, Chore

logger = logging.getLogger("tracker.worker")
MOST_ATTEMPTS = 3
STOPPED_BY_SIGNAL = ("builtins.SystemExit", "builtins.KeyboardInterrupt")
LONGEST_TASK = timedelta(hours=1)
PAUSE_SECONDS = 1.0


class PatientWorker(Worker):
    """A worker that outlives a locked database: the stock one begins its transaction outside its `try`."""

    def __init__(self, *, once: bool = False, chores: tuple[Chore, ...] = CHORES) -> None:
        super().__init__(
            queue_names=["*"],
            interval=PAUSE_SECONDS,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=new_worker_id(),
            excluded_queue_names=[],
        )
        self.once = once
        lost = Chore("lost tasks", requeue_lost_tasks, every=timedelta(seconds=10))
        self.agenda = Agenda((lost, *chores))

    def run(self) -> None:
        """Drain the queue and do the chores, until a signal says stop (or once only)."""
        while self.running:
            close_old_connections()
            try:
                self.agenda.run_due(timezone.now())
                super().run()
            except OperationalError as error:
                logger.warning("The database is busy or away (%s); trying again.", type(error).__name__)
                close_old_connections()
            else:
                if self.once:
                    return
            if self.running:
                time.sleep(self.interval)


@dataclass
class Agenda:
    """When each chore was last begun by this worker."""

    chores: tuple[Chore, ...]
    last: dict[str, datetime] = field(default_factory=dict)

    def run_due(self, now: datetime) -> list[str]:
        """Run every chore whose time has come; a failing one is logged and never stops the others.

        Returns: the names of the chores that were run.
        """
        begun = []
        for chore in self.chores:
            last = self.last.get(chore.name)
            if last is not None and now - last < chore.every:
                continue
            self.last[chore.name] = now
            begun.append(chore.name)
            try:
                chore.act(now)
            except OperationalError:
                del self.last[chore.name]
                raise
            except Exception:  # a broken chore must not keep letters and bundles from being made
                logger.exception("The chore %s failed.", chore.name)
        return begun


def new_worker_id() -> str:
    """A name for this process that tells host and process: `host/1234/random`, at most 64 characters."""
    return f"{socket.gethostname()[:32]}/{os.getpid()}/{secrets.token_hex(4)}"


def requeue_lost_tasks(now: datetime) -> int:
    """Queue again the tasks that ended with their worker: killed, or told to stop twice.

    A task that took three workers with it is marked failed. Returns: the number of tasks changed.
    """
    changed = 0
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if worker_is_gone(task.worker_ids[-1], task.started_at, now):
            changed += _end_attempt(task, TaskResultStatus.RUNNING)
    stopped = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED,
        exception_class_path__in=STOPPED_BY_SIGNAL,
    )
    for task in stopped:
        if len(task.worker_ids) < MOST_ATTEMPTS:
            changed += _end_attempt(task, TaskResultStatus.FAILED)
    return changed


def worker_is_gone(worker_id: str, started_at: datetime, now: datetime) -> bool:
    """Whether the worker cannot be at work any more: its process ended, or it has taken too long."""
    host, _, rest = worker_id.partition("/")
    pid = rest.partition("/")[0]
    if now - started_at > max(LONGEST_TASK, timedelta(seconds=settings.WORKER_STALE_SECONDS)):
        return True
    if host != socket.gethostname()[:32] or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        # Only this process works under its number now, and it is not in a task while it looks for lost ones.
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _end_attempt(task: DBTaskResult, seen: TaskResultStatus) -> int:
    row = DBTaskResult.objects.filter(pk=task.pk, status=seen, worker_ids=task.worker_ids)
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        logger.error("The task %s ended with its worker %s times and is given up.", task.pk, MOST_ATTEMPTS)
        failed = TaskResultStatus.FAILED
        return row.update(status=failed, finished_at=timezone.now(), exception_class_path="WorkerLost")
    logger.warning("The task %s ended with its worker and is queued again.", task.pk)
    fresh = {"started_at": None, "finished_at": None, "exception_class_path": "", "traceback": ""}
    return row.update(status=TaskResultStatus.READY, **fresh)
