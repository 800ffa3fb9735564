"""Load files: what review programs read, and nothing of what is withheld."""

import csv
import io

from tests.tracker.bundle import samples
from tests.tracker.bundle.test_planning import plan_of
from tracker.bundle.loadfile import FIELDS, NEWLINE, QUOTE, SEPARATOR, Files, concordance, exhibit_list, opticon


def read(data):
    """The DAT as a list of rows by field."""
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    rows = [[cell.strip(QUOTE) for cell in line.split(SEPARATOR)] for line in lines[:-1]]
    assert rows[0] == list(FIELDS)
    return [dict(zip(FIELDS, row, strict=True)) for row in rows[1:]]


def plan():
    return plan_of(
        samples.slip("E-1", 1, mark="1", title="=HYPERLINK(1)", source="A\nB þ C"),
        samples.slip("E-1.1", 2, mark="1.1", parent="E-1"),
        samples.withheld("E-2", 3, 8),
    )


def test_every_exhibit_is_one_line_with_its_family():
    rows = read(concordance(plan(), {"E-1": Files(native="natives/X.m4a", pdf="renditions/X.pdf")}))

    assert [(row["BEGBATES"][-6:], row["ENDBATES"][-6:]) for row in rows] == [
        ("000001", "000001"),
        ("000002", "000002"),
        ("000003", "000008"),
    ]
    assert [(row["BEGATTACH"][-6:], row["ENDATTACH"][-6:]) for row in rows[:2]] == [("000001", "000002")] * 2
    assert (rows[0]["NATIVELINK"], rows[0]["DOCDATE"], rows[0]["FILEEXT"]) == ("natives/X.m4a", "20260302", "m4a")
    assert rows[0]["SOURCE"] == f"A{NEWLINE}B ? C"


def test_a_withheld_exhibit_has_numbers_and_code_only():
    row = read(concordance(plan(), {}))[2]

    assert {name: value for name, value in row.items() if value} == {
        "BEGBATES": "BHP-2026-0417-000003",
        "ENDBATES": "BHP-2026-0417-000008",
        "BEGATTACH": "BHP-2026-0417-000003",
        "ENDATTACH": "BHP-2026-0417-000008",
        "PAGECOUNT": "6",
        "VOLUME": "VOL001",
        "EXHIBIT": "E-2",
        "STATE": "offered",
        "WITHHELD": "Y",
        "REASONCODE": "W-3",
    }


def test_the_image_load_file_has_one_document_a_line():
    files = {key: Files(pdf=f"renditions/{key}.pdf") for key in ("E-1", "E-1.1", "E-2")}

    assert opticon(plan(), files).decode("ascii").splitlines() == [
        "BHP-2026-0417-000001,VOL001,renditions/E-1.pdf,Y,,,1",
        "BHP-2026-0417-000002,VOL001,renditions/E-1.1.pdf,Y,,,1",
        "BHP-2026-0417-000003,VOL001,renditions/E-2.pdf,Y,,,1",
    ]


def test_a_spreadsheet_runs_nothing_of_the_list():
    rows = list(csv.reader(io.StringIO(exhibit_list(plan()).decode())))

    assert rows[1][2] == "'=HYPERLINK(1)"
    assert rows[3][1:6] == ["E-2", "", "", "", "offered"]
