"""Expert review: asking an expert reviewer, and the opinion that came or did not."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.access import holding
from tracker.access.policy import Role
from tracker.access.queries import person_by_email
from tracker.audit.actors import Actor
from tracker.cases.actions import clocking, moving, papers
from tracker.cases.actions.filing import sort_name
from tracker.cases.clocks import DeadlineKind
from tracker.cases.kinds import DocumentKind, ParticipantRole
from tracker.cases.models import Case, ExpertReview, Identity, Participant


@dataclass(frozen=True)
class Engagement:
    """What an expert is asked: who it is, the answer to the conflict check, the questions, the letter's words."""

    name: str
    conflict_check: str
    questions: str
    letter: str
    email: str = ""
    address: str = ""


@transaction.atomic
def refer_to_expert(
    case_id: UUID, *, actor: Actor, at: datetime, engagement: Engagement, seen: int | None = None
) -> ExpertReview:
    """T8. Ask an expert reviewer, who has answered the conflict check. The engagement letter is frozen.

    Refused without a name, a way to reach the expert, the answer to the conflict check, questions or the letter's
    words, and for somebody who presides or votes at the board. Ledger: case.expert_engaged.
    """
    begun = moving.begin(case_id, "refer_to_expert", actor=actor, at=at, seen=seen)
    moving.refuse_if(_faults(engagement) + _decides(begun, engagement.email))
    words = f"{engagement.letter.strip()}\n\n{engagement.questions.strip()}"
    paper = papers.freeze(begun, DocumentKind.ENGAGEMENT_LETTER, words)
    expert = _expert(begun, engagement)
    row = ExpertReview.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        expert=expert,
        conflict_check=engagement.conflict_check.strip(),
        engaged_at=at,
        engagement=paper,
    )
    due_on = clocking.due_on(begun.case, DeadlineKind.EXPERT_OPINION, begun.today)
    moving.finish_move(
        begun,
        facts={
            "due_on": due_on.isoformat(),
            "participant": str(expert.pk),
            "document": str(paper.pk),
            "digest": paper.digest,
        },
        private={"expert": engagement.name, "questions": engagement.questions},
    )
    return row


def _faults(engagement: Engagement) -> list[str]:
    faults = [] if engagement.name.strip() else [_("Give the expert's name.")]
    if not (engagement.email.strip() or engagement.address.strip()):
        faults.append(_("Give an e-mail or mailing address of the expert."))
    if not engagement.conflict_check.strip():
        faults.append(_("Write what the expert answered to the conflict check."))
    faults += [] if engagement.questions.strip() else [_("List the questions, one a line.")]
    faults += [] if engagement.letter.strip() else [_("Write the engagement letter.")]
    return faults


def _decides(begun: moving.Begun, email: str) -> list[str]:
    person = person_by_email(email)
    held = holding.held_roles(person.pk, begun.today, begun.case.board_id) if person else []
    if {one.role for one in held} & {str(Role.BOARD_MEMBER), str(Role.PRESIDING_OFFICER)}:
        return [_("Who presides or votes at the board cannot be an expert in its case.")]
    return []


def _expert(begun: moving.Begun, engagement: Engagement) -> Participant:
    """The expert as a participant; the same person is not entered twice."""
    name, email, address = engagement.name.strip(), engagement.email.strip(), engagement.address.strip()
    people = Participant.objects.filter(case=begun.case, role=ParticipantRole.EXPERT, until__isnull=True)
    # Contacts are encrypted, so only reading them tells whether it is the same person.
    for known in people.filter(identity__name=name).select_related("identity"):
        if (known.identity.email, known.identity.address) == (email, address):
            return known
    row = Participant.objects.create(
        board_id=begun.case.board_id,
        case=begun.case,
        role=ParticipantRole.EXPERT,
        label=_("Expert reviewer"),
        since=begun.at,
    )
    Identity.objects.create(
        board_id=begun.case.board_id,
        participant=row,
        name=name,
        sort_name=sort_name(name),
        email=email,
        address=address,
    )
    return row


@transaction.atomic
def receive_opinion(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    received_on: date,
    text: str = "",
    why_none: str = "",
    seen: int | None = None,
) -> Case:
    """T8, back. Record the expert's opinion and the board's date it came, or say why none came.

    Refused without either, and for a day in the future or before the engagement. Ledger: case.opinion_received.
    """
    begun = moving.begin(case_id, "receive_opinion", actor=actor, at=at, seen=seen)
    row = ExpertReview.objects.get(case=begun.case, opinion__isnull=True)
    came = bool(text.strip())
    words = text.strip() or why_none.strip()
    faults = [] if words else [_("Write the opinion, or say why none came.")]
    faults += [_("The opinion cannot be in the future.")] if received_on > begun.today else []
    if received_on < clocking.local_date(begun.case, row.engaged_at):
        faults.append(_("The opinion cannot be before the engagement."))
    moving.refuse_if(faults)
    title = "" if came else _("No opinion came")
    paper = papers.freeze(begun, DocumentKind.EXPERT_OPINION, words, title=title, dated_on=received_on)
    ExpertReview.objects.filter(pk=row.pk).update(opinion=paper, received_on=received_on if came else None)
    moving.finish_move(
        begun,
        facts={"outcome": "received" if came else "none", "document": str(paper.pk), "digest": paper.digest},
        private={"opinion": words},
    )
    return begun.case
