from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from tracker.files import stopwatch

AT = datetime(2026, 6, 3, 15, 0, tzinfo=UTC)


def test_shows_the_told_moment_and_runs_on_in_whole_seconds(monkeypatch):
    passed = iter([50.0, 50.9, 171.2])
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(monotonic=lambda: next(passed)))
    clock = stopwatch.running_from(AT)
    assert (clock(), clock()) == (AT, AT + timedelta(seconds=121))
