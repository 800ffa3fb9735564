"""From rows to plain values: what a plan needs of a case, its exhibits, its people and the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.access.models import Membership, User
from tracker.access.policy import Role
from tracker.audit import queries as audit_queries
from tracker.bundle import words
from tracker.bundle.fonts import FontFiles, find_fonts
from tracker.bundle.models import BatesRange
from tracker.bundle.plan import (
    PAGES,
    SLIP,
    WITHHELD,
    Chains,
    CustodyLine,
    Heading,
    Native,
    PlannedExhibit,
    RenditionFacts,
    numbers_needed,
    printed_mark,
)
from tracker.cases.kinds import ParticipantRole
from tracker.cases.models import Case, Participant
from tracker.evidence.models import CustodyEvent, Exhibit
from tracker.evidence.states import NEED_RELEASE, ExhibitState, WithheldCode
from tracker.files.kinds import KINDS
from tracker.files.pdf import PdfFacts
from tracker.hearings.models import Hearing

_NOTE_LENGTH = 90


@dataclass(frozen=True)
class Drafted:
    """Exhibits of a plan before numbers are reserved (ranges are 0 where there is none), and what stands against it.

    `reasons` are whole sentences; with any of them nothing can be frozen.
    """

    exhibits: tuple[PlannedExhibit, ...]
    reasons: tuple[str, ...]
    needed: Mapping[str, int]
    unchosen: Mapping[str, tuple[int, int]]


def draft(case: Case, chosen: Sequence[UUID] | None, withheld: Mapping[UUID, str]) -> Drafted:
    """Gather the chosen exhibits of a case (None: all, in E order), in the given order."""
    rows = list(
        Exhibit.objects.filter(case=case)
        .select_related("stored_file", "bates_range")
        .prefetch_related("renditions__stored_file", "markings")
        .order_by("number")
    )
    by_id = {row.pk: row for row in rows}
    order = list(by_id) if chosen is None else list(dict.fromkeys(chosen))
    reasons = []
    if any(key not in by_id for key in [*order, *withheld]):
        reasons.append(_("An exhibit that was chosen is not in this case."))
    picked = [by_id[key] for key in order if key in by_id]
    if not picked:
        reasons.append(_("Choose at least one exhibit."))
    custody = _custody_lines(picked)
    marks: set[str] = {row.key for row in picked}
    exhibits, needed = [], {}
    for row in picked:
        code = withheld.get(row.pk, "") or row.withheld_code
        reasons += _against(row, code)
        item = _exhibit(row, code, custody.get(row.pk, ()))
        if item.mark != item.key and item.mark in marks:
            item = replace(item, mark=item.key)
        marks.add(item.mark)
        count = row.page_count if row.is_renderable else None
        needed[item.key] = numbers_needed(page_count=count)
        if item.bates_first and item.numbers != needed[item.key]:
            reasons.append(
                _("Exhibit %(key)s has another number of pages than when its numbers were reserved.")
                % {"key": item.key}
            )
        exhibits.append(item)
    left = [row for row in rows if row.pk not in set(order) and hasattr(row, "bates_range")]
    unchosen = {row.key: (row.bates_range.first, row.bates_range.last) for row in left}
    return Drafted(tuple(exhibits), tuple(reasons), needed, unchosen)


def _against(row: Exhibit, code: str) -> list[str]:
    reasons = []
    if not row.is_settled:
        reasons.append(_("Exhibit %(key)s is still being scanned and inspected.") % {"key": row.key})
    if code and code not in WithheldCode.values:
        reasons.append(_("%(code)s is no reason for which an exhibit can be withheld.") % {"code": code})
    if row.confidentiality in NEED_RELEASE and not row.release_basis and not code:
        reasons.append(
            _("Exhibit %(key)s (%(class)s) needs an order or a consent, or must be withheld.")
            % {"key": row.key, "class": row.get_confidentiality_display().lower()}
        )
    return reasons


def _exhibit(row: Exhibit, code: str, custody: Sequence[CustodyLine]) -> PlannedExhibit:
    marking = row.marking
    reserved: BatesRange | None = getattr(row, "bates_range", None)
    rendition = row.rendition if row.is_renderable else None
    stored = row.stored_file
    item = PlannedExhibit(
        key=row.key,
        exhibit_id=str(row.pk),
        mark=printed_mark(marking.mark if marking else "", row.key),
        party=marking.party if marking else "",
        kind=WITHHELD if code else PAGES if rendition else SLIP,
        state=marking.state if marking else "",
        bates_first=reserved.first if reserved else 0,
        bates_last=reserved.last if reserved else 0,
        title=row.title,
        date=row.dated_on.isoformat() if row.dated_on else "",
        source=row.source,
        sponsor=marking.sponsor if marking else "",
        state_note=_short(marking.ruling) if marking else "",
        native=Native(row.original_name, stored.digest, stored.size, _kind_label(stored.kind)),
        received=words.day(row.received_at.date().isoformat()),
        withheld_code=code,
        withheld_reason=_short(row.withheld_reason) if code == row.withheld_code else "",
        custody=tuple(custody),
    )
    if not rendition:
        return replace(item, slip_reason=_slip_reason(row))
    facts = PdfFacts.from_json(rendition.facts)
    made = rendition.stored_file
    return replace(
        item,
        rendition=RenditionFacts(made.digest, made.size, str(rendition.get_kind_display()), rendition.tools),
        pages=facts.pages,
        outline=facts.outline,
        removed=facts.removed,
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _NOTE_LENGTH else line[: _NOTE_LENGTH - 1].rstrip() + "…"


def _kind_label(code: str) -> str:
    label = str(KINDS[code].label) if code in KINDS else code
    return label[:1].upper() + label[1:]


def _slip_reason(row: Exhibit) -> str:
    if row.state == ExhibitState.REFUSED:
        why = row.state_reason or _("The scan refused it.")
        return _("The item was received but is not opened here: %(why)s") % {"why": why}
    if row.not_renderable_reason:
        return row.not_renderable_reason
    return _("An item of this kind is not shown as pages in this bundle.")


def _custody_lines(rows: Sequence[Exhibit]) -> dict[UUID, list[CustodyLine]]:
    events = list(CustodyEvent.objects.of_exhibits([row.pk for row in rows]))
    people = _names({event.actor for event in events})
    out: dict[UUID, list[CustodyLine]] = {}
    for event in events:
        person = people.get(event.actor, event.actor)
        if event.released_by and event.received_by:
            person = _("%(giver)s to %(taker)s") % {"giver": event.released_by, "taker": event.received_by}
        note = " · ".join(part for part in (event.purpose, event.location) if part)
        line = CustodyLine(
            at=event.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M"),
            act=str(event.get_act_display()),
            person=person,
            note=_short(note),
            ledger=event.ledger_seq,
        )
        out.setdefault(event.exhibit_id, []).append(line)
    return out


def _names(codes: set[str]) -> dict[str, str]:
    """Names of actors as printed: staff by name, others by what they are in the case."""
    staff = {code: code.partition(":")[2] for code in codes if code.startswith("staff:")}
    names = {str(user.pk): user.full_name for user in User.objects.filter(pk__in=staff.values())}
    others = {"filer": _("Complainant"), "respondent": _("Respondent"), "system": _("System")}
    return {
        code: names.get(staff[code], code) if code in staff else others.get(code.partition(":")[0], code)
        for code in codes
    }


def heading(case: Case, *, edition: str, freeze: int, at: datetime) -> Heading:
    """What the front matter says of the case at a moment (aware)."""
    board = case.board
    person = (
        Participant.objects.filter(case=case, role=ParticipantRole.RESPONDENT)
        .select_related("identity")
        .order_by("since", "id")
        .first()
    )
    identity = getattr(person, "identity", None) if person else None
    return Heading(
        docket=case.docket,
        board=board.name,
        jurisdiction=board.jurisdiction.name,
        respondent=person.name if person else _("the Respondent"),
        license_number=identity.license_number if identity else "",
        edition=edition,
        freeze=freeze,
        frozen_at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        custodian=custodian(case.board_id, at),
        facts=_hearing_facts(case),
    )


def custodian(board_id: UUID, at: datetime) -> str:
    """Name of the board's records custodian on a day; "" where there is none."""
    on = at.date()
    found = (
        Membership.objects.filter(board_id=board_id, role=Role.RECORDS_CUSTODIAN, valid_from__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), user__is_active=True)
        .select_related("user")
        .order_by("valid_from", "user__full_name")
        .first()
    )
    return found.user.full_name if found else ""


def _hearing_facts(case: Case) -> tuple[tuple[str, str], ...]:
    hearing = Hearing.objects.filter(case=case).select_related("presiding").order_by("-starts_at").first()
    if hearing is None:
        return ()
    local = hearing.starts_at.astimezone(board_queries.board_zone(case.board))
    return (
        (_("Hearing"), format_date(local, "M j, Y, g:i a")),
        (_("Before"), hearing.presiding.full_name),
    )


def chains(case: Case) -> Chains:
    """Where the ledger stands now."""
    seq, digest = audit_queries.head_of(case.pk)
    anchor = audit_queries.latest_anchor()
    if anchor is None:
        return Chains(seq, digest)
    at = anchor.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Chains(seq, digest, anchor.number, at, anchor.root)


def installed_fonts() -> FontFiles:
    """The typefaces of this installation. Raises FontsMissing."""
    return find_fonts(settings.FONTS_DIR)
