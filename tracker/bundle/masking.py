"""Names that an edition may not carry: found in any spelling, replaced in what is generated. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.bundle.lists import Event, MatrixRow, Tables, Witness
from tracker.bundle.plan import PlannedExhibit

LEAST_LETTERS = 3
_LETTER = r"[^\W\d_]"
_GAP = r"[\W\d_]*"
# What may stand between the words of one name; a semicolon or a question mark ends a sentence.
_APART = r"[\s,.'’\-\d_]+"
_BEFORE, _AFTER = f"(?<!{_LETTER})", f"(?!{_LETTER})"
_COMBINING = re.compile(r"[\u0300-\u036f]+")
# Words of address and particles are no part of a name by which anybody is known.
_NO_NAMES = frozenset(
    (
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "hon", "jr", "sr", "ii", "iii", "iv", "esq", "phd",
        "lpc", "lmft", "lcsw", "md", "rn", "van", "von", "der", "den", "del", "las", "los", "the", "and",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody who is masked: the name, further strings that tell who it is (e-mail, telephone), the word instead."""

    name: str
    word: str
    contacts: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Write a text without case, accents and compatibility forms."""
    if text.isascii():
        return text.lower()
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text).casefold())


def _fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its letters the place in the text it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters, places = [], []
    for place, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), places


class Masker:
    """Finds and replaces the names of some people.

    `keep` are names that stay although they share a part with a masked one: the respondent's and those of staff.
    """

    def __init__(self, people: Iterable[Person], keep: Iterable[str] = ()) -> None:
        people = [person for person in people if fold(person.name).strip() or person.contacts]
        self._words = [person.word for person in people]
        self._any = [re.compile("|".join(_patterns(person))) for person in people]
        full = [pattern for person in people for pattern in _full_patterns(_tokens(person.name))]
        self._loose = [re.compile("|".join([*_patterns(person), *_inside(person)])) for person in people]
        self._full = re.compile("|".join(full)) if full else None
        masked = {_plain(person.name) for person in people}
        kept = [_whole(_tokens(name)) for name in keep if _plain(name) and _plain(name) not in masked]
        self._kept = re.compile("|".join(kept)) if kept else None

    def __bool__(self) -> bool:
        return bool(self._any)

    def text(self, text: str) -> str:
        """The text with every name, and every part of one that stands as a word, replaced."""
        return self._replaced(text, self._any)

    def file_name(self, text: str) -> str:
        """The name of a file, where words are written together, with every name and longer part of one replaced."""
        return self._replaced(text, self._loose)

    def _replaced(self, text: str, patterns: Sequence[re.Pattern[str]]) -> str:
        if not text or not patterns:
            return text
        folded, places = _fold_with_places(text)
        out, at = [], 0
        for start, end, word in self._spans(folded, patterns):
            first, last = places[start], places[end - 1] + 1
            # Accents that follow a letter belong to it.
            while last < len(text) and unicodedata.combining(text[last]):
                last += 1
            if first >= at:
                out += [text[at:first], word]
            at = max(at, last)
        return "".join([*out, text[at:]])

    def names_in_full(self, text: str) -> bool:
        """Whether a text carries a masked name in full, in whatever order and spelling."""
        if self._full is None:
            return False
        folded = fold(text)
        return bool(self._full.search(folded) or self._full.search(_joined(folded)))

    def names_in_part(self, text: str) -> bool:
        """Whether a text carries any part of a masked name, or a contact."""
        folded = fold(text)
        return any(pattern.search(folded) for pattern in self._any)

    def _spans(self, folded: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[int, int, str]]:
        kept = [found.span() for found in self._kept.finditer(folded)] if self._kept else []
        spans = []
        for pattern, word in zip(patterns, self._words, strict=True):
            for found in pattern.finditer(folded):
                start, end = found.span()
                if start < end and not any(low <= start and end <= high for low, high in kept):
                    spans.append((start, end, word))
        yield from sorted(spans, key=lambda span: (span[0], -span[1]))


def _joined(text: str) -> str:
    """The text with words put together that a line break divided."""
    return re.sub(r"[-\u00ad\u2010]\s*\n\s*", "", text)


def _tokens(name: str) -> list[list[str]]:
    """The words of a name, each as its parts: "Anne-Marie O'Brien" → [[anne, marie], [o, brien]]."""
    words = [re.findall(f"{_LETTER}+", word) for word in fold(name).split()]
    known = [word for word in words if word and "".join(word) not in _NO_NAMES]
    return known or [word for word in words if word]


def _plain(name: str) -> str:
    return " ".join("".join(word) for word in _tokens(name))


def _word(parts: list[str]) -> str:
    return _GAP.join(re.escape(part) for part in parts)


def _whole(words: list[list[str]]) -> str:
    return _BEFORE + _GAP.join(_word(word) for word in words) + _AFTER


def _full_patterns(words: list[list[str]]) -> list[str]:
    """How a full name may be written: in order, with or without what stands between, or the last name first."""
    if not words:
        return []
    first, last = _word(words[0]), _word(words[-1])
    if len(words) == 1:
        return [_BEFORE + first + _AFTER]
    between = rf"{_APART}(?:{_LETTER}+{_APART}){{0,2}}"
    found = [
        _whole(words),
        f"{_BEFORE}{first}{between}{last}{_AFTER}",
        f"{_BEFORE}{last}{_APART}{first}{_AFTER}",
    ]
    if len("".join(words[0] + words[-1])) >= 2 * LEAST_LETTERS:
        # Names of files and addresses write it as one word.
        found += [first + last, last + first]
    return found


def _patterns(person: Person) -> list[str]:
    words = _tokens(person.name)
    contacts = [fold(contact).strip() for contact in person.contacts]
    found = [re.escape(contact) for contact in contacts if len(contact) >= LEAST_LETTERS]
    found += _full_patterns(words)
    for word in words:
        for part in ["".join(word), *word]:
            if len(part) >= LEAST_LETTERS and part not in _NO_NAMES:
                pattern = _word(word) if part == "".join(word) else re.escape(part)
                found.append(_BEFORE + pattern + _AFTER)
    return list(dict.fromkeys(found))


def _inside(person: Person) -> list[str]:
    """The parts of a name that are told even inside a longer word."""
    parts = {"".join(word) for word in _tokens(person.name)}
    return sorted(re.escape(part) for part in parts if len(part) > LEAST_LETTERS and part not in _NO_NAMES)


def mask_exhibit(item: PlannedExhibit, masker: Masker) -> PlannedExhibit:
    """An exhibit with the names replaced in all that is said of it."""
    if not masker:
        return item
    say = masker.text
    return replace(
        item,
        title=say(item.title),
        source=say(item.source),
        sponsor=say(item.sponsor),
        state_note=say(item.state_note),
        objection=say(item.objection),
        native=replace(item.native, name=masker.file_name(item.native.name)) if item.native else None,
        outline=tuple(replace(entry, title=say(entry.title)) for entry in item.outline),
        removed=tuple(masker.file_name(line) for line in item.removed),
        slip_reason=say(item.slip_reason),
        withheld_reason=say(item.withheld_reason),
        custody=tuple(replace(line, person=say(line.person), note=say(line.note)) for line in item.custody),
        hidden=tuple(replace(stretch, reason=say(stretch.reason)) for stretch in item.hidden),
        slip_facts=tuple((say(label), say(value)) for label, value in item.slip_facts),
        listing=tuple(masker.file_name(line) for line in item.listing),
    )


def mask_tables(tables: Tables, masker: Masker) -> Tables:
    """The lists of the front matter with the names replaced."""
    if not masker:
        return tables
    return Tables(
        witnesses=tuple(_witness(row, masker) for row in tables.witnesses),
        chronology=tuple(_event(row, masker) for row in tables.chronology),
        matrix=tuple(_matrix_row(row, masker) for row in tables.matrix),
        papers=tuple(replace(row, title=masker.text(row.title), words=masker.text(row.words)) for row in tables.papers),
        aside=tuple(replace(row, name=masker.text(row.name)) for row in tables.aside),
    )


def _witness(row: Witness, masker: Masker) -> Witness:
    say = masker.text
    return replace(row, name=say(row.name), subject=say(row.subject), needs=say(row.needs))


def _event(row: Event, masker: Masker) -> Event:
    return replace(row, words=masker.text(row.words), source=masker.text(row.source))


def _matrix_row(row: MatrixRow, masker: Masker) -> MatrixRow:
    say = masker.text
    return replace(
        row,
        words=say(row.words),
        basis=say(row.basis),
        finding_note=say(row.finding_note),
        evidence=tuple(replace(line, note=say(line.note)) for line in row.evidence),
    )
