"""A list of boards: every bad cell is named by row and column, and what is good is read as it stands."""

import csv
import io

import pytest

from tracker.directory import boardlist
from tracker.directory.boardlist import BadList, HostedBoard

GOOD = {
    "jurisdiction": "TX",
    "board_name": "Texas Board of Examples",
    "professions": "counseling;psychology",
    "website": "https://board.example",
    "phone": "512-555-0100 ext. 12",
    "email": "office@board.example",
    "state": "TX",
    "postal_code": "78701-1234",
    "files_online": "yes",
    "written_required": "no",
    "anonymous_accepted": "no",
    "response_days": "20",
    "process_note": "Staff look into complaints.",
    "source_url": "https://a.example; https://b.example",
}


def make_list(*rows, columns=boardlist.COLUMNS):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def read(content, **given):
    known = {"jurisdictions": {"TX": "Texas", "CA": "California"}, "professions": {"counseling", "psychology"}}
    return boardlist.read(content, **(known | given))


def faults_of(content):
    with pytest.raises(BadList) as caught:
        read(content)
    return caught.value.faults


def test_a_good_row_is_read_as_it_stands():
    (row,) = read(make_list(GOOD))
    assert (row.number, row.slug, row.professions) == (2, "tx-texas-board-of-examples", ("counseling", "psychology"))
    assert row.rules == {"anonymous_allowed": False, "response_days": 20}
    assert row.fields["files_online"] == "yes"
    assert row.fields["files_by_mail"] == "unknown"
    assert row.fields["process_notes"] == {"en": "Staff look into complaints."}
    assert row.fields["filing_deadline_notes"] == {}
    assert row.fields["source_url"] == "https://a.example;https://b.example"


def test_a_hosted_board_is_matched_by_jurisdiction_and_name():
    hosted = [HostedBoard("tx-ex", "EX", "TX", "texas board of EXAMPLES")]
    (row,) = read(make_list(GOOD), hosted=hosted)
    assert (row.slug, row.hosted) == ("tx-ex", hosted[0])


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("jurisdiction", "ZZ", "Row 2, column jurisdiction: ZZ is not a known jurisdiction."),
        ("jurisdiction", "", "Row 2, column jurisdiction: nothing is not a known jurisdiction."),
        ("board_name", " ", "Row 2, column board_name: the name is missing."),
        ("board_name", "x" * 251, "Row 2, column board_name: longer than 250 characters."),
        ("board_name", "Board\nof", "Row 2, column board_name: holds a line break or control character."),
        ("professions", "", "Row 2, column professions: at least one profession is needed."),
        ("professions", "counseling;magic", "Row 2, column professions: magic is not a known profession."),
        ("website", "board.example", "Row 2, column website: not a web address of at most 500 characters."),
        ("complaint_url", "javascript:alert(1)", "Row 2, column complaint_url: not a web address"),
        ("license_lookup_url", "ftp://x.example", "Row 2, column license_lookup_url: not a web address"),
        ("phone", "call us", "Row 2, column phone: not a phone number."),
        ("email", "office@", "Row 2, column email: not an email address."),
        ("state", "Texas", "Row 2, column state: not a known state code."),
        ("postal_code", "7870", "Row 2, column postal_code: not a ZIP code."),
        ("files_online", "YES", "Row 2, column files_online: must be yes, no or empty."),
        ("written_required", "maybe", "Row 2, column written_required: must be yes, no or empty."),
        ("anonymous_accepted", "maybe", "Row 2, column anonymous_accepted: must be yes or no."),
        ("notarization_required", "2", "Row 2, column notarization_required: must be yes or no."),
        ("response_days", "thirty", "Row 2, column response_days: must be a whole number from 0 to 3650."),
        ("acknowledgement_days", "-1", "Row 2, column acknowledgement_days: must be a whole number"),
        ("process_note", "x" * 501, "Row 2, column process_note: longer than 500 characters."),
        ("source_url", "", "Row 2, column source_url: at least one source is needed."),
        ("source_url", "https://a.example;told me", "Row 2, column source_url: told me is not a web address."),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(column, value, says):
    (fault,) = faults_of(make_list(GOOD | {column: value}))
    assert fault.startswith(says)


def test_every_bad_cell_of_every_row_is_named():
    other = GOOD | {"board_name": "Texas Board of Others", "email": "x", "phone": "y"}
    faults = faults_of(make_list(GOOD | {"state": "??"}, other))
    assert [fault.split(":")[0] for fault in faults] == [
        "Row 2, column state",
        "Row 3, column phone",
        "Row 3, column email",
    ]


def test_the_same_board_twice_is_named():
    assert faults_of(make_list(GOOD, GOOD | {"board_name": "Texas board of examples"})) == [
        "Row 3, column board_name: the same board as in row 2."
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The column jurisdiction is missing."),
        (make_list(), "The list has no rows."),
        (make_list(columns=(*boardlist.COLUMNS, "mood")), "The column mood is not known."),
        (make_list(columns=boardlist.COLUMNS[1:]), "The column jurisdiction is missing."),
        (make_list(columns=(*boardlist.COLUMNS, "city")), "The column city stands twice."),
        (make_list() + b"TX,too short\n", "Row 2 has 2 cells instead of 25."),
        (make_list() + b"TX,\xff\n", "The list is not UTF-8 text (line 2)."),
        (make_list() + b'TX,"open\n', "The list cannot be read as CSV: unexpected end of data."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "The list is not UTF-8 text (line 1)."),
    ],
)
def test_what_is_no_list_is_told(content, says):
    assert says in faults_of(content)


def test_empty_lines_are_passed_over_and_rows_still_counted():
    heading, row = make_list(GOOD | {"email": "x"}).splitlines(keepends=True)
    (fault,) = faults_of(heading + b"\r\n\r\n" + row)
    assert fault.startswith("Row 4, column email")


def test_a_byte_order_mark_does_no_harm():
    assert len(read(b"\xef\xbb\xbf" + make_list(GOOD))) == 1
