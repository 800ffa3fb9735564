"""The certificate of the records custodian (page ii)."""

from django.utils.translation import gettext as _

from tracker.bundle import words
from tracker.bundle.draw import FACT, H1, INK, LEFT, PROSE, RIGHT, SMALL, Book, PageMark, Style
from tracker.bundle.manifest import NAME
from tracker.bundle.places import Places
from tracker.bundle.plan import WITHHELD, BundlePlan
from tracker.bundle.render_cover import number_range, seal_strip


def draw_certificate(book: Book, plan: BundlePlan, places: Places) -> None:
    """Draw page ii: the records custodian's statement, signature line blank."""
    book.open(PageMark("front", section="certificate"))
    book.head()
    book.text(LEFT, 714, _("Certificate of the records custodian"), H1)
    y = book.paragraph(LEFT, 683, _opening(plan), PROSE, width=470) - 20
    for number, point in enumerate(_points(plan, places), start=1):
        book.text(LEFT, y, f"{number}.", PROSE)
        y = book.paragraph(76, y, point, PROSE, width=450) - 20
    y = book.paragraph(
        LEFT,
        y - 1,
        _(
            "This certificate says what the files are and that they are unchanged since receipt. It "
            "does not say that what they assert is true."
        ),
        Style("serif-italic", 10.6, 15),
        width=470,
    )
    y = book.paragraph(
        LEFT, y - 23, _("I declare under penalty of perjury that the foregoing is correct."), PROSE, width=470
    )
    line = max(y - 46, 168)
    canvas = book.canvas
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.7)
    canvas.line(LEFT, line, 280, line)
    canvas.line(316, line, RIGHT, line)
    name = plan.heading.custodian
    signer = _("%(name)s, Records Custodian") % {"name": name} if name else _("Records Custodian (name)")
    book.text(LEFT, line - 12.5, signer, FACT)
    book.text(LEFT, line - 24, _("To be signed by hand."), SMALL)
    book.text(316, line - 12.5, _("Date and place"), FACT)
    seal_strip(book, plan)
    book.foot()
    book.close()


def _opening(plan: BundlePlan) -> str:
    heading = plan.heading
    values = {"name": heading.custodian, "board": heading.board, "jurisdiction": words.state_name(heading.jurisdiction)}
    if heading.custodian:
        first = _("I, %(name)s, am the Records Custodian of the %(board)s, %(jurisdiction)s.") % values
    else:
        first = _("I am the Records Custodian of the %(board)s, %(jurisdiction)s.") % values
    return (
        first
        + " "
        + _(
            "I make this certificate as the written certification of a qualified person for records "
            "kept in the regular course of the Board’s work and for data authenticated by a process of "
            "digital identification."
        )
    )


def _points(plan: BundlePlan, places: Places) -> list[str]:
    heading = plan.heading
    points = [
        _(
            "The exhibits in this bundle are true copies of items held in the evidence record of "
            "docket %(docket)s when the record was frozen on %(moment)s (freeze\u00a0%(freeze)s)."
        )
        % {"docket": heading.docket, "moment": words.moment(heading.frozen_at), "freeze": heading.freeze},
        _(
            "Each item was given a SHA-256 value when it was received. Every value was computed again "
            "from the stored item when this bundle was built and agreed. The values are in the hash "
            "list, page %(page)s."
        )
        % {"page": places.label_of_section("hashes")},
        _(
            "Pages carry one Bates number each, in the range %(range)s. Numbers are reserved once and "
            "stay the same in every edition."
        )
        % {"range": number_range(plan)},
        _(
            "A Bates number, an exhibit mark and a link to the exhibit list were added in the margin "
            "of each page. Active content (scripts, launch and submit actions, embedded files) was "
            "removed from the copies; the originals are kept unaltered. No page was rescaled or "
            "re-ordered."
        ),
    ]
    if plan.gaps or any(item.kind == WITHHELD for item in plan.exhibits):
        points.append(
            _("Numbers not shown in this edition are explained in the withheld log, page %(page)s.")
            % {"page": places.label_of_section("withheld")}
        )
    points.append(
        _(
            "The manifest attached to this file as %(name)s lists every exhibit, page and value. Its "
            "own SHA-256 is printed below and is recorded in the ledger of this docket at entry "
            "%(entry)s."
        )
        % {"name": NAME, "entry": f"{heading.ledger_entry:,}"}
    )
    return points
