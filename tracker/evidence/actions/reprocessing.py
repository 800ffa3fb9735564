"""Making the pages of exhibits anew: of the original as it was received, by the program as it is now."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from tracker.audit import queries as audit_queries
from tracker.audit.actors import Actor
from tracker.errors import IntegrityBroken, OutOfScope
from tracker.evidence import lineage
from tracker.evidence.actions import attaching, copies, custody, framing
from tracker.evidence.actions.attaching import Arrived
from tracker.evidence.actions.processing import REASON_LENGTH
from tracker.evidence.models import Exhibit, Rendition
from tracker.evidence.states import CustodyAct, ExhibitState
from tracker.files import stopwatch, storage
from tracker.files.rendering.rendered import Rendered
from tracker.files.storage import Stored

DONE, REFUSED = "evidence.reprocessed", "evidence.reprocessing_refused"
NO_PAGES = "no_pages"


@dataclass(frozen=True)
class _Made:
    """What was made anew; its bytes lie in the vault. `why` is a code where there is none, in words `reason`."""

    rendered: Rendered
    copy: Stored | None = None
    text: Stored | None = None
    attachments: tuple[Arrived, ...] = ()
    why: str = ""
    reason: str = ""


def reprocess_exhibits(*, actor: Actor, at: datetime, case_id: UUID | None = None, everything: bool = False) -> int:
    """Ask the worker to make the pages of exhibits anew, of one case or of all. Answers how many.

    Asked for are exhibits whose copy was made before bundles could use it as it lies; with `everything` all that are
    cleared, also those without pages. Leaves no entry; the making does.
    """
    rows = Exhibit.objects.cleared().prefetch_related("renditions").order_by("received_at", "pk")
    if case_id:
        rows = rows.filter(case_id=case_id)
    # The task imports this file, so it is found by its name.
    task = import_string("tracker.evidence.tasks.reprocess_exhibit")
    asked = [row.pk for row in rows.iterator(200) if everything or is_dated(row.rendition)]
    for exhibit_id in asked:
        task.enqueue(str(exhibit_id))
    return len(asked)


def is_dated(rendition: Rendition | None) -> bool:
    """Whether a copy was made before the places of a bundle's stamps were left free in it and told in its facts."""
    if rendition is None:
        return False
    facts = json.loads(rendition.facts)
    if not facts.get("frame", {}).get("catalog"):
        return True
    return any(not all(page.get("places") or (0,)) for page in facts["pages"])


def reprocess_exhibit(exhibit_id: UUID, *, actor: Actor, at: datetime) -> Exhibit:
    """Make the pages of a cleared exhibit anew; the original and its older copies stay. May run twice.

    The new copy is the one that is shown from then on. The old one stays in use where no pages can be made, or where
    pages are restricted and would no longer be the same. What an e-mail holds becomes exhibits where nothing did
    before. Nothing is written where all is as it was. Ledger: evidence.reprocessed, with custody copied where there is
    a new copy, or evidence.reprocessing_refused.
    """
    exhibit = Exhibit.objects.select_related("stored_file").filter(pk=exhibit_id).first()
    if exhibit is None:
        raise OutOfScope
    if exhibit.state != ExhibitState.CLEARED:
        return exhibit
    clock = stopwatch.running_from(at)
    with TemporaryDirectory() as folder:
        made = _make(exhibit, Path(folder))
    with transaction.atomic():
        exhibit = framing.locked(exhibit_id)
        made = _fitting(exhibit, made)
        if made.why and (exhibit.rendition is not None or made.why != NO_PAGES):
            _refuse(exhibit, made, actor=actor, at=clock())
        else:
            _record(exhibit, made, actor=actor, at=clock())
    return exhibit


