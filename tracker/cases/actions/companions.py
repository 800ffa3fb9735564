"""One complaint against several respondents: each has a case of its own, linked with the first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from boards.models import Profession
from tracker.audit import canonical
from tracker.audit.actors import Actor
from tracker.cases import numbering
from tracker.cases.actions import clocking, dockets, filing, letters, moving
from tracker.cases.filingdata import RespondentData
from tracker.cases.kinds import ParticipantRole
from tracker.cases.models import Allegation, Case, CaseComplaint, Complaint, Identity, Participant
from tracker.cases.pathkinds import LinkKind
from tracker.cases.states import CaseKind, Status


@transaction.atomic
def open_companion(
    case_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    respondent: RespondentData,
    allegations: Sequence[str],
    reason: str,
    seen: int | None = None,
) -> Case:
    """Open a case against another respondent of the same complaint, on a docket of its own.

    It begins as received, with every clock of receipt from today, its own respondent, the complainant, the complaint
    as submitted and the `allegations` (by their keys) that also concern this person. An empty profession is that of
    the case. Refused without a name, an allegation or a reason, and for what is not known. Ledger:
    case.companion_opened here, case.filed on the new docket. Letter: acknowledgement.
    """
    begun = moving.begin(case_id, "open_companion", actor=actor, at=at, seen=seen)
    moving.refuse_if(_faults(begun, respondent, allegations, reason))
    opened = dockets.open_docket(
        begun,
        kind=CaseKind.COMPLAINT,
        status=Status.RECEIVED,
        link=LinkKind.SAME_COMPLAINT,
        reason=reason.strip(),
    )
    if respondent.profession:
        opened.profession = Profession.objects.get(key=respondent.profession)
        opened.save(update_fields=["profession"])
    _people(begun, opened, respondent)
    complaint = _complaints(begun, opened)
    copied = _allegations(begun, opened, allegations)
    moving.finish_act(
        begun,
        "case.companion_opened",
        facts={"other": opened.docket, "allegations": [row.key for row in copied]},
        private={"reason": reason, "respondent": respondent.name.strip()},
    )
    _begin(begun, opened, complaint, copied)
    opened.refresh_from_db()
    return opened


def _faults(begun: moving.Begun, respondent: RespondentData, allegations: Sequence[str], reason: str) -> list[str]:
    known = {row.key for row in Allegation.objects.filter(case=begun.case)}
    faults = [] if respondent.name.strip() else [_("Give the name of the respondent.")]
    faults += [] if allegations else [_("Choose at least one allegation that concerns this person.")]
    faults += [_("The case has no allegation %(key)s.") % {"key": key} for key in allegations if key not in known]
    if respondent.profession and not Profession.objects.filter(key=respondent.profession).exists():
        faults.append(_("The profession %(key)s is not known.") % {"key": respondent.profession})
    faults += [] if reason.strip() else [_("Give the reason.")]
    return faults


def _people(begun: moving.Begun, opened: Case, respondent: RespondentData) -> None:
    person = Participant.objects.create(
        board_id=opened.board_id, case=opened, role=ParticipantRole.RESPONDENT, label=_("Respondent"), since=begun.at
    )
    Identity.objects.create(
        board_id=opened.board_id,
        participant=person,
        name=respondent.name.strip(),
        sort_name=filing.sort_name(respondent.name),
        license_number=respondent.license_number.strip(),
        practice=respondent.practice,
        address=respondent.address,
    )
    for old, _identity in letters.participants(begun.case, ParticipantRole.COMPLAINANT):
        dockets.copy_person(old, opened, at=begun.at)


def _complaints(begun: moving.Begun, opened: Case) -> Complaint:
    """The complaints that the case rests on; the first one is answered for."""
    found = list(begun.case.complaints.order_by("received_at", "id"))
    for complaint in found:
        CaseComplaint.objects.create(board_id=opened.board_id, case=opened, complaint=complaint)
        filing.form_document(opened, complaint, at=begun.at)
    return found[0]


def _allegations(begun: moving.Begun, opened: Case, keys: Sequence[str]) -> list[Allegation]:
    """Copies of the chosen allegations, numbered anew; gives the chosen ones."""
    chosen = [row for row in Allegation.objects.filter(case=begun.case).order_by("number") if row.key in keys]
    for row in chosen:
        Allegation.objects.create(
            board_id=opened.board_id,
            case=opened,
            number=numbering.next_allegation(opened.pk),
            ground_id=row.ground_id,
            narrative=row.narrative,
            occurred_from=row.occurred_from,
            occurred_to=row.occurred_to,
            citation=row.citation,
            added_at=begun.at,
        )
    return chosen


def _begin(begun: moving.Begun, opened: Case, complaint: Complaint, copied: Sequence[Allegation]) -> None:
    """The first entry of the new chain, the acknowledgement and the clocks of receipt."""
    entry = dockets.tell(
        opened,
        "case.filed",
        actor=begun.actor,
        at=begun.at,
        facts={
            "docket": opened.docket,
            "companion_of": begun.case.docket,
            "complaint": str(complaint.pk),
            "to": str(opened.status),
            "source": complaint.source,
            "channel": complaint.channel,
            "received_at": canonical.rfc3339(begun.at),
            "grounds": [row.ground.key for row in copied],
            "digest": complaint.digest,
            "attestation": complaint.attestation_version,
            "anonymous": complaint.is_anonymous,
            **dockets.followed(opened),
        },
        private={"respondent": letters.respondent_name(opened)},
    )
    merge = {
        "received_on": clocking.local_date(opened, complaint.received_at),
        "respondent_name": letters.respondent_name(opened),
    }
    told = letters.to_complainant(opened, "acknowledgement", merge, actor=begun.actor, at=begun.at)
    filing.start_clocks(opened, entry.id, acknowledged=told, at=begun.at)
