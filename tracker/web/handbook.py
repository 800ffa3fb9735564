"""The parts of the handbook that are drawn from tables, so that no page tells of a rule that the code does not keep.

`docs/permissions.md` and `docs/workflow.md` are wholly generated; in `docs/commands.md` only what stands between the
markers is. `manage.py make_docs` writes them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from django import forms
from django.utils.translation import override

from boards import rules
from tracker.access import separation
from tracker.access.policy import (
    CAPACITY_ROLES,
    POLICY,
    SYSTEM,
    Capacity,
    Grant,
    Outsider,
    Permission,
    Role,
    Scope,
    who_may,
)
from tracker.cases.acttable import ACTS, Act
from tracker.cases.clocks import DeadlineKind
from tracker.cases.states import DISPOSITIONS, STATUSES_OF
from tracker.cases.steptable import TRANSITIONS, Transition
from tracker.notices.kinds import KINDS
from tracker.web.steps import STEPS

MADE = "<!-- Made by `manage.py make_docs` from {source}. Change the table there, never this page. -->"
BEGIN, END = "<!-- steps: begin -->", "<!-- steps: end -->"
# The mark of each rule that limits a grant, and of each part that a grant is.
_LIMITS = sorted({grant.rule for grants in POLICY.values() for grant in grants if grant.rule})
RULES = dict(zip(_LIMITS, "¹²³⁴⁵⁶⁷⁸⁹", strict=False))
PARTS = {Capacity.PROSECUTOR: "†", Capacity.PRESIDING: "‡"}
SHORT = {Scope.BOARD: "board", Scope.ASSIGNED: "assigned", Scope.RECORD: "record"}


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ") or " "


def _listed(values: Iterable[object], between: str = ", ") -> str:
    return between.join(map(str, values))


def permissions() -> str:
    """The page of who may do what, from `tracker/access/policy.py`."""
    parts = [
        "# Who may do what",
        MADE.format(source="tracker/access/policy.py"),
        "A person acts through a role at a board, from a day until a day. A permission reaches the cases of its scope:",
        "\n".join(f"- **{SHORT.get(scope, scope.value)}**: {scope.label}" for scope in Scope),
        "What lies outside a person's scope and what does not exist get the same answer. An act that a role may not\n"
        "do on a case it sees is refused, and the refusal names the roles that may.",
        "## Roles at a board",
        _table(["Permission", *(role.label for role in Role)], map(_permission_row, Permission)),
        *_conditions(),
        "## Without a sign-in",
        _table(["Who", "May", "Scope"], _outsider_rows()),
        "## Places on a case",
        "“Assigned” asks for an open assignment in a place that the role can fill.",
        _table(
            ["Place", "Filled by"],
            ([place.label, _listed(role.label for role in roles)] for place, roles in CAPACITY_ROLES.items()),
        ),
        "## Jobs and commands of the installation",
        _table(
            ["Job", "May"],
            ([f"`{job}`", _listed((held.label for held in allowed), "; ") or "–"] for job, allowed in SYSTEM.items()),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _permission_row(permission: Permission) -> list[str]:
    return [permission.label, *(_scopes(POLICY[permission], role) for role in Role)]


def _scopes(grants: Iterable[Grant], role: Role) -> str:
    return _listed(SHORT[grant.scope] + _marks(grant) for grant in grants if grant.who == role)


def _marks(grant: Grant) -> str:
    return (RULES[grant.rule] if grant.rule else "") + (PARTS[grant.part] if grant.part else "")


def _conditions() -> Iterable[str]:
    yield from (f"{mark} Only at boards whose rule `{key}` is `{value}`." for (key, value), mark in RULES.items())
    for part, mark in PARTS.items():
        others = _listed((place.label for place in Capacity if place in separation.apart(part)), "; ")
        yield f"{mark} Not for who has or had another part in the matter: {others}."
    yield "The matter is the case and every docket that is or was linked with it as about the same facts."


def _outsider_rows() -> Iterable[list[str]]:
    for outsider in Outsider:
        held = [permission for permission in Permission if any(g.who == outsider for g in POLICY[permission])]
        scopes = {grant.scope for permission in held for grant in POLICY[permission] if grant.who == outsider}
        yield [outsider.label, _listed((p.label for p in held), "; "), _listed(scope.label for scope in sorted(scopes))]


def workflow() -> str:
    """The page of the machine, from `tracker/cases/steptable.py`."""
    parts = [
        "# The workflow",
        MADE.format(source="tracker/cases/steptable.py and tracker/cases/states.py"),
        "Every step, where it leads, who takes it and what must be true before. Guards are asked on every page and\n"
        "before every step; what the form asks for besides stands after them. A form also refuses empty words and\n"
        "days that cannot be. How many days a clock gives is a dated rule of the board ([boards.md](boards.md)).\n"
        "`/desk/workflow/` draws the same table for each board, with its days; dashed is what its rules leave out.",
        "## Stages and statuses",
        _table(
            ["Stage", "Statuses"],
            ([stage.label, _listed(status.label for status in group)] for stage, group in STATUSES_OF.items()),
        ),
        "```mermaid\n" + "\n".join(_drawing(TRANSITIONS)) + "\n```",
        "## Steps that move a case",
        _table(
            ["No.", "Step", "Key", "From", "To", "Who", "What must be true", "Papers and letters", "Clocks"],
            map(_step_row, TRANSITIONS),
        ),
        "## Acts that move no case",
        _table(["Act", "Key", "Who", "What must be true", "Papers and letters", "Clocks"], map(_act_row, ACTS)),
        "## Endings",
        _table(["Code", "Ending", "Closes without an order", "By order", "Discipline", "Public", "NPDB"], _endings()),
    ]
    return "\n\n".join(parts) + "\n"


def _drawing(rows: Iterable[Transition]) -> Iterable[str]:
    yield "stateDiagram-v2"
    for row in rows:
        for source in row.sources or ("[*]",):
            if row.target:
                yield f"    {source} --> {row.target}: {row.number}"


def _from(row: Transition) -> str:
    return _listed(source.label for source in row.sources) or "–"


def _to(row: Transition) -> str:
    return str(row.target.label) if row.target else "chosen with the step"


def _where(row: Transition) -> list[str]:
    """At which boards a step exists that rests on a rule."""
    if row.uses is None:
        return []
    key, value = row.uses
    begins = f"from {_listed(status.label for status in row.uses_at)} " if row.uses_at else ""
    return [f"{begins}only at boards whose rule `{key}` is {rules.show_value(key, value).lower()}"]


def _step_row(row: Transition) -> list[object]:
    roles = who_may(row.needs)
    who = roles if str(row.actor) == roles else f"{row.actor} ({roles})"
    return [row.number, row.label, f"`{row.key}`", _from(row), _to(row), who, *_told(row, _where(row))]


def _act_row(act: Act) -> list[object]:
    return [act.label, f"`{act.key}`", who_may(act.needs), *_told(act)]


def _told(row: Transition | Act, where: Sequence[str] = ()) -> tuple[str, str, str]:
    """What must be true, the papers and letters, and the clocks of a step or act."""
    asks = [f"the form asks for: {_listed(row.asks, '; ')}"] if row.asks else []
    papers = [*(document.label for document in row.documents), *(f"letter: {KINDS[c].title}" for c in row.letters)]
    clocks = (("starts", row.opens), ("stops", row.closes), ("starts again", row.renews))
    told = [f"{verb}: {_listed(DeadlineKind(kind).label for kind in kinds)}" for verb, kinds in clocks if kinds]
    guards = _listed((*where, *(guard.text for guard in row.guards), *asks), "; ")
    return guards, _listed(papers, "; "), _listed(told, "; ")


def _endings() -> Iterable[list[object]]:
    for row in DISPOSITIONS.values():
        marks = ["yes" if mark else "" for mark in (row.sanction, row.discipline, row.public)]
        marks[-1] = f"where `{row.public_by}`" if row.public_by else marks[-1]
        yield [f"`{row.code}`", row.label, _listed(row.closes), *marks, row.npdb_action]


def step_keys() -> str:
    """Every step of the `advance` command with the keys of its data, from `tracker/web/steps.py`."""
    rows = ([f"`{step.key}`", step.label, _keys(step.form_class)] for step in STEPS.values())
    return _table(["Step", "What it does", "Keys of `--data`"], rows)


def _keys(form_class: type[forms.Form]) -> str:
    return "<br>".join(_key(name, field, form_class) for name, field in form_class.base_fields.items()) or "–"


def _key(name: str, field: forms.Field, form_class: type[forms.Form]) -> str:
    codes = [code for code, _label in getattr(field, "choices", ()) if code]
    if name == "disposition":
        codes = codes or list(getattr(form_class, "codes", ()))
    told = [f"one of {_listed(f'`{code}`' for code in codes)}"] if codes else []
    if isinstance(field, forms.BooleanField):
        told = ["yes or no"]
    elif isinstance(field, forms.DateField):
        told = ["a date such as 2026-06-03"]
    elif isinstance(field, forms.MultipleChoiceField):
        told = [*told, "a list"]
    elif hasattr(field, "object_keys"):
        told = [f"a list of objects with {_listed(f'`{key}`' for key in field.object_keys)}"]
    if not field.required:
        told.append("may be left out")
    return f"`{name}`: {_listed([field.label, *told])}"


def _commands(present: str) -> str:
    """The hand-written page with a fresh table between its markers; untouched where it has none."""
    before, begin, rest = present.partition(BEGIN)
    _old, end, after = rest.partition(END)
    return f"{before}{begin}\n\n{step_keys()}\n\n{end}{after}" if end else present


PAGES: Mapping[str, Callable[[str], str]] = {
    "permissions.md": lambda present: permissions(),
    "workflow.md": lambda present: workflow(),
    "commands.md": _commands,
}


def stale(folder: Path) -> dict[str, str]:
    """The pages in a folder that differ from their tables: name to the text they should have."""
    found = {}
    with override("en"):
        for name, make in PAGES.items():
            path = folder / name
            present = path.read_text(encoding="utf-8") if path.exists() else ""
            wanted = make(present)
            if wanted != present:
                found[name] = wanted
    return found


def write(folder: Path) -> list[str]:
    """Bring the pages in a folder up to date. Returns the names of those that changed."""
    changed = stale(folder)
    for name, text in changed.items():
        (folder / name).write_text(text, encoding="utf-8")
    return list(changed)
