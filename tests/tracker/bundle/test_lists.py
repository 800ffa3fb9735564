"""Tables of the front matter survive being written and read."""

import json
from dataclasses import asdict

from tracker.bundle.lists import Aside, Cite, Event, MatrixLine, MatrixRow, Tables, Witness, tables_from

TABLES = Tables(
    witnesses=(Witness("Ada Quinn", "Board", "Records", "Interpreter", (Cite("E-1", 2),)),),
    chronology=(Event("2026-02-11", "The complaint was filed.", "Ledger 1", (Cite("E-1"),)),),
    matrix=(
        MatrixRow("1", "Dual relationship", "22 TAC 801", (MatrixLine(Cite("E-2", 3), "for", "log"),), "proven", "x"),
    ),
    aside=(Aside("Bo Katz", "Board member", "2026-03-02", "2026-03-05"),),
)


def test_tables_read_back_what_was_written():
    assert tables_from(json.loads(json.dumps(asdict(TABLES)))) == TABLES


def test_empty_tables_read_back_empty():
    assert tables_from(json.loads(json.dumps(asdict(Tables())))) == Tables()
