"""Which renderer makes the pages of which kind, and what happens to every copy afterwards."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from tracker.files import pdf
from tracker.files.rendering import email, images, media, office, strip, text
from tracker.files.rendering.rendered import CannotRender, Job, Made, Rendered, Renderer, SlipFacts, with_strips


def _pdf(job: Job) -> Made:
    return Made(job.source, "pdf", pdf.TOOL)


RENDERERS: Mapping[str, Renderer] = {
    "pdf": _pdf,
    **dict.fromkeys(("jpeg", "png", "gif", "webp", "tiff", "heic"), images.make),
    **dict.fromkeys(("text", "html"), text.make),
    "email": email.make,
    **dict.fromkeys(office.ENDINGS, office.make),
}


def render(job: Job) -> Rendered:
    """Make the sanitized copy of a file, its text, and where a stamp covers nothing; or say why there are no pages.

    Runs in the child process. Never raises for what a file holds, except MemoryError.
    """
    try:
        made = RENDERERS.get(job.kind, media.make)(job)
    except CannotRender as error:
        return Rendered(slip=SlipFacts(error.reason))
    if made.pdf is None:
        return Rendered(slip=made.slip, attachments=made.attachments, warnings=made.warnings)
    copy, words = job.folder / "copy.pdf", job.folder / "copy.txt"
    try:
        facts = pdf.inspect_and_rewrite(made.pdf, copy)
    except pdf.NotRenderable as error:
        return Rendered(slip=SlipFacts(_(error.reason)), attachments=made.attachments, warnings=made.warnings)
    facts = with_strips(facts, strip.read(copy, words))
    tool = facts.tool if made.how == "pdf" else f"{made.tool}; {facts.tool}"
    return Rendered(
        rendition=copy,
        facts=replace(facts, tool=tool),
        text=words,
        how=made.how,
        tool=tool,
        attachments=made.attachments,
        warnings=(*made.warnings, *facts.warnings),
    )
