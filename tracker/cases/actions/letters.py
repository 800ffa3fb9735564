"""Which letter a step sends to whom, with the words it needs. Only actions call these, in their own transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from boards import queries as board_queries
from tracker.audit.actors import Actor
from tracker.cases.kinds import ParticipantRole
from tracker.cases.models import Case, Identity, Participant
from tracker.notices import actions as notices
from tracker.notices.kinds import Audience, Recipient

SILENT = "none"


def acknowledge(case: Case, *, actor: Actor, at: datetime) -> bool:
    """Queue the acknowledgement. False when nobody can be written to (anonymous, or asked not to be)."""
    merge = {
        "received_on": board_queries.local_day(case.board, case.received_at),
        "respondent_name": respondent_name(case),
    }
    return to_complainant(case, "acknowledgement", merge, actor=actor, at=at)


def to_complainant(case: Case, kind: str, merge: Mapping[str, Any], *, actor: Actor, at: datetime) -> bool:
    """Queue a letter to the complainants of a case. False when there is nobody to write to."""
    people = participants(case, ParticipantRole.COMPLAINANT)
    found = [_recipient(person, identity) for person, identity in people if identity and _may_write(identity)]
    return _queue(case, kind, Audience.COMPLAINANT, merge, recipients=found, actor=actor, at=at)


def to_respondent(case: Case, kind: str, merge: Mapping[str, Any], *, actor: Actor, at: datetime) -> bool:
    """Queue a letter to the respondent; once counsel appeared, all service goes to counsel (OAC 4757-11-04)."""
    counsel = participants(case, ParticipantRole.COUNSEL)
    people = counsel or participants(case, ParticipantRole.RESPONDENT)
    found = [_recipient(person, identity, on_behalf=bool(counsel)) for person, identity in people if identity]
    return _queue(case, kind, Audience.RESPONDENT, merge, recipients=found, actor=actor, at=at)


def respondent_name(case: Case) -> str:
    """The respondent's name as known to the board."""
    return _name(case, ParticipantRole.RESPONDENT)


def complainant_name_for_respondent(case: Case, on: date) -> str:
    """The complainant's name where the board shares it with the licensee, else an empty string."""
    rule = board_queries.rule_in_force(case.board, "complainant_identity", on).value
    return _name(case, ParticipantRole.COMPLAINANT) if rule == "shared" else ""


def participants(case: Case, role: ParticipantRole) -> list[tuple[Participant, Identity | None]]:
    """People in a role now, each with the identity where one is kept."""
    rows = Participant.objects.filter(case=case, role=role, until__isnull=True).select_related("identity")
    return [(row, getattr(row, "identity", None)) for row in rows]


def _name(case: Case, role: ParticipantRole) -> str:
    for person, identity in participants(case, role):
        return identity.name if identity and identity.name else person.label
    return ""


def _may_write(identity: Identity) -> bool:
    return not identity.safe_contact.startswith(SILENT)


def _recipient(person: Participant, identity: Identity, *, on_behalf: bool = False) -> Recipient:
    return Recipient(
        participant_id=str(person.pk),
        name=identity.name or person.label,
        email=identity.email,
        postal=identity.address,
        email_verified=identity.email_verified,
        on_behalf=on_behalf,
    )


def _queue(
    case: Case,
    kind: str,
    audience: Audience,
    merge: Mapping[str, Any],
    *,
    recipients: list[Recipient],
    actor: Actor,
    at: datetime,
) -> bool:
    if not recipients:
        return False
    notices.queue(
        kind,
        audience=audience,
        board_id=case.board_id,
        case_id=case.pk,
        actor=actor,
        at=at,
        recipients=recipients,
        merge={"docket": case.docket, **merge},
    )
    return True
