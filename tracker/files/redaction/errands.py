"""What a child process does with a copy: draw a page, read it, look ahead, redact; and its answers as text. Pure."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tracker.files.pdf import PdfFacts
from tracker.files.pdflinks import OutlineItem
from tracker.files.redaction import areas as boxes_of
from tracker.files.redaction import opening, prove, rebuild
from tracker.files.redaction.prove import Also, Hit, Proof
from tracker.files.redaction.rebuild import CannotRedact, Redacted
from tracker.files.redaction.verdict import CANNOT, WHERE

# In the errand's folder.
COPY, PICTURE = "redacted.pdf", "page.png"


@dataclass(frozen=True)
class Errand:
    """One piece of work on a copy. `folder` is an empty folder for all that is written; `areas` is the text of boxes.

    `page` is counted from 1; of a longer document `most_pages` are read; `outline` is JSON text, the bookmarks known
    of the copy beside its own.
    """

    source: Path
    folder: Path
    fonts: Path = Path()
    areas: str = "[]"
    outline: str = "[]"
    page: int = 0
    most_pages: int = 0
    language: str = "en"


def outline_text(outline: Sequence[OutlineItem]) -> str:
    """Bookmarks as an errand carries them."""
    return json.dumps([asdict(item) for item in outline])


def _picture(plain: Mapping[str, str]) -> Any:
    data = opening.page_picture(Path(plain["source"]), int(plain["page"]))
    (Path(plain["folder"]) / PICTURE).write_bytes(data)
    return None


def _text(plain: Mapping[str, str]) -> Any:
    return opening.page_text(Path(plain["source"]), int(plain["page"]))


def _ahead(plain: Mapping[str, str]) -> Any:
    boxes = boxes_of.from_text(plain["areas"])
    return asdict(prove.look_ahead(Path(plain["source"]), boxes, most_pages=int(plain["most_pages"])))


def _redact(plain: Mapping[str, str]) -> Any:
    outline = tuple(OutlineItem(**item) for item in json.loads(plain["outline"]))
    made = rebuild.redact(
        Path(plain["source"]),
        boxes_of.from_text(plain["areas"]),
        Path(plain["folder"]) / COPY,
        fonts=Path(plain["fonts"]),
        outline=outline,
    )
    return {"facts": made.facts.to_plain(), "proof": asdict(made.proof), "unsearchable": made.unsearchable}


def _answering(work: Callable[[Mapping[str, str]], Any]) -> Callable[[Mapping[str, str], float], str]:
    def answer(plain: Mapping[str, str], _seconds: float) -> str:
        try:
            return json.dumps({"done": work(plain)})
        except opening.CannotOpen:
            return json.dumps({"cannot": "unreadable", "page": 0})
        except CannotRedact as error:
            return json.dumps({"cannot": error.code, "page": error.page})

    return answer


# By name; each takes the fields of an errand as text and the seconds there are, and answers with text.
WORKS: Mapping[str, Callable[[Mapping[str, str], float], str]] = {
    name: _answering(work)
    for name, work in (("picture", _picture), ("text", _text), ("ahead", _ahead), ("redact", _redact))
}


def answer_in(said: str) -> Any:
    """What a child answered. Raises CannotRedact where it could not; ValueError or LookupError for anything else."""
    plain = json.loads(said)
    if "cannot" in plain:
        if plain["cannot"] not in CANNOT:
            raise ValueError("No such reason.")
        raise CannotRedact(plain["cannot"], int(plain["page"]))
    return plain["done"]


def redacted_in(plain: Any) -> Redacted:
    """A redacted copy as a child told of it. Raises ValueError, TypeError or LookupError for anything else."""
    return Redacted(PdfFacts.from_plain(plain["facts"]), proof_in(plain["proof"]), int(plain["unsearchable"]))


def proof_in(plain: Any) -> Proof:
    """A proof as a child told it. Raises ValueError, TypeError or LookupError for anything else."""
    hits = tuple(Hit(int(hit["page"]), str(hit["where"])) for hit in plain["hits"])
    if any(hit.where not in WHERE for hit in hits):
        raise ValueError("No such place.")
    return Proof(
        dropped=int(plain["dropped"]),
        kept=int(plain["kept"]),
        hits=hits,
        also=tuple(Also(str(one["word"]), _numbers(one["pages"])) for one in plain["also"]),
        readers=tuple(str(name) for name in plain["readers"]),
        textless=_numbers(plain["textless"]),
        pictures=tuple((int(page), int(other)) for page, other in plain["pictures"]),
    )


def _numbers(plain: Any) -> tuple[int, ...]:
    return tuple(int(one) for one in plain)
