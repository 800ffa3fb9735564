"""Filing a complaint: T1, the one step that has no case before it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from boards import queries as board_queries
from boards.models import Board, Ground, Profession
from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import canonical, ledger
from tracker.audit.actors import Actor
from tracker.cases import filingdata, numbering
from tracker.cases.actions import clocking, draftreading, letters
from tracker.cases.clocks import DeadlineKind
from tracker.cases.filingdata import FilingData
from tracker.cases.kinds import DeadlineState, DocumentKind, ParticipantRole
from tracker.cases.models import (
    Allegation,
    Case,
    CaseComplaint,
    CaseDocument,
    Complaint,
    FilingDraft,
    Identity,
    Participant,
)
from tracker.cases.states import Stage, Status
from tracker.cases.workflow import MOVES
from tracker.errors import ActionRefused, OutOfScope


@dataclass(frozen=True)
class FiledComplaint:
    """What filing gave: the docket, the tracking code (None where none was given out, or it cannot be shown again)."""

    docket: str
    tracking_code: str | None
    complaint_id: UUID
    case_id: UUID
    is_new: bool


def file_complaint(
    draft_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    draft_code: str = "",
    review: Mapping[str, Any] | None = None,
) -> FiledComplaint:
    """File what a draft holds. Pressed twice it gives the same complaint, and with the draft's code the same code.

    `review` are the last step's answers (name, attested). Refused with reasons when something is missing or the board
    does not take such a complaint; OutOfScope when the draft is gone. Ledger: case.filed.
    """
    with transaction.atomic():
        draft = FilingDraft.objects.select_for_update().filter(pk=draft_id).first()
        if draft is None:
            raise OutOfScope
        if draft.filed_at:
            return _again(draft_id, draft_code)
        if draft.expires_at <= at:
            raise OutOfScope
        answers = {**draft.answers, **({"review": dict(review)} if review is not None else {})}
        data = draftreading.filing_data(draft, answers, at=at)
        # Only the draft's own code counts: one that somebody planted in the browser would give its owner the case.
        is_ours = bool(draft_code) and numbering.hash_code(draft_code) == draft.code_hash
        code = numbering.code_from(draft_code) if is_ours else numbering.new_code()
        filed = _file(data, actor=actor, at=at, code=code)
        FilingDraft.objects.filter(pk=draft_id).update(filed_at=at)
        return filed


@transaction.atomic
def file_on_behalf(data: FilingData, *, actor: Actor, at: datetime) -> FiledComplaint:
    """File a complaint that reached the board on another way. The clocks start at `data.received_at`.

    Refused with reasons; the same `draft_id` twice is one complaint. Ledger: case.filed, on behalf of the complainant.
    """
    board = Board.objects.filter(pk=data.board_id).first()
    gate.require(actor, Permission.COMPLAINT_FILE, board, at=at)
    known = Complaint.objects.filter(draft_id=data.draft_id, board_id=data.board_id)
    if known.exists():
        return _again(data.draft_id, "")
    try:
        with transaction.atomic():
            return _file(data, actor=actor, at=at, code=numbering.new_code() if data.gives_code else "")
    except IntegrityError:
        # The same form, pressed twice at the same moment: the database let only one of them in.
        if not known.exists():
            raise
        return _again(data.draft_id, "")


def _again(draft_id: UUID, draft_code: str) -> FiledComplaint:
    complaint = Complaint.objects.get(draft_id=draft_id)
    case = Case.objects.filter(complaints=complaint).order_by("received_at", "docket")[0]
    code = numbering.code_from(draft_code) if draft_code else ""
    same = bool(code) and numbering.hash_code(code) == complaint.code_hash
    return FiledComplaint(case.docket, code if same else None, complaint.pk, case.pk, is_new=False)


def _file(data: FilingData, *, actor: Actor, at: datetime, code: str) -> FiledComplaint:
    board = Board.objects.select_related("jurisdiction").get(pk=data.board_id)
    gate.require(actor, Permission.COMPLAINT_FILE, board, at=at)
    grounds = _decide(data, board, at)
    complaint = _complaint(data, at=at, code=code)
    case = _case(data, board, at=at)
    CaseComplaint.objects.create(board=board, case=case, complaint=complaint)
    _people(data, case, at=at)
    _allegations(data, case, grounds, at=at)
    form_document(case, complaint, at=at)
    entry = ledger.record(
        "case.filed",
        board_id=board.pk,
        chain=case.pk,
        actor=actor,
        at=at,
        facts={
            "docket": case.docket,
            "complaint": str(complaint.pk),
            "to": str(case.status),
            "source": data.source,
            "channel": data.channel,
            "received_at": canonical.rfc3339(data.received_at),
            "grounds": [allegation.ground for allegation in data.allegations],
            "digest": complaint.digest,
            "attestation": data.attestation_version,
            "anonymous": complaint.is_anonymous,
        },
        private={
            "complainant": data.complainant.name if data.complainant else "",
            "respondent": data.respondent.name,
        },
        on_behalf_of=f"filer:{complaint.pk}" if actor.kind != "filer" else None,
    )
    start_clocks(case, entry.id, acknowledged=letters.acknowledge(case, actor=actor, at=at), at=at)
    return FiledComplaint(case.docket, code or None, complaint.pk, case.pk, is_new=True)


def _decide(data: FilingData, board: Board, at: datetime) -> dict[str, Ground]:
    today = board_queries.local_day(board, at)
    rules = board_queries.rules_in_force(board, today)
    reasons = filingdata.faults(
        data,
        at=at,
        today=today,
        anonymous_allowed=bool(rules["anonymous_allowed"].value),
        oath_required=bool(rules["oath_required"].value),
    )
    if not board.hosted:
        reasons.append(_("This board does not take complaints here. File with the board itself."))
    wanted = {allegation.ground for allegation in data.allegations}
    grounds = board_queries.grounds_by_key(wanted)
    for key in sorted(wanted):
        retired = grounds[key].retired_on if key in grounds else today
        if retired and retired <= today:
            reasons.append(_("The ground %(key)s is not offered.") % {"key": key})
    profession = data.respondent.profession
    if profession and not Profession.objects.filter(key=profession).exists():
        reasons.append(_("The profession %(key)s is not known.") % {"key": profession})
    if reasons:
        raise ActionRefused(list(dict.fromkeys(reasons)))
    return grounds


def _complaint(data: FilingData, *, at: datetime, code: str) -> Complaint:
    verbatim = canonical.dumps(dict(data.verbatim))
    return Complaint.objects.create(
        board_id=data.board_id,
        draft_id=data.draft_id,
        source=data.source,
        channel=data.channel,
        received_at=min(data.received_at, at),
        entered_at=at,
        form_version=filingdata.FORM_VERSION,
        attestation_version=data.attestation_version,
        attestation_text=data.attestation_text,
        is_anonymous=bool(data.complainant and data.complainant.is_anonymous),
        language=data.complainant.language if data.complainant else "en",
        verbatim=verbatim,
        digest=hashlib.sha256(verbatim.encode()).hexdigest(),
        code_hash=numbering.hash_code(code) if code else "",
    )


def _case(data: FilingData, board: Board, *, at: datetime) -> Case:
    received = min(data.received_at, at)
    return Case.objects.create(
        board=board,
        docket=numbering.next_docket(board, board_queries.local_day(board, received)),
        profession=Profession.objects.filter(key=data.respondent.profession).first(),
        stage=Stage.FILED,
        status=Status.RECEIVED,
        status_since=at,
        received_at=received,
        moved_at=at,
    )


def _people(data: FilingData, case: Case, *, at: datetime) -> None:
    respondent = Participant.objects.create(
        board_id=case.board_id, case=case, role=ParticipantRole.RESPONDENT, label=_("Respondent"), since=at
    )
    Identity.objects.create(
        board_id=case.board_id,
        participant=respondent,
        name=data.respondent.name.strip(),
        sort_name=sort_name(data.respondent.name),
        license_number=data.respondent.license_number.strip(),
        practice=data.respondent.practice,
        address=data.respondent.address,
    )
    person = data.complainant
    if person is None:
        return
    complainant = Participant.objects.create(
        board_id=case.board_id,
        case=case,
        role=ParticipantRole.COMPLAINANT,
        label=_("Complainant"),
        relation=person.relation,
        since=at,
    )
    if person.is_anonymous:
        return
    Identity.objects.create(
        board_id=case.board_id,
        participant=complainant,
        name=person.name.strip(),
        sort_name=sort_name(person.name),
        email=person.email,
        phone=person.phone,
        address=person.address,
        safe_contact=person.safe_contact,
        language=person.language,
    )


def sort_name(name: str) -> str:
    """A name folded for search, last word first."""
    words = name.strip().casefold().split()
    return " ".join(words[-1:] + words[:-1])[:200]


def _allegations(data: FilingData, case: Case, grounds: dict[str, Ground], *, at: datetime) -> None:
    for allegation in data.allegations:
        Allegation.objects.create(
            board_id=case.board_id,
            case=case,
            number=numbering.next_allegation(case.pk),
            ground=grounds[allegation.ground],
            narrative=allegation.narrative,
            occurred_from=allegation.occurred_from,
            occurred_to=allegation.occurred_to,
            added_at=at,
        )


def form_document(case: Case, complaint: Complaint, *, at: datetime) -> None:
    """Keep the complaint as it was submitted among the papers of a case."""
    CaseDocument.objects.create(
        board_id=case.board_id,
        case=case,
        kind=DocumentKind.COMPLAINT_FORM,
        version=1,
        title=_("Complaint as submitted"),
        text=complaint.verbatim,
        digest=complaint.digest,
        dated_on=clocking.local_date(case, complaint.received_at),
        filed_at=at,
    )


def start_clocks(case: Case, entry: UUID, *, acknowledged: bool, at: datetime) -> None:
    """The clocks of receipt, from the day of receipt; that of the acknowledgement ends at once."""
    received_on = clocking.local_date(case, case.received_at)
    for kind in MOVES["file_complaint"].opens:
        clocking.open_clock(case, kind, received_on, anchor=entry)
    state = DeadlineState.MET if acknowledged else DeadlineState.WAIVED
    clocking.end_clocks(case, [DeadlineKind.ACKNOWLEDGEMENT], clocking.local_date(case, at), state=state)
    clocking.refresh_next_due(case)
