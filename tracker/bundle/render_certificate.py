"""The certificate of the records custodian (page ii)."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.bundle import words
from tracker.bundle.draw import Book
from tracker.bundle.emphasis import bold, draw_prose, wrap_prose
from tracker.bundle.manifest import NAME
from tracker.bundle.render_cover import number_range
from tracker.bundle.render_log import has_withheld_log
from tracker.bundle.render_seal import SEAL_TOP, seal_strip
from tracker.bundle.shelf import Shelf
from tracker.bundle.styles import FACT, INK, LEFT, LOWEST, PROSE, RED, SMALL, Style
from tracker.bundle.table import Section
from tracker.bundle.volumes import volume_file

# The smaller size is for a statement that would not leave room for the signature on its page.
_SIZES = ((PROSE.size, PROSE.leading, 5.0), (9.6, 13.4, 4.0))
_DEMO = Style("sans-bold", 8.6, 12, RED)
_HASH = Style("mono", 8.4, 12)
# Signature lines with what stands under them.
_SIGNING_HEIGHT = 76.0
_MOST_FILES = 12


def draw_certificate(book: Book, shelf: Shelf) -> None:
    """Draw the records custodian's statement, the signature line blank."""
    _Certificate(book, shelf).draw()


class _Certificate:
    """The statement, flowing from page to page; signature and seal stand together at the end."""

    def __init__(self, book: Book, shelf: Shelf) -> None:
        self._book = book
        self._shelf = shelf
        title = _("Certificate of the records custodian")
        titles = (title, _("%(title)s, continued") % {"title": title})
        self._section = Section(book, "front", "certificate", titles)
        self._points = _points(shelf)
        self._y = self._section.open() - 15
        self._prose, self._air = self._size()

    def draw(self) -> None:
        self._paragraph(_opening(self._shelf))
        with self._book.tagged("L"):
            for number, point in enumerate(self._points, start=1):
                self._point(number, point)
        self._signature()
        self._paragraph(_limits(), replace(self._prose, face="serif-italic"))
        self._room(self._end_height + self._prose.leading)
        self._paragraph(_oath())
        self._lines(max(self._y - 26, SEAL_TOP + 42))
        seal_strip(self._book, self._shelf)
        self._section.end()

    def _size(self) -> tuple[Style, float]:
        """The style of the text and the space after a paragraph: the larger one where all fits on one page."""
        signing = self._shelf.plan.signing
        more = 4 if signing.certificate_sha256 else 1
        for size, leading, air in _SIZES:
            style = Style("serif", size, leading)
            heights = [self._height(_opening(self._shelf), style, 470), self._height(_limits(), style, 470)]
            heights += [self._height(point, style, 450) for point in self._points]
            if (
                self._y - sum(height + air for height in heights) - (more + 1) * (leading + air)
                > self._end_height + LOWEST
            ):
                break
        return style, air

    def _height(self, text: str, style: Style, width: float) -> float:
        return len(wrap_prose(self._book, text, style, width)) * style.leading

    @property
    def _end_height(self) -> float:
        """What the signature lines and the seal take, above the lowest line."""
        return SEAL_TOP + _SIGNING_HEIGHT - LOWEST

    def _room(self, height: float) -> None:
        if self._y - height < LOWEST:
            self._y = self._section.next_page() - 6

    def _paragraph(self, text: str, style: Style | None = None) -> None:
        style = style or self._prose
        lines = wrap_prose(self._book, text, style, 470)
        self._room((len(lines) - 1) * style.leading)
        self._y = draw_prose(self._book, LEFT, self._y, lines, leading=style.leading) - style.leading - self._air

    def _point(self, number: int, text: str) -> None:
        prose = self._prose
        lines = wrap_prose(self._book, text, prose, 450)
        self._room((len(lines) - 1) * prose.leading)
        with self._book.tagged("LI"):
            with self._book.tagged("Lbl"):
                self._book.text(LEFT, self._y, f"{number}.", prose)
            with self._book.tagged("LBody"):
                self._y = draw_prose(self._book, 76, self._y, lines, leading=prose.leading) - prose.leading - self._air

    def _signature(self) -> None:
        """What can be said of the electronic signature; a demonstration key is called one."""
        signing = self._shelf.plan.signing
        if not signing.certificate_sha256:
            self._paragraph(_("The files of this bundle are not signed electronically."))
            return
        text = _("Each file is signed with the key of the certificate that has this SHA-256 fingerprint:")
        if signing.subject:
            text = _("Each file is signed with the key of %(subject)s, whose certificate has this SHA-256 fingerprint:")
        self._paragraph(text % {"subject": signing.subject})
        self._y += 2
        self._paragraph(signing.certificate_sha256, _HASH)
        if signing.is_demo:
            self._paragraph(words.signature(signing) + ".", _DEMO)

    def _lines(self, line: float) -> None:
        """The two lines on which the custodian signs by hand."""
        book = self._book
        book.rule(line, 0.7, INK, end=280)
        book.rule(line, 0.7, INK, x=316)
        name = self._shelf.plan.heading.custodian
        signer = _("%(name)s, Records Custodian") % {"name": name} if name else _("Records Custodian (name)")
        for lower, text in enumerate(book.wrap(signer, FACT, 226)[:2]):
            book.text(LEFT, line - 12.5 - lower * 11, text, FACT)
            low = line - 24 - lower * 11
        book.text(LEFT, low, _("To be signed by hand."), SMALL)
        book.text(316, line - 12.5, _("Date and place"), FACT)


