"""What the workflow page says of every step at one board: its rules decide who acts, the days, what exists. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import rules
from boards.rules import RuleValue
from tracker.access.policy import POLICY, Permission, Role
from tracker.cases.acttable import ACTS, Act
from tracker.cases.clocks import CLOCKS, DeadlineKind
from tracker.cases.kinds import DocumentKind
from tracker.cases.steptable import TRANSITIONS, Transition
from tracker.notices.kinds import KINDS

# The settings that shape the road itself, beside the days of its clocks.
SHAPING = (
    "pc_body",
    "closure_approvers",
    "intake_second_approver",
    "charging_paper",
    "election_of_rights",
    "burden_of_proof",
    "quorum",
    "vote_rule",
    "informal_track",
    "informal_paper",
    "deemed_adopted",
    "reconsideration_silence_denies",
    "emergency_by",
    "withdrawal_ends_case",
    "public_from",
)
# Clocks that end on a day which a step names, and what says which: with the days of a rule where one bounds it.
SET_BY: Mapping[DeadlineKind, tuple[str, Promise]] = {
    DeadlineKind.HEARING: ("hearing_notice_min_days", gettext_lazy("the day that is set, %(days)s ahead at least")),
    DeadlineKind.EXHIBIT_EXCHANGE: ("exhibit_exchange_days", gettext_lazy("%(days)s before the hearing")),
    DeadlineKind.TERMS: ("", gettext_lazy("the last due date in the order")),
    DeadlineKind.EMERGENCY_EXPIRY: ("summary_expires_days", gettext_lazy("%(days)s")),
}
NO_EXPIRY = gettext_lazy("none: it lasts until the final order")
Rules = Mapping[str, RuleValue]


@dataclass(frozen=True)
class Setting:
    """A rule that shapes the road: its words and where it comes from."""

    label: str
    value: str
    citation: str
    is_default: bool


def is_offered(row: Transition, in_force: Rules) -> bool:
    """Whether the step exists where these rules are in force, from every status that it starts from."""
    return row.uses is None or in_force[row.uses[0]].value == row.uses[1]


def why_not(row: Transition, in_force: Rules) -> str:
    """Which rule leaves the step out; empty where it is offered."""
    if row.uses is None or is_offered(row, in_force):
        return ""
    key = row.uses[0]
    words = {"rule": rules.RULES[key].label, "value": rules.show_value(key, in_force[key].value)}
    if row.uses_at:
        words["from"] = ", ".join(str(status.label) for status in row.uses_at)
        return _("Not used here from: %(from)s. %(rule)s: %(value)s") % words
    return _("Not used here. %(rule)s: %(value)s") % words


def roles_here(permission: Permission, in_force: Rules) -> str:
    """The roles that hold a permission at a board with these rules."""
    fits = (grant for grant in POLICY[permission] if not grant.rule or in_force[grant.rule[0]].value == grant.rule[1])
    return ", ".join(dict.fromkeys(str(Role(grant.who).label) for grant in fits if grant.who in Role.values))


def rows(in_force: Rules) -> list[dict[str, object]]:
    """Every step for the table of the page."""
    return [_row(row, in_force) for row in TRANSITIONS]


def act_rows(in_force: Rules) -> list[dict[str, object]]:
    """Every act that moves no case, with its conditions, papers, letters and clocks."""
    return [{"label": act.label, "actor": roles_here(act.needs, in_force), **_told(act, in_force)} for act in ACTS]


def shaping(in_force: Rules) -> list[Setting]:
    """The settings that shape the road."""
    return [
        Setting(
            str(rules.RULES[key].label),
            rules.show_value(key, in_force[key].value).replace("_", " "),
            in_force[key].citation,
            in_force[key].is_default,
        )
        for key in SHAPING
    ]


def _row(row: Transition, in_force: Rules) -> dict[str, object]:
    roles = roles_here(row.needs, in_force)
    return {
        "number": row.number,
        "label": row.label,
        "sources": [source.label for source in row.sources],
        "target": row.target.label if row.target else "",
        "actor": row.actor,
        "roles": "" if roles == str(row.actor) else roles,
        "missing": why_not(row, in_force),
        **_told(row, in_force),
    }


def _told(row: Transition | Act, in_force: Rules) -> dict[str, object]:
    """What steps and acts have in common."""
    clocks = (("opens", row.opens), ("closes", row.closes), ("renews", row.renews))
    return {
        "guards": [guard.text for guard in row.guards],
        "asks": list(row.asks),
        "documents": [_paper(document, in_force) for document in row.documents],
        "letters": [KINDS[code].title for code in row.letters],
        "clocks": {name: _clocks(kinds, in_force, name) for name, kinds in clocks if kinds},
    }


def _paper(document: DocumentKind, in_force: Rules) -> str:
    if document is DocumentKind.CHARGES:
        return f"{document.label} ({rules.show_value('charging_paper', in_force['charging_paper'].value)})"
    if document is DocumentKind.STIPULATION and in_force["informal_track"].value:
        name = rules.show_value("informal_paper", in_force["informal_paper"].value)
        return _("%(paper)s (before charges: %(name)s)") % {"paper": document.label, "name": name}
    return str(document.label)


def _clocks(kinds: Iterable[DeadlineKind], in_force: Rules, name: str) -> list[str]:
    """The clocks by name; those that start with the days that the board gives, or what names their day."""
    labels = [(kind, str(DeadlineKind(kind).label)) for kind in kinds]
    return [label if name == "closes" else f"{label} ({_until(kind, in_force)})" for kind, label in labels]


def _until(kind: DeadlineKind, in_force: Rules) -> str:
    if kind in CLOCKS:
        return _days(CLOCKS[kind].rule_key, in_force)
    key, words = SET_BY[kind]
    if kind is DeadlineKind.EMERGENCY_EXPIRY and not in_force[key].value:
        return str(NO_EXPIRY)
    return str(words) % {"days": _days(key, in_force)} if key else str(words)


def _days(key: str, in_force: Rules) -> str:
    if rules.RULES[key].unit is rules.Unit.BOARD_DAYS:
        kind = rules.day_kind_of(key, in_force)
        words = _("%(days)d business days") if kind is rules.DayKind.BUSINESS else _("%(days)d calendar days")
        return words % {"days": in_force[key].value}
    return rules.show_value(key, in_force[key].value)
