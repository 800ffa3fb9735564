"""A plan of two volumes with everything that generated pages have to show, for the tests of what is drawn."""

from dataclasses import dataclass, replace
from pathlib import Path

from tests.data import pdfs
from tests.tracker.bundle import samples
from tracker.bundle.lists import Cite, Event, MatrixLine, MatrixRow, Tables, Witness
from tracker.bundle.places import Places
from tracker.bundle.plan import (
    NOT_CHOSEN,
    NOT_OFFERED,
    RENUMBERED,
    WITHDRAWN_PAGES,
    BundlePlan,
    Gap,
    Hidden,
    Limits,
    PlannedExhibit,
    RedactedPage,
    Signing,
)
from tracker.bundle.planning import Extras, make_plan
from tracker.bundle.render import Layout, generated_path
from tracker.bundle.shelf import Shelf
from tracker.bundle.volumes import volumes_of

FINGERPRINT = "ab12" * 16
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
TABLES = Tables(
    witnesses=(
        Witness("Complainant A.B.", "Called by the Board", "Course of treatment", "", (Cite("E-1"), Cite("E-8", 33))),
        Witness(
            "Former office manager", "Called by the Respondent", "Sign-up practice", "Language: es", (Cite("E-5", 4),)
        ),
        Witness("Nobody yet", "Not yet called"),
    ),
    chronology=(
        Event("2025-10-06", "Complainant asks to stop.", "Ex. 2", (Cite("E-2", 1), Cite("E-8", 33))),
        Event("2026-06-12", "Statement of charges: four allegations.", "Ledger 640"),
    ),
    matrix=(
        MatrixRow(
            "1",
            "Business relationship with a client",
            "rule 8.2(a)",
            (
                MatrixLine(Cite("E-5", 2), "for", "two payments"),
                MatrixLine(Cite("E-8", 33), "against", "payment was refunded"),
            ),
        ),
        MatrixRow("2", "Records not kept", "", (), "Not proved", "Presiding officer"),
    ),
)


@dataclass(frozen=True)
class Rich:
    """The plan, the folder with its copies and drawn pages, and the layouts."""

    plan: BundlePlan
    folder: Path
    layouts: list[Layout]

    def texts(self, volume: int = 1) -> list[str]:
        """The text of every generated page of a volume, on one line each."""
        return [" ".join(text.split()) for text in samples.page_texts(generated_path(self.folder, volume))]

    def page(self, words: str, volume: int = 1) -> str:
        """The text of the first generated page that says some words."""
        return next(text for text in self.texts(volume) if words in text)


def rich_plan(folder: Path, **heading: object) -> BundlePlan:
    """The plan; its copies are made in the folder."""
    letter = samples.rendition(pdfs.letter(folder / "a.pdf", 3), folder / "E-1.pdf")
    scan = samples.rendition(pdfs.scan(folder / "b.pdf", 8), folder / "E-2.pdf")
    twelve = samples.rendition(pdfs.letter(folder / "c.pdf", 12), folder / "E-5.pdf")
    forty = samples.rendition(pdfs.letter(folder / "d.pdf", 40), folder / "E-8.pdf")
    items = [
        samples.shown("E-1", letter, 1, mark="1", sponsor="Complainant A.B."),
        samples.shown(
            "E-2",
            scan,
            4,
            mark="2",
            state="admitted_over_objection",
            state_note="Overruled, Tr. 41:7",
            objection="Hearsay",
            redacted=(RedactedPage(2, 3, ("R-1", "R-4")), RedactedPage(5, 1, ("M-1",))),
        ),
        samples.slip(
            "E-3",
            12,
            mark="3",
            party="board",
            attachments=1,
            slip_facts=(("Length", "2 min 14.3 s"),),
            listing=tuple(f"Sheet {number}: rows" for number in range(60)),
        ),
        samples.slip("E-3.1", 13, mark="3.1", party="board", parent="E-3", origin="E-3"),
        samples.withheld("E-4", 14, 19, mark="4", party="board"),
        samples.shown(
            "E-5",
            twelve,
            20,
            mark="5",
            hidden=(Hidden(3, 5, "W-1", "Letters with counsel"), Hidden(8, 8, WITHDRAWN_PAGES), Hidden(12, 12, "W-3")),
        ),
        samples.shown("E-8", forty, 36, mark="B", state="offered"),
        samples.slip("E-9", 76, mark="HO-1", party="presiding_officer", state="admitted"),
    ]
    made = {"edition": "hearing", "verify_url": "https://bundles.example/verify/", "confidentiality": NOTICE} | heading
    gaps = (Gap(32, 35, "E-77", NOT_CHOSEN, 0), Gap(77, 80, "", NOT_OFFERED, 0), Gap(81, 82, "5", RENUMBERED, 0))
    signing = Signing(FINGERPRINT, "CN=Demonstration", is_demo=True)
    return make_plan(
        replace(samples.HEADING, **made),  # type: ignore[arg-type]
        items,
        gaps=gaps,
        chains=samples.CHAINS,
        stamping=samples.STAMPING,
        tools={"a": "1"},
        fonts=samples.fonts().pins,
        extras=Extras(TABLES, Limits(sheets=60), signing),
    )


def many(count: int, *, sheets: int = 0, **heading: object) -> BundlePlan:
    """A plan of many slip sheets, with or without a limit of sheets for each volume."""
    items: list[PlannedExhibit] = [
        samples.slip(f"E-{number}", number, title="A title of some length " * 4) for number in range(1, count + 1)
    ]
    return make_plan(
        replace(samples.HEADING, **heading),  # type: ignore[arg-type]
        items,
        gaps=(),
        chains=samples.CHAINS,
        stamping=samples.STAMPING,
        tools={"a": "1"},
        fonts=samples.fonts().pins,
        extras=Extras(limits=Limits(sheets=sheets)),
    )


def shelf_of(plan: BundlePlan, number: int = 1, **lengths: int) -> Shelf:
    """The shelf of a plan as it would be if every section had one page, but for those given."""
    given = {"cover": 1, "certificate": 1, "list": 1, "withheld": 1, "custody": 1, "hashes": 1} | lengths
    later = {"cover": 1}
    titles = {name: name.title() for name in (*given, "witnesses", "chronology", "matrix", "exhibits")}
    volumes = volumes_of(plan)
    places = tuple(Places(plan, one, given if one.number == 1 else later, titles, "Ex. ") for one in volumes)
    return Shelf.of(plan, places, number)
