"""What a proof, or a copy that could not be made, says to the person who asked for it. No covered word is named."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.files.redaction.prove import Proof

# Why no copy could be made.
CANNOT = {
    "unreadable": gettext_lazy("The pages could not be read well enough to redact them."),
    "too_large": gettext_lazy("A page is too large to be drawn anew."),
    "too_complex": gettext_lazy("The pages need more time or memory than a redaction may take."),
    "stopped": gettext_lazy("The pages could not be drawn: the program that reads them stopped."),
    "no_page": gettext_lazy("A box lies on a page that the copy does not have."),
    "no_fonts": gettext_lazy("The typefaces of this program are not installed."),
}
WHERE = {
    "text": gettext_lazy("its text can still be read"),
    "file": gettext_lazy("it stands in a hidden part of the file"),
    "pixels": gettext_lazy("the page was not drawn anew, or is not black there"),
    "disputed": gettext_lazy("two readers do not agree what lies there: draw the box a little larger"),
    "states": gettext_lazy("the file keeps an earlier state of itself"),
    "outline": gettext_lazy("a bookmark names it"),
}


def reasons(proof: Proof) -> list[str]:
    """Why the copy may not be used, one sentence for each place; empty when nothing was found."""
    found = []
    for hit in proof.hits:
        place = _("Page %(page)d") % {"page": hit.page} if hit.page else _("The file")
        found.append(_("%(place)s: %(what)s.") % {"place": place, "what": WHERE[hit.where]})
    return found


def to_confirm(proof: Proof) -> list[str]:
    """What a person must look at before the copy may be used."""
    found = []
    pages = sorted({page for one in proof.also for page in one.pages})
    if pages:
        words = _("What is covered also stands outside the boxes, on %(pages)s.")
        found.append(words % {"pages": listed(pages)})
    for page, other in proof.pictures:
        found.append(_("Page %(page)d shows a picture that page %(other)d shows too.") % {"page": page, "other": other})
    return found


def remarks(proof: Proof) -> list[str]:
    """What the person should know of a copy that may be used."""
    if not proof.textless:
        return []
    words = _("No text could be searched on %(pages)s: a picture, whose writing this program does not read.")
    return [words % {"pages": listed(proof.textless)}]


def listed(pages: Iterable[int]) -> str:
    """Pages in words, neighbors joined: "page 4", "pages 1, 3–5"."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    count = sum(last - first + 1 for first, last in runs)
    numbers = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return ngettext("page %(numbers)s", "pages %(numbers)s", count) % {"numbers": numbers}
