"""Measure a bundle build against a plain merge of the same files by the same PDF library.

    python bench/bundle.py [--exhibits 40] [--pages 25] [--dpi 150] [--runs 5]

Prints medians of interleaved runs, ratios, and the peak memory of one build in a process of its own. Needs the
typefaces (`npm ci`) and no database.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
from django.conf import settings

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
if not settings.configured:
    settings.configure(USE_I18N=False)

from tests.data import pdfs  # noqa: E402
from tests.tracker.bundle import samples  # noqa: E402
from tracker.bundle import stages  # noqa: E402
from tracker.bundle.fonts import find_fonts  # noqa: E402
from tracker.bundle.merge import merge  # noqa: E402
from tracker.bundle.plan import BundlePlan, make_plan  # noqa: E402
from tracker.bundle.render import Layout  # noqa: E402
from tracker.bundle.stamp import stamp  # noqa: E402
from tracker.bundle.verify import verify  # noqa: E402
from tracker.files.pdf import inspect_and_rewrite  # noqa: E402

FONTS = Path(__file__).resolve().parent.parent / "node_modules"


def prepare(folder: Path, exhibits: int, pages: int, dpi: int) -> BundlePlan:
    """Make the renditions and the plan."""
    source = pdfs.scan(folder / "source.pdf", pages, dpi=dpi, quality=70)
    text = pdfs.letter(folder / "text.pdf", pages)
    items, at = [], 1
    began = time.perf_counter()
    for number in range(1, exhibits + 1):
        facts = inspect_and_rewrite(text if number % 10 == 0 else source, folder / f"E-{number}.pdf")
        items.append(samples.shown(f"E-{number}", facts, at, mark=str(number)))
        at += facts.page_count
    print(f"receipt: {(time.perf_counter() - began) * 1000 / (at - 1):.2f} ms a page")
    return make_plan(
        replace(samples.HEADING, facts=()),
        items,
        unchosen={},
        chains=samples.CHAINS,
        tools={},
        fonts=find_fonts(FONTS).pins,
    )


def plain_merge(plan: BundlePlan, folder: Path) -> None:
    """The floor: the same files joined, nothing added."""
    files = []
    for item in plan.exhibits:
        files += [str(folder / f"{item.key}.pdf"), "1-z"]
    job = pikepdf.Job(["bench", "--empty", "--pages", *files, "--", "unused.pdf"])
    with job.create_pdf() as pdf:
        pdf.save(folder / "merged.pdf", static_id=True)


def stamped(plan: BundlePlan, folder: Path) -> None:
    """The floor's work plus one stamp and link a page: what stamping itself costs."""
    layout = Layout.read(folder)
    with merge(plan, layout, folder) as pdf:
        stamp(pdf, plan, layout, find_fonts(FONTS))
        pdf.save(folder / "stamped.pdf", static_id=True)


def timed(work: object, *args: object) -> float:
    """Seconds that a call takes."""
    began = time.perf_counter()
    work(*args)  # type: ignore[operator]
    return time.perf_counter() - began


def main() -> None:
    """Run the measurements and print them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--exhibits", type=int, default=40)
    parser.add_argument("--pages", type=int, default=25)
    parser.add_argument("--dpi", type=int, default=150)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--build-only", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.build_only:
        plan = BundlePlan.from_json((options.build_only / "plan.json").read_text())
        stages.build(plan, options.build_only, find_fonts(FONTS))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), options)


def measure(folder: Path, options: argparse.Namespace) -> None:
    """Interleave merges and builds and print medians."""
    plan = prepare(folder, options.exhibits, options.pages, options.dpi)
    (folder / "plan.json").write_text(plan.to_json())
    merges, stamps, builds, checks = [], [], [], []
    for _run in range(options.runs):
        merges.append(timed(plain_merge, plan, folder))
        builds.append(timed(stages.build, plan, folder, find_fonts(FONTS)))
        stamps.append(timed(stamped, plan, folder))
        checks.append(timed(verify, folder / stages.SEALED_FILE))
    floor, build = statistics.median(merges), statistics.median(builds)
    size = (folder / stages.SEALED_FILE).stat().st_size / 1e6
    print(f"{sum(item.sheets for item in plan.exhibits):,} pages, {size:.0f} MB")
    stamping, check = statistics.median(stamps), statistics.median(checks)
    print(f"plain merge {floor:.2f} s · with stamps {stamping:.2f} s ({stamping / floor:.2f} ×)")
    print(f"whole bundle {build:.2f} s ({build / floor:.2f} ×), of which its own check {check:.2f} s")
    peak = subprocess.run(  # noqa: S603
        [sys.executable, __file__, "--build-only", str(folder)], capture_output=True, text=True, check=True
    )
    print(f"peak memory of one build: {peak.stdout.strip().splitlines()[-1]} MB")


if __name__ == "__main__":
    main()
