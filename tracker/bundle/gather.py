"""From rows to plain values: what an edition of a case would hold, and what stands against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from tracker.bundle import editions, gather_exhibits, gather_lists, gather_mail, gather_texts, gather_twins
from tracker.bundle.editions import Decision
from tracker.bundle.gather_heading import book_of, signing_of
from tracker.bundle.gather_people import Masking, custody_lines, masking_of
from tracker.bundle.keys import KeyUnusable
from tracker.bundle.lists import Tables
from tracker.bundle.masking import mask_exhibit, mask_tables
from tracker.bundle.plan import NOT_CHOSEN, RENUMBERED, Gap, PlannedExhibit
from tracker.bundle.planning import numbers_needed
from tracker.bundle.ranges import Book
from tracker.cases.models import Case
from tracker.evidence.models import Exhibit
from tracker.files.fonts import FontFiles, find_fonts


@dataclass(frozen=True)
class Drafted:
    """An edition before its numbers are reserved, and what stands against it.

    `exhibits` are what it shows or withholds, in order, with names masked; ranges are 0 where numbers are not reserved
    or will be given anew. `reasons` are whole sentences, with any of them nothing can be frozen; `notes` need a
    person's attention. `gaps` are reserved numbers in no exhibit of it. `needed` counts numbers by exhibit key.
    `absent` says for exhibits (by id) that are not in it which gap their numbers are, `labels` what is printed for
    each exhibit of the case that this edition's readers may know of.
    """

    edition: str
    exhibits: tuple[PlannedExhibit, ...]
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    needed: Mapping[str, int] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    tables: Tables = Tables()
    has_part2: bool = False
    is_masked: bool = False


def draft(
    case: Case, chosen: Sequence[UUID] | None, withheld: Mapping[UUID, str], *, edition: str, at: datetime
) -> Drafted:
    """Gather an edition of the chosen exhibits of a case (None: all, in E order), in the given order.

    `withheld` are the codes of exhibits to keep out of this bundle; those withheld by an act of their own are kept out
    in any case. `at` (aware) is when it would be frozen.
    """
    return _Gathering(case, chosen, withheld, edition=edition, at=at).drafted()


def numbered(drafted: Drafted, book: Book) -> Drafted:
    """An edition with the numbers of a book; what has none that fit keeps 0."""
    exhibits = []
    for item in drafted.exhibits:
        held = book.fitting(item.exhibit_id, drafted.needed[item.key])
        first, last = (held.first, held.last) if held else (0, 0)
        exhibits.append(replace(item, bates_first=first, bates_last=last))
    return replace(drafted, exhibits=tuple(exhibits), gaps=_gaps(drafted, book))


def _gaps(drafted: Drafted, book: Book) -> tuple[Gap, ...]:
    needed = {item.exhibit_id: drafted.needed[item.key] for item in drafted.exhibits}
    gaps = []
    for row in book.ranges:
        if not row.is_retired and needed.get(row.exhibit_id) == row.count:
            continue
        is_old = row.is_retired or row.exhibit_id in needed
        code = RENUMBERED if is_old else drafted.absent.get(row.exhibit_id, NOT_CHOSEN)
        gaps.append(Gap(row.first, row.last, drafted.labels.get(row.exhibit_id, ""), code, 0))
    return tuple(gaps)


def installed_fonts() -> FontFiles:
    """The typefaces of this installation. Raises FontsMissing."""
    return find_fonts(settings.FONTS_DIR)


class _Gathering:
    def __init__(
        self, case: Case, chosen: Sequence[UUID] | None, withheld: Mapping[UUID, str], *, edition: str, at: datetime
    ) -> None:
        self._case, self._edition, self._at = case, edition, at
        self._rows = {row.pk: row for row in gather_exhibits.exhibits_of(case)}
        self._order = list(self._rows) if chosen is None else list(dict.fromkeys(chosen))
        self._withheld = withheld
        self._marks = gather_exhibits.printed_marks(list(self._rows.values()))
        self._reasons: list[str] = []
        self._notes: list[str] = []
        self._has_part2 = False

    def drafted(self) -> Drafted:
        picked = self._picked()
        book = book_of(self._case, self._at)
        masking = masking_of(self._case, edition=self._edition, at=self._at)
        decided = [(row, self._decide(row)) for row in picked]
        inside = [(row, decision) for row, decision in decided if decision.outcome != editions.ABSENT]
        # A record may have no exhibits: what was defaulted, settled or not disputed.
        if picked and not inside and self._edition != editions.COURT:
            self._reasons.append(_("None of the chosen exhibits belongs into this edition."))
        items = self._items(inside)
        self._look_at_emails(inside)
        needed = {row.key: self._needed(row) for row, _decision in inside}
        self._note_new_numbers(items, needed, book)
        self._notes += gather_twins.notes(inside, self._edition)
        if editions.shows_redacted(self._edition):
            self._notes += gather_exhibits.left_behind([row for row, _decision in self._shown(inside)])
        if masking.is_masked:
            self._search(inside, masking)
        self._look_at_key()
        tables = gather_lists.tables(self._case, self._edition, items)
        plain = Drafted(
            edition=self._edition,
            exhibits=tuple(mask_exhibit(item, masking.masker) for item in items),
            reasons=tuple(dict.fromkeys(self._reasons)),
            notes=tuple(dict.fromkeys(self._notes)),
            needed=needed,
            absent={str(row.pk): decision.code for row, decision in decided if decision.outcome == editions.ABSENT},
            labels=self._labels(),
            tables=mask_tables(tables, masking.masker),
            has_part2=self._has_part2,
            is_masked=masking.is_masked,
        )
        return numbered(plain, book)

    def _picked(self) -> list[Exhibit]:
        if any(key not in self._rows for key in [*self._order, *self._withheld]):
            self._reasons.append(_("An exhibit that was chosen is not in this case."))
        picked = [self._rows[key] for key in self._order if key in self._rows]
        if not picked and self._edition != editions.COURT:
            self._reasons.append(_("Choose at least one exhibit."))
        return picked

    def _decide(self, row: Exhibit) -> Decision:
        decision = editions.decide(self._edition, gather_exhibits.standing(row, self._rows, self._withheld))
        if decision.outcome == editions.ABSENT:
            return decision
        if not row.is_settled:
            self._reasons.append(_("Exhibit %(key)s is still being scanned and inspected.") % {"key": row.key})
        self._reasons += decision.blocks
        self._notes += decision.notes
        if decision.outcome == editions.SHOWN:
            self._reasons += gather_exhibits.stale_redaction(row, self._edition)
            self._has_part2 = self._has_part2 or decision.has_part2
        return decision

    def _items(self, inside: Sequence[tuple[Exhibit, Decision]]) -> list[PlannedExhibit]:
        custody = custody_lines([row for row, _decision in inside], edition=self._edition)
        rows, keys = list(self._rows.values()), {row.pk: row.key for row in self._rows.values()}
        shown = {row.pk for row, _decision in self._shown(inside)}
        came_along, not_shown = gather_mail.counts(rows), gather_mail.unshown(rows, shown)
        items = {
            row.pk: gather_exhibits.planned(
                row,
                decision,
                edition=self._edition,
                mark=self._marks[row.pk],
                marking=gather_exhibits.covering(row, self._rows),
                parent=keys.get(row.parent_id, "") if row.parent_id else "",
                custody=custody.get(row.pk, ()),
            )
            for row, decision in inside
        }
        for row, _decision in inside:
            told = items[row.pk]
            # A slip sheet cannot be redacted, so it lists what is in this edition.
            lists = gather_mail.listing(row, rows, shown) if told.listing and row.pk in not_shown else told.listing
            origin = gather_exhibits.origin_of(row)
            came_from = keys[origin] if origin else ""
            items[row.pk] = replace(told, attachments=came_along.get(row.pk, 0), origin=came_from, listing=lists)
        return list(items.values())

    @staticmethod
    def _shown(inside: Sequence[tuple[Exhibit, Decision]]) -> list[tuple[Exhibit, Decision]]:
        return [(row, decision) for row, decision in inside if decision.outcome == editions.SHOWN]

    def _look_at_emails(self, inside: Sequence[tuple[Exhibit, Decision]]) -> None:
        """Names of attachments that are not shown, on the pages of the e-mails they came out of."""
        shown = self._shown(inside)
        not_shown = gather_mail.unshown(self._rows.values(), {row.pk for row, _decision in shown})
        for row, decision in shown:
            copy = gather_exhibits.shown_copy(row, self._edition)
            parts = not_shown.get(row.pk, [])
            for part, pages in gather_mail.named(row, copy, parts, decision.hidden_pages) if copy and parts else ():
                if self._is_closed(part):
                    self._reasons.append(gather_mail.against(row.key, part.key, pages))
                else:
                    self._notes.append(gather_mail.note(row.key, part.key, pages))

    def _is_closed(self, part: Exhibit) -> bool:
        """Whether the readers of this edition may not know of an attachment. The board's own may."""
        standing = gather_exhibits.standing(part, self._rows, self._withheld)
        is_withheld = editions.decide(self._edition, standing).outcome == editions.WITHHELD
        return is_withheld and self._edition != editions.BOARD

    def _needed(self, row: Exhibit) -> int:
        return numbers_needed(page_count=row.page_count if row.is_renderable else None)

    def _note_new_numbers(self, items: Sequence[PlannedExhibit], needed: Mapping[str, int], book: Book) -> None:
        for item in items:
            held = book.held(item.exhibit_id)
            if held and held.count != needed[item.key]:
                words = _(
                    "Exhibit %(key)s gets new numbers at the end: it took %(old)s when its numbers were reserved, and "
                    "takes %(new)s now."
                )
                self._notes.append(words % {"key": item.key, "old": held.count, "new": needed[item.key]})

    def _look_at_key(self) -> None:
        try:
            signing = signing_of(self._case.board, self._at)
        except KeyUnusable as error:
            self._reasons.append(str(error))
            return
        if signing.required and not signing.certificate_sha256:
            self._notes.append(_("The board requires signed bundles and has no key here, so this one is not signed."))

    def _search(self, inside: Sequence[tuple[Exhibit, Decision]], masking: Masking) -> None:
        for row, decision in self._shown(inside):
            copy = gather_exhibits.shown_copy(row, self._edition)
            if copy is None:
                self._notes.append(gather_texts.unsearched(row.key))
                continue
            found = gather_texts.search(row, copy, masking.masker, decision.hidden_pages)
            self._reasons += gather_texts.against(row.key, found)
            self._notes += gather_texts.notes(row.key, found)

    def _labels(self) -> dict[str, str]:
        """What the log calls exhibits; readers of the record do not learn of others."""
        labels = {}
        for row in self._rows.values():
            marking = gather_exhibits.covering(row, self._rows)
            if self._edition == editions.BOARD or (marking and marking.state in editions.on_record(self._edition)):
                labels[str(row.pk)] = self._marks[row.pk]
        return labels
