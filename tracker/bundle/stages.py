"""The stages in their order: a plan, the files of its copies and a folder in; sealed and checked files out."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import reportlab
import uharfbuzz
from django.utils.translation import gettext as _

from tracker.bundle.assemble import Materials, assemble
from tracker.bundle.plan import BundlePlan
from tracker.bundle.render import render
from tracker.bundle.seal import Sealed
from tracker.bundle.verify import Outcome, verify
from tracker.files.fonts import FontFiles

# "check" reads the originals once more; "sign" and "pack" are left out where a bundle is not signed, or not a ZIP.
STAGES = ("check", "render", "assemble", "verify", "sign", "pack")

Report = Callable[[str, str], None]


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
    plan: BundlePlan,
    copies: Mapping[str, Path],
    folder: Path,
    fonts: FontFiles,
    *,
    report: Report = lambda _stage, _detail: None,
) -> list[Sealed]:
    """Build every volume of a plan in `folder`; return the sealed files in order.

    `copies` gives the file of each exhibit's copy by key; `report` is told each stage and the exhibit or volume it is
    at. Raises ValueError (also CopyBroken), FontsChanged or BuildFailed.
    """
    report("render", "")
    layouts = render(plan, folder, fonts)
    materials = Materials(plan, layouts, copies, folder, fonts)
    out = []
    for layout in layouts:
        report("assemble", "")
        sealed = assemble(materials, layout.volume, lambda key: report("assemble", key))
        report("verify", sealed.name)
        result = verify(sealed.path)
        if result.outcome is not Outcome.INTACT:
            raise BuildFailed(" ".join(result.sentences))
        if result.file_sha256 != sealed.file_sha256:
            raise BuildFailed(_("The finished file is not the one that was written."))
        out.append(sealed)
    return out