def _oath() -> str:
    return _("I declare under penalty of perjury that the foregoing is correct.")


def _limits() -> str:
    return _(
        "This certificate says what the files are and that they are unchanged since receipt. It does not say that what "
        "they assert is true."
    )


def _opening(shelf: Shelf) -> str:
    heading = shelf.plan.heading
    values = {"name": heading.custodian, "board": heading.board, "jurisdiction": words.state_name(heading.jurisdiction)}
    if heading.custodian:
        first = _("I, %(name)s, am the Records Custodian of the %(board)s, %(jurisdiction)s.") % values
    else:
        first = _("I am the Records Custodian of the %(board)s, %(jurisdiction)s.") % values
    rest = _(
        "I make this certificate as the written certification of a qualified person for records kept in the regular "
        "course of the Board’s work and for data authenticated by a process of digital identification (after the "
        "model of Federal Rules of Evidence 902(11), (13) and (14))."
    )
    return f"{first} {rest}"


def _points(shelf: Shelf) -> list[str]:
    plan, heading = shelf.plan, shelf.plan.heading
    points = [
        _(
            "The exhibits in this bundle are true copies of items held in the evidence record of docket %(docket)s "
            "when the record was frozen on %(moment)s (freeze\u00a0%(freeze)s)."
        )
        % {"docket": heading.docket, "moment": bold(words.moment(heading.frozen_at)), "freeze": heading.freeze},
        _(
            "Each item was given a SHA-256 value when it was received. Every value was computed again from the stored "
            "item when this bundle was built and agreed. The values are in the hash list, %(page)s."
        )
        % {"page": shelf.page_of("hashes")},
        *([_numbers(shelf)] if plan.exhibits else []),
        _(
            "A Bates number, an exhibit mark and a link to the exhibit list were added in the margin of each page; "
            "pages without a clear margin are marked in the hash list. Active content (scripts, launch and submit "
            "actions, embedded files) was removed from the copies; the originals are kept unaltered. No page was "
            "rescaled or re-ordered."
        ),
    ]
    if plan.tables.papers:
        points.insert(1, _record(shelf))
    redacted = sum(len(item.redacted) for item in plan.exhibits)
    if redacted:
        points.append(
            ngettext(
                "One redacted page is an image of the page with the marked areas burned in. The unredacted original is "
                "held by the Board.",
                "%(count)s redacted pages are images of the page with the marked areas burned in. The unredacted "
                "originals are held by the Board.",
                redacted,
            )
            % {"count": f"{redacted:,}"}
        )
    if len(shelf.volumes) > 1:
        points.append(_volumes(shelf))
    points.append(
        _(
            "The manifest attached to each file as %(name)s lists every exhibit, page and value. Its own SHA-256 is "
            "printed below and is recorded in the ledger of this docket at entry %(entry)s. A file in which the "
            "manifest has this value, and each page the value given there, is the one certified here."
        )
        % {"name": NAME, "entry": bold(f"{heading.ledger_entry:,}")}
    )
    return points


def _record(shelf: Shelf) -> str:
    """What is certified of the papers of a court record."""
    text = _(
        "This is the record of the proceeding. The papers listed from %(page)s are those kept in the hearing record of "
        "this docket, in the order of filing. Their pages are set in type from the words as filed; of a paper that was "
        "filed as a file, its SHA-256 value is given. Exhibits that were excluded are kept as offers of proof."
    )
    return text % {"page": shelf.page_of("papers")}


def _numbers(shelf: Shelf) -> str:
    text = _(
        "Pages carry one Bates number each, in the range %(range)s. Numbers are reserved once and stay the same in "
        "every edition."
    ) % {"range": bold(number_range(shelf.plan))}
    if has_withheld_log(shelf.plan):
        explained = _("Numbers not shown in this edition are explained in the withheld log, %(page)s.")
        text += " " + explained % {"page": shelf.page_of("withheld")}
    return text


def _volumes(shelf: Shelf) -> str:
    count = len(shelf.volumes)
    names = [volume_file(shelf.plan, number, count) for number in range(1, count + 1)]
    if count > _MOST_FILES:
        return _("The bundle has %(count)s volumes, from %(first)s to %(last)s.") % {
            "count": count,
            "first": names[0],
            "last": names[-1],
        }
    return _("The bundle has %(count)s volumes: %(names)s.") % {"count": count, "names": ", ".join(names)}
