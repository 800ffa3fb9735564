"""The manifest: what a bundle holds, page by page, as canonical JSON. Its digest is printed and recorded.

One manifest stands for all volumes of an edition; each volume carries it whole.
"""

from hashlib import sha256
from typing import Any

from tracker.bundle.canonical import canonical
from tracker.bundle.plan import FORMAT, PAGES, SLIP, WITHHELD, BundlePlan, PlannedExhibit
from tracker.bundle.stampline import LOG, WHOLE, Fit, fit
from tracker.bundle.volumes import Volume, volume_file, volumes_of
from tracker.files.pagedigest import pages_digest

NAME = "manifest.json"
OVER_CONTENT = "over_content"


def manifest_text(plan: BundlePlan) -> str:
    """Write the manifest of a plan. What is withheld is named by number and code only."""
    heading, chains = plan.heading, plan.chains
    volumes = volumes_of(plan)
    return canonical(
        {
            "format": FORMAT,
            "docket": heading.docket,
            "edition": heading.edition,
            "freeze": {"number": heading.freeze, "at": heading.frozen_at},
            "volumes": [_volume(volume, plan) for volume in volumes],
            "bates": {
                "prefix": plan.prefix,
                "digits": plan.stamping.digits,
                "first": plan.first_number,
                "last": plan.last_number,
            },
            "exhibits": [_exhibit(item, plan, volumes) for item in plan.exhibits],
            **_papers(plan),
            "gaps": [{"first": gap.first, "last": gap.last, "code": gap.code, "line": gap.line} for gap in plan.gaps],
            "log": _log(plan),
            "custody_head": {"seq": chains.custody_seq, "hash": chains.custody_hash},
            "anchor": {"number": chains.anchor_number, "at": chains.anchor_at, "root": chains.anchor_root},
            "signing": {
                "certificate_sha256": plan.signing.certificate_sha256,
                "required": plan.signing.required,
                "is_demo": plan.signing.is_demo,
            },
            "tools": dict(plan.tools),
            "fonts": dict(plan.fonts),
        }
    )


def _papers(plan: BundlePlan) -> dict[str, Any]:
    """The papers of a court record by their digests; nothing in any other edition."""
    rows = plan.tables.papers
    if not rows:
        return {}
    return {
        "papers": [
            {
                "number": number,
                "kind": row.kind,
                "title": row.title,
                "dated_on": row.dated_on,
                "filed_on": row.filed_on,
                "sha256": row.sha256,
            }
            for number, row in enumerate(rows, start=1)
        ]
    }


def manifest_digest(plan: BundlePlan) -> str:
    """SHA-256 of the manifest's bytes, in hex."""
    return sha256(manifest_text(plan).encode()).hexdigest()


def _volume(volume: Volume, plan: BundlePlan) -> dict[str, Any]:
    items = plan.by_key()
    numbers = [
        items[piece.key].bates_first + at - 1
        for piece in volume.pieces
        for at in (piece.segment.first, piece.segment.last)
    ]
    name = volume_file(plan, volume.number, volume.of)
    return {"number": volume.number, "file": name, "first": min(numbers, default=0), "last": max(numbers, default=0)}


def _log(plan: BundlePlan) -> list[dict[str, Any]]:
    """Every line of the withheld and redaction log but the gaps', in order."""
    out = []
    for item in plan.exhibits:
        if item.kind == WITHHELD:
            bates = [item.bates_first, item.bates_last]
            out.append(_line(item, item.withheld_line, bates, [item.withheld_code]))
        for stretch in item.hidden:
            bates = [item.bates_first + stretch.first - 1, item.bates_first + stretch.last - 1]
            out.append(_line(item, stretch.line, bates, [stretch.code]))
        for page in item.redacted:
            number = item.bates_first + page.page - 1
            out.append(_line(item, page.line, [number, number], list(page.codes), areas=page.areas))
    return sorted(out, key=lambda line: line["line"])


def _line(item: PlannedExhibit, line: int, bates: list[int], codes: list[str], *, areas: int = 0) -> dict[str, Any]:
    return {"line": line, "exhibit": item.mark, "bates": bates, "codes": codes, "areas": areas}


def _exhibit(item: PlannedExhibit, plan: BundlePlan, volumes: tuple[Volume, ...]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "key": item.key,
        "mark": item.mark,
        "state": item.state,
        "bates_first": item.bates_first,
        "bates_last": item.bates_last,
        "sheets": item.sheets,
        "segments": [
            {"kind": piece.segment.kind, "first": piece.segment.first, "last": piece.segment.last, "volume": at.number}
            for at in volumes
            for piece in at.pieces
            if piece.key == item.key
        ],
    }
    if item.parent:
        entry["parent"] = item.parent
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
        entry |= _pages(item, plan)
    return entry


def _pages(item: PlannedExhibit, plan: BundlePlan) -> dict[str, Any]:
    assert item.rendition is not None  # noqa: S101 - the caller asked
    digests = [page.sha256 for page in item.pages]
    entry: dict[str, Any] = {
        "rendition": {
            "sha256": item.rendition.sha256,
            "bytes": item.rendition.bytes,
            "how": item.rendition.how,
            "tool": item.rendition.tool,
        },
        "page_sha256": digests,
        "pages_sha256": pages_digest([digest for digest in digests if digest]),
        "removed": list(item.removed),
        "stamp": _stamps(item, plan),
    }
    if item.redacted:
        entry["redacted"] = [
            {"page": page.page, "codes": list(page.codes), "areas": page.areas} for page in item.redacted
        ]
    return entry


def _stamps(item: PlannedExhibit, plan: BundlePlan) -> list[dict[str, Any]]:
    """Pages whose stamp is not whole (what was left out for lack of room) or stands over content."""
    out: list[dict[str, Any]] = []
    fits: dict[tuple[object, ...], Fit] = {}
    for number, page in enumerate(item.pages, start=1):
        if not page.sha256:
            continue
        # Most pages of an exhibit are alike, and one by one they would take longer than all the rest of a manifest.
        alike = (page.box, page.rotate, page.unit, page.strip)
        place = fits.get(alike) or fits.setdefault(alike, fit(page, plan.bates(item.bates_first), plan.stamping))
        if place.place != WHOLE:
            out.append({"page": number, "place": place.place})
        if place.over_content and place.place != LOG:
            out.append({"page": number, "place": OVER_CONTENT})
    return out
