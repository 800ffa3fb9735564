"""Exhibits of a case as plain values: what decides about each, and what a plan says of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from tracker.bundle import editions, words
from tracker.bundle.editions import Decision, Standing, Stretch
from tracker.bundle.plan import (
    PAGES,
    SLIP,
    WITHHELD,
    CustodyLine,
    Native,
    PlannedExhibit,
    RedactedPage,
    RenditionFacts,
)
from tracker.bundle.planning import printed_mark
from tracker.cases.models import Case
from tracker.evidence import lineage
from tracker.evidence.models import Exhibit, Marking, PageRestriction, Rendition
from tracker.evidence.states import ExhibitState
from tracker.files.kinds import KINDS
from tracker.files.pdf import PdfFacts
from tracker.files.rendering.rendered import SlipFacts


def exhibits_of(case: Case) -> list[Exhibit]:
    """Every exhibit of a case in E order, with all that a plan asks of it."""
    in_force = PageRestriction.objects.filter(lifted_at__isnull=True)
    copies = Rendition.objects.select_related("stored_file", "redaction").order_by("made_at", "id")
    rows = list(
        Exhibit.objects.filter(case=case)
        .select_related("stored_file")
        .prefetch_related(
            Prefetch("renditions", copies), "markings", Prefetch("restrictions", in_force, to_attr="in_force")
        )
        .order_by("number", "part")
    )
    known = lineage.origins(case.pk) if any(row.part for row in rows) else {}
    for row in rows:
        row.origin_id = known.get(row.pk, row.parent_id)  # type: ignore[attr-defined]
        row.is_origin_told = row.pk in known  # type: ignore[attr-defined]
    return rows


def origin_of(row: Exhibit) -> UUID | None:
    """The e-mail that an attachment came out of, as far as the ledger tells; else its parent."""
    found: UUID | None = row.origin_id  # type: ignore[attr-defined]
    return found


def covering(row: Exhibit, by_id: Mapping[UUID, Exhibit]) -> Marking | None:
    """The mark under which an exhibit stands in the hearing: its own, or that of its e-mail."""
    over = by_id.get(row.parent_id) if row.parent_id else None
    return over.marking if over else row.marking


def standing(row: Exhibit, by_id: Mapping[UUID, Exhibit], withheld: Mapping[UUID, str]) -> Standing:
    """What decides about an exhibit; `withheld` are the codes chosen for this bundle.

    What came out of an e-mail within an e-mail is decided by both.
    """
    marking = covering(row, by_id)
    origin = origin_of(row)
    over = by_id.get(origin) if origin else None
    return Standing(
        key=row.key,
        confidentiality=row.confidentiality,
        has_basis=bool(row.release_basis),
        withheld_code=withheld.get(row.pk, "") or row.withheld_code,
        state=marking.state if marking else "",
        pages=row.page_count if row.is_renderable else None,
        stretches=tuple(_stretch(one) for one in row.in_force),  # type: ignore[attr-defined]
        parent=standing(over, by_id, withheld) if over else None,
    )


def _stretch(row: PageRestriction) -> Stretch:
    return Stretch(
        row.first_page, row.last_page, row.confidentiality, bool(row.release_basis), row.code, words.short(row.reason)
    )


def printed_marks(rows: Sequence[Exhibit]) -> dict[UUID, str]:
    """What is printed for each exhibit: its party's mark, the e-mail's with its own part, else its own number.

    A mark that another exhibit already has is not printed twice. The same for every edition.
    """
    own = {row.key for row in rows}
    marks: dict[UUID, str] = {}
    for row in rows:
        if row.parent_id in marks:
            wanted = printed_mark(f"{marks[row.parent_id]}.{row.part}", row.key)
        else:
            wanted = printed_mark(row.marking.mark if row.marking else "", row.key)
        taken = own.union(marks.values())
        marks[row.pk] = row.key if wanted != row.key and wanted in taken else wanted
    return marks


def planned(
    row: Exhibit,
    decision: Decision,
    *,
    edition: str,
    mark: str,
    marking: Marking | None,
    parent: str,
    custody: Sequence[CustodyLine],
) -> PlannedExhibit:
    """One exhibit of an edition that shows or withholds it; its numbers are given later."""
    # Numbers come later; an empty range is what `make_plan` refuses.
    item = PlannedExhibit(
        key=row.key,
        exhibit_id=str(row.pk),
        mark=mark,
        party=marking.party if marking else "",
        kind=WITHHELD,
        state=marking.state if marking else "",
        bates_first=0,
        bates_last=0,
        parent=parent,
        withheld_code=decision.code,
    )
    if decision.outcome == editions.WITHHELD:
        # Words about what is withheld may tell what it is, so only the board reads them.
        own = decision.code == row.withheld_code and edition == editions.BOARD
        return replace(item, withheld_reason=words.short(row.withheld_reason) if own else "")
    item = _described(replace(item, kind=SLIP, custody=tuple(custody)), row)
    if marking and not row.parent_id:
        item = replace(
            item,
            sponsor=marking.sponsor,
            state_note=words.short(marking.ruling),
            objection=words.short(marking.objection),
        )
    copy = shown_copy(row, edition)
    return _with_pages(item, row, copy, decision) if copy else _with_slip(item, row)


def _described(item: PlannedExhibit, row: Exhibit) -> PlannedExhibit:
    stored = row.stored_file
    return replace(
        item,
        title=row.title,
        date=row.dated_on.isoformat() if row.dated_on else "",
        source=row.source,
        native=Native(row.original_name, stored.digest, stored.size, _kind_label(stored.kind)),
        received=words.day(row.received_at.date().isoformat()),
    )


def shown_copy(row: Exhibit, edition: str) -> Rendition | None:
    """The copy whose pages an edition shows: the proved redacted one where the edition is not the board's own."""
    if not row.is_renderable:
        return None
    redacted = row.redacted if editions.shows_redacted(edition) else None
    return redacted or row.rendition


