"""Official papers and letters: read on a page, or taken away as a file whose bytes were checked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.cases.queries import casefile
from tracker.errors import OutOfScope
from tracker.notices import queries as letters
from tracker.notices import words
from tracker.web.desk import cases, handing
from tracker.web.desk.entry import desk_page, seen_case, whole_case


@require_safe
@desk_page
def document(request: HttpRequest, docket: str, pk: UUID) -> HttpResponse:
    """A paper as it was filed."""
    seen = seen_case(request, docket)
    found = casefile.document(seen, pk)
    author = found.author.full_name if found.author and seen.is_whole else ""
    return cases.show(request, seen, "desk/document.html", {"document": found, "author": author})


@require_safe
@desk_page
def document_file(request: HttpRequest, docket: str, pk: UUID) -> HttpResponse:
    """The file of a paper."""
    found = casefile.document(seen_case(request, docket), pk)
    if found.stored_file is None:
        raise OutOfScope
    return handing.attachment(found.stored_file, name=f"{docket} {found.title}", request=request)


@require_safe
@desk_page
def letter(request: HttpRequest, docket: str, pk: UUID) -> HttpResponse:
    """A letter with its frozen words and each attempt to deliver it."""
    seen = whole_case(request, docket)
    found = letters.letter_of_case(pk, seen.case.pk, but=seen.hides_letters)
    if found is None:
        raise OutOfScope
    return cases.show(request, seen, "desk/letter.html", {"letter": found, "blocks": words.blocks(found.body)})


@require_safe
@desk_page
def letter_file(request: HttpRequest, docket: str, pk: UUID) -> HttpResponse:
    """A letter as it is printed."""
    seen = whole_case(request, docket)
    found = letters.letter_of_case(pk, seen.case.pk, but=seen.hides_letters)
    if found is None or found.pdf is None:
        raise OutOfScope
    return handing.attachment(found.pdf, name=f"{docket} {found.kind}", request=request)
