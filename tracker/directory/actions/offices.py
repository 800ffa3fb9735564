"""Acts on boards and on the days their offices are closed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from boards.models import Board, ClosedDay, Jurisdiction, Profession
from tracker.access import gate
from tracker.access.policy import Permission
from tracker.audit import ledger
from tracker.audit.actors import Actor
from tracker.directory import changes as changed
from tracker.errors import ActionRefused

NOTES = ("filing_deadline_notes", "process_notes")
BOARD_FIELDS = frozenset(
    (
        "name",
        "parent_agency",
        "website",
        "complaint_url",
        "license_lookup_url",
        "phone",
        "email",
        "mailing_address",
        "city",
        "state",
        "postal_code",
        "files_online",
        "files_by_mail",
        "files_by_email",
        "phone_inquiries",
        "written_required",
        *NOTES,
        "source_url",
        "hosted",
        "time_zone",
    )
)


@transaction.atomic
def edit_board(
    board_id: UUID, *, changes: Mapping[str, Any], as_of: date | None = None, actor: Actor, at: datetime
) -> Board:
    """Change a board's facts, which then are as of ``as_of`` (today, if not told).

    ``changes`` maps fields to values; ``professions`` is a list of profession ids. Slug, short code and
    jurisdiction are fixed. Refused: unknown or fixed fields, values the board's form would not accept, a
    date in the future or before the one in force. Ledger: directory.board_edited with old and new values,
    nothing when nothing changed.
    """
    board = changed.locked(Board, board_id)
    gate.require(actor, Permission.BOARD_EDIT, board, at=at)
    as_of = as_of or max(at.date(), board.as_of)
    if not board.as_of <= as_of <= max(at.date(), board.as_of):
        raise ActionRefused([_("The facts cannot be as of a day in the future, or before those known now.")])
    fields = {name: value for name, value in changes.items() if name != "professions"}
    before, after = changed.apply(board, fields, BOARD_FIELDS)
    changed.check(board, after, texts_by_language=NOTES)
    changed.check_time_zone(board.time_zone)
    if "professions" in changes:
        _set_professions(board, changes["professions"], before, after)
    if not after:
        return board
    board.as_of = as_of
    board.save(update_fields=[*(name for name in after if name != "professions"), "as_of"])
    ledger.record(
        "directory.board_edited",
        board_id=board.pk,
        chain=board.pk,
        actor=actor,
        at=at,
        facts={"board": str(board.pk), "fields": sorted(after), "as_of": as_of.isoformat()},
        private={"before": before, "after": after},
    )
    return board


def _set_professions(board: Board, wanted: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    old = {craft.pk: craft.key for craft in board.professions.all()}
    crafts = list(Profession.objects.filter(pk__in=list(wanted)))
    new = {craft.pk: craft.key for craft in crafts}
    if not new or len(new) != len(set(wanted)):
        raise ActionRefused([_("A board looks after at least one known profession.")])
    if set(old) != set(new):
        before["professions"], after["professions"] = sorted(old.values()), sorted(new.values())
        board.professions.set(crafts)


@transaction.atomic
def add_closed_day(
    *,
    date: date,
    name: str,
    source: str,
    actor: Actor,
    at: datetime,
    board_id: UUID | None = None,
    jurisdiction_id: UUID | None = None,
) -> ClosedDay:
    """Add a closed day of one board, or of every board of a jurisdiction; it counts as checked by a person.

    Refused: neither or both offices, a day that is already closed, an empty name or source.
    Ledger: directory.closed_day_added, on the board's chain or the installation's.
    """
    if (board_id is None) == (jurisdiction_id is None):
        raise ActionRefused([_("A closed day belongs to one board or to one jurisdiction.")])
    board = changed.locked(Board, board_id) if board_id else None
    place = changed.locked(Jurisdiction, jurisdiction_id) if jurisdiction_id else None
    gate.require(actor, Permission.BOARD_EDIT, board, at=at)
    day = ClosedDay(
        id=uuid7(),
        board=board,
        jurisdiction=place,
        date=date,
        name=name.strip(),
        source=source.strip(),
        reviewed=True,
    )
    same = ClosedDay.objects.filter(board=board, jurisdiction=place, date=date, retracted_at=None)
    if same.exists():
        raise ActionRefused([_("%(date)s is already a closed day.") % {"date": date.isoformat()}])
    changed.check(day, ("date", "name", "source"))
    changed.insert(day)
    _record_day("directory.closed_day_added", day, actor=actor, at=at, private={"name": day.name})
    return day


@transaction.atomic
def review_closed_day(closed_day_id: UUID, *, actor: Actor, at: datetime) -> ClosedDay:
    """Say that a person has checked this day against the office's calendar.

    Refused when it was checked or retracted before. Ledger: directory.closed_day_reviewed.
    """
    day = changed.locked(ClosedDay, closed_day_id)
    gate.require(actor, Permission.BOARD_EDIT, day.board, at=at)
    if day.retracted_at or day.reviewed:
        raise ActionRefused([_("This day was checked before, or is retracted.")])
    day.reviewed = True
    day.save(update_fields=["reviewed"])
    _record_day("directory.closed_day_reviewed", day, actor=actor, at=at)
    return day


@transaction.atomic
def retract_closed_day(closed_day_id: UUID, *, reason: str, actor: Actor, at: datetime) -> ClosedDay:
    """Say that the office works on this day after all; deadlines computed before keep what they used.

    Refused when retracted before, or without a reason. Ledger: directory.closed_day_retracted.
    """
    day = changed.locked(ClosedDay, closed_day_id)
    gate.require(actor, Permission.BOARD_EDIT, day.board, at=at)
    reasons = [] if reason.strip() else [_("A reason is needed.")]
    if day.retracted_at:
        reasons.append(_("This day is retracted already."))
    if reasons:
        raise ActionRefused(reasons)
    day.retracted_at = at
    day.save(update_fields=["retracted_at"])
    _record_day("directory.closed_day_retracted", day, actor=actor, at=at, private={"reason": reason.strip()})
    return day


def _record_day(
    event: str, day: ClosedDay, *, actor: Actor, at: datetime, private: Mapping[str, Any] | None = None
) -> None:
    ledger.record(
        event,
        board_id=day.board_id,
        chain=day.board_id or ledger.INSTALLATION_CHAIN,
        actor=actor,
        at=at,
        facts={
            "closed_day": str(day.pk),
            "date": day.date.isoformat(),
            "jurisdiction": str(day.jurisdiction_id) if day.jurisdiction_id else None,
        },
        private=private,
    )
