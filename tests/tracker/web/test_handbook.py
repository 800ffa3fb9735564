from pathlib import Path

import pytest
from django.utils.translation import override

from tracker.access.policy import POLICY, Permission, Role
from tracker.cases.acttable import ACTS
from tracker.cases.clocks import DeadlineKind
from tracker.cases.steptable import TRANSITIONS
from tracker.notices.kinds import KINDS
from tracker.web import handbook
from tracker.web.steps import STEPS

DOCS = Path(__file__).resolve().parents[3] / "docs"


def rows(text, heading):
    """The cells of the first table below a heading, without its head."""
    lines = text.partition(f"{heading}\n")[2].splitlines()
    table = []
    for line in lines:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
        elif table:
            break
    return table[2:]


def test_committed_pages_are_what_the_tables_say():
    assert list(handbook.stale(DOCS)) == [], "run manage.py make_docs"


def test_permissions_tell_every_grant():
    with override("en"):
        table = rows(handbook.permissions(), "## Roles at a board")
    told = {
        (
            permission,
            role,
            scope.rstrip("".join(handbook.RULES.values()) + "†‡"),
            scope.partition("†")[1] or scope.partition("‡")[1],
        )
        for permission, (_label, *cells) in zip(Permission, table, strict=True)
        for role, cell in zip(Role, cells, strict=True)
        for scope in cell.split(", ")
        if scope
    }

    assert told == {
        (permission, grant.who, grant.scope, handbook.PARTS[grant.part] if grant.part else "")
        for permission, grants in POLICY.items()
        for grant in grants
        if grant.who in Role.values
    }


def test_permissions_name_conditions_and_outsiders():
    text = handbook.permissions()

    assert f"{handbook.RULES['pc_body', 'staff']} Only at boards whose rule `pc_body` is `staff`." in text
    apart = "Panel member; Presiding officer; Board's advice counsel."
    assert f"† Not for who has or had another part in the matter: {apart}" in text
    assert [row[0] for row in rows(text, "## Without a sign-in")] == [
        "Complainant, by tracking code",
        "Respondent's counsel, released material",
    ]


def test_workflow_tells_every_step_once():
    text = handbook.workflow()
    moves = rows(text, "## Steps that move a case")
    acts = rows(text, "## Acts that move no case")

    assert [row[2].strip("`") for row in moves] == [row.key for row in TRANSITIONS]
    by_rule = [row[2].strip("`") for row in moves if "only at boards whose rule `deemed_adopted` is yes" in row[6]]
    assert by_rule == ["deem_adopted"]
    assert [row[1].strip("`") for row in acts] == [act.key for act in ACTS]
    step_cells, act_cells = [row[6:] for row in moves], [row[3:] for row in acts]
    for row, cells in zip((*TRANSITIONS, *ACTS), (*step_cells, *act_cells), strict=True):
        told = [*(guard.text for guard in row.guards), *row.asks]
        papers = [*(document.label for document in row.documents), *(KINDS[code].title for code in row.letters)]
        clocks = [DeadlineKind(kind).label for kind in (*row.opens, *row.closes, *row.renews)]
        for cell, wanted in zip(cells, (told, papers, clocks), strict=True):
            assert [words for words in wanted if str(words) not in cell] == []
    assert text.count("-->") == 1 + sum(len(row.sources) or 1 for row in TRANSITIONS if row.target)


def test_step_keys_tell_every_field():
    table = rows("steps\n" + handbook.step_keys(), "steps")

    assert [row[0].strip("`") for row in table] == list(STEPS)
    for row, step in zip(table, STEPS.values(), strict=True):
        for name in step.form_class.base_fields:
            assert f"`{name}`: " in row[2]
    closing = next(row[2] for row in table if row[0] == "`close_at_intake`")
    assert "`NO_JURISDICTION`" in closing
    assert "`NO_VIOLATION`" not in closing


def test_only_the_part_between_the_markers_is_replaced(tmp_path):
    page = tmp_path / "commands.md"
    page.write_text(f"before\n{handbook.BEGIN}\nSTALE TABLE\n{handbook.END}\nafter\n")

    assert handbook.write(tmp_path) == ["permissions.md", "workflow.md", "commands.md"]

    text = page.read_text()
    assert text.startswith(f"before\n{handbook.BEGIN}\n\n| Step |")
    assert text.endswith(f"\n{handbook.END}\nafter\n")
    assert "STALE TABLE" not in text
    assert handbook.write(tmp_path) == []


@pytest.mark.parametrize("text", ["a page without markers\n", f"only one {handbook.BEGIN}\n"])
def test_a_page_without_its_markers_is_left_alone(tmp_path, text):
    (tmp_path / "commands.md").write_text(text)

    handbook.write(tmp_path)

    assert (tmp_path / "commands.md").read_text() == text


def test_a_changed_page_is_stale(tmp_path):
    handbook.write(tmp_path)
    page = tmp_path / "workflow.md"
    page.write_text(page.read_text().replace("T13", "T99"))

    assert list(handbook.stale(tmp_path)) == ["workflow.md"]


def test_a_cell_cannot_break_its_row():
    assert handbook._cell("a|b\nc") == "a\\|b c"
