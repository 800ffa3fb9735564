"""Layers of a received PDF (optional content), frozen as they show when the document is opened.

What is hidden stays hidden in the copy; nothing offers to switch it on, and no viewer's own rules decide.
"""

from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

Number = tuple[int, int]


def freeze(pdf: pikepdf.Pdf) -> frozenset[Number]:
    """Keep of the layers only which there are and which are hidden, in place; return the hidden ones."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        if "/OCProperties" in pdf.Root:
            del pdf.Root["/OCProperties"]
        return frozenset()
    layers = _layers(pdf, properties)
    hidden = _hidden(properties.get("/D"), layers)
    for layer in layers.values():
        # Rules by which some viewers decide anew: on printing, by zoom, by the name of the reader.
        for key in ("/Usage", "/Intent"):
            if key in layer:
                del layer[key]
    pdf.Root["/OCProperties"] = Dictionary(
        OCGs=Array(list(layers.values())), D=Dictionary(OFF=Array([layers[number] for number in hidden]))
    )
    return frozenset(hidden)


def keep_used(pdf: pikepdf.Pdf, pages: Iterable[pikepdf.Object]) -> None:
    """Keep of frozen layers only those that lie on these pages, in place: the name of a layer can tell of a page."""
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, Dictionary):
        return
    used = _reachable(pages)
    every, hidden = (
        Array([layer for layer in _dictionaries(listed) if layer.objgen in used])
        for listed in (properties.get("/OCGs"), properties.D.get("/OFF"))
    )
    if len(every):
        pdf.Root["/OCProperties"] = Dictionary(OCGs=every, D=Dictionary(OFF=hidden))
    else:
        del pdf.Root["/OCProperties"]


def is_hidden(holder: Dictionary, hidden: frozenset[Number]) -> bool:
    """Whether an annotation or a picture belongs to hidden layers, itself or through a rule over several."""
    found = holder.get("/OC")
    if not hidden or not isinstance(found, Dictionary):
        return False
    if found.get("/Type") != Name.OCMD:
        return found.is_indirect and found.objgen in hidden
    named = found.get("/OCGs")
    layers = [named] if isinstance(named, Dictionary) and named.is_indirect else _dictionaries(named)
    states = [layer.objgen not in hidden for layer in layers]
    policy = found.get("/P")
    if not states:
        return False
    if policy == Name.AllOn:
        return not all(states)
    if policy == Name.AnyOff:
        return all(states)
    if policy == Name.AllOff:
        return any(states)
    return not any(states)


def _reachable(begin: Iterable[pikepdf.Object]) -> set[Number]:
    """The numbers of every object that these lead to."""
    seen: set[Number] = set()
    waiting: list[Any] = list(begin)
    while waiting:
        item = waiting.pop()
        if not isinstance(item, pikepdf.Object) or item.is_indirect and item.objgen in seen:
            continue
        if item.is_indirect:
            seen.add(item.objgen)
        if isinstance(item, Array):
            waiting.extend(item)
        elif isinstance(item, Dictionary | pikepdf.Stream):
            waiting.extend(item.get(key) for key in item.keys())  # noqa: SIM118 - a stream is no mapping
    return seen


def _layers(pdf: pikepdf.Pdf, properties: Dictionary) -> dict[Number, Dictionary]:
    """All layers by number: those that are listed, and those that a page may name although they are not."""
    listed = {item.objgen: item for item in _dictionaries(properties.get("/OCGs"))}
    others = {
        item.objgen: item
        for item in pdf.objects
        if isinstance(item, Dictionary) and item.is_indirect and item.get("/Type") == Name.OCG
    }
    return listed | {number: item for number, item in others.items() if number not in listed}


def _hidden(default: Any, layers: dict[Number, Dictionary]) -> list[Number]:
    if not isinstance(default, Dictionary):
        return []
    on, off = ({item.objgen for item in _dictionaries(default.get(key))} & layers.keys() for key in ("/ON", "/OFF"))
    hidden = off if default.get("/BaseState") != Name.OFF else layers.keys() - on | off
    for number, shows in _by_usage(default.get("/AS")).items():
        hidden = hidden - {number} if shows else hidden | {number}
    return [number for number in layers if number in hidden and _has_view_intent(layers[number])]


def _by_usage(rules: Any) -> dict[Number, bool]:
    """Layers whose own usage decides on opening, as the document's rules for viewing ask."""
    decided = {}
    for rule in rules if isinstance(rules, Array) else []:
        if not isinstance(rule, Dictionary) or rule.get("/Event") != Name.View:
            continue
        for layer in _dictionaries(rule.get("/OCGs")):
            usage = layer.get("/Usage")
            view = usage.get("/View") if isinstance(usage, Dictionary) else None
            state = view.get("/ViewState") if isinstance(view, Dictionary) else None
            if state in (Name.ON, Name.OFF):
                decided[layer.objgen] = state == Name.ON
    return decided


def _has_view_intent(layer: Dictionary) -> bool:
    # A layer that is meant for design only is always shown.
    intent = layer.get("/Intent")
    found = list(intent) if isinstance(intent, Array) else [] if intent is None else [intent]
    return not found or Name.View in found or Name.All in found


def _dictionaries(found: Any) -> list[Dictionary]:
    if not isinstance(found, Array):
        return []
    return [item for item in found if isinstance(item, Dictionary) and item.is_indirect]
