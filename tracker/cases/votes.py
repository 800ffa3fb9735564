"""Counting votes: quorum, majority, and who may not be counted. Pure.

Sources: Va. Code § 54.1-105 (majority of those serving or of a quorum); SD 36-1C-11 and Gov. Code 11517 (who took part
in the investigation may not sit).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from boards.rules import RuleValue
from tracker.access.policy import Role
from tracker.cases.kinds import Choice
from tracker.cases.states import Status


@dataclass(frozen=True)
class BallotFacts:
    """What one person said. `name` is for the sentence of a refusal."""

    voter: str
    name: str
    choice: str


@dataclass(frozen=True)
class Body:
    """Those who decide: how many serve, and why some of them (by id) may not be counted here."""

    members: frozenset[str]
    barred: Mapping[str, str]

    @property
    def serving(self) -> int:
        """How many members serve, barred ones included: a bar does not lower the quorum."""
        return len(self.members)


@dataclass(frozen=True)
class Tally:
    """The count, whether the question passed, and why not."""

    yes: int
    no: int
    present: int
    quorum: int
    passed: bool
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The count for people."""
        return _("%(yes)d yes, %(no)d no; %(present)d present, quorum %(quorum)d.") % {
            "yes": self.yes,
            "no": self.no,
            "present": self.present,
            "quorum": self.quorum,
        }


def faults(ballots: Sequence[BallotFacts], body: Body) -> list[str]:
    """Why ballots cannot be recorded at all: strangers, doubles, and members who may not be counted."""
    found = []
    voters = [ballot.voter for ballot in ballots]
    if not ballots:
        found.append(_("Name at least one member and a ballot."))
    for ballot in ballots:
        if ballot.voter not in body.members:
            found.append(_("%(name)s is not a member of the deciding body.") % {"name": ballot.name})
        elif voters.count(ballot.voter) > 1:
            found.append(_("%(name)s is named twice.") % {"name": ballot.name})
        elif ballot.voter in body.barred and ballot.choice != Choice.RECUSED:
            why = body.barred[ballot.voter]
            found.append(_("%(name)s may not be counted: %(why)s.") % {"name": ballot.name, "why": why})
    return list(dict.fromkeys(found))


def quorum_needed(rule: str | int, serving: int) -> int:
    """How many members must be present: a fixed number, or the majority of those serving."""
    return rule if isinstance(rule, int) else serving // 2 + 1


def tally(ballots: Iterable[BallotFacts], body: Body, *, quorum: str | int, vote_rule: str) -> Tally:
    """Count ballots that have no faults. Recused members are neither present nor counted; abstentions are present."""
    choices = [ballot.choice for ballot in ballots if ballot.voter not in body.barred]
    yes, no = choices.count(Choice.YES), choices.count(Choice.NO)
    present = yes + no + choices.count(Choice.ABSTAIN)
    need = quorum_needed(quorum, body.serving)
    base = body.serving if vote_rule == "majority_of_members_serving" else present
    reasons = []
    if present < need:
        reasons.append(_("No quorum: %(present)d present, %(need)d needed.") % {"present": present, "need": need})
    if yes * 2 <= base:
        reasons.append(_("No majority: %(yes)d yes of %(base)d.") % {"yes": yes, "base": base})
    return Tally(yes, no, present, need, not reasons, tuple(reasons))


@dataclass(frozen=True)
class ClosurePolicy:
    """Who must agree before a case is closed: a vote, or approvals. With `count` 0 nobody need agree.

    `roles` are who may approve, `count` how many of them must.
    """

    by: str = "approval"
    roles: tuple[str, ...] = (str(Role.EXECUTIVE_DIRECTOR),)
    count: int = 1


def closure_policy(status: str, rules: Mapping[str, RuleValue]) -> ClosurePolicy:
    """The policy where a case stands: at intake the second approver if the board has one, later the board's rule."""
    if status == Status.INTAKE_REVIEW:
        return ClosurePolicy(count=int(bool(rules["intake_second_approver"].value)))
    rule = rules["closure_approvers"].value
    return ClosurePolicy(rule["by"], tuple(rule["roles"]), rule["count"])


@dataclass(frozen=True)
class Approval:
    """One delegated approval, under the approver's own sign-in."""

    voter: str
    role: str
    choice: str


def approval_reasons(
    approvals: Sequence[Approval], *, roles: Sequence[str], count: int, labels: Mapping[str, str]
) -> list[str]:
    """Why a closure is not yet approved. Each person counts once; where all roles must agree, each role once too."""
    given = {approval.voter: approval.role for approval in approvals if approval.choice == Choice.YES}
    against = [approval for approval in approvals if approval.choice == Choice.NO]
    reasons = [_("%(role)s did not agree.") % {"role": labels.get(a.role, a.role)} for a in against]
    wanted = list(roles) if count >= len(roles) else []
    lacking = [labels.get(role, role) for role in wanted if role not in given.values()]
    if lacking:
        reasons.append(_("Approval is missing: %(roles)s.") % {"roles": ", ".join(lacking)})
    elif len(given) < count:
        names = ", ".join(labels.get(role, role) for role in roles)
        reasons.append(
            _("%(given)d of %(count)d approvals given (%(roles)s).")
            % {"given": len(given), "count": count, "roles": names}
        )
    return reasons
