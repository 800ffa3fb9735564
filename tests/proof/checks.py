"""Checks of a finished bundle that know nothing of how it is made: other programs read it, the plan says what must be.

Each check returns its findings as sentences; an empty list is what a good bundle gives.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageChops

from tests.proof import engines
from tests.proof.engines import Box
from tests.proof.expected import Sheet, bookmark_titles, sheets
from tracker.bundle.plan import BundlePlan

# Points from the upper or lower edge of the displayed page within which a stamp may stand, and how high its line is.
EDGE, LINE = 50, 20
# How much whiter than its letters a stamp is around them, in points; and what smooth edges of letters add, in pixels.
HALO, SMOOTH = 1.7, 2
# A number of so many points a letter does not fit beside the page's margins.
NARROWEST = 3.4


def every_fault(plan: BundlePlan, volumes: Sequence[Path], sources: Mapping[str, Path]) -> list[str]:
    """All checks. `volumes` are the files in order, `sources` the received files by key whose looks must be kept."""
    found = []
    for path in volumes:
        found += [f"{path.name}: {fault}" for fault in [engines.faults(path)] if fault]
        found += renders(path)
    found += order(plan, volumes)
    if not found:
        found += numbers(plan, volumes) + bookmarks(plan, volumes) + links(plan, volumes)
        found += looks(plan, volumes, sources)
    return found


def renders(path: Path) -> list[str]:
    """Both engines draw every page."""
    count = len(engines.labels(path))
    drawn = sum(1 for _picture in engines.pdfium_pictures(path, range(count), 0.3))
    found = [] if drawn == count else [f"PDFium draws {drawn} of {count} pages of {path.name}."]
    if engines.has_poppler():
        drawn = len(engines.poppler_pictures(path, 20))
        found += [] if drawn == count else [f"poppler draws {drawn} of {count} pages of {path.name}."]
    return found


def _by_label(plan: BundlePlan, volumes: Sequence[Path]) -> list[tuple[Path, int, Sheet]]:
    """Where every numbered sheet stands, by the labels of the files."""
    wanted = {sheet.number: sheet for sheet in sheets(plan)}
    return [
        (path, index, wanted[label])
        for path in volumes
        for index, label in enumerate(engines.labels(path))
        if label in wanted
    ]


def order(plan: BundlePlan, volumes: Sequence[Path]) -> list[str]:
    """Every sheet of the plan stands in the files once and in its order."""
    standing = [sheet.number for _path, _index, sheet in _by_label(plan, volumes)]
    wanted = [sheet.number for sheet in sheets(plan)]
    return [] if standing == wanted else [f"Labels in the files: {standing}; in the plan: {wanted}."]


def numbers(plan: BundlePlan, volumes: Sequence[Path]) -> list[str]:
    """The text of each numbered page holds its own number once; a page too small for it is the only exception."""
    found = []
    sizes = {item.key: item.pages for item in plan.exhibits}
    readers = {"PDFium": engines.pdfium_texts}
    if engines.has_poppler():
        readers["poppler"] = engines.poppler_texts
    for name, read in readers.items():
        texts = {path: [_joined(text) for text in read(path)] for path in volumes}
        for path, index, sheet in _by_label(plan, volumes):
            count = texts[path][index].count(_joined(sheet.number))
            width, height = sizes[sheet.key][sheet.page - 1].displayed_size if sheet.page else (612, 792)
            small = width < NARROWEST * len(sheet.number) or height < 9
            if count != 1 and not (small and count == 0):
                found.append(f"{name} finds {sheet.number} {count} times on its page {index + 1} of {path.name}.")
    return found


def _joined(text: str) -> str:
    return "".join(text.split())


def bookmarks(plan: BundlePlan, volumes: Sequence[Path]) -> list[str]:
    """Every divider has one bookmark that begins with its mark, every section one with the title that stands on its
    first page, and those of received documents open their own pages.
    """
    found, opened, begun = [], [], set()
    for path in volumes:
        labels, marks = engines.labels(path), engines.bookmarks(path)
        # Behind an exhibit's mark stand two blanks; a mark itself may hold one.
        dividers = [(mark.title.split("  ")[0], labels[mark.target]) for mark in marks if mark.level]
        dividers = [(mark, label) for mark, label in dividers if not label.startswith(plan.prefix)]
        wanted = [(label.removeprefix("Ex. "), label) for label in labels if label.startswith("Ex. ")]
        begun |= {mark for mark, _label in wanted}
        if dividers != wanted:
            found.append(f"{path.name}: bookmarks of exhibits open {dividers}, not {wanted}.")
        opened += [(mark.title, labels[mark.target]) for mark in marks if labels[mark.target].startswith(plan.prefix)]
        found += [f"{path.name}: {fault}" for fault in _sections(path, labels, marks)]
    own = [(title, plan.bates(number)) for title, number in bookmark_titles(plan)]
    if sorted(opened) != sorted(own):
        found.append(f"Bookmarks of documents open {opened}, not {own}.")
    missing = {item.mark for item in plan.exhibits} - begun
    return found + [f"Exhibit {mark} has no divider." for mark in sorted(missing)]


def _sections(path: Path, labels: Sequence[str], marks: Sequence[engines.Bookmark]) -> list[str]:
    """What is wrong with the bookmarks of sections: all but the exhibits' name their page by its heading."""
    texts = engines.pdfium_texts(path)
    tops = [mark for mark in marks if not mark.level]
    first = next((index for index, label in enumerate(labels) if label.startswith("Ex. ")), None)
    found = []
    for mark in tops[1:]:
        heading = _joined(mark.title).casefold() in _joined(texts[mark.target])[:400].casefold()
        if not heading and mark.target != first:
            found.append(f"the bookmark “{mark.title}” opens {labels[mark.target]}, which has another heading.")
    begins = {0, *(index for index, text in enumerate(texts) if labels[index] == "A-1")}
    reached = {mark.target for mark in tops}
    wanted = begins | ({first} if first is not None else set())
    return found + [f"no bookmark opens {labels[index]}." for index in sorted(wanted - reached)]


