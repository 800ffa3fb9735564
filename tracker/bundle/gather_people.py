"""People of a case as a plan names them, and the names that an edition may not carry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from boards import queries as board_queries
from tracker.access.models import Membership, User
from tracker.access.policy import Role
from tracker.bundle import editions, words
from tracker.bundle.masking import Masker, Person
from tracker.bundle.plan import CustodyLine
from tracker.cases.kinds import ParticipantRole
from tracker.cases.models import Case, Identity, Participant
from tracker.cases.pathkinds import LinkKind
from tracker.cases.queries import tookpart
from tracker.evidence.models import CustodyEvent, Exhibit

_MASKED_ROLES = (ParticipantRole.COMPLAINANT, ParticipantRole.PATIENT)


@dataclass(frozen=True)
class Masking:
    """How names are treated in an edition.

    `masker` replaces names in generated words; `is_masked` says that no page may carry one either.
    """

    masker: Masker
    is_masked: bool


def masking_of(case: Case, *, edition: str, at: datetime) -> Masking:
    """What an edition may not name: complainant and client where it is masked, else who is sealed in this case.

    What leaves the board does not name the respondent of a companion case either who is not charged.
    """
    people = list(Participant.objects.filter(case=case).select_related("identity").order_by("since", "id"))
    named = [(row, row.identity) for row in people if getattr(row, "identity", None) is not None]
    is_sealed = any(identity.is_sealed for row, identity in named if row.role in _MASKED_ROLES)
    today = board_queries.local_day(case.board, at)
    rule = board_queries.rule_in_force(case.board, "complainant_identity", today).value
    is_masked = editions.is_masked(edition, rule=rule, is_sealed=is_sealed)
    respondents = {identity.name for row, identity in named if row.role == ParticipantRole.RESPONDENT}
    masked = [
        Person(identity.name, _word(row), _contacts(identity))
        for row, identity in named
        # Whoever reports on themselves is the respondent, whom every paper names.
        if identity.name not in respondents and (identity.is_sealed or (is_masked and row.role in _MASKED_ROLES))
    ]
    known = respondents | {person.name for person in masked}
    others = [person for person in _uncharged(case, edition) if person.name not in known]
    masked += others
    counsel = {identity.name for row, identity in named if row.role == ParticipantRole.COUNSEL}
    keep = [*respondents, *counsel, *_staff_of(case)] if masked else []
    return Masking(Masker(masked, keep), is_masked or bool(others))


def _uncharged(case: Case, edition: str) -> list[Person]:
    """The respondents of the companion cases that nobody has charged, for what leaves the board: nothing is public."""
    if edition not in (editions.RESPONDENT, editions.PUBLIC):
        return []
    companions = tookpart.matter(case, kinds=(LinkKind.SAME_COMPLAINT,)) - {case.pk}
    rows = Identity.objects.filter(
        participant__case__in=companions,
        participant__case__charged_at__isnull=True,
        participant__role=ParticipantRole.RESPONDENT,
    )
    found = {row.name: row for row in rows.order_by("participant__since", "id")}
    return [Person(name, _("[Other licensee]"), _contacts(row)) for name, row in found.items()]


def _word(row: Participant) -> str:
    words_by_role = {
        ParticipantRole.COMPLAINANT: _("[Complainant]"),
        ParticipantRole.PATIENT: _("[Client]"),
        ParticipantRole.WITNESS: _("[Witness]"),
    }
    return words_by_role.get(ParticipantRole(row.role), _("[Name sealed]"))


def _contacts(identity: Identity) -> tuple[str, ...]:
    mailbox = identity.email.partition("@")[0]
    # A mailbox of two or three letters would be found in ordinary words.
    found = (identity.email, mailbox if len(mailbox) > 4 else "", identity.phone)  # noqa: PLR2004
    return tuple(contact for contact in found if contact)


def _staff_of(case: Case) -> list[str]:
    actors = CustodyEvent.objects.filter(case_id=case.pk).values_list("actor", flat=True).distinct()
    return list(staff_names(set(actors)).values())


def staff_names(codes: Iterable[str]) -> dict[str, str]:
    """The full names of actors `staff:<id>`, by code."""
    ids = {code.partition(":")[2]: code for code in codes if code.startswith("staff:")}
    return {ids[str(user.pk)]: user.full_name for user in User.objects.filter(pk__in=list(ids))}


def actor_names(codes: set[str]) -> dict[str, str]:
    """Names of actors as printed: staff by name, others by what they are in the case."""
    names = staff_names(codes)
    others = {"filer": _("Complainant"), "respondent": _("Respondent"), "system": _("System")}
    return {code: names.get(code) or others.get(code.partition(":")[0], code) for code in codes}


def custody_lines(rows: Sequence[Exhibit], *, edition: str) -> dict[UUID, list[CustodyLine]]:
    """The custody of exhibits, by exhibit, oldest first. What was written about an act is not in the public record."""
    events = list(CustodyEvent.objects.of_exhibits([row.pk for row in rows]))
    people = actor_names({event.actor for event in events})
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
            note="" if edition == editions.PUBLIC else words.short(note),
            ledger=event.ledger_seq,
        )
        out.setdefault(event.exhibit_id, []).append(line)
    return out


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


def respondent_of(case: Case) -> tuple[str, str]:
    """Name and license number of the respondent as printed in the caption."""
    rows = Participant.objects.filter(case=case, role=ParticipantRole.RESPONDENT).select_related("identity")
    person = rows.order_by("since", "id").first()
    if person is None:
        return _("the Respondent"), ""
    identity = getattr(person, "identity", None)
    return person.name, identity.license_number if identity else ""