def stale_redaction(row: Exhibit, edition: str) -> list[str]:
    """The sentence that stands against a redacted copy made of other pages than those shown now."""
    copy = shown_copy(row, edition)
    if copy is None or copy.kind != Rendition.Kind.REDACTED:
        return []
    redaction = getattr(copy, "redaction", None)
    if redaction is not None and row.rendition is not None and redaction.source_id == row.rendition.pk:
        return []
    return [_("The redacted copy of exhibit %(key)s is older than its pages. Redact it again.") % {"key": row.key}]


def left_behind(rows: Iterable[Exhibit]) -> list[str]:
    """Notes on exhibits shown whole that came by reference from a docket where there is a redacted copy of them."""
    redacted = Rendition.Kind.REDACTED
    whole = [row for row in rows if row.shares_id and all(copy.kind != redacted for copy in row.renditions.all())]
    if not whole:
        return []
    copies = Rendition.objects.filter(exhibit__in=[row.shares_id for row in whole], kind=redacted)
    there = set(copies.values_list("exhibit_id", flat=True))
    words = _(
        "Exhibit %(key)s came by reference, and its redacted copy stayed behind. Redact it here where it must be."
    )
    return [words % {"key": row.key} for row in whole if row.shares_id in there]


def _with_pages(item: PlannedExhibit, row: Exhibit, copy: Rendition, decision: Decision) -> PlannedExhibit:
    facts = PdfFacts.from_json(copy.facts)
    made = copy.stored_file
    text = text_of(row, copy)
    return replace(
        item,
        kind=PAGES,
        rendition=RenditionFacts(made.digest, made.size, str(copy.get_kind_display()), copy.tools, facts.frame),
        pages=facts.pages,
        outline=facts.outline,
        removed=facts.removed,
        hidden=decision.hidden,
        redacted=redacted_pages(copy),
        # The text file holds every page, also those that are not shown.
        text_sha256=text.stored_file.digest if text and not decision.hidden else "",
    )


def text_of(row: Exhibit, copy: Rendition) -> Rendition | None:
    """The text file of the pages of a copy. That of the whole item is not the text of a redacted copy."""
    texts = [one for one in row.renditions.all() if one.kind == Rendition.Kind.TEXT]
    own = [one for one in texts if one.source_digest == copy.stored_file.digest]
    if own or copy.kind == Rendition.Kind.REDACTED:
        return own[-1] if own else None
    return texts[-1] if texts else None


def redacted_pages(copy: Rendition) -> tuple[RedactedPage, ...]:
    """The pages of a redacted copy that were rebuilt, with their codes; none of any other copy."""
    redaction = getattr(copy, "redaction", None)
    if redaction is None:
        return ()
    codes: dict[int, list[str]] = {}
    for area in json.loads(redaction.areas):
        codes.setdefault(int(area["page"]), []).append(str(area["code"]))
    return tuple(RedactedPage(page, len(found), tuple(sorted(set(found)))) for page, found in sorted(codes.items()))


def _with_slip(item: PlannedExhibit, row: Exhibit) -> PlannedExhibit:
    told = SlipFacts.from_json(row.slip_facts) if row.slip_facts else SlipFacts("")
    item = replace(item, slip_reason=_slip_reason(row, told.reason), slip_facts=told.facts, listing=told.listing)
    return replace(item, is_refused=row.state == ExhibitState.REFUSED)


def _slip_reason(row: Exhibit, told: str) -> str:
    if row.state == ExhibitState.REFUSED:
        why = row.state_reason or _("The scan refused it.")
        return _("The item was received but is not opened here: %(why)s") % {"why": why}
    return told or row.not_renderable_reason or _("An item of this kind is not shown as pages in this bundle.")


def _kind_label(code: str) -> str:
    label = str(KINDS[code].label) if code in KINDS else code
    return label[:1].upper() + label[1:]
