"""Stage 2: put generated pages and renditions into one document, in order, without copying their streams."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf

from tracker.bundle.plan import PAGES, BundlePlan
from tracker.bundle.render import PAGES_FILE, Layout


def rendition_path(folder: Path, key: str) -> Path:
    """Where the rendition of an exhibit lies while a bundle is built."""
    return folder / f"{key}.pdf"


def merge(plan: BundlePlan, layout: Layout, folder: Path) -> pikepdf.Pdf:
    """Open one document with every page of the volume in its place.

    The renditions lie in `folder` under `rendition_path`; they are read when the document is saved. Raises
    ValueError when a rendition has not the pages of the plan.
    """
    arguments = ["recourse", "--empty", "--remove-unreferenced-resources=no", "--pages"]
    for path, first, last in _segments(plan, layout, folder):
        arguments += [str(path), f"{first}-{last}"]
    job = pikepdf.Job([*arguments, "--", str(folder / "unused.pdf")])
    try:
        pdf = job.create_pdf()
    except (RuntimeError, OSError, pikepdf.PdfError) as error:
        words = str(error).replace(f"{folder}/", "")
        raise ValueError(f"The copies could not be joined: {words}") from error
    expected = layout.places(plan).total
    if len(pdf.pages) != expected:
        raise ValueError(f"The volume has {len(pdf.pages)} pages where {expected} were planned.")
    return pdf


def _segments(plan: BundlePlan, layout: Layout, folder: Path) -> Sequence[tuple[Path, int, int]]:
    """Stretches of files in order: as many generated pages as follow each other, then a rendition."""
    generated = folder / PAGES_FILE
    out: list[tuple[Path, int, int]] = []
    begin = 1
    at = layout.places(plan).front
    for item in plan.exhibits:
        at += 1  # its divider
        if item.kind == PAGES:
            out.append((generated, begin, at))
            out.append((rendition_path(folder, item.key), 1, len(item.pages)))
            begin = at + 1
        else:
            at += 1
    out.append((generated, begin, len(layout.marks)))
    return out


def generated_indexes(plan: BundlePlan, layout: Layout) -> list[int]:
    """Index in the volume of every generated page, in the order in which they were drawn."""
    places = layout.places(plan)
    out = list(range(places.front))
    at = places.front
    for item in plan.exhibits:
        out.append(at)
        if item.kind != PAGES:
            out.append(at + 1)
        at += 1 + item.sheets
    return out + list(range(at, places.total))
