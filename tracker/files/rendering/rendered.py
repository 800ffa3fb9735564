"""What goes into the making of pages, and what comes out: the border between the rooms and the child process. Pure."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from tracker.files.pdf import PdfFacts

# How the pages of a copy came about; "" where there are none.
HOWS = ("pdf", "image", "typeset", "email", "office")
MAX_ATTACHMENTS = 200
# In the job's folder: what the child process answers.
ANSWER = "answer.json"
# What the program that children come from says first.
READY, READY_WITH_NETWORK = "ready", "ready, the network stays"


class CannotRender(Exception):
    """A file whose pages cannot be shown. `reason` is a plain sentence; a slip sheet says it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Attachment:
    """A file found within another: its clean name, where it lies in the job's folder, and in words what it is from."""

    name: str
    path: Path
    source: str = ""


@dataclass(frozen=True)
class SlipFacts:
    """What a slip sheet says of a file without pages: one plain sentence, facts as (label, value), and a listing."""

    reason: str
    facts: tuple[tuple[str, str], ...] = ()
    listing: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Write it as canonical JSON text."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "SlipFacts":
        """Read what `to_json` wrote."""
        plain = json.loads(text)
        facts = tuple((str(label), str(value)) for label, value in plain["facts"])
        return cls(plain["reason"], facts, tuple(plain["listing"]))


@dataclass(frozen=True)
class Job:
    """One file to make pages of.

    `source` is the file, `folder` an empty folder for everything that is written, `kind` a code of `kinds.KINDS`,
    `name` the file's original name, `fonts` the folder of the fonts, `office` the office program ("" for none),
    `language` that of the words on typeset pages.
    """

    source: Path
    folder: Path
    kind: str
    name: str
    fonts: Path
    office: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Made:
    """What a renderer answers: the pages before anything is removed from them, or why there are none (`slip`).

    `how` is one of HOWS; `tool` names the programs that made the pages; `attachments` what the file carried;
    `warnings` plain sentences about what the pages do not show.
    """

    pdf: Path | None
    how: str = ""
    tool: str = ""
    slip: SlipFacts | None = None
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = ()


Renderer = Callable[[Job], Made]


@dataclass(frozen=True)
class Rendered:
    """What the child process answers.

    `rendition` is the sanitized copy with its `facts`, None where there are no pages; then `slip` says why. `text` is a
    file with the text of all pages, one form feed between two pages. The paths lie in the job's folder.
    """

    rendition: Path | None = None
    facts: PdfFacts | None = None
    text: Path | None = None
    how: str = ""
    tool: str = ""
    slip: SlipFacts | None = None
    attachments: tuple[Attachment, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def to_json(self) -> str:
        """Write it as JSON text."""
        plain = {
            "rendition": _plain(self.rendition),
            "facts": self.facts.to_plain() if self.facts else None,
            "text": _plain(self.text),
            "how": self.how,
            "tool": self.tool,
            "slip": self.slip.to_json() if self.slip else None,
            "attachments": [[item.name, str(item.path), item.source] for item in self.attachments],
            "warnings": self.warnings,
        }
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Rendered":
        """Read what `to_json` wrote. Raises ValueError, TypeError or LookupError for anything else."""
        plain: dict[str, Any] = json.loads(text)
        return cls(
            rendition=_path(plain["rendition"]),
            facts=PdfFacts.from_plain(plain["facts"]) if plain["facts"] else None,
            text=_path(plain["text"]),
            how=plain["how"],
            tool=plain["tool"],
            slip=SlipFacts.from_json(plain["slip"]) if plain["slip"] else None,
            attachments=tuple(Attachment(name, Path(path), source) for name, path, source in plain["attachments"]),
            warnings=tuple(plain["warnings"]),
        )


def _plain(path: Path | None) -> str | None:
    return str(path) if path else None


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def with_strips(facts: PdfFacts, strips: Sequence[int]) -> PdfFacts:
    """The facts of a copy with, for each page, where a stamp covers nothing (`PageFacts.strip`)."""
    pages = tuple(replace(page, strip=strip) for page, strip in zip(facts.pages, strips, strict=True))
    return replace(facts, pages=pages)
