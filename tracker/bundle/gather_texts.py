"""Names on the pages themselves and in the file of a copy: they may not be masked, so they stop the edition."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _
from pikepdf import PdfError

from tracker.bundle import gather_exhibits
from tracker.bundle.masking import Masker
from tracker.errors import IntegrityBroken
from tracker.evidence import redactions
from tracker.evidence.models import Exhibit, Rendition
from tracker.files import storage
from tracker.files.pdfstrings import PdfStrings, strings_of
from tracker.files.storage import Stored

PAGE_END = "\f"
_MOST_NAMED = 12


@dataclass(frozen=True)
class Found:
    """Pages, from 1, that carry a masked name in full, that carry a part of one, and that have no text to search.

    `unseen` carry one in full beside their text: in a note, its author, a value. `file_full` and `file_part` say
    whether the copy does somewhere else than on a page, `is_whole` whether all of it could be read.
    """

    full: list[int] = field(default_factory=list)
    part: list[int] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    file_full: bool = False
    file_part: bool = False
    is_whole: bool = True


class Words:
    """What stands on the pages of a copy. Raises IntegrityBroken where kept bytes changed.

    `are_known` says whether there is a text to search at all.
    """

    def __init__(self, row: Exhibit, copy: Rendition) -> None:
        text = gather_exhibits.text_of(row, copy)
        self._copy = copy
        self._rebuilt: set[int] = set()
        if text is None and copy.kind == Rendition.Kind.REDACTED:
            # The text of the whole item tells where names stood; what the rebuilt pages still have is read from them.
            text = row.text
            self._rebuilt = {one.page for one in gather_exhibits.redacted_pages(copy)}
        self._pages = _pages(text) if text else []
        self.are_known = bool(self._pages)

    def on(self, page: int, is_doubtful: Callable[[str], bool]) -> str:
        """The text of a page, from 1. `is_doubtful` says of a text whether a rebuilt page has to be read itself."""
        words = self._pages[page - 1] if page <= len(self._pages) else ""
        if page in self._rebuilt and is_doubtful(words):
            words = redactions.page_text(self._copy, page) or ""
        return words


def search(row: Exhibit, copy: Rendition, masker: Masker, hidden: set[int]) -> Found:
    """Search the pages that are shown of a copy; `hidden` ones are not asked. Raises IntegrityBroken."""
    words = Words(row, copy)
    beside = _beside(copy)
    found = Found(
        file_full=masker.names_in_full(beside.document),
        file_part=masker.names_in_part(beside.document),
        is_whole=beside.is_whole,
    )
    for page in range(1, (row.page_count or 0) + 1):
        if page in hidden:
            continue
        told = beside.pages[page - 1] if page <= len(beside.pages) else ""
        _look(found, page, words.on(page, masker.names_in_part), told, masker=masker)
    return found


def _look(found: Found, page: int, words: str, beside: str, *, masker: Masker) -> None:
    if masker.names_in_full(words):
        found.full.append(page)
    elif masker.names_in_full(beside):
        found.unseen.append(page)
    else:
        if not words.strip():
            found.silent.append(page)
        if masker.names_in_part(words) or masker.names_in_part(beside):
            found.part.append(page)


def _beside(copy: Rendition) -> PdfStrings:
    made = copy.stored_file
    return _strings_of(Stored(made.digest, made.size, made.key))


# A preview and the freeze after it ask the same copies, which never change.
@lru_cache(maxsize=128)
def _strings_of(kept: Stored) -> PdfStrings:
    with TemporaryDirectory() as folder:
        path = storage.local_path(kept) or storage.copy_verified(kept, Path(folder) / "copy.pdf")
        try:
            return strings_of(path)
        except PdfError as error:
            raise IntegrityBroken(_("A copy cannot be read any more.")) from error


def _pages(text: Rendition) -> list[str]:
    with storage.open_verified(text.stored_file) as opened:
        return opened.read().decode("utf-8", "replace").split(PAGE_END)


def against(key: str, found: Found) -> list[str]:
    """The sentences for pages, and for a file, that name somebody in full."""
    on_pages = _("Exhibit %(key)s names who is masked in this edition on %(pages)s: redact or withhold them.")
    beside = _(
        "Exhibit %(key)s names who is masked in this edition in a note or in words that are not drawn, on %(pages)s: "
        "redact or withhold them."
    )
    in_file = _("The copy of exhibit %(key)s names who is masked in this edition outside its pages: withhold it.")
    out = [
        sentence % {"key": key, "pages": page_words(pages)}
        for sentence, pages in ((on_pages, found.full), (beside, found.unseen))
        if pages
    ]
    return [*out, in_file % {"key": key}] if found.file_full else out


def notes(key: str, found: Found) -> list[str]:
    """Sentences about pages that a person has to look at."""
    out = []
    if found.part:
        words = _("Exhibit %(key)s has a part of a masked name on %(pages)s. Look at them.")
        out.append(words % {"key": key, "pages": page_words(found.part)})
    if found.file_part and not found.file_full:
        words = _("The copy of exhibit %(key)s has a part of a masked name outside its pages, as in a layer's name.")
        out.append(words % {"key": key})
    if not found.is_whole:
        words = _("The copy of exhibit %(key)s says more beside its pages than can be searched. Look at it.")
        out.append(words % {"key": key})
    if found.silent:
        words = _("Exhibit %(key)s has no text that can be searched for masked names on %(pages)s. Look at them.")
        out.append(words % {"key": key, "pages": page_words(found.silent)})
    return out


def unsearched(key: str) -> str:
    """The sentence for an exhibit without pages, whose file no search looks into."""
    words = _("Exhibit %(key)s has no pages to search for masked names. Its original does not go along.")
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
