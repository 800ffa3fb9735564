"""E-mails and what came out of them: how much there is, and what pages and slip sheets tell of what is not shown."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.bundle import gather_texts
from tracker.bundle.gather_exhibits import origin_of
from tracker.bundle.masking import fold
from tracker.bundle.plan import UNKNOWN
from tracker.evidence.models import Exhibit, Rendition
from tracker.files.rendering.rendered import MAX_ATTACHMENTS

_EMAIL = "email"
# A name longer than this may be broken over lines of a table, with words of other columns between. It counts as told
# where half of its pieces of so many letters are there.
_ONE_LINE, _PIECE = 30, 12


def counts(rows: Iterable[Exhibit]) -> dict[UUID, int]:
    """How many exhibits of a case came out of each e-mail, at any depth; UNKNOWN where that is not told.

    It is not told of an e-mail that came by reference, since what was not cleared stayed behind; where the number took
    no more attachments; and of one within another, while the ledger does not say what each of these came out of.
    """
    by_id = {row.pk: row for row in rows}
    found: Counter[UUID] = Counter()
    untold: set[UUID | None] = set()
    full: set[UUID | None] = set()
    for row in by_id.values():
        found.update(_holders(row, by_id))
        if row.part and not row.is_origin_told:  # type: ignore[attr-defined]
            untold.add(row.parent_id)
        if row.part >= MAX_ATTACHMENTS:
            full.add(row.parent_id)
    for row in by_id.values():
        is_unsure = row.shares_id is not None or (row.parent_id or row.pk) in full or row.parent_id in untold
        if row.stored_file.kind == _EMAIL and is_unsure:
            found[row.pk] = UNKNOWN
    return dict(found)


def _holders(row: Exhibit, by_id: Mapping[UUID, Exhibit]) -> set[UUID]:
    """Every e-mail that holds an attachment: the one it came out of, what that came out of, and its parent."""
    held: set[UUID] = {row.parent_id} if row.parent_id else set()
    at = origin_of(row)
    while at is not None and at not in held:
        held.add(at)
        at = origin_of(by_id[at])
    return held


def unshown(rows: Iterable[Exhibit], shown: Collection[UUID]) -> dict[UUID, list[Exhibit]]:
    """The attachments that an edition does not show, by the shown e-mail they came out of; `shown` are ids."""
    out: dict[UUID, list[Exhibit]] = {}
    for row in rows:
        origin = origin_of(row)
        if origin is not None and origin in shown and row.pk not in shown:
            out.setdefault(origin, []).append(row)
    return out


def listing(row: Exhibit, rows: Iterable[Exhibit], shown: Collection[UUID]) -> tuple[str, ...]:
    """The names of those attachments of an e-mail that an edition shows, for its slip sheet."""
    return tuple(one.original_name for one in rows if origin_of(one) == row.pk and one.pk in shown)


def named(row: Exhibit, copy: Rendition, parts: Sequence[Exhibit], hidden: set[int]) -> list[tuple[Exhibit, list[int]]]:
    """Those of some attachments that shown pages of their e-mail name, each with these pages, counted from 1.

    `hidden` pages are not asked; pages without a text to search count as naming all. Raises IntegrityBroken.
    """
    words = gather_texts.Words(row, copy)
    pages: dict[UUID, list[int]] = {}
    for page in range(1, (row.page_count or 0) + 1):
        if page in hidden:
            continue
        text = words.on(page, lambda told: any(tells(told, part) for part in parts))
        for part in parts:
            if not words.are_known or tells(text, part):
                pages.setdefault(part.pk, []).append(page)
    return [(part, pages[part.pk]) for part in parts if part.pk in pages]


def tells(text: str, part: Exhibit) -> bool:
    """Whether a page's text holds the name of an attachment, or its SHA-256, as pages made earlier do."""
    said, name = _joined(text), _joined(part.original_name)
    if name in said or part.stored_file.digest in said:
        return True
    pieces = [name[at : at + _PIECE] for at in range(0, len(name) - _PIECE + 1, _PIECE)]
    return len(name) > _ONE_LINE and 2 * sum(piece in said for piece in pieces) >= len(pieces)


def _joined(text: str) -> str:
    """A text without blanks and line ends, since a long name is broken anywhere."""
    return "".join(fold(text).split())


def against(key: str, part: str, pages: list[int]) -> str:
    """The sentence for pages of an e-mail that name an attachment which an edition withholds."""
    words = _(
        "The page of exhibit %(key)s names its attachment %(part)s, which this edition withholds. Redact %(pages)s or "
        "withhold %(key)s too."
    )
    return words % {"key": key, "part": part, "pages": gather_texts.page_words(pages)}


def note(key: str, part: str, pages: list[int]) -> str:
    """The sentence for pages of an e-mail that name an attachment which is not in an edition."""
    words = _("Exhibit %(key)s names its attachment %(part)s, which this edition does not show, on %(pages)s.")
    return words % {"key": key, "part": part, "pages": gather_texts.page_words(pages)}
