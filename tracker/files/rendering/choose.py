"""Which renderer makes the pages of which kind, and what happens to every copy afterwards."""

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.files import pdf
from tracker.files.rendering import email, images, media, office, strip_apart, text
from tracker.files.rendering.rendered import CannotRender, Job, Made, Rendered, Renderer, SlipFacts, with_strips

# Of the time that there is; the rest is for writing the answer.
SHARE_OF_TIME = 0.9
MOST_NAMED = 12


def _pdf(job: Job) -> Made:
    return Made(job.source, "pdf", pdf.TOOL)


RENDERERS: Mapping[str, Renderer] = {
    "pdf": _pdf,
    **dict.fromkeys(("jpeg", "png", "gif", "webp", "tiff", "heic"), images.make),
    **dict.fromkeys(("text", "html"), text.make),
    "email": email.make,
    **dict.fromkeys(office.ENDINGS, office.make),
}


def render(job: Job, seconds: float = 600) -> Rendered:
    """Make the sanitized copy of a file, its text, and where a stamp covers nothing; or say why there are no pages.

    Runs in the child process, which is ended after `seconds`. Never raises for what a file holds, except MemoryError;
    raises FontsMissing and ProgramMissing for what is missing here.
    """
    until = time.monotonic() + seconds * SHARE_OF_TIME
    try:
        made = RENDERERS.get(job.kind, media.make)(job)
    except CannotRender as error:
        return Rendered(slip=SlipFacts(error.reason))
    if made.pdf is None:
        return _without_pages(made, made.slip or SlipFacts(""))
    copy, words = job.folder / "copy.pdf", job.folder / "copy.txt"
    try:
        facts = pdf.inspect_and_rewrite(made.pdf, copy)
    except pdf.NotRenderable as error:
        return _without_pages(made, SlipFacts(_(error.reason)))
    looked = strip_apart.look(copy, words, facts.page_count, until - time.monotonic())
    warnings = (*made.warnings, *_unread(looked.unread), *_mended(facts.warnings))
    tool = facts.tool if made.how == "pdf" else f"{made.tool}; {facts.tool}"
    return Rendered(
        rendition=copy,
        facts=replace(with_strips(facts, looked.strips), tool=tool, warnings=warnings),
        text=words if _has_words(words) else None,
        how=made.how,
        tool=tool,
        attachments=made.attachments,
        warnings=warnings,
    )


def _without_pages(made: Made, slip: SlipFacts) -> Rendered:
    """The slip sheet says too what a reader would have found above the pages."""
    told = tuple((_("Note"), words) for words in made.warnings)
    return Rendered(
        slip=replace(slip, facts=(*slip.facts, *told)), attachments=made.attachments, warnings=made.warnings
    )


def _has_words(words: Path) -> bool:
    """Whether the text of the pages is more than blanks: of a picture there is none to keep."""
    with words.open(encoding="utf-8", newline="\n") as opened:
        return any(line.strip() for line in opened)


def _mended(said: tuple[str, ...]) -> tuple[str, ...]:
    """What the reader of the PDF had to repair, in its own words, after a sentence that says what they are."""
    return (_("The file was damaged in places, which were mended in the copy. The reader said:"), *said) if said else ()


def _unread(numbers: tuple[int, ...]) -> tuple[str, ...]:
    if not numbers:
        return ()
    shown = ", ".join(str(number) for number in numbers[:MOST_NAMED]) + (" …" if len(numbers) > MOST_NAMED else "")
    told = ngettext(
        "The words of page %(pages)s could not be read, and the number printed on it may cover something.",
        "The words of pages %(pages)s could not be read, and the numbers printed on them may cover something.",
        len(numbers),
    )
    return (told % {"pages": shown},)
