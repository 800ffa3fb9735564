"""What a filing is made of: plain values that every door hands to the one act. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tracker.cases.kinds import Channel, Relation, Source

FORM_VERSION = "complaint-1"
LONGEST_NAME, LONGEST_LICENSE, LONGEST_WORDS = 200, 60, 100_000
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class ComplainantData:
    """Who complains. An anonymous one has a relation and nothing else."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    safe_contact: str = ""
    is_anonymous: bool = False
    language: str = "en"
    relation: str = Relation.OTHER


@dataclass(frozen=True)
class RespondentData:
    """Whom the complaint is about, as the complainant knows them. `profession` is a key of the profession table."""

    name: str
    license_number: str = ""
    profession: str = ""
    practice: str = ""
    address: str = ""


@dataclass(frozen=True)
class AllegationData:
    """One claimed violation. `ground` is a key of the ground table."""

    ground: str
    narrative: str
    occurred_from: date | None = None
    occurred_to: date | None = None


@dataclass(frozen=True)
class FilingData:
    """A whole complaint. `received_at` is when it reached the board (aware); `verbatim` is what was submitted."""

    board_id: UUID
    draft_id: UUID
    source: str
    channel: str
    received_at: datetime
    complainant: ComplainantData | None
    respondent: RespondentData
    allegations: tuple[AllegationData, ...]
    attestation_version: str
    attestation_text: str
    attested_by: str
    verbatim: Mapping[str, Any] = field(default_factory=dict)
    gives_code: bool = True


def faults(data: FilingData, *, at: datetime, today: date, anonymous_allowed: bool, oath_required: bool) -> list[str]:
    """Why a complaint cannot be filed, in whole sentences; empty when it can. `today` is the board's local date."""
    found = _length_faults(data)
    if not data.respondent.name.strip():
        found.append(_("Name the person the complaint is about."))
    if not data.allegations:
        found.append(_("Choose at least one ground."))
    found += [fault for allegation in data.allegations for fault in allegation_faults(allegation, today)]
    if data.received_at > at + timedelta(minutes=2):
        found.append(_("The day of receipt cannot be in the future."))
    if data.received_at.year < EARLIEST.year:
        found.append(_("The day of receipt is before 1900."))
    if data.source not in Source.values:
        found.append(_("The source of the complaint is not known: %(value)s.") % {"value": data.source})
    if data.channel not in Channel.values:
        found.append(_("The channel of the complaint is not known: %(value)s.") % {"value": data.channel})
    return found + _person_faults(data, anonymous_allowed=anonymous_allowed, oath_required=oath_required)


def _length_faults(data: FilingData) -> list[str]:
    """What is longer than the tables keep: told, never cut."""
    person = data.complainant or ComplainantData()
    limits = (
        (_("The name of the person the complaint is about"), data.respondent.name.strip(), LONGEST_NAME),
        (_("The license number"), data.respondent.license_number.strip(), LONGEST_LICENSE),
        (_("The name of the practice"), data.respondent.practice, LONGEST_NAME),
        (_("The complainant's name"), person.name.strip(), LONGEST_NAME),
        (_("The language code"), person.language, 10),
        *((_("What happened"), claim.narrative, LONGEST_WORDS) for claim in data.allegations),
    )
    return [
        _("%(what)s is too long: at most %(most)d characters.") % {"what": what, "most": most}
        for what, text, most in limits
        if len(text) > most
    ]


def allegation_faults(allegation: AllegationData, today: date) -> list[str]:
    """Why one claim cannot be taken: no words, or dates that cannot be."""
    found = []
    if not allegation.narrative.strip():
        found.append(_("Say in words what happened."))
    for day in (allegation.occurred_from, allegation.occurred_to):
        if day and day > today:
            found.append(_("A date of what happened cannot be in the future."))
        if day and day < EARLIEST:
            found.append(_("A date of what happened cannot be before 1900."))
    first, last = allegation.occurred_from, allegation.occurred_to
    if first and last and last < first:
        found.append(_("The last day cannot be before the first day."))
    return list(dict.fromkeys(found))


def _person_faults(data: FilingData, *, anonymous_allowed: bool, oath_required: bool) -> list[str]:
    person = data.complainant
    if person is None:
        return (
            [] if data.source == Source.BOARD_MOTION else [_("Say who complains, or that the complaint is anonymous.")]
        )
    if person.relation not in Relation.values:
        return [_("The relation of the complainant is not known: %(value)s.") % {"value": person.relation}]
    if person.is_anonymous:
        if oath_required:
            return [_("This board needs a statement under oath, and an oath needs a name.")]
        return [] if anonymous_allowed else [_("This board does not take complaints without a name.")]
    found = []
    if not person.name.strip():
        found.append(_("Give the complainant's name."))
    if person.email and not _is_address(person.email):
        found.append(_("The e-mail address of the complainant cannot be right."))
    if not data.attested_by.strip():
        found.append(_("The complaint must be signed: type the name under the statement."))
    return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
