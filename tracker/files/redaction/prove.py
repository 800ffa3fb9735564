"""The proof of a redaction: a finished copy is searched, by other means than those that made it, for what was covered.

It knows nothing of how the copy was made. Given a copy in which boxes only lie over live text, it says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from tracker.files import pdf
from tracker.files.pdflinks import OutlineItem
from tracker.files.redaction import engines, opening, pixels, search, words
from tracker.files.redaction.areas import Area, on_page, pages_of
from tracker.files.redaction.commonwords import is_common, telling
from tracker.files.redaction.words import Split, Text

_CHUNK = 1 << 20
_END = b"startxref"


@dataclass(frozen=True)
class Hit:
    """Something covered that can still be found: on a page (0: in the file itself); `where` is a key of `words_of`."""

    page: int
    where: str


@dataclass(frozen=True)
class Also:
    """A covered word or phrase that also stands outside the boxes, on these pages."""

    word: str
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Proof:
    """What was searched for and found.

    `dropped` and `kept` count words of the redrawn pages; `readers` names who read the text; `textless` are redrawn
    pages without text, so that only their pixels could be checked; `pictures` are pairs (page that stayed, redrawn
    page) that show the same picture.
    """

    dropped: int
    kept: int
    hits: tuple[Hit, ...]
    also: tuple[Also, ...]
    readers: tuple[str, ...] = ()
    textless: tuple[int, ...] = ()
    pictures: tuple[tuple[int, int], ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing of what is covered was found where it should be gone."""
        return not self.hits

    @property
    def elsewhere(self) -> tuple[int, ...]:
        """The pages that a person must look at before the copy is released."""
        return tuple(sorted({page for one in self.also for page in one.pages} | {page for page, _of in self.pictures}))


def prove(
    source: Path,
    derived: Path,
    areas: Sequence[Area],
    *,
    outline: Sequence[OutlineItem] = (),
    pictures: Sequence[tuple[int, int]] = (),
) -> Proof:
    """Search a copy for everything that stands under the areas in its source.

    `outline` are the bookmarks that go with the copy. Raises CannotOpen where a file cannot be read at all.
    """
    split = splits_of(source, areas)
    searched = _Needles(source, areas, split)
    hits, also = list(searched.disputed), defaultdict[str, set[int]](set)
    readers = engines.readers()
    for reader in readers:
        found = _compare(reader, (source, derived), _written(split, areas), searched.needles)
        hits += [Hit(page, "text") for page in found]
    _note_elsewhere(also, _texts_elsewhere(readers[0], source, split), searched.needles)
    traces = search.search(derived, searched.needles, split)
    hits += [Hit(page, "file") for page in traces.hits]
    for needle, pages in traces.also.items():
        also[needle] |= pages
    hits += [Hit(page, "pixels") for page in pixels.faults(derived, areas)]
    if _has_older_states(derived):
        hits.append(Hit(0, "states"))
    if any(Text(item.title).count(needle) for item in outline for needle in telling(searched.needles)):
        hits.append(Hit(0, "outline"))
    return Proof(
        dropped=sum(len(one.dropped) for one in split.values()),
        kept=sum(len(one.kept) for one in split.values()),
        hits=tuple(sorted(set(hits), key=lambda hit: (hit.page, hit.where))),
        also=_also(also, searched.needles),
        readers=tuple(reader.name for reader in readers),
        textless=tuple(number for number, one in split.items() if not one.kept and not one.dropped),
        pictures=tuple(pictures),
    )


def look_ahead(source: Path, areas: Sequence[Area], *, most_pages: int) -> Proof:
    """What a redaction would drop, and where else those words stand: read from the source, nothing is made.

    Of a longer document only the first `most_pages` and the redrawn pages are read. Raises CannotOpen.
    """
    split = splits_of(source, areas)
    needles = {needle: text for one in split.values() for needle, text in one.needles.items()}
    also = defaultdict[str, set[int]](set)
    texts = dict(enumerate(engines.pdfium_texts(source, most_pages), start=1))
    _note_elsewhere(also, _with_kept_words(texts, split), needles)
    return Proof(
        dropped=sum(len(one.dropped) for one in split.values()),
        kept=sum(len(one.kept) for one in split.values()),
        hits=(),
        also=_also(also, needles),
        readers=(opening.VERSION,),
        textless=tuple(number for number, one in split.items() if not one.kept and not one.dropped),
    )