def links(plan: BundlePlan, volumes: Sequence[Path]) -> list[str]:
    """Every row of an exhibit leads to its divider or a page and prints its numbers; other rows to what they print."""
    found = []
    exhibits = {item.mark: item for item in plan.exhibits}
    labels = {path.name: engines.labels(path) for path in volumes}
    number = re.compile(rf"(?<!\d)\d{{{plan.stamping.digits},}}")
    rows = 0
    for path in volumes:
        front = [index for index, label in enumerate(labels[path.name]) if re.fullmatch(r"(V\d+-)?[ivxlcdm]+", label)]
        for link in engines.links(path, front):
            words = " ".join(link.words.split())
            near = labels[link.file or path.name][link.target : link.target + 2]
            item = exhibits.get(words.partition(" ")[0])
            if item:
                rows += 1
                whole = [plan.digits(item.bates_first), plan.digits(item.bates_last)]
                # A later volume lists what stands in it: from the first number behind its divider.
                shown = [*number.findall(words), *number.findall(_joined(words))]
                here = any(near[-1].startswith(plan.prefix + digits) for digits in shown)
                at = near[0].startswith(tuple(plan.prefix + digits for digits in shown))
                divider = near[0] == f"Ex. {item.mark}"
                is_right = at or (divider and (here or all(digits in _joined(words) for digits in whole)))
            elif shown := number.search(words):
                is_right = any(label.startswith(plan.prefix + shown[0]) for label in near)
            else:
                continue
            if not is_right:
                found.append(f"{path.name}: the row “{words}” leads to {near}.")
    if rows < len(plan.exhibits):
        found.append(f"Only {rows} rows of lists are links; there are {len(plan.exhibits)} exhibits.")
    return found


def looks(plan: BundlePlan, volumes: Sequence[Path], sources: Mapping[str, Path]) -> list[str]:
    """Outside its stamp a page looks as it does in the received file."""
    found = []
    shown = [(path, index, sheet) for path, index, sheet in _by_label(plan, volumes) if sheet.page]
    for key, source in sources.items():
        mine = [(path, index, sheet) for path, index, sheet in shown if sheet.key == key]
        for volume in dict.fromkeys(path for path, _index, _sheet in mine):
            part = [(index, sheet) for path, index, sheet in mine if path == volume]
            before = engines.pdfium_pictures(source, [sheet.page - 1 for _index, sheet in part])
            after = engines.pdfium_stamped(volume, [(index, sheet.number) for index, sheet in part])
            for (_index, sheet), old, (new, line) in zip(part, before, after, strict=True):
                fault = difference(old, new, line)
                if fault:
                    found.append(f"Exhibit {key}, page {sheet.page}: {fault}")
    return found


def difference(old: Image.Image, new: Image.Image, line: engines.Line) -> str:
    """How two pictures of a page differ beside the letters of its stamp; "" for not at all.

    The stamp is the line of letters at the height of the number, near an edge; without a number nothing may differ.
    """
    if old.size != new.size:
        return f"drawn {new.size[0]} × {new.size[1]}, received {old.size[0]} × {old.size[1]}."
    changed = ImageChops.difference(old, new)
    edge, most = EDGE * line.scale + SMOOTH, LINE * line.scale + SMOOTH
    for left, upper, right, lower in line.boxes:
        near_edge = upper >= new.size[1] - edge or lower <= edge
        if near_edge and lower - upper <= most:
            changed.paste(0, _around((left, upper, right, lower), HALO * line.scale + SMOOTH))
    box = changed.getbbox()
    return f"pixels differ in {box} of {new.size}." if box else ""


def _around(box: Box, margin: float) -> Box:
    grown = int(margin + 1)
    return box[0] - grown, box[1] - grown, box[2] + grown, box[3] + grown
