"""One row per case for lists: what is shown of a case at first sight, each part only where the reader may know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from tracker.access import holding
from tracker.access.models import Assignment
from tracker.access.policy import Capacity
from tracker.cases.clocks import WINDOWS, DeadlineKind
from tracker.cases.kinds import DeadlineState, ParticipantRole
from tracker.cases.models import Allegation, Case, ChargingDocument, Deadline, Participant
from tracker.cases.queries.readers import RECORD_CLOCKS, SOON_DAYS, Reader
from tracker.cases.states import Stage, Status

# Whose name stands in a row, by stage, first match first.
_LEAD = {
    Stage.FILED: (Capacity.INTAKE, Capacity.INVESTIGATOR),
    Stage.INVESTIGATION: (Capacity.INVESTIGATOR, Capacity.INTAKE),
    Stage.HEARING: (Capacity.PRESIDING, Capacity.PROSECUTOR, Capacity.INVESTIGATOR),
    Stage.DISPOSITION: (Capacity.MONITOR, Capacity.PROSECUTOR, Capacity.PRESIDING),
}


@dataclass(frozen=True)
class CaseRow:
    """A case in a list. Texts are empty where nothing is known or where the reader may not know it.

    `days` counts from receipt (for a record: from the charges). `due_state` is the state of the nearest deadline.
    `stands_for` names the person who is away and for whom the reader has the case.
    """

    docket: str
    board: str
    is_whole: bool
    respondent: str
    license_number: str
    about: str
    about_more: int
    stage: str
    status: str
    priority: str
    assigned: str
    due_on: date | None
    due_kind: str
    due_state: str
    is_soon: bool
    days: int
    today: date
    key: str
    stands_for: str = ""


def rows_of(reader: Reader, cases: "QuerySet[Case]") -> list[CaseRow]:
    """The rows of a page of cases (as given by `Reader.cases`), in six queries."""
    return [_row(reader, case) for case in with_parts(cases)]


def with_parts(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Cases with everything a row is made of."""
    respondents = Participant.objects.filter(role=ParticipantRole.RESPONDENT).select_related("identity")
    return cases.select_related("board__jurisdiction").prefetch_related(
        Prefetch("participants", queryset=respondents, to_attr="respondents"),
        Prefetch("allegations", queryset=Allegation.objects.select_related("ground"), to_attr="claims"),
        Prefetch(
            "charging_documents",
            queryset=ChargingDocument.objects.filter(issued_at__isnull=False).prefetch_related("counts"),
            to_attr="issued_charges",
        ),
        Prefetch(
            "assignments",
            queryset=Assignment.objects.filter(ended_at__isnull=True).select_related("user"),
            to_attr="places",
        ),
        Prefetch("deadlines", queryset=Deadline.objects.filter(state=DeadlineState.RUNNING), to_attr="running"),
    )


def _row(reader: Reader, case: Any) -> CaseRow:
    today = reader.today(case.board_id)
    name, license_number = _respondent(case)
    about = _claims(case) if case.is_whole else _counts(case)
    due = _nearest(case, today)
    return CaseRow(
        docket=case.docket,
        board=case.board.short_code,
        is_whole=case.is_whole,
        respondent=name,
        license_number=license_number if case.is_named else "",
        about=about[0] if about else "",
        about_more=max(0, len(about) - 1),
        stage=case.stage,
        status=str(Status(case.status).label),
        priority=case.priority if case.is_whole else "",
        assigned=_assigned(case),
        due_on=due.due_on if due else None,
        due_kind=str(DeadlineKind(due.kind).label) if due else "",
        due_state=str(due.state_on(today)) if due else "",
        is_soon=bool(due and 0 <= (due.due_on - today).days <= SOON_DAYS),
        days=_days(case, today, reader),
        today=today,
        key=str(case.pk),
        stands_for=_stands_for(reader, case),
    )


def _respondent(case: Any) -> tuple[str, str]:
    # The charges name the respondent, so the record does too; a sealed name is shown to nobody in a list.
    for person in case.respondents:
        identity: Any = getattr(person, "identity", None)
        sealed = identity is None or identity.is_sealed
        return (person.label, "") if sealed else (person.name, identity.license_number)
    return "", ""


def _claims(case: Any) -> list[str]:
    return list(dict.fromkeys(str(claim.ground.label) for claim in case.claims))


def _counts(case: Any) -> list[str]:
    return [count.citation for charges in case.issued_charges[-1:] for count in charges.counts.all()]


def _assigned(case: Any) -> str:
    places = {place.capacity: place.user for place in reversed(case.places)}
    wanted: Sequence[str] = _LEAD[Stage(case.stage)] if case.is_whole else (Capacity.PRESIDING,)
    person = next((places[capacity] for capacity in wanted if capacity in places), None)
    return short_name(person.full_name) if person else ""


def _stands_for(reader: Reader, case: Any) -> str:
    """For whom a deputy has the case: who has a place on it, or lent the only role at its board."""
    here = [one for one in reader.lent if one.board_id == case.board_id]
    if not here or any(place.user_id == reader.user_id for place in case.places):
        return ""
    lent = {(one.absent, capacity) for one in here for capacity in holding.capacities(one.role)}
    placed = [place.user_id for place in case.places if (place.user_id, place.capacity) in lent]
    if not placed and case.board_id in reader.own_boards:
        return ""
    absent = placed[0] if placed else here[0].absent
    return reader.absent.get(absent, "") if absent else ""


def _nearest(case: Any, today: date) -> Deadline | None:
    known = [row for row in case.running if case.is_whole or row.kind in RECORD_CLOCKS]
    # A window that is over asks nothing of anybody, so it gives way to what is still to come.
    ranked = sorted(known, key=lambda row: (row.kind in WINDOWS and row.due_on < today, row.due_on, row.kind))
    return ranked[0] if ranked else None


def _days(case: Any, today: date, reader: Reader) -> int:
    last = reader.local(case.board_id, case.closed_at) if case.closed_at else today
    return max(0, (last - reader.local(case.board_id, case.since)).days)


def short_name(full_name: str) -> str:
    """`T. Nakamura` for Theo Nakamura; a name of one word stays as it is."""
    words = full_name.split()
    return f"{words[0][0]}. {words[-1]}" if len(words) > 1 else full_name
