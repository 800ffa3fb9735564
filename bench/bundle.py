"""Time a whole bundle against a plain merge by the same library, and against an overlay a page, on the same files.

    python -m bench.bundle [--pages 50 1000 5000 20000] [--runs N] [--folder FOLDER] [--json FILE] [--fresh]

Makes synthetic cases of up to 40 exhibits (150-dpi scans, every tenth exhibit text; some 207 MB a thousand pages) by
the product's own acts. They are made once and stay in FOLDER, with their originals and copies, until `--fresh`.
Methods run in turns, each in a fresh process with warm files; imports do not count. `merge` joins the exhibits' copies
and adds nothing; `bundle` is all that happens after the freeze, the checks of every original and the way into the
vault included; `overlay` draws each number by reportlab and lays it over its page by pypdf. Medians go to the screen
and to the JSON: a list of {pages, method, wall_s, ratio (to `merge`), cpu_s, peak_rss_mb}.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
METHODS = ("merge", "bundle", "overlay")
SIZES = (50, 1_000, 5_000, 20_000)
# Runs of each method, and of the slow overlay, from so many pages on.
RUNS = ((20_000, 1, 1), (5_000, 3, 1), (0, 5, 5))


@dataclass(frozen=True)
class Taken:
    """One run: seconds of wall clock and of processors, peak resident memory in megabytes."""

    wall_s: float
    cpu_s: float
    peak_rss_mb: float


@dataclass(frozen=True)
class Row:
    """Medians of one method at one size; `ratio` is the wall time over that of `merge`."""

    pages: int
    method: str
    wall_s: float
    ratio: float
    cpu_s: float
    peak_rss_mb: float


def child(*arguments: object) -> str:
    """Run one step in a process of its own; return the last line it prints. Raises CalledProcessError."""
    command = [sys.executable, "-m", "bench.bundlework", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return (done.stdout.strip().splitlines() or [""])[-1]


def measure(pages: int, folder: Path, runs: int) -> dict[str, list[Taken]]:
    """Prepare one size and run the methods in turns. What fails, for want of memory say, has fewer runs or none."""
    print(f"{pages:,} pages: {child('prepare', folder, pages)}", flush=True)
    most, overlays = next((many, few) for least, many, few in RUNS if pages >= least)
    left = {"merge": runs or most, "bundle": runs or most, "overlay": runs or overlays}
    taken: dict[str, list[Taken]] = {method: [] for method in METHODS}
    for turn in range(max(left.values())):
        # Another one begins each time: what the one before leaves in the caches is nobody's gain.
        for method in (METHODS[(turn + place) % len(METHODS)] for place in range(len(METHODS))):
            if turn >= left[method]:
                continue
            frozen = [child("freeze", folder)] if method == "bundle" else []
            try:
                taken[method].append(Taken(**json.loads(child(method, folder, *frozen))))
            except subprocess.CalledProcessError as error:
                print(f"{method} of {pages:,} pages ended with {error.returncode}", file=sys.stderr)
                left[method] = 0
    return taken


def rows_of(pages: int, taken: dict[str, list[Taken]]) -> list[Row]:
    """The medians of one size."""
    floor = statistics.median(run.wall_s for run in taken["merge"]) if taken["merge"] else 0.0
    out = []
    for method, runs in taken.items():
        if not runs:
            continue
        wall, cpu, peak = (
            statistics.median(getattr(run, name) for run in runs) for name in ("wall_s", "cpu_s", "peak_rss_mb")
        )
        ratio = wall / floor if floor else 0.0
        out.append(Row(pages, method, round(wall, 3), round(ratio, 2), round(cpu, 3), round(peak, 1)))
    return out


def table(rows: list[Row]) -> str:
    """The medians as lines of text."""
    lines = [f"{'pages':>7}  {'method':<8}{'wall s':>9}{'× merge':>9}{'cpu s':>9}{'peak MB':>9}"]
    lines += [
        f"{row.pages:>7,}  {row.method:<8}{row.wall_s:>9.2f}{row.ratio:>9.2f}{row.cpu_s:>9.2f}{row.peak_rss_mb:>9.0f}"
        for row in rows
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the sizes one after the other; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.bundle", description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--runs", type=int, default=0, help="runs of every method (default: 5, fewer from 5,000 pages)")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench", help="where the cases are kept")
    parser.add_argument("--json", type=Path, default=ROOT / "bench" / "results" / "bundle.json", dest="report")
    parser.add_argument("--fresh", action="store_true", help="make the cases again")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    for pages in options.pages:
        folder = options.folder / str(pages)
        if options.fresh:
            shutil.rmtree(folder, ignore_errors=True)
        rows += rows_of(pages, measure(pages, folder, options.runs))
        print(table([row for row in rows if row.pages == pages]), flush=True)
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
