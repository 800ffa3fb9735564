"""A plan with every kind of exhibit, and its renditions, for the tests of the stages."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pypdfium2

from tests.data import pdfs
from tracker.bundle.plan import (
    NOT_CHOSEN,
    PAGES,
    BundlePlan,
    Chains,
    CustodyLine,
    Gap,
    Heading,
    Native,
    PlannedExhibit,
    RenditionFacts,
    Stamping,
)
from tracker.bundle.planning import make_plan
from tracker.files.fonts import FontFiles, find_fonts
from tracker.files.pdf import PageFacts, PdfFacts, inspect_and_rewrite

FONTS_ROOT = Path(__file__).resolve().parents[3] / "node_modules"
SAMPLE_PAGE = PageFacts(("0", "0", "612", "792"), 0, "1", 0, 0, False, "ab" * 32)
DOCKET = "BHP-2026-0417"

HEADING = Heading(
    docket=DOCKET,
    board="Board of Behavioral Health Practice",
    jurisdiction="Jefferson",
    respondent="Marian L. Ostrander, LPC",
    license_number="LPC-104882",
    edition="board",
    freeze=3,
    frozen_at="2026-11-18T16:42:07Z",
    custodian="Rosalind Okonkwo",
    ledger_entry=1023,
    facts=(("Hearing", "Dec 14, 2026, 9:00 a.m."), ("Before", "Theodora Quill, ALJ")),
)
STAMPING = Stamping(prefix=f"{DOCKET}-")
CHAINS = Chains(custody_seq=1022, custody_hash="ab" * 32, anchor_number=41, anchor_at="2026-11-18T00:00:00Z")


def fonts() -> FontFiles:
    """The typefaces as installed for the tests."""
    return find_fonts(FONTS_ROOT)


def custody(*acts: str) -> tuple[CustodyLine, ...]:
    """A custody of some acts, a minute apart."""
    return tuple(
        CustodyLine(f"2026-02-11 15:{minute:02d}", act, "T. Marsh", "Portal upload", 311 + minute)
        for minute, act in enumerate(acts)
    )


def shown(key: str, facts: PdfFacts, first: int, *, mark: str = "", **more: object) -> PlannedExhibit:
    """An exhibit whose pages are shown."""
    made = PlannedExhibit(
        key=key,
        exhibit_id=f"id-{key}",
        mark=mark or key,
        party="board" if mark.isdigit() else "respondent" if mark else "",
        kind="pages",
        state="admitted" if mark else "",
        bates_first=first,
        bates_last=first + facts.page_count - 1,
        title=f"Title of {key}",
        date="2026-02-11",
        source="Complainant (portal)",
        native=Native(f"{key}.pdf", sha256(key.encode()).hexdigest(), 1234, "PDF document"),
        rendition=RenditionFacts(
            facts.rendition_sha256, facts.rendition_bytes, "sanitized copy", facts.tool, facts.frame
        ),
        pages=facts.pages,
        outline=facts.outline,
        removed=facts.removed,
        custody=custody("Received", "Hashed, scanned for malware"),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def slip(key: str, first: int, **more: object) -> PlannedExhibit:
    """An exhibit that is one slip sheet."""
    made = PlannedExhibit(
        key=key,
        exhibit_id=f"id-{key}",
        mark=key,
        party="",
        kind="slip",
        state="offered",
        bates_first=first,
        bates_last=first,
        title=f"Recording {key}",
        date="2026-03-02",
        source="Respondent",
        native=Native("voicemail.m4a", sha256(key.encode()).hexdigest(), 1_084_117, "MPEG-4 audio"),
        slip_reason="A recording cannot be shown on paper.",
        received="Mar 2, 2026",
        custody=custody("Received"),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def withheld(key: str, first: int, last: int, **more: object) -> PlannedExhibit:
    """An exhibit that this edition withholds."""
    made = replace(slip(key, first), kind="withheld", bates_last=last, withheld_code="W-3", title="SEALEDTITLE")
    return replace(made, **more)  # type: ignore[arg-type]


def whole_plan(folder: Path) -> BundlePlan:
    """A plan of letters, a scan, a slip sheet, a withheld exhibit and one not chosen; renditions in `folder`."""
    letter = rendition(pdfs.letter(folder / "a.pdf", 3), folder / "E-1.pdf")
    scan = rendition(pdfs.scan(folder / "b.pdf", 8), folder / "E-2.pdf")
    links = rendition(pdfs.linked(folder / "c.pdf"), folder / "E-5.pdf")
    items = [
        shown("E-1", letter, 1, mark="1", title="Verified complaint, form 12-A, with two attachments"),
        shown("E-2", scan, 4, mark="2", state_note="Obj. hearsay, overruled", sponsor="T. Marsh"),
        slip("E-3", 12),
        withheld("E-4", 13, 18),
        shown("E-5", links, 21, mark="B", title="Letter, “On ending our sessions”"),
    ]
    return make_plan(
        HEADING,
        items,
        gaps=[Gap(19, 20, "E-6", NOT_CHOSEN, 0)],
        chains=CHAINS,
        stamping=STAMPING,
        tools={"pikepdf": "10", "reportlab": "5"},
        fonts=fonts().pins,
    )


def copies(plan: BundlePlan, folder: Path) -> dict[str, Path]:
    """The files of the copies of a plan, as the samples lay them into a folder."""
    return {item.key: folder / f"{item.key}.pdf" for item in plan.exhibits if item.kind == PAGES}


def rendition(source: Path, target: Path) -> PdfFacts:
    """Make the rendition of a file at `target`."""
    return inspect_and_rewrite(source, target)


def page_texts(path: Path) -> list[str]:
    """The text of every page, as PDFium reads it."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in pdf]
    finally:
        pdf.close()


def section(path: Path, title: str) -> str:
    """The text of the first page that begins with a title after its running head."""
    return next(text for text in page_texts(path) if title in text.splitlines()[:4])