def splits_of(source: Path, areas: Sequence[Area]) -> dict[int, Split]:
    """The words of each page that has areas, parted by them. Raises CannotOpen for a page that is not there."""
    units = units_of(source)
    found = {}
    with opening.opened(source) as document:
        for number in pages_of(areas):
            if not 1 <= number <= len(document):
                raise opening.CannotOpen(f"There is no page {number}.")
            page = document[number - 1]
            found[number] = words.split(words.read(page, units[number - 1]), on_page(areas, number))
            page.close()
    return found


def units_of(path: Path) -> list[float]:
    """The user unit of every page, in points. Raises CannotOpen."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as document:
            return [float(pdf.geometry_of(page.obj).unit) for page in document.pages]
    except (pikepdf.PdfError, OSError) as error:
        raise opening.CannotOpen("The pages cannot be opened.") from error


class _Needles:
    """What both readers see under the areas; and pages where they dispute which words lie there."""

    def __init__(self, source: Path, areas: Sequence[Area], split: Mapping[int, Split]) -> None:
        self.needles = {needle: text for one in split.values() for needle, text in one.needles.items()}
        self.disputed: set[Hit] = set()
        units = units_of(source)
        for number, one in split.items():
            seen = engines.poppler_words(source, number, units[number - 1])
            inside = [word.text for word in seen if engines.lies_in(word, on_page(areas, number))]
            dropped = words.plain(" ".join(word.text for word in one.dropped))
            kept = words.plain(" ".join(word.text for word in one.kept))
            for needle, text in words.needles_in(inside).items():
                self.needles.setdefault(needle, text)
                if needle not in dropped and needle in kept:
                    self.disputed.add(Hit(number, "disputed"))


def _compare(
    reader: engines.Reader,
    files: tuple[Path, Path],
    written: Mapping[int, Sequence[str]],
    needles: Mapping[str, str],
) -> list[int]:
    """The pages of the copy on which a reader finds more of a needle than the source accounts for.

    `written` names what was left on redrawn pages.
    """
    before, after = (reader.texts(path) for path in files)
    faulty = []
    for number, text in enumerate(after, start=1):
        if number in written:
            if _holds_more(text, written[number], needles):
                faulty.append(number)
            continue
        found, known = Text(text), Text(before[number - 1] if number <= len(before) else "")
        if found.plain != known.plain and any(found.count(one) > known.count(one) for one in needles):
            faulty.append(number)
    return faulty


def _holds_more(found: str, written: Sequence[str], needles: Iterable[str]) -> bool:
    """Whether a redrawn page says a needle more often than the words that were left on it.

    Readers order words differently, so the end of one and the beginning of the next may form a needle by chance. That
    is no finding while every letter that is read is one of those that were left.
    """
    extra = Counter(words.plain(found)) - Counter("".join(written))
    if not extra:
        return False
    tokens = [words.plain(token) for token in found.split()]
    everything, left = words.plain(found), "".join(written)
    for needle in needles:
        in_words = sum(token.count(needle) for token in tokens) > sum(token.count(needle) for token in written)
        if in_words or everything.count(needle) > left.count(needle):
            return True
    return False


def _written(split: Mapping[int, Split], areas: Sequence[Area]) -> dict[int, list[str]]:
    """What a redrawn page may say: the words that stay, and the codes in its boxes."""
    return {
        number: [words.plain(word.text) for word in one.kept]
        + [words.plain(area.code) for area in on_page(areas, number)]
        for number, one in split.items()
    }


def _texts_elsewhere(reader: engines.Reader, source: Path, split: Mapping[int, Split]) -> dict[int, str]:
    return _with_kept_words(dict(enumerate(reader.texts(source), start=1)), split)


def _with_kept_words(texts: Mapping[int, str], split: Mapping[int, Split]) -> dict[int, str]:
    """The text of every page without what the areas cover."""
    return {**texts, **{number: " ".join(word.text for word in one.kept) for number, one in split.items()}}


def _note_elsewhere(also: dict[str, set[int]], texts: Mapping[int, str], needles: Mapping[str, str]) -> None:
    for number, written in texts.items():
        text = Text(written)
        for needle in needles:
            if text.stands_alone(needle):
                also[needle].add(number)


def _also(found: Mapping[str, set[int]], needles: Mapping[str, str]) -> tuple[Also, ...]:
    """What to show a person, the rarest first. Words that stand in every text tell nothing."""
    rows = [Also(needles[needle], tuple(sorted(pages))) for needle, pages in found.items()]
    told = [row for row in rows if not is_common(row.word)]
    return tuple(sorted(told, key=lambda row: (len(row.pages), row.pages, row.word)))


def _has_older_states(path: Path) -> bool:
    """Whether a file was added to after it was written, so that its former state lies in it."""
    count, before = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            count += (before + chunk).count(_END)
            before = chunk[-(len(_END) - 1) :]
    return count != 1
