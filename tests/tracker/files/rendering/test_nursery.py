"""The program that children come from speaks lines and nothing else."""

import json
import subprocess
import sys
from dataclasses import asdict, fields

from tests.data import bytes as made
from tracker.files.rendering.child import ROOT
from tracker.files.rendering.limits import Limits
from tracker.files.rendering.rendered import Rendered


def test_a_line_in_a_line_out_and_the_end_with_the_pipe(job_of):
    job = job_of(made.pdf(pages=2), "pdf")
    plain = {field.name: str(getattr(job, field.name)) for field in fields(job)}
    line = json.dumps({"work": "render", "job": plain, "limits": asdict(Limits()), "locale": ""})
    done = subprocess.run(
        [sys.executable, "-m", "tracker.files.rendering.nursery"],
        input=f"{line}\n{line}\n",
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout.splitlines() == ["ready", '"done"', '"done"']
    answer = Rendered.from_json((job.folder / "answer.json").read_text(encoding="utf-8"))
    assert answer.facts.page_count == 2
