"""The manifest: what a bundle holds, page by page, as canonical JSON. Its digest is printed and recorded."""

from hashlib import sha256
from typing import Any

from tracker.bundle.canonical import canonical
from tracker.bundle.plan import DIGITS, FORMAT, PAGES, SLIP, WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.stampline import fit
from tracker.files.pagedigest import pages_digest

NAME = "manifest.json"


def manifest_text(plan: BundlePlan) -> str:
    """Write the manifest of a plan. Withheld exhibits are named by number and code only."""
    heading, chains = plan.heading, plan.chains
    return canonical(
        {
            "format": FORMAT,
            "docket": heading.docket,
            "edition": heading.edition,
            "freeze": {"number": heading.freeze, "at": heading.frozen_at},
            "volumes": [{"number": 1, "first": plan.first_number, "last": plan.last_number}],
            "bates": {
                "prefix": plan.prefix,
                "digits": DIGITS,
                "first": plan.first_number,
                "last": plan.last_number,
            },
            "exhibits": [_exhibit(item, plan) for item in plan.exhibits],
            "gaps": [{"first": gap.first, "last": gap.last, "code": gap.code, "line": gap.line} for gap in plan.gaps],
            "log": [
                {
                    "line": item.withheld_line,
                    "exhibit": item.mark,
                    "bates": [item.bates_first, item.bates_last],
                    "code": item.withheld_code,
                }
                for item in plan.exhibits
                if item.kind == WITHHELD
            ],
            "custody_head": {"seq": chains.custody_seq, "hash": chains.custody_hash},
            "anchor": {"number": chains.anchor_number, "at": chains.anchor_at, "root": chains.anchor_root},
            "tools": dict(plan.tools),
            "fonts": dict(plan.fonts),
        }
    )


def manifest_digest(plan: BundlePlan) -> str:
    """SHA-256 of the manifest's bytes, in hex."""
    return sha256(manifest_text(plan).encode()).hexdigest()


def _exhibit(item: PlannedExhibit, plan: BundlePlan) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "key": item.key,
        "mark": item.mark,
        "state": item.state,
        "volume": 1,
        "bates_first": item.bates_first,
        "bates_last": item.bates_last,
        "pages": item.sheets,
    }
    if item.kind == WITHHELD:
        return {**entry, "withheld": {"code": item.withheld_code, "line": item.withheld_line}}
    entry |= {"title": item.title, "date": item.date, "source": item.source, "sponsor": item.sponsor}
    if item.native:
        entry["native"] = {
            "name": item.native.name,
            "sha256": item.native.sha256,
            "bytes": item.native.bytes,
            "kind": item.native.kind,
        }
    if item.kind == SLIP:
        entry["slip"] = {"reason": item.slip_reason}
    if item.kind == PAGES and item.rendition:
        digests = [page.sha256 for page in item.pages]
        entry |= {
            "rendition": {
                "sha256": item.rendition.sha256,
                "bytes": item.rendition.bytes,
                "how": item.rendition.how,
                "tool": item.rendition.tool,
            },
            "page_sha256": digests,
            "pages_sha256": pages_digest(digests),
            "removed": list(item.removed),
            "stamp": _stamps(item, plan),
        }
    return entry


def _stamps(item: PlannedExhibit, plan: BundlePlan) -> list[dict[str, Any]]:
    """Pages whose stamp is not whole: what was left out for lack of room."""
    out = []
    for number, page in enumerate(item.pages, start=1):
        width, height = page.displayed_size
        place = fit(width, height, plan.bates(item.bates_first)).place
        if place != "whole":
            out.append({"page": number, "place": place})
    return out
