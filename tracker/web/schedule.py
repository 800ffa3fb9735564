"""What the job worker does between tasks: one row per chore, with how often it is due.

A chore may be run at any time, twice too, and beside another worker doing the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command

from tracker.access import limits
from tracker.audit import actions as audit_actions
from tracker.audit.actors import Actor
from tracker.bundle import actions as bundle_actions
from tracker.cases.actions import drafts
from tracker.evidence import actions as evidence_actions
from tracker.files import actions as files_actions
from tracker.notices import actions as notices_actions
from tracker.web import daily

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
KEPT_TASK_DAYS = 30


@dataclass(frozen=True)
class Chore:
    """One act of a room that nobody asks for: `act` is called with the time (aware UTC)."""

    name: str
    act: Callable[[datetime], object]
    every: timedelta


def anchor_ledger(at: datetime) -> object:
    """Bind the heads of all chains that moved; daily is the least, hourly is what we do."""
    return audit_actions.make_anchor(actor=Actor.system("anchor"), at=at)


def deliver_letters(at: datetime) -> object:
    """Try again the letters that no task is left for, or whose last attempt failed."""
    return notices_actions.deliver_due(actor=Actor.system("outbox"), at=at)


def process_evidence(at: datetime) -> object:
    """Look again at exhibits that lost their task or got no verdict from the scanner."""
    return evidence_actions.process_waiting(actor=Actor.system("evidence"), at=at)


def expire_drafts(at: datetime) -> object:
    """Forget the filings that were begun and not filed in time."""
    return drafts.expire_drafts(actor=Actor.system("drafts"), at=at)


def sweep_uploads(at: datetime) -> object:
    """Remove uploads nobody finished."""
    return files_actions.sweep(actor=Actor.system("sweeper"), at=at)


def sweep_counters(at: datetime) -> object:
    """Remove the counters of closed rate windows."""
    return limits.sweep(at=at)


def receive_leftovers(at: datetime) -> object:
    """Take over the files of filed drafts that a stopped server left behind."""
    return evidence_actions.receive_leftovers(actor=Actor.system("evidence"), at=at)


def resume_bundles(at: datetime) -> object:
    """Queue again the bundles whose worker is gone."""
    return bundle_actions.resume_stale(at=at, stale_after=timedelta(seconds=settings.WORKER_STALE_SECONDS))


def resume_redactions(at: datetime) -> object:
    """Queue again the redacted copies that lost their task."""
    return evidence_actions.redact_waiting(actor=Actor.system("evidence"), at=at)


def go_round(at: datetime) -> object:
    """Record what the law did when a day was over, and remind people. Hourly, since each board has its own midnight."""
    return daily.go_round(at)


def prune_tasks(at: datetime) -> object:
    """Remove the task library's rows of tasks that ended long ago; the domain rows tell what became of them."""
    return call_command("prune_db_task_results", min_age_days=KEPT_TASK_DAYS, verbosity=0)


CHORES: tuple[Chore, ...] = (
    Chore("outbox", deliver_letters, MINUTE),
    Chore("evidence", process_evidence, 5 * MINUTE),
    Chore("leftovers", receive_leftovers, MINUTE),
    Chore("bundles", resume_bundles, MINUTE),
    Chore("redactions", resume_redactions, 15 * MINUTE),
    Chore("anchor", anchor_ledger, HOUR),
    Chore("drafts", expire_drafts, HOUR),
    Chore("uploads", sweep_uploads, HOUR),
    Chore("daily", go_round, HOUR),
    Chore("counters", sweep_counters, DAY),
    Chore("tasks", prune_tasks, DAY),
)
