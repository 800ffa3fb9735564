"""The stages in their order: a plan and a folder of renditions in, a sealed and checked file out."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import reportlab
import uharfbuzz

from tracker.bundle.fonts import FontFiles
from tracker.bundle.index import index
from tracker.bundle.merge import merge
from tracker.bundle.plan import BundlePlan
from tracker.bundle.render import Layout, render
from tracker.bundle.seal import Sealed, seal
from tracker.bundle.stamp import stamp
from tracker.bundle.verify import Outcome, verify

SEALED_FILE = "bundle.pdf"
STAGES = ("copy", "render", "merge", "stamp", "index", "seal", "verify")


def tool_versions() -> dict[str, str]:
    """The programs whose versions decide the bytes, as a plan records them."""
    return {
        "libqpdf": str(pikepdf.__libqpdf_version__),
        "pikepdf": str(pikepdf.__version__),
        "reportlab": str(reportlab.__version__),
        "uharfbuzz": str(uharfbuzz.__version__),
    }


class BuildFailed(Exception):
    """The finished file did not pass its own check; the text says where."""


def build(
    plan: BundlePlan, folder: Path, fonts: FontFiles, report: Callable[[str], None] = lambda _stage: None
) -> Sealed:
    """Build the bundle of a plan in `folder`, where the renditions lie; return the sealed file.

    `report` is told each stage as it begins. Raises ValueError (also SealFailed), FontsChanged or BuildFailed.
    """
    report("render")
    render(plan, folder, fonts)
    layout = Layout.read(folder)
    report("merge")
    with merge(plan, layout, folder) as pdf:
        report("stamp")
        stamp(pdf, plan, layout, fonts)
        report("index")
        index(pdf, plan, layout)
        report("seal")
        sealed = seal(pdf, plan, folder / SEALED_FILE)
    report("verify")
    result = verify(sealed.path)
    if result.outcome is not Outcome.INTACT:
        raise BuildFailed(" ".join(result.sentences))
    return sealed
