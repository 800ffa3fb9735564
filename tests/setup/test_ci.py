"""`.ci/run` is a script that bash understands, that may be started, and that waits for nobody."""

import os
import subprocess

from tests.conftest import ROOT

SCRIPT = ROOT / ".ci" / "run"


def test_bash_understands_it():
    answer = subprocess.run(["bash", "-n", str(SCRIPT)], capture_output=True, text=True, check=False)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_it_may_be_started():
    assert os.access(SCRIPT, os.X_OK)


def test_it_treats_a_missing_tool_as_a_failure_and_reads_no_terminal():
    text = SCRIPT.read_text()

    assert "export CI=true" in text
    assert "exec </dev/null" in text
    assert "set -euo pipefail" in text
