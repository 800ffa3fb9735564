"""The copy of an exhibit that is shown: made of the original in a child process, noted on, kept beside it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tracker.evidence.models import Exhibit, Rendition
from tracker.files import kinds
from tracker.files.models import StoredFile
from tracker.files.rendering import child
from tracker.files.rendering.limits import Limits
from tracker.files.rendering.rendered import CannotRender, Job, Rendered, SlipFacts
from tracker.files.storage import Stored


def make(exhibit: Exhibit, path: Path, folder: Path) -> tuple[Rendered, str]:
    """What a child process made of the file of an exhibit, and why it has no pages ("" where it has).

    `path` is the file, `folder` where what is made lies. Raises RendererUnavailable when nothing can be made at all.
    """
    work = folder / "work"
    work.mkdir()
    job = Job(
        path,
        work,
        exhibit.stored_file.kind,
        exhibit.original_name,
        Path(settings.FONTS_DIR),
        office=settings.OFFICE_PROGRAM,
        language=translation.get_language() or "en",
    )
    limits = Limits(settings.RENDER_SECONDS, settings.RENDER_MEMORY_MB)
    try:
        rendered = child.render_safely(job, limits, locale=locale())
    except CannotRender as error:
        return Rendered(slip=SlipFacts(error.reason)), error.reason
    if rendered.rendition:
        return rendered, ""
    return rendered, rendered.slip.reason if rendered.slip else _("No pages could be made of this file.")


def locale() -> str:
    """The folder of translations, "" where there is none."""
    return str(settings.LOCALE_PATHS[0]) if settings.LOCALE_PATHS else ""


def noted(rendered: Rendered, notes: Sequence[str]) -> Rendered:
    """What was made, with its warnings and further notes where people find them: beside its pages or on its slip."""
    said = tuple(dict.fromkeys((*rendered.warnings, *notes)))
    facts, slip = rendered.facts, rendered.slip
    if facts is not None:
        facts = replace(facts, warnings=tuple(dict.fromkeys((*facts.warnings, *said))))
    if slip is not None:
        told = {value for _label, value in slip.facts}
        slip = replace(slip, facts=(*slip.facts, *((_("Note"), words) for words in said if words not in told)))
    return replace(rendered, facts=facts, slip=slip, warnings=said)


def keep(exhibit: Exhibit, rendered: Rendered, copy: Stored, *, text: Stored | None, at: datetime) -> Rendition:
    """Record a stored copy and the text of its pages beside it, in the transaction of an act.

    Bytes that were kept before become the latest again, with what is known of them now.
    """
    assert rendered.facts is not None  # noqa: S101 - what has a copy has facts
    kind = Rendition.Kind(rendered.how)
    rendition = _keep(exhibit, kind, copy, at, tools=rendered.tool, facts=rendered.facts.to_json())
    if text:
        _keep(exhibit, Rendition.Kind.TEXT, text, at, tools=rendered.tool, source=copy.digest)
    return rendition


def _keep(
    exhibit: Exhibit,
    kind: Rendition.Kind,
    stored: Stored,
    at: datetime,
    *,
    tools: str,
    facts: str = "",
    source: str = "",
) -> Rendition:
    code = "text" if kind is Rendition.Kind.TEXT else "pdf"
    row = StoredFile.objects.record(
        stored, board_id=exhibit.board_id, case_id=exhibit.case_id, kind=kinds.KINDS[code], at=at
    )
    rendition, _is_new = Rendition.objects.update_or_create(
        exhibit=exhibit,
        kind=kind,
        stored_file=row,
        defaults={
            "board_id": exhibit.board_id,
            "source_digest": source or exhibit.stored_file.digest,
            "tools": tools[:200],
            "facts": facts,
            "made_at": at,
        },
    )
    return rendition
