"""A job for the renderers: a folder of its own, the typefaces of the installation."""

from pathlib import Path

import pytest

from tracker.files.rendering.rendered import Job

FONTS = Path(__file__).resolve().parents[4] / "node_modules"


@pytest.fixture
def job_of(tmp_path):
    """Make a job of bytes: `job_of(data, "png")`."""
    count = 0

    def job_of(data: bytes, kind: str, name: str = "file", **more: str) -> Job:
        nonlocal count
        count += 1
        source, folder = tmp_path / f"source-{count}", tmp_path / f"work-{count}"
        source.write_bytes(data)
        folder.mkdir()
        return Job(source, folder, kind, name, FONTS, **more)

    return job_of
