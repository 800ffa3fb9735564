"""One step of the bundle bench in a process of its own: `prepare`, `freeze`, or one of the three methods."""

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from bench.scratch import ROOT, open_scratch

PREFIX = "BENCH-2026-00001-"


def timed(work: Callable[[], object]) -> dict[str, float]:
    """Run some work; return its seconds of wall clock and processors, and the peak memory of this process so far."""
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return {"wall_s": time.perf_counter() - wall, "cpu_s": _cpu() - cpu, "peak_rss_mb": _peak_kb() / 1024}


def _cpu() -> float:
    uses = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _peak_kb() -> int:
    """Peak resident memory; the system's own count also knows that of the process that started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def files_of(folder: Path) -> dict[str, list[str]]:
    """The originals and copies of a prepared case, in order."""
    found: dict[str, list[str]] = json.loads((folder / "files.json").read_text())
    return found


def warm(folder: Path) -> None:
    """Read every file once."""
    for names in files_of(folder).values():
        for name in names:
            with Path(name).open("rb") as file:
                while file.read(1 << 22):
                    pass


def merge(folder: Path) -> dict[str, float]:
    """The floor: the copies joined by the library that the product uses, nothing added."""
    import pikepdf  # noqa: PLC0415 - imports are no part of the time

    target = folder / "merged.pdf"
    inputs = [part for name in files_of(folder)["copies"] for part in (name, "1-z")]

    def work() -> None:
        job = pikepdf.Job(["merge", "--empty", "--pages", *inputs, "--", "unused.pdf"])
        with job.create_pdf() as pdf:
            pdf.save(target, static_id=True)

    return _measured(folder, work, target)


def overlay(folder: Path) -> dict[str, float]:
    """What most tools do: one drawn page for each number, laid over the page it belongs to."""
    import io  # noqa: PLC0415

    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    target = folder / "overlaid.pdf"

    def work() -> None:
        writer = PdfWriter()
        number = 0
        for name in files_of(folder)["copies"]:
            for page in PdfReader(name).pages:
                number += 1
                out = io.BytesIO()
                box = page.mediabox
                canvas = Canvas(out, pagesize=(float(box.width), float(box.height)))
                canvas.setFont("Helvetica-Bold", 8.5)
                canvas.drawRightString(float(box.width) - 36, 22, f"{PREFIX}{number:06d}")
                canvas.save()
                writer.add_page(page).merge_page(PdfReader(out).pages[0])
        writer.write(target)

    return _measured(folder, work, target)


def _measured(folder: Path, work: Callable[[], None], target: Path) -> dict[str, float]:
    warm(folder)
    try:
        return timed(work)
    finally:
        target.unlink(missing_ok=True)


def main(arguments: list[str]) -> None:
    """Do one step: its name, the case's folder, and what else it needs; print the answer as the last line."""
    step, folder = arguments[0], Path(arguments[1])
    if step in ("merge", "overlay"):
        print(json.dumps(merge(folder) if step == "merge" else overlay(folder)))
        return
    if step == "prepare" and not _is_current(folder):
        shutil.rmtree(folder, ignore_errors=True)
    open_scratch(folder / "scratch", migrate=step == "prepare")
    if step == "prepare":
        from bench import bundlemake  # noqa: PLC0415 - only once Django is set up

        print(bundlemake.prepare(folder, int(arguments[2])))
        (folder / "made-by").write_text(code_state())
        return
    from bench import bundlecase  # noqa: PLC0415 - only once Django is set up

    if step == "freeze":
        print(bundlecase.freeze())
    else:
        warm(folder)
        print(json.dumps(bundlecase.build_once(arguments[2])))


def _is_current(folder: Path) -> bool:
    mark = folder / "made-by"
    return mark.exists() and mark.read_text() == code_state()


def code_state() -> str:
    """A digest of the code that makes copies and tables: cases made by other code are made again."""
    total = sha256()
    for path in sorted([*(ROOT / "tracker" / "files").rglob("*.py"), *(ROOT / "tracker" / "migrations").glob("*.py")]):
        total.update(path.read_bytes())
    return total.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
