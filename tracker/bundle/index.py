"""Stage 4: make the volume navigable: links of generated pages, page labels, bookmarks, title."""

from collections.abc import Sequence
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from tracker.bundle.merge import generated_indexes
from tracker.bundle.places import Places
from tracker.bundle.plan import BundlePlan, PlannedExhibit
from tracker.bundle.render import Layout

_MOST_OPEN = 6


def index(pdf: pikepdf.Pdf, plan: BundlePlan, layout: Layout) -> None:
    """Add links, labels, bookmarks and the document's title in place."""
    places = layout.places(plan)
    pages = [page.obj for page in pdf.pages]
    _add_links(pdf, plan, layout, pages)
    _add_labels(pdf, places)
    _add_bookmarks(pdf, plan, layout, pages)
    pdf.Root.Lang = String(plan.heading.language)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    heading = plan.heading
    pdf.trailer["/Info"] = pdf.make_indirect(
        Dictionary(
            Title=String(f"{heading.docket} evidence bundle, {heading.edition} edition, freeze {heading.freeze}"),
            Producer=String(f"Recourse {plan.format}"),
            CreationDate=String(pdf_date(heading.frozen_at)),
        )
    )


def pdf_date(iso: str) -> str:
    """Write a UTC time ("2026-11-18T16:42:07Z") as a PDF date."""
    return "D:" + "".join(letter for letter in iso if letter.isdigit())[:14] + "Z"


def _add_links(pdf: pikepdf.Pdf, plan: BundlePlan, layout: Layout, pages: Sequence[pikepdf.Object]) -> None:
    places = layout.places(plan)
    dividers = places.divider_indexes()
    where = generated_indexes(plan, layout)
    by_page: dict[int, list[pikepdf.Object]] = {}
    for link in layout.links:
        kind, _colon, name = link.target.partition(":")
        target = dividers[name] if kind == "exhibit" else places.section_index(name)
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([length(item) for item in link.rect]),
            Border=Array([0, 0, 0]),
            F=4,
            Dest=Array([pages[target], Name.Fit]),
        )
        by_page.setdefault(where[link.page], []).append(pdf.make_indirect(annotation))
    for number, annotations in by_page.items():
        held = pages[number].get("/Annots")
        others = list(held) if isinstance(held, Array) else []
        pages[number]["/Annots"] = Array([*annotations, *others])


def length(value: float) -> Decimal:
    """Write a length with at most two decimals."""
    return Decimal(f"{value:.2f}".rstrip("0").rstrip("."))


def _add_labels(pdf: pikepdf.Pdf, places: Places) -> None:
    numbers: list[object] = []
    for label in places.labels():
        entry = Dictionary()
        if label.prefix:
            entry["/P"] = String(label.prefix)
        if label.style:
            entry["/S"] = Name("/" + label.style)
            if label.start != 1:
                entry["/St"] = label.start
        numbers += [label.index, entry]
    pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=Array(numbers)))


def _add_bookmarks(pdf: pikepdf.Pdf, plan: BundlePlan, layout: Layout, pages: Sequence[pikepdf.Object]) -> None:
    places = layout.places(plan)

    def item(title: str, at: int) -> OutlineItem:
        return OutlineItem(title, Array([pages[at], Name.Fit]))

    with pdf.open_outline() as outline:
        outline.root.append(item(layout.titles["cover"], 0))
        dividers = places.divider_indexes()
        for section, title in places.contents:
            entry = item(title, places.section_index(section))
            outline.root.append(entry)
            if section != "exhibits":
                continue
            for exhibit in plan.exhibits:
                child = item(layout.bookmarks[exhibit.key], dividers[exhibit.key])
                _add_source_outline(child, exhibit, dividers[exhibit.key] + 1, pages)
                entry.children.append(child)
            entry.is_closed = len(entry.children) > _MOST_OPEN


def _add_source_outline(
    parent: OutlineItem, exhibit: PlannedExhibit, first: int, pages: Sequence[pikepdf.Object]
) -> None:
    """Hang the received document's own bookmarks under its exhibit; levels that are missing close up."""
    trail: list[tuple[int, OutlineItem]] = [(-1, parent)]
    for source in exhibit.outline:
        if not 0 <= source.page < len(exhibit.pages):
            continue
        while trail[-1][0] >= source.level:
            trail.pop()
        made = OutlineItem(source.title, Array([pages[first + source.page], Name.Fit]))
        made.is_closed = True
        trail[-1][1].children.append(made)
        trail.append((source.level, made))
    parent.is_closed = True
