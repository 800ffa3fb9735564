"""The benches make a database of their own: here it is a copy of the one whose migrations have run."""

import os

import pytest

from tests import schema


@pytest.fixture(scope="session")
def bench_environment(tmp_path_factory):
    """The environment in which a bench runs."""
    empty = tmp_path_factory.mktemp("scratch") / "empty.sqlite3"
    schema.place_file(empty)
    return {**os.environ, "SCRATCH_FROM": str(empty)}
