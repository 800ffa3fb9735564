"""Rate limits counted in a table, so that they hold over several processes. Addresses are kept under a daily salt."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from tracker.access.models import DailySalt, RateCount


@dataclass(frozen=True)
class Limit:
    """The answer to one attempt: whether it is allowed, how many remain, when the window ends."""

    allowed: bool
    remaining: int
    retry_at: datetime


@transaction.atomic
def hit(name: str, address: str, *, at: datetime) -> Limit:
    """Count one attempt of a limited thing (a key of `settings.RATE_LIMITS`) from a network address.

    Windows are fixed spans of seconds since the epoch. One UPDATE does the counting, so processes never lose one.
    """
    most, seconds = settings.RATE_LIMITS[name]
    start = int(at.timestamp()) // seconds * seconds
    ends = datetime.fromtimestamp(start + seconds, UTC)
    digest = hashlib.sha256(f"{_salt(datetime.fromtimestamp(start, UTC))}{address}".encode()).hexdigest()[:32]
    key = f"{name}:{start}:{digest}"
    RateCount.objects.bulk_create([RateCount(key=key, window_ends_at=ends)], ignore_conflicts=True)
    RateCount.objects.filter(pk=key).update(count=F("count") + 1)
    used = RateCount.objects.values_list("count", flat=True).get(pk=key)
    return Limit(used <= most, max(0, most - used), ends)


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Remove windows that have ended and salts older than a day. Returns how many windows went."""
    DailySalt.objects.filter(day__lt=at.date() - timedelta(days=1)).delete()
    gone, _detail = RateCount.objects.filter(window_ends_at__lt=at).delete()
    return gone


def _salt(at: datetime) -> str:
    # Of the day the window began, so that a window over midnight counts on.
    DailySalt.objects.bulk_create([DailySalt(day=at.date(), salt=secrets.token_hex(32))], ignore_conflicts=True)
    return DailySalt.objects.values_list("salt", flat=True).get(pk=at.date())
