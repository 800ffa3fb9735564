"""What the bundle page shows: the exhibits to choose from, what would print, and how far each export is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from tracker.bundle.ordering import moved
from tracker.bundle.queries import ABSENT, Preview, PreviewLine, Progress
from tracker.cases.queries.casefile import Seen
from tracker.web.desk import exhibits

# What the stages are called; signing is part of putting away.
STEPS = {
    "check": gettext_lazy("Files gathered"),
    "render": gettext_lazy("Front matter drawn"),
    "assemble": gettext_lazy("Put together and sealed"),
    "verify": gettext_lazy("Verified"),
    "pack": gettext_lazy("Stored"),
}
PART_OF = {"sign": "pack"}
MOVE = re.compile(r"(up|down):(E-\d{1,9})")
KEY = re.compile(r"\bE-\d{1,9}(?:\.\d{1,4})?\b")


@dataclass(frozen=True)
class Choice:
    """What stands in the form: every exhibit in order, those that go in, and those withheld with their code."""

    order: list[str]
    chosen: set[str]
    withheld: dict[str, str]

    @classmethod
    def read(cls, posted: QueryDict | None, found: Mapping[str, Any]) -> "Choice":
        """The choice in a form, or what a page begins with: everything, in the order of `found`.

        Attachments stand behind their e-mail wherever that goes. What the form says of other exhibits is ignored.
        """
        heads = [key for key, one in found.items() if one.parent_id is None]
        if posted is None:
            return cls(_with_parts(heads, found), set(found), {})
        told = [key for key in dict.fromkeys(posted.getlist("order")) if key in heads]
        order = told + [key for key in heads if key not in told]
        move = MOVE.fullmatch(posted.get("do", ""))
        if move:
            order = moved(order, move[2], 1 if move[1] == "down" else -1)
        codes = {key: posted.get(f"withhold_{key}", "") for key in found}
        # A code that is not known goes on to the act, which refuses it: dropped, it would show what was to be withheld.
        withheld = {key: code for key, code in codes.items() if code}
        return cls(_with_parts(order, found), set(posted.getlist("in")) & set(found), withheld)

    def arguments(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """The exhibits, and those withheld, as the acts and queries want them."""
        picked = [key for key in self.order if key in self.chosen]
        return {
            "exhibits": [found[key].pk for key in picked],
            "withheld": {found[key].pk: code for key, code in self.withheld.items() if key in picked},
        }

    def counts(self, found: Mapping[str, Any]) -> dict[str, int]:
        """How many go in, are withheld among them, and are left out."""
        withheld = [key for key in self.chosen if key in self.withheld or found[key].is_withheld]
        return {"inside": len(self.chosen), "withheld": len(withheld), "out": len(self.order) - len(self.chosen)}


def _with_parts(heads: list[str], found: Mapping[str, Any]) -> list[str]:
    parents = {one.pk: key for key, one in found.items()}
    parts: dict[str, list[str]] = {}
    for key, one in found.items():
        if one.parent_id is not None:
            parts.setdefault(parents.get(one.parent_id, ""), []).append(key)
    return [key for head in heads for key in (head, *parts.get(head, []))]


def rows(seen: Seen, found: Mapping[str, Any], choice: Choice) -> list[dict[str, object]]:
    """The exhibits in the order of the form."""
    heads = [key for key in choice.order if found[key].parent_id is None]
    return [
        {
            "row": exhibits.row(seen, found[key], None),
            "is_part": found[key].parent_id is not None,
            "is_in": key in choice.chosen,
            "is_first": key == heads[0],
            "is_last": key == heads[-1],
            "code": choice.withheld.get(key, ""),
            "is_withheld": found[key].is_withheld,
        }
        for key in choice.order
    ]


def shown(preview: Preview) -> dict[str, object]:
    """An edition as it would print, with its reasons and notes linked to the exhibits they name."""
    return {
        "it": preview,
        "lines": [line for line in preview.lines if line.kind != ABSENT],
        "absent": _by_reason(line for line in preview.lines if line.kind == ABSENT),
        "reasons": with_links(preview.reasons),
        "notes": with_links(preview.notes),
    }


def _by_reason(lines: Iterable[PreviewLine]) -> list[dict[str, object]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.why, []).append(line.key)
    return [{"why": why, "keys": keys} for why, keys in found.items()]


def with_links(sentences: Iterable[str]) -> list[dict[str, object]]:
    """Sentences, each with the exhibits it names."""
    return [{"words": words, "keys": list(dict.fromkeys(KEY.findall(words)))} for words in sentences]


def exports(progress: Iterable[Progress], names: Mapping[str, str]) -> dict[str, list[dict[str, object]]]:
    """The exports of the latest freeze and those being built, and the earlier ones, with the steps of their builds."""
    found = list(progress)
    latest = max((one.freeze for one in found), default=0)
    split: dict[str, list[dict[str, object]]] = {"exports": [], "earlier": []}
    for one in found:
        place = "exports" if one.is_unfinished or one.freeze == latest else "earlier"
        split[place].append({"it": one, "steps": _steps(one), "who": names.get(one.requested_by, "")})
    return split


def _steps(one: Progress) -> list[dict[str, object]]:
    order = list(STEPS)
    stage = PART_OF.get(one.stage, one.stage)
    here = order.index(stage) if stage in order else -1
    ended = one.status == "sealed"
    return [
        {
            "label": label,
            "state": "done" if ended or index < here else "now" if index == here else "todo",
            "detail": one.detail if index == here else "",
            "at": min(one.done + 1, one.steps) if index == here else 0,
            "of": one.steps,
        }
        for index, label in enumerate(STEPS.values())
    ]
