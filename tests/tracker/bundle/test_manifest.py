"""The manifest: what a bundle holds, and nothing of what it withholds."""

import json
from dataclasses import replace
from hashlib import sha256

from tests.data import pdfs
from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle.manifest import manifest_digest, manifest_text
from tracker.bundle.plan import Hidden, RedactedPage, RenditionFacts


def test_the_manifest_lists_every_exhibit_and_page(built):
    manifest = json.loads(manifest_text(built.plan))

    assert manifest["format"] == "recourse-bundle/1"
    assert manifest["freeze"] == {"at": "2026-11-18T16:42:07Z", "number": 3}
    assert manifest["bates"] == {"digits": 6, "first": 1, "last": 23, "prefix": "BHP-2026-0417-"}
    assert [item["key"] for item in manifest["exhibits"]] == ["E-1", "E-2", "E-3", "E-4", "E-5"]
    first = manifest["exhibits"][0]
    assert first["page_sha256"] == [page.sha256 for page in built.plan.exhibits[0].pages]
    assert first["native"]["name"] == "E-1.pdf"
    assert manifest["exhibits"][2]["slip"] == {"reason": "A recording cannot be shown on paper."}
    assert manifest["gaps"] == [{"code": "G-3", "first": 19, "last": 20, "line": 2}]
    assert manifest["volumes"] == [{"number": 1, "file": "BHP-2026-0417-board-freeze-3.pdf", "first": 1, "last": 23}]
    assert manifest["log"] == [{"line": 1, "exhibit": "E-4", "bates": [13, 18], "codes": ["W-3"], "areas": 0}]
    assert manifest["signing"] == {"certificate_sha256": "", "is_demo": False, "required": False}
    assert manifest["fonts"] == samples.fonts().pins


def test_a_withheld_exhibit_has_numbers_and_code_only(built):
    item = json.loads(manifest_text(built.plan))["exhibits"][3]

    assert item == {
        "key": "E-4",
        "mark": "E-4",
        "state": "offered",
        "bates_first": 13,
        "bates_last": 18,
        "sheets": 1,
        "segments": [{"kind": "withheld", "first": 1, "last": 6, "volume": 1}],
        "withheld": {"code": "W-3", "line": 1},
    }


def test_the_digest_is_that_of_the_text(built):
    assert manifest_digest(built.plan) == sha256(manifest_text(built.plan).encode()).hexdigest()


def test_the_citation_of_the_ledger_is_no_part_of_it(built):
    other = replace(built.plan, heading=replace(built.plan.heading, ledger_entry=5))

    assert manifest_digest(other) == manifest_digest(built.plan)


def test_a_page_without_room_is_named(tmp_path):
    facts = samples.rendition(pdfs.shaped(tmp_path / "a.pdf", media=(0, 0, 40, 300)), tmp_path / "b.pdf")
    plan = plan_of(samples.shown("E-1", facts, 1))

    assert json.loads(manifest_text(plan))["exhibits"][0]["stamp"] == [{"page": 1, "place": "log"}]


def test_a_page_whose_stamp_stands_over_content_is_named():
    pages = (samples.SAMPLE_PAGE, replace(samples.SAMPLE_PAGE, strip=0))
    item = samples.slip("E-1", 1, kind="pages", bates_last=2, pages=pages, rendition=RenditionFacts("00", 1, "", ""))

    stamps = json.loads(manifest_text(plan_of(item)))["exhibits"][0]["stamp"]
    assert stamps == [{"page": 2, "place": "over_content"}]


def test_hidden_and_redacted_pages_have_lines_and_no_content():
    pages = tuple(replace(samples.SAMPLE_PAGE, sha256=f"{number:064x}") for number in (1, 2, 3))
    item = samples.slip(
        "E-1",
        1,
        kind="pages",
        bates_last=3,
        pages=pages,
        rendition=RenditionFacts("00", 1, "", ""),
        hidden=(Hidden(2, 2, "W-4", "SECRETREASON"),),
        redacted=(RedactedPage(3, 2, ("R-1", "R-2")),),
    )
    text = manifest_text(plan_of(item))
    manifest = json.loads(text)

    assert manifest["log"] == [
        {"line": 1, "exhibit": "E-1", "bates": [2, 2], "codes": ["W-4"], "areas": 0},
        {"line": 2, "exhibit": "E-1", "bates": [3, 3], "codes": ["R-1", "R-2"], "areas": 2},
    ]
    assert manifest["exhibits"][0]["page_sha256"] == [f"{1:064x}", "", f"{3:064x}"]
    assert "SECRETREASON" not in text
    assert f"{2:064x}" not in text
