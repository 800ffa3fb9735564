from datetime import UTC, datetime, timedelta

import pytest

from tracker.access import limits
from tracker.access.models import DailySalt, RateCount

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 12, 0, tzinfo=UTC)
HERE, THERE = "192.0.2.7", "192.0.2.8"


@pytest.fixture(autouse=True)
def three_in_ten_minutes(settings):
    settings.RATE_LIMITS = {"lookup": (3, 600), "filing": (1, 3600)}


def hits(count, address=HERE, *, name="lookup", at=NOON):
    return [limits.hit(name, address, at=at) for _ in range(count)]


def test_attempts_remain_until_the_limit():
    answers = hits(5)

    assert [(answer.allowed, answer.remaining) for answer in answers] == [
        (True, 2),
        (True, 1),
        (True, 0),
        (False, 0),
        (False, 0),
    ]


@pytest.mark.parametrize("seconds", [0, 1, 599])
def test_the_window_ends_where_the_next_begins(seconds):
    assert hits(1, at=NOON + timedelta(seconds=seconds))[0].retry_at == NOON + timedelta(minutes=10)


def test_a_new_window_begins_anew():
    hits(4)

    assert hits(1, at=NOON + timedelta(seconds=599))[0].allowed is False
    assert hits(1, at=NOON + timedelta(seconds=600))[0].remaining == 2


def test_addresses_and_things_are_counted_apart():
    hits(4)

    assert hits(1, THERE)[0].remaining == 2
    assert hits(1, name="filing")[0] == limits.Limit(True, 0, NOON + timedelta(hours=1))
    assert hits(1, name="filing")[0].allowed is False


def test_a_window_over_midnight_counts_on(settings):
    settings.RATE_LIMITS = {"lookup": (3, 7 * 3600)}  # does not divide a day
    late = datetime(2026, 6, 4, 23, 59, tzinfo=UTC)

    hits(3, at=late)
    answer = hits(1, at=late + timedelta(minutes=2))[0]

    assert answer.allowed is False
    assert answer.retry_at > late + timedelta(minutes=2)


def test_addresses_cannot_be_read_nor_followed_from_day_to_day():
    hits(1)
    hits(1, at=NOON + timedelta(days=1))

    keys = list(RateCount.objects.values_list("key", flat=True))
    assert len({key.rsplit(":", 1)[1] for key in keys}) == 2
    assert not any(HERE in key for key in keys)
    assert DailySalt.objects.count() == 2


def test_sweeping_keeps_what_still_counts():
    hits(3)
    hits(1, at=NOON - timedelta(days=2))

    assert limits.sweep(at=NOON + timedelta(seconds=1)) == 1

    assert hits(1)[0].allowed is False
    assert list(DailySalt.objects.values_list("day", flat=True)) == [NOON.date()]
    assert str(DailySalt.objects.get()) == "2026-06-03"
    assert str(RateCount.objects.get()).endswith(": 4")


def test_unknown_thing_is_no_limit():
    with pytest.raises(KeyError):
        limits.hit("nothing", HERE, at=NOON)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_attempt_is_lost_between_processes(together):
    answers = together(*[lambda: hits(1)[0]] * 8)

    assert sorted(answer.remaining for answer in answers) == [0, 0, 0, 0, 0, 0, 1, 2]
    assert sum(answer.allowed for answer in answers) == 3
    assert RateCount.objects.get().count == 8
