"""The lists of the front matter beside the exhibit list, as a plan freezes them: witnesses, chronology, matrix."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cite:
    """A place in the bundle: an exhibit by key, and a page of it from 1 (0: the whole exhibit)."""

    key: str
    page: int = 0


@dataclass(frozen=True)
class Witness:
    """One witness: name (or the role where the name is sealed), who calls them, what about, when, cited places."""

    name: str
    caller: str
    subject: str = ""
    needs: str = ""
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True)
class Event:
    """One line of the chronology: ISO day, sentence, source in words ("Ledger 311" or ""), cited places."""

    on: str
    words: str
    source: str = ""
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True)
class MatrixLine:
    """A piece of evidence for ("for") or against ("against") an allegation."""

    cite: Cite
    bearing: str
    note: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """An allegation or count with its evidence and the finding on it ("" until a decision exists)."""

    key: str
    words: str
    basis: str
    evidence: tuple[MatrixLine, ...]
    finding: str = ""
    finding_note: str = ""


@dataclass(frozen=True)
class Aside:
    """Somebody who declared a conflict: name, as what, ISO days from and until ("" while it lasts)."""

    name: str
    role: str
    since: str
    until: str = ""


@dataclass(frozen=True)
class Paper:
    """One paper of the record: kind and title in words, ISO days, SHA-256 in hex of its words or its file, its words.

    A paper that was filed as a file has no words here.
    """

    kind: str
    title: str
    dated_on: str
    filed_on: str
    sha256: str
    words: str


@dataclass(frozen=True)
class Tables:
    """The lists of the front matter beside the exhibit list, and the papers of a record; an empty one is left out."""

    witnesses: tuple[Witness, ...] = ()
    chronology: tuple[Event, ...] = ()
    matrix: tuple[MatrixRow, ...] = ()
    papers: tuple[Paper, ...] = ()
    aside: tuple[Aside, ...] = ()


def tables_from(plain: dict[str, Any]) -> Tables:
    """Read the tables from their plain form."""
    return Tables(
        witnesses=tuple(Witness(**{**item, "cites": _cites(item["cites"])}) for item in plain["witnesses"]),
        chronology=tuple(Event(**{**item, "cites": _cites(item["cites"])}) for item in plain["chronology"]),
        matrix=tuple(
            MatrixRow(
                **{
                    **item,
                    "evidence": tuple(
                        MatrixLine(**{**line, "cite": Cite(**line["cite"])}) for line in item["evidence"]
                    ),
                }
            )
            for item in plain["matrix"]
        ),
        # Plans that were frozen earlier know nothing of papers and of who stood aside.
        papers=tuple(Paper(**item) for item in plain.get("papers", ())),
        aside=tuple(Aside(**item) for item in plain.get("aside", ())),
    )


def _cites(plain: list[dict[str, Any]]) -> tuple[Cite, ...]:
    return tuple(Cite(**item) for item in plain)
