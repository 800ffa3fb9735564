"""The workflow page: the machine of one board drawn and told, with the place of one case when its reader asks."""

import re
from datetime import date
from html import unescape

from django.urls import reverse

from boards import queries as board_queries
from tests.factories.offices import make_rule
from tests.factories.staffed import make_staffed
from tracker.access.models import Membership
from tracker.web.desk import machinerows

WORKFLOW = reverse("desk:workflow")
NOT_USED = "Not used here. Deemed adopted: No"
CELL = re.compile(r'<td data-label="([^"]+)">(.*?)</td>', re.DOTALL)


def cells(html: str, table: int) -> list[dict[str, str]]:
    """The rows of a table of the page: the words of each cell by the heading of its column."""
    body = html.split('<table class="table machine-rows')[table].split("<tbody>")[1].split("</tbody>")[0]
    return [
        {label: unescape(" ".join(re.sub(r"<[^>]+>", " ", cell).split())) for label, cell in CELL.findall(row)}
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def missing(row: dict[str, object], shown: dict[str, str]) -> list[str]:
    """What a row of the table says that its row on the page does not show in the right column."""
    clocks = [clock for kinds in row["clocks"].values() for clock in kinds]
    wanted = [("Who", row["actor"]), *(("Must be true", text) for text in (*row["guards"], *row["asks"]))]
    wanted += [("Papers and letters", text) for text in (*row["documents"], *row["letters"])]
    wanted += [("Clocks", text) for text in clocks]
    return [f"{column}: {text}" for column, text in wanted if str(text) not in shown.get(column, "")]


def test_every_step_and_act_stands_in_its_row_with_all_that_the_table_says_of_it(office, open_as):
    text = open_as(office.voters[0], WORKFLOW).content.decode()
    in_force = board_queries.rules_in_force(office.board, date(2026, 3, 2))
    steps, acts = machinerows.rows(in_force), machinerows.act_rows(in_force)

    for rows, shown, column in ((steps, cells(text, 1), "Step"), (acts, cells(text, 2), "Act")):
        for row, cell in zip(rows, shown, strict=True):
            assert cell[column].startswith(str(row["label"]))
            assert missing(row, cell) == []
    assert any(row["asks"] and row["letters"] and row["clocks"] for row in acts)
    assert text.count(NOT_USED) == 1
    assert 'name="board"' not in text


def test_a_column_that_the_page_loses_is_missed(office, open_as):
    text = open_as(office.voters[0], WORKFLOW).content.decode()
    row = machinerows.rows(board_queries.rules_in_force(office.board, date(2026, 3, 2)))[1]
    shown = cells(text, 1)[1]

    assert missing(row, shown) == []
    for column in ("Who", "Papers and letters", "Clocks"):
        assert missing(row, {**shown, column: "–"})


def test_the_boards_rules_are_read(office, open_as):
    make_rule(office.board, "deemed_adopted", True)
    make_rule(office.board, "answer_days", 21, citation="Rule 9")

    text = open_as(office.counsel, WORKFLOW).content.decode()

    assert NOT_USED not in text
    assert "Answer to the charges (21 calendar days)" in text


def test_another_board_of_the_reader_may_be_chosen(office, open_as):
    other = make_staffed("ca-bbs", "BBS")
    Membership.objects.create(user=office.counsel, board=other.board, role="board_counsel", valid_from="2020-01-01")
    make_rule(other.board, "answer_days", 15)

    assert open_as(office.counsel, WORKFLOW).context["board"] in (office.board, other.board)
    response = open_as(office.counsel, WORKFLOW, board="ca-bbs")
    assert response.context["board"] == other.board
    assert "Answer to the charges (15 calendar days)" in response.content.decode()
    assert open_as(office.counsel, WORKFLOW, board="tx-bhec").context["board"] == office.board


def test_a_board_where_the_reader_does_not_work_is_not_shown(office, open_as):
    make_staffed("ca-bbs", "BBS")

    assert open_as(office.counsel, WORKFLOW, board="ca-bbs").context["board"] == office.board


def test_where_a_case_stands(filed, office, open_as):
    response = open_as(office.counsel, WORKFLOW, case=filed.case.docket)

    assert response.context["here"] == "received"
    assert " here" in response.content.decode()


def test_a_foreign_case_is_not_marked(filed, open_as):
    response = open_as(make_staffed("ca-bbs", "BBS").counsel, WORKFLOW, case=filed.case.docket)

    assert response.context["here"] == ""
    assert filed.case.docket not in response.content.decode()