def _make(exhibit: Exhibit, folder: Path) -> _Made:
    """The pages and their text in the vault, outside any transaction. Raises RendererUnavailable."""
    try:
        path = storage.copy_verified(exhibit.stored_file, folder / "received")
    except IntegrityBroken:
        reason = _("The stored bytes are missing or not those that were received.")
        return _Made(Rendered(), why="integrity", reason=reason)
    rendered, reason = copies.make(exhibit, path, folder)
    prefix = storage.case_prefix(exhibit.board_id, exhibit.case_id)
    return _Made(
        copies.noted(rendered, ()),
        storage.store(rendered.rendition, key_prefix=prefix) if rendered.rendition else None,
        storage.store(rendered.text, key_prefix=prefix) if rendered.text else None,
        attaching.store(rendered.attachments, prefix),
        NO_PAGES if reason else "",
        reason,
    )


def _fitting(exhibit: Exhibit, made: _Made) -> _Made:
    """What was made, without its copy where restrictions would then lie on other pages than those meant."""
    if made.rendered.facts is None or not exhibit.restrictions.filter(lifted_at__isnull=True).exists():
        return made
    before = _digests(exhibit.rendition)
    if before == [page.sha256 for page in made.rendered.facts.pages]:
        return made
    reason = _("Pages are restricted, and the new pages are not the same. Lift the restrictions first.")
    return _Made(made.rendered, why="restricted", reason=reason)


def _digests(rendition: Rendition | None) -> list[str]:
    return [page["sha256"] for page in json.loads(rendition.facts)["pages"]] if rendition else []


def _record(exhibit: Exhibit, made: _Made, *, actor: Actor, at: datetime) -> None:
    arrived, rendered, before = _new_attachments(exhibit, made), made.rendered, exhibit.rendition
    is_new = made.copy is not None and (before is None or before.stored_file.digest != made.copy.digest)
    if not (is_new or arrived or _says_more(exhibit, made)):
        return
    pages = rendered.facts.page_count if rendered.facts else None
    exhibit.is_renderable, exhibit.page_count = pages is not None, pages
    exhibit.not_renderable_reason = made.reason[:REASON_LENGTH]
    exhibit.slip_facts = rendered.slip.to_json() if rendered.slip else ""
    exhibit.save(update_fields=["is_renderable", "page_count", "not_renderable_reason", "slip_facts"])
    digest = made.copy.digest if made.copy else ""
    told = {"pages": pages, "rendition": digest or None, "attachments": len(arrived)}
    private = {"notes": list(rendered.warnings)}
    entry = framing.record(DONE, exhibit, actor=actor, at=at, facts=told, private=private)
    if made.copy:
        copies.keep(exhibit, rendered, made.copy, text=made.text, at=at)
    if is_new:
        copied = _("Rendition for showing, made anew; the original is unchanged")
        custody.add(exhibit, CustodyAct.COPIED, actor=actor, at=at, entry=entry, digest=digest, purpose=copied)
    for item in arrived:
        attaching.receive_attachment(exhibit, item, actor=actor, at=at)


def _says_more(exhibit: Exhibit, made: _Made) -> bool:
    """Whether what is known of the pages, or said on the slip sheet, is not what was known before."""
    if made.rendered.facts is not None:
        return exhibit.rendition is None or exhibit.rendition.facts != made.rendered.facts.to_json()
    return exhibit.slip_facts != (made.rendered.slip.to_json() if made.rendered.slip else "")


def _new_attachments(exhibit: Exhibit, made: _Made) -> tuple[Arrived, ...]:
    """What the file holds, where nothing was taken out of it before."""
    if not made.attachments or lineage.inside(exhibit).exists():
        return ()
    return made.attachments[: attaching.room(exhibit)]


def _refuse(exhibit: Exhibit, made: _Made, *, actor: Actor, at: datetime) -> None:
    """Say once why the copy stays."""
    told = [
        (entry.event, facts.get("why"))
        for entry, facts in audit_queries.facts_of(exhibit.case_id, DONE, REFUSED)
        if facts["exhibit_id"] == str(exhibit.pk)
    ]
    if told[-1:] == [(REFUSED, made.why)]:
        return
    private = {"reason": made.reason}
    framing.record(REFUSED, exhibit, actor=actor, at=at, facts={"why": made.why}, private=private)
