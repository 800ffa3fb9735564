"""Names on the pages themselves: what stands in their text may not be masked, so it stops the edition."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tracker.bundle import gather_exhibits
from tracker.bundle.masking import Masker
from tracker.evidence import redactions
from tracker.evidence.models import Exhibit, Rendition
from tracker.files import storage

PAGE_END = "\f"
_MOST_NAMED = 12


@dataclass(frozen=True)
class Found:
    """Pages, from 1, that carry a masked name in full, that carry a part of one, and that have no text to search."""

    full: list[int] = field(default_factory=list)
    part: list[int] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)


def search(row: Exhibit, copy: Rendition, masker: Masker, hidden: set[int]) -> Found:
    """Search the pages that are shown of a copy; `hidden` ones are not asked. Raises IntegrityBroken."""
    text = gather_exhibits.text_of(row, copy)
    rebuilt: set[int] = set()
    if text is None and copy.kind == Rendition.Kind.REDACTED:
        # The text of the whole item tells where names stood; what the rebuilt pages still have is read from them.
        text = row.text
        rebuilt = {one.page for one in gather_exhibits.redacted_pages(copy)}
    pages = _pages(text) if text else []
    found = Found()
    for page in range(1, (row.page_count or 0) + 1):
        if page in hidden:
            continue
        words = pages[page - 1] if page <= len(pages) else ""
        if page in rebuilt and masker.names_in_part(words):
            words = redactions.page_text(copy, page)
        if not words.strip():
            found.silent.append(page)
        elif masker.names_in_full(words):
            found.full.append(page)
        elif masker.names_in_part(words):
            found.part.append(page)
    return found


def _pages(text: Rendition) -> list[str]:
    with storage.open_verified(text.stored_file) as opened:
        return opened.read().decode("utf-8", "replace").split(PAGE_END)


def against(key: str, found: Found) -> list[str]:
    """The sentence for pages that name somebody in full."""
    if not found.full:
        return []
    words = _("Exhibit %(key)s names who is masked in this edition on %(pages)s: redact or withhold them.")
    return [words % {"key": key, "pages": page_words(found.full)}]


def notes(key: str, found: Found) -> list[str]:
    """Sentences about pages that a person has to look at."""
    out = []
    if found.part:
        words = _("Exhibit %(key)s has a part of a masked name on %(pages)s. Look at them.")
        out.append(words % {"key": key, "pages": page_words(found.part)})
    if found.silent:
        words = _("Exhibit %(key)s has no text that can be searched for masked names on %(pages)s. Look at them.")
        out.append(words % {"key": key, "pages": page_words(found.silent)})
    return out


def unsearched(key: str) -> str:
    """The sentence for an exhibit without pages, whose file no search looks into."""
    words = _(
        "The original of exhibit %(key)s cannot be searched for masked names. Look at it before it goes into a ZIP."
    )
    return words % {"key": key}


def page_words(pages: list[int]) -> str:
    """Name pages in words: "page 3", "pages 2 to 4, 7"; after twelve of them how many more there are."""
    spans: list[tuple[int, int]] = []
    for page in pages:
        if spans and spans[-1][1] == page - 1:
            spans[-1] = (spans[-1][0], page)
        else:
            spans.append((page, page))
    named = [_("%(first)s to %(last)s") % {"first": a, "last": b} if a != b else str(a) for a, b in spans]
    if len(named) > _MOST_NAMED:
        more = sum(b - a + 1 for a, b in spans[_MOST_NAMED:])
        named = [*named[:_MOST_NAMED], _("%(count)s more") % {"count": more}]
    one = len(pages) == 1
    return (_("page %(pages)s") if one else _("pages %(pages)s")) % {"pages": ", ".join(named)}
